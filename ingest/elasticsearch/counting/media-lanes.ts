/**
 * Documents that may tell of audio between hosts that nobody declared. The flow table looks at the size of each of them and
 * at both its ports, so they are counted with these told apart.
 */
import { FIRST_MEDIA_PORT, LARGEST_SPEECH_BYTES, SMALLEST_SPEECH_BYTES } from "../../speech.ts";
import type { Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, NOTHING, noneOf, type Query } from "../server/query.ts";

export interface MediaLane {
  query: Query;
  /** Fields of sizes that tell its buckets apart. */
  keys: readonly string[];
  /** A size that stands for all of them. */
  fixed: ReadonlyMap<string, number>;
}

/** At least all such documents; whether they are, the flow table decides. */
export function mediaLanes({ names, clauses, sums }: Layout, fields: Fields): MediaLane[] {
  const { bytes, packets, replyPackets } = sums;
  const { udp, denied, packets: ofPackets, sessionEnds } = clauses(fields);
  if (bytes === null || !fields.has(bytes)) return [];
  const isHigh = (port: string) =>
    fields.kind(port) === "number" ? fields.within(port, [[FIRST_MEDIA_PORT, 65_535]]) : fields.exists(port);
  const target = anyOf(
    ...[names.destinationPort, names.natPort].map((port) => (port === null ? NOTHING : isHigh(port))),
  );
  const own = allOf(udp, noneOf(denied), isHigh(names.sourcePort), target);
  const between = { gte: SMALLEST_SPEECH_BYTES, lte: LARGEST_SPEECH_BYTES };
  const lanes: MediaLane[] = [
    {
      query: allOf(own, ofPackets, { range: { [fields.name(bytes) as string]: between } }),
      keys: [],
      fixed: new Map([[bytes, SMALLEST_SPEECH_BYTES]]),
    },
  ];
  if (packets !== null && replyPackets !== null && fields.has(packets) && fields.has(replyPackets)) {
    const answered = [packets, replyPackets].map((field) => ({ range: { [fields.name(field) as string]: { gt: 0 } } }));
    lanes.push({
      query: allOf(own, sessionEnds, noneOf(ofPackets), ...answered),
      keys: [bytes, packets, replyPackets],
      fixed: new Map(),
    });
  }
  return lanes.filter(({ query }) => query !== NOTHING);
}

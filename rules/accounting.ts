/** Where everything counted went: each packet or session once, so that none is lost silently (DESIGN section 5.6). */
import { protocolName } from "../ingest/protocols.ts";
import { FLOW_MEANINGS } from "./flow-judgements.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import type { AccountResult, NoiseResult, UnaskedDenial } from "./result.ts";

const MAX_LISTED = 5;

/** The gravest meaning first; what a packet to an outside address means is the gravest of all hosts it could be for. */
export function accountsOf({ judged, other }: Traffic): AccountResult[] {
  const sums = FLOW_MEANINGS.map(() => 0);
  const count = (rank: number, packets: number) => {
    sums[rank] = (sums[rank] as number) + packets;
  };
  for (const { flow, meaning } of other) count(FLOW_MEANINGS.indexOf(meaning), flow.count);
  const ranks = gravestRanks(judged);
  for (const { flow } of judged) {
    const rank = ranks[flow.index] as number;
    if (rank === COUNTED) continue;
    ranks[flow.index] = COUNTED;
    count(rank, flow.count);
  }
  return FLOW_MEANINGS.map((meaning, rank) => ({ meaning, packets: sums[rank] as number })).filter(
    ({ packets }) => packets > 0,
  );
}

/** Denials at deployed hosts that no requirement asks for, and the services that most of them are about. */
export function unaskedDenialsOf({ judged }: Traffic): NoiseResult["unaskedDenials"] {
  const ranks = gravestRanks(judged);
  const unasked = FLOW_MEANINGS.indexOf("unasked");
  const services = new Map<string, UnaskedDenial>();
  let packets = 0;
  for (const one of judged) {
    const { index, count, protocol } = one.flow;
    if (ranks[index] !== unasked) continue;
    ranks[index] = COUNTED;
    packets += count;
    const direction = one.hostIsInitiator ? "out" : "in";
    const key = `${one.host.text} ${direction} ${protocol} ${one.port} ${one.peer.zone}`;
    const service = services.get(key);
    if (service) service.packets += count;
    else
      services.set(key, {
        host: one.host.text,
        direction,
        transport: protocolName(protocol) ?? String(protocol),
        port: one.port < 0 ? null : one.port,
        peerZone: one.peer.zone,
        packets: count,
      });
  }
  const most = [...services].sort(([a, one], [b, two]) => two.packets - one.packets || (a < b ? -1 : 1));
  return { packets, most: most.slice(0, MAX_LISTED).map(([, service]) => service) };
}

/** No rank: the flow was counted. */
const COUNTED = 255;

/** Index into FLOW_MEANINGS of the gravest meaning, by the flow's index. */
function gravestRanks(judged: readonly JudgedFlow[]): Uint8Array {
  const size = judged.reduce((most, { flow }) => Math.max(most, flow.index + 1), 0);
  const ranks = new Uint8Array(size).fill(COUNTED);
  for (const { flow, meaning } of judged)
    ranks[flow.index] = Math.min(ranks[flow.index] as number, FLOW_MEANINGS.indexOf(meaning));
  return ranks;
}

/** Where everything counted went: each packet or session once, so that none is lost silently. */
import { protocolName } from "../../ingest/protocols.ts";
import type { AccountResult, NoiseResult, UnaskedDenial } from "../result.ts";
import { FLOW_MEANINGS } from "./flow-judgements.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";

const MAX_LISTED = 5;

/** All counted traffic by meaning, and of the denials that nothing asks for what most of them are about. */
export function accountFor({ judged, other }: Traffic): {
  accounting: AccountResult[];
  unaskedDenials: NoiseResult["unaskedDenials"];
} {
  const gravest = gravestOf(judged);
  return { accounting: accountsOf(gravest, other), unaskedDenials: unaskedDenialsOf(gravest) };
}

/** The gravest meaning first. */
function accountsOf(judged: readonly JudgedFlow[], other: Traffic["other"]): AccountResult[] {
  const sums = FLOW_MEANINGS.map(() => 0);
  const count = (rank: number, packets: number) => {
    sums[rank] = (sums[rank] as number) + packets;
  };
  for (const { flow, meaning } of other) count(FLOW_MEANINGS.indexOf(meaning), flow.count);
  for (const { flow, meaning } of judged) count(FLOW_MEANINGS.indexOf(meaning), flow.count);
  return FLOW_MEANINGS.map((meaning, rank) => ({ meaning, packets: sums[rank] as number })).filter(
    ({ packets }) => packets > 0,
  );
}

/** By service, most packets first. */
function unaskedDenialsOf(judged: readonly JudgedFlow[]): NoiseResult["unaskedDenials"] {
  const services = new Map<string, UnaskedDenial>();
  let packets = 0;
  for (const one of judged) {
    if (one.meaning !== "unasked") continue;
    const { count, protocol } = one.flow;
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

/** Each flow once: what a packet to an outside address means is the gravest of all hosts that it could be for. */
function gravestOf(judged: readonly JudgedFlow[]): JudgedFlow[] {
  const gravest: JudgedFlow[] = [];
  // The judgements of one flow stand next to each other.
  for (const one of judged) {
    const last = gravest.at(-1);
    if (last?.flow.index !== one.flow.index) gravest.push(one);
    else if (FLOW_MEANINGS.indexOf(one.meaning) < FLOW_MEANINGS.indexOf(last.meaning))
      gravest[gravest.length - 1] = one;
  }
  return gravest;
}

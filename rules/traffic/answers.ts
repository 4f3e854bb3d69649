/** UDP packets on their way back, as a firewall shows them that logs all it accepts, or that it denied: answers, never openings. */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, type Verdict } from "../../ingest/record.ts";
import { isSipPort, SIP_PORTS } from "../matching/sip-ports.ts";
import { newList, within } from "../within.ts";
import type { JudgedFlow } from "./judged-flow.ts";

type Interval = readonly [low: number, high: number];

/** Flows of that verdict from a peer to which the host had been let send before, between the same ports. */
export function answersOf(judged: readonly JudgedFlow[], verdict: Verdict): Set<JudgedFlow> {
  const received = judged.filter(
    ({ flow, sender }) =>
      flow.verdict === verdict &&
      flow.protocol === UDP &&
      sender === null &&
      // A session log holds both ways in one line: what it says the peer opened is no answer.
      flow.context.unit !== "sessions",
  );
  // Of what hosts sent, most went to peers that sent nothing.
  const senders = new Set(received.map(({ peerText }) => peerText));
  const sent = new Map<string, JudgedFlow[]>();
  for (const one of received.length > 0 ? judged : []) {
    const { flow, sender } = one;
    if (flow.verdict !== VERDICT_ALLOW || flow.protocol !== UDP || sender === null) continue;
    if (!senders.has(one.peerText)) continue;
    within(sent, one.pair, newList<JudgedFlow>).push(one);
  }
  return new Set(received.filter((one) => sent.get(one.pair)?.some((before) => precedes(before, one))));
}

function precedes(sent: JudgedFlow, received: JudgedFlow): boolean {
  if (!(sent.flow.firstMs <= received.flow.firstMs)) return false;
  // Logs count whole seconds: within one, what came to the host's SIP port from another came first.
  const isRequest = isSipPort(received.port) && !overlap(peerPorts(received), SIP_PORTS);
  if (isRequest && sent.flow.firstMs === received.flow.firstMs) return false;
  return isReversed(sent, received);
}

/** Between the same ports, the other way. */
function isReversed(sent: JudgedFlow, received: JudgedFlow): boolean {
  return overlap(hostPorts(sent), hostPorts(received)) && overlap(peerPorts(sent), peerPorts(received));
}

/** What hosts sent back where something unneeded was let in: such a peer is no partner for having been answered. */
export function repliesToStrangers(judged: readonly JudgedFlow[]): Set<JudgedFlow> {
  const unneeded = judged.filter((one) => one.meaning === "unneeded" && one.sender === null);
  if (unneeded.length === 0) return new Set();
  const received = Map.groupBy(unneeded, ({ pair }) => pair);
  const isReply = (one: JudgedFlow) =>
    received.get(one.pair)?.some((other) => other.flow.protocol === one.flow.protocol && isReversed(one, other));
  return new Set(judged.filter((one) => one.sender !== null && one.meaning === "neutral" && isReply(one)));
}

function hostPorts({ hostIsInitiator, flow, port }: JudgedFlow): Interval | null {
  return hostIsInitiator ? flow.initiatorPorts : [port, port];
}

function peerPorts({ hostIsInitiator, flow, port }: JudgedFlow): Interval | null {
  return hostIsInitiator ? [port, port] : flow.initiatorPorts;
}

function overlap(a: Interval | null, b: Interval | null): boolean {
  return a !== null && b !== null && a[0] <= b[1] && b[0] <= a[1];
}

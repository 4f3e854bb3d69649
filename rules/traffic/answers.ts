/** UDP packets on their way back, as a firewall shows them that logs all it accepts, or that it denied: answers, never openings. */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY, type Verdict } from "../../ingest/record.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import { Exchanges } from "./exchanges.ts";
import type { JudgedFlow } from "./judged-flow.ts";

/**
 * Flows of that verdict from a peer to which the host had been let send before, between the same ports. `isWanted`: whether
 * the vendor asks for what the host sent, so that it may have been the first to speak.
 */
export function answersOf(
  judged: readonly JudgedFlow[],
  verdict: Verdict,
  isWanted: (sent: JudgedFlow) => boolean,
): Set<JudgedFlow> {
  const received = judged.filter(
    ({ flow, sender }) =>
      flow.verdict === verdict &&
      flow.protocol === UDP &&
      sender === null &&
      // A session log holds both ways in one line: what it says the peer opened is no answer, unless nothing came of it.
      (verdict === VERDICT_DENY || flow.context.unit !== "sessions"),
  );
  // Of what hosts sent, most went to peers that sent nothing.
  const senders = new Set(received.map(({ peerText }) => peerText));
  const sent = (received.length > 0 ? judged : []).filter(
    ({ flow, sender, peerText }) =>
      flow.verdict === VERDICT_ALLOW && flow.protocol === UDP && sender !== null && senders.has(peerText),
  );
  if (sent.length === 0) return new Set();
  const exchanges = new Exchanges(sent, received);
  const wanted = new Exchanges(sent.filter(isWanted), received);
  return new Set(received.filter((one) => follows(one, exchanges.earliest(one), wanted.earliest(one))));
}

function follows({ flow, hostIsInitiator, port }: JudgedFlow, sentMs: number | null, wantedMs: number | null): boolean {
  if (sentMs === null || !(sentMs <= flow.firstMs)) return false;
  if (sentMs < flow.firstMs || hostIsInitiator || !isSipPort(port)) return true;
  // Logs count whole seconds: within one, what came to the host's SIP port came first, unless the host calls such ports from there.
  return isSipPort(flow.initiatorPorts?.[0] ?? -1) && wantedMs !== null && wantedMs <= flow.firstMs;
}

/** What hosts sent back where something unneeded was let in: such a peer is no partner for having been answered. */
export function repliesToStrangers(judged: readonly JudgedFlow[]): Set<JudgedFlow> {
  const unneeded = judged.filter((one) => one.meaning === "unneeded" && one.sender === null);
  if (unneeded.length === 0) return new Set();
  const sent = judged.filter((one) => one.sender !== null && one.meaning === "neutral");
  const exchanges = new Exchanges(unneeded, sent);
  return new Set(sent.filter((one) => exchanges.earliest(one) !== null));
}

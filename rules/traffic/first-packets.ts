/**
 * The first packets of a peer's audio, which came before the host's own opened the way back: a firewall that has no state yet
 * denies a few at the start of many a call, and nobody hears it. pf's log tells how few, netfilter's where they are fewer than a
 * limit would leave of more, FortiGate's that the call was answered.
 */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { within } from "../within.ts";
import { Exchanges } from "./exchanges.ts";
import type { JudgedFlow } from "./judged-flow.ts";
import { carriesMedia } from "./voice.ts";

/** A second of audio on one port, in all calls together. */
const HEARD_PACKETS = 50;
/** Both sides begin to speak when the call is answered; times may be whole seconds. */
const OPENING_MS = 1000;
/** Audio that goes on sends a packet every 20 ms. */
const SPACING_MS = 5000;
/** These log every packet that a rule denies; what rules of others leave out says nothing of how many there were. */
const LOGS_ALL_DENIED: ReadonlySet<string> = new Set(["pfsense", "opnsense"]);

/** What `-m limit` lets through before it holds back, unless told otherwise: of audio that went on, a log has at least so many. */
const BURST_PACKETS = 5;

/** Denied audio of peers to which the host's own is let out, between the same ports, too little of it to be heard. */
export function firstPacketsOf(judged: readonly JudgedFlow[]): ReadonlySet<JudgedFlow> {
  const early = judged.filter(
    (one) =>
      one.flow.verdict === VERDICT_DENY && one.sender === null && one.flow.count < HEARD_PACKETS && carriesMedia(one),
  );
  const peers = new Set(early.map(({ peerText }) => peerText));
  const sent = (early.length > 0 ? judged : []).filter(
    ({ flow, sender, peerText }) =>
      flow.verdict === VERDICT_ALLOW && flow.protocol === UDP && sender !== null && peers.has(peerText),
  );
  if (sent.length === 0) return new Set();
  const opened = new Exchanges(sent, early);
  const answered = new Map<string, Exchanges>();
  // What one firewall shows answered, another behind it may still deny.
  const answeredAt = (name: string) =>
    within(
      answered,
      name,
      () =>
        new Exchanges(
          sent.filter((one) => one.firewallName === name && isAnswered(one)),
          early,
        ),
    );
  return new Set(
    early.filter((one) => {
      const { count, context, lastMs } = one.flow;
      const openedMs = opened.earliest(one);
      if (context.platform === "iptables")
        return openedMs !== null && count < BURST_PACKETS && lastMs <= openedMs + OPENING_MS;
      if (!LOGS_ALL_DENIED.has(context.platform)) return answeredAt(one.firewallName).earliest(one) !== null;
      return openedMs !== null && isAtBeginnings(one.flow, openedMs);
    }),
  );
}

/** Whether the packets came before the way was open, or so seldom that each may have begun a call of its own. */
function isAtBeginnings({ firstMs, lastMs, count }: JudgedFlow["flow"], openedMs: number): boolean {
  return lastMs <= openedMs + OPENING_MS || lastMs - firstMs >= count * SPACING_MS;
}

/** Every session of it got something back: the peer's audio does come through. */
function isAnswered({ flow }: JudgedFlow): boolean {
  return flow.context.unit === "sessions" && flow.packets > 0 && flow.unansweredSessions === 0;
}

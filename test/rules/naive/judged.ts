/** An event as it concerns one deployed host. */
import type { NaiveMatch, NaiveSide } from "./conversation.ts";
import type { FirewallEvent } from "./events.ts";
import type { NaiveFirewall, NaiveHost } from "./site.ts";

export type Meaning =
  | "needed"
  | "unneeded"
  | "neutral"
  | "refused"
  | "scanner"
  | "out-of-state"
  | "return-leg"
  | "unasked";

export interface Judged {
  event: FirewallEvent;
  firewall: NaiveFirewall;
  host: NaiveHost;
  /** Other vendors' systems at the same address. */
  otherHosts: NaiveHost[];
  hostAddress: string;
  hostOpened: boolean;
  hostSent: boolean;
  certain: boolean;
  isReply: boolean;
  initiator: NaiveSide;
  responder: NaiveSide;
  peer: NaiveSide;
  matches: NaiveMatch[];
  serves: NaiveMatch[];
  meaning: Meaning;
}

export function sameConversation(a: Judged, b: Judged): boolean {
  return (
    a.host.deployment === b.host.deployment &&
    a.host.text === b.host.text &&
    a.hostOpened === b.hostOpened &&
    a.peer.address === b.peer.address &&
    a.event.transport === b.event.transport &&
    a.responder.port === b.responder.port
  );
}

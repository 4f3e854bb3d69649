/** What rules see of the traffic: records that agree on everything the rules can tell apart, counted. */
import type { AddressWords } from "../address.ts";
import type { Platform } from "../format.ts";
import type { Inspection, Verdict } from "../record.ts";

/** An address that the flow names exactly, or a class that many addresses were folded into. */
export const FOLD_EXACT = 0;
/** All private addresses that concern no deployed host. */
export const FOLD_PRIVATE = 1;
/** All public addresses that concern no deployed host. */
export const FOLD_PUBLIC = 2;
/** A prefix, after a flood of distinct peers (`/24` or `/16` for IPv4, `/48` or `/32` for IPv6). */
export const FOLD_PREFIX = 3;
export type Fold = 0 | 1 | 2 | 3;

/** Where a line can be read again. */
export interface LinePointer {
  /** Index into the run's inputs. */
  input: number;
  /** 1-based. */
  line: number;
  /** Byte offset of the line's start in the decompressed input. */
  offset: number;
}

/** What a flow was seen through: constant for most lines of one firewall rule. */
export interface FlowContext {
  platform: Platform;
  unit: "packets" | "sessions";
  /** The device's own name, or empty where its logs carry none. */
  observer: string;
  ingress: string;
  egress: string;
  ruleId: string;
  ruleName: string;
  ruleUuid: string;
  reason: string;
  application: string;
}

/** When one firewall rule gave one verdict: counts by UTC hour since the epoch. */
export interface FlowActivity {
  context: FlowContext;
  verdict: Verdict;
  hours: Map<number, number>;
}

export interface Flow {
  readonly index: number;
  readonly context: FlowContext;
  readonly contextId: number;
  /** IANA number, or -1. */
  readonly protocol: number;
  readonly verdict: Verdict;
  readonly verdictAssumed: boolean;
  readonly outOfState: boolean;
  /** Out of state, and it closes its connection (FIN or RST). */
  readonly closing: boolean;
  /** The lines are packets from the responder to the initiator. */
  readonly reply: boolean;
  /** Later fragments: no ports. */
  readonly laterFragment: boolean;
  /** The log itself names the initiator (session logs, TCP SYN); otherwise it was inferred from ports. */
  readonly initiatorCertain: boolean;
  readonly initiator: AddressWords;
  readonly initiatorId: number;
  readonly initiatorFold: Fold;
  readonly responder: AddressWords;
  readonly responderId: number;
  readonly responderFold: Fold;
  /** The firewall translated the destination; `responder` is the inside address. */
  readonly destinationTranslated: boolean;
  /** -1: none. */
  readonly responderPort: number;
  /** Interval of initiator ports that no rule can tell apart, or null where the lines have no ports. */
  readonly initiatorPorts: [low: number, high: number] | null;
  /** -1: not logged. */
  readonly dscp: number;
  readonly inspection: Inspection;
  readonly inspectionVerdict: Verdict;
  /** Packets for packet logs, sessions for session logs (`context.unit`). */
  readonly count: number;
  /** Log lines. */
  readonly records: number;
  readonly bytes: number;
  readonly packets: number;
  /** Sessions that got no packet back although some were sent; only session logs can tell. */
  readonly unansweredSessions: number;
  /** Lines in which the firewall changed the initiator's port. */
  readonly rewrittenSourcePorts: number;
  /** The largest packet, in IP bytes. */
  readonly largestPacketBytes: number;
  /** Bytes, both ways, that a traffic shaper threw away; only session logs tell. */
  readonly shaperDroppedBytes: number;
  /** How long the shortest ended session lasted; NaN where no line says. */
  readonly shortestSessionMs: number;
  readonly lostEvents: number;
  /** UTC milliseconds; NaN where no line had a time. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Count by hour, `[UTC hour index since the epoch, count]`, ascending. */
  hours(): [hour: number, count: number][];
  /** Up to three of the earliest lines. */
  examples(): LinePointer[];
}

/** What a line says of the name of an outside address. */
export interface HostName {
  address: string;
  /** As the selection writes it, for the host itself or one below it; null: a name that nobody waits for. */
  name: string | null;
  /** A DNS answer gave the address, or a session to it bore the name. */
  from: "dns" | "session";
  /** The earliest line that says so; line and offset as in `LinePointer`. */
  timeMs: number;
  input: number;
  line: number;
  offset: number;
  /** Where it is a document: which one. */
  document?: string | null;
}

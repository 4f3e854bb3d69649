/** The contract of a log format: one file a format under `formats/`, all of one shape. */
import type { DeviceClock } from "./clocks/device-clock.ts";
import type { LogRecord, Verdict } from "./record.ts";

/** The line is a record with a verdict. */
export const PARSED = 0;
/** The line is a record of this firewall without a verdict (NAT, match rule, audit, inspection, lost events). */
export const NO_VERDICT = 1;
/** The line is sound but of another program or of a kind that says nothing of traffic. */
export const FOREIGN = 2;
/** The line claims to be of this format and cannot be read. */
export const MALFORMED = 3;
/** Blank, or structure of the format itself (a header). */
export const STRUCTURE = 4;
export type LineStatus = 0 | 1 | 2 | 3 | 4;

export type Platform = "pfsense" | "opnsense" | "fortigate" | "iptables" | "windows";

/**
 * Reads the line `bytes[start, end)` (no line end) into `into`, which the parser resets itself. Never throws and never
 * keeps a reference to `bytes` beyond the call, except in `into.text`.
 */
export type LineParser = (bytes: Uint8Array, start: number, end: number, into: LogRecord) => LineStatus;

/** What a parser needs to know of the input that it is opened for. */
export interface ParseContext {
  /** Turns the device's local times into UTC. */
  clock: DeviceClock;
  /** What the user says of netfilter log prefixes whose words do not tell (site file): the longest that fits decides. */
  prefixVerdicts?: readonly PrefixVerdict[];
  /** First bytes of the whole input, where they are at hand: they may show what somebody made of the lines. */
  head?: Uint8Array;
}

/** The verdict of all netfilter lines whose prefix starts with this text. */
export interface PrefixVerdict {
  prefix: string;
  verdict: Verdict;
}

export interface LogFormat {
  id: string;
  platform: Platform;
  /** Who made the device, where it is not whom the platform's name stands for. */
  product?: { vendor: string; product: string };
  title: string;
  /** Where the format is described. */
  reference: string;
  /** A few lines of this format, each of which must parse. */
  samples: readonly string[];
  /** What one count means: packets that the firewall decided on, or whole sessions. */
  unit: "packets" | "sessions";
  /** What logs of this format can show, in short sentences. */
  shows: readonly string[];
  /** What they cannot show. */
  hides: readonly string[];
  /** How to switch the needed logging on at the device: allowed traffic, denied traffic, the default deny. */
  enable: readonly string[];
  /**
   * How sure it is that this is a file of this format, from its first bytes: 0 (no) to 1 (certain). Roughly the share
   * of non-blank lines that carry this format's payload, so that the best score wins for mixed files.
   */
  sniff(head: Uint8Array): number;
  /**
   * Index just past the first record in `bytes[from, limit)`, or -1 if it is not complete yet. Only for formats whose
   * records are not lines (XML events, pretty-printed JSON); without it a record is a line.
   */
  recordEnd?(bytes: Uint8Array, from: number, limit: number): number;
  /**
   * A quick look: false where the line cannot be of this format. For inputs in whose first bytes it was not found, so that few
   * of their lines are read in vain.
   */
  mayBe?(bytes: Uint8Array, start: number, end: number): boolean;
  /** Lines that begin with `#Fields:` say how to read the lines after them. */
  hasHeaders?: true;
  /** A parser for one input; holds per-file state such as a column header. */
  open(context: ParseContext): LineParser;
}

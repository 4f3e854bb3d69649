/** The words that filterlog prints for what pf did and for what it could not read (filterlog.c, print-ip.c, print-ip6.c). */
import { ascii, equals, startsWith } from "../bytes.ts";
import {
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type RecordDirection,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";

const IN = ascii("in");
const OUT = ascii("out");

/**
 * Actions in the order of their frequency. pf's reject is `block return` and says `block`; `reject` stands in lines that
 * other programs write in filterlog's columns.
 */
const ACTIONS: readonly { word: Uint8Array; verdict: Verdict }[] = (
  [
    ["block", VERDICT_DENY],
    ["pass", VERDICT_ALLOW],
    ["synproxy-drop", VERDICT_DENY],
    ["reject", VERDICT_DENY],
    ["rdr", VERDICT_NONE],
    ["nat", VERDICT_NONE],
    ["binat", VERDICT_NONE],
    ["scrub", VERDICT_NONE],
    ["match", VERDICT_NONE],
  ] as const
).map(([word, verdict]) => ({ word: ascii(word), verdict }));

/** pfSense prints `unkn(%u)` as it stands, OPNsense `unknown(11)`, for actions, reasons and directions they do not know. */
const UNKNOWN_WORDS = [ascii("unkn("), ascii("unknown(")];

/** What filterlog says of a header that it cannot decode; OPNsense also in front of one that it goes on to decode. */
const TRUNCATIONS = ["truncated-ip", "bad-hlen=", "bad-len=", "[|ip]", " IP(truncated-ip"].map(ascii);
/** What pfSense puts in front of such a header, a column of its own. */
const ERROR_WORD = ascii("error='");

/** The verdict of an action word, or -1 where it is no such word. */
export function verdictOf(bytes: Uint8Array, start: number, end: number): Verdict | -1 {
  for (const { word, verdict } of ACTIONS) if (equals(bytes, word, start, end)) return verdict;
  for (const word of UNKNOWN_WORDS) if (startsWith(bytes, word, start, end)) return VERDICT_NONE;
  return -1;
}

/** Direction at the firewall; pf knows a third, `in/out`, and the program words for others. */
export function directionOf(bytes: Uint8Array, start: number, end: number): RecordDirection {
  if (equals(bytes, IN, start, end)) return DIRECTION_IN;
  return equals(bytes, OUT, start, end) ? DIRECTION_OUT : DIRECTION_UNKNOWN;
}

/** Whether pf says here that it cannot decode the header. */
export function isTruncation(bytes: Uint8Array, start: number, end: number): boolean {
  for (const word of TRUNCATIONS) if (startsWith(bytes, word, start, end)) return true;
  return false;
}

/** Whether pf says here that the packet is cut, in front of a header that it goes on to decode. */
export function isError(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, ERROR_WORD, start, end);
}

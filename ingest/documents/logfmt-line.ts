/**
 * Firewall lines in a collector's pairs: logfmt of Vector and Loki, WELF of syslog-ng. They are put into JSON, whose keys are named
 * alike (wrapped-line.ts).
 *
 *   DATE="Jul  3 19:10:30" FACILITY=kern HOST=fw MESSAGE="sip-drop: IN=eth0 OUT= ..." PRIORITY=warning PROGRAM=kernel
 *   time=2026-07-03T19:10:30.118004Z host=fw msg="sip-drop: IN=eth0 OUT= ..."
 */
import { ascii, EQUALS, findByte, findBytes, SPACE, startsWith, textOf } from "../bytes.ts";
import { LINE_NAMES } from "./line-names.ts";
import { WrappedLine } from "./wrapped-line.ts";

/** What such a line's own text begins with. */
const TEXT_NAMES = LINE_NAMES.filter((name) => /^(?:message|msg)$/i.test(name));
const TEXT_STARTS = TEXT_NAMES.map((name) => ascii(`${name}="`));
/** FortiGate's own pairs, whose `msg` may quote anybody. */
const FORTIGATE = ascii("date=");
const MAX_KEY_BYTES = 32;
const PAIR = /([\w@.-]+)=(?:"((?:[^"\\]|\\.)*)(?:"|$)|(\S*))\s*/y;

/** Whether the text of a collector's pair begins in `[start, end)`. */
export function holdsPairedText(bytes: Uint8Array, start: number, end: number): boolean {
  return TEXT_STARTS.some((first) => findBytes(bytes, first, start, end) >= 0);
}

/** One is reused for all lines of an input. */
export class LogfmtLine extends WrappedLine {
  /** Whether `[start, end)` is nothing but pairs, one of which may hold a line. */
  override read(bytes: Uint8Array, start: number, end: number): boolean {
    let from = start;
    while (from < end && (bytes[from] as number) <= SPACE) from++;
    if (!startsPair(bytes, from, end) || startsWith(bytes, FORTIGATE, from, end)) return false;
    const document = documentOf(textOf(bytes, from, end).trimEnd());
    if (document === null || !TEXT_NAMES.some((name) => name in document)) return false;
    const json = Buffer.from(JSON.stringify(document));
    return super.read(json, 0, json.length);
  }
}

/** A quick look, for most lines that come here are other programs' lines. */
function startsPair(bytes: Uint8Array, start: number, end: number): boolean {
  const bound = Math.min(end, start + MAX_KEY_BYTES);
  const equalsAt = findByte(bytes, EQUALS, start, bound);
  return equalsAt < bound && findByte(bytes, SPACE, start, equalsAt) === equalsAt;
}

/** The pairs as an object, or null where the text holds anything else. */
function documentOf(text: string): Record<string, string> | null {
  const document: Record<string, string> = {};
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const pair = PAIR.exec(text);
    if (!pair) return null;
    const [, key, quoted, bare] = pair;
    document[key as string] = quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "";
  }
  return document;
}

/**
 * A Windows event as one line of text behind whatever header its sender writes: Eventlog to Syslog (`Security-Auditing: 5157:
 * AUDIT_FAILURE The Windows ...`), OSSEC (`WinEvtLog: Security: AUDIT_FAILURE(5157): ...`), NXLog's `to_syslog_bsd()`, IBM
 * WinCollect (`...\tEventID=5157\t...\tMessage=The Windows ...`), Snare behind a relay that makes each tab a blank. The first
 * sentence tells the event, in English alone. Where another program's words stand before it, it is a stranger's text.
 */
import { ascii, findByte, findBytes, LF, QUOTE, textOf } from "../bytes.ts";
import type { EnvelopeFields } from "../envelopes/envelope-fields.ts";
import { COMPUTER, EVENT_ID, type EventFields, MESSAGE, TIME_CREATED, TIMESTAMP } from "./event-fields.ts";

const PLATFORM = ascii("Windows Filtering Platform ");
/** So far a header may reach. */
const MAX_HEAD_BYTES = 600;
/** Words behind the platform's name, and the event that they are; a beginning of another comes after it. */
const SENTENCES: readonly (readonly [words: string, id: number])[] = [
  ["has permitted a connection", 5156],
  ["has blocked a connection", 5157],
  ["has blocked a packet", 5152],
  ["filter has blocked a packet", 5153],
  ["has permitted an application or service to listen", 5154],
  ["has blocked an application or service from listening", 5155],
  ["has permitted a bind", 5158],
  ["has blocked a bind", 5159],
];
const SENTENCE_END = /^[^.|]*(?:\.?$|\.\s)/;
/** Programs that the security log's events are of, or that forward them. */
const PROGRAM = /^(?:(?:Microsoft-Windows-)?Security-Auditing|Security|WinEvtLog|MSWinEventLog|EvntSLog)$/i;
/** What a head begins with where the syslog header names no program, behind the host perhaps. */
const HEAD =
  /^(?:\S+\s)?(?:AgentDevice=WindowsLog\s|MSWinEventLog\s|WinEvtLog: Security: |security\[(?:success|failure)\] |(?:Microsoft-Windows-)?Security-Auditing\b)/;
/** The sentence's own words before the platform's name. */
const SENTENCE_START = /^(?:The |A more restrictive )?$/;
/** What heads say themselves: WinCollect's and Snare's. */
const HEADS = [
  /\bAgentDevice=WindowsLog\t(?:.*\t)?Computer=(?<computer>[^\t]+)\t(?:.*\t)?TimeGenerated=(?<seconds>\d+)\t/s,
  /\bMSWinEventLog \d+ Security \d+ (?<time>\w{3} \w{3} +\d+ [\d:]{8} \d{4}) \d+ .* (?:Success|Failure) Audit (?<computer>\S+) /,
];

/** Where the platform is named in the line `[start, end)`, or -1: a quote before it, or a line end, makes it a row of a table. */
export function flatEventAt(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, PLATFORM, start, Math.min(end, start + MAX_HEAD_BYTES));
  return at >= 0 && findByte(bytes, QUOTE, start, at) === at && findByte(bytes, LF, at, end) === end ? at : -1;
}

/** Reads the event whose message, of several lines, is all that there is. */
export function readBareMessage(bytes: Uint8Array, start: number, end: number, into: EventFields): void {
  const id = idOf(textOf(bytes, findBytes(bytes, PLATFORM, start, end) + PLATFORM.length, end));
  if (id === undefined) return;
  into.takeText(String(id), EVENT_ID);
  into.takeText(textOf(bytes, start, end), MESSAGE);
}

/** The event that has these words behind the platform's name. */
function idOf(words: string): number | undefined {
  return SENTENCES.find(([known]) => words.startsWith(known))?.[1];
}

/**
 * Reads the event whose platform stands at `at` behind a head that begins at the payload of `envelope`; false where nothing
 * of it is told. `into` must have been cleared for it.
 */
export function readFlatEvent(
  bytes: Uint8Array,
  { payload, host, program }: EnvelopeFields,
  at: number,
  end: number,
  into: EventFields,
): boolean {
  const text = plain(textOf(bytes, at + PLATFORM.length, end));
  const id = idOf(text);
  // CEF has the sentence too, and the rest in fields of its own.
  if (id === undefined || !SENTENCE_END.test(text)) return false;
  const head = plain(textOf(bytes, payload, at));
  if (!isOfAuditing(textOf(bytes, program.start, program.end), head)) return false;
  const own = HEADS.map((pattern) => pattern.exec(head)?.groups).find((groups) => groups !== undefined);
  into.takeText(String(id), EVENT_ID);
  into.takeText(text, MESSAGE);
  into.takeText(own?.time ?? "", TIME_CREATED);
  into.takeText(own?.seconds ?? "", TIMESTAMP);
  into.takeText(own?.computer ?? textOf(bytes, host.start, host.end), COMPUTER);
  return true;
}

/** Whether an event's sentence may stand behind this head of the program, whose name may be empty. */
function isOfAuditing(program: string, head: string): boolean {
  return SENTENCE_START.test(head) || PROGRAM.test(program) || (program === "" && HEAD.test(head));
}

/** Without rsyslog's words for what separates. */
function plain(text: string): string {
  return text.replaceAll("#011", "\t").replace(/#01[25]/g, " ");
}

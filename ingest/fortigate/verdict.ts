/** What FortiOS's words mean: the kind of a record, who speaks in it, and what was decided. */
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";
import {
  INSPECTION_ANTIVIRUS,
  INSPECTION_APP_CONTROL,
  INSPECTION_DNS,
  INSPECTION_DOS,
  INSPECTION_IPS,
  INSPECTION_NONE,
  INSPECTION_OTHER,
  INSPECTION_SIP_ALG,
  INSPECTION_TLS,
  INSPECTION_WEB_FILTER,
  type Inspection,
  PHASE_END,
  PHASE_INTERIM,
  PHASE_START,
  type Phase,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";

/** Nothing but blanks. */
export const KIND_BLANK = -1;
/** Not a kind that FortiOS writes, or one that no field names. */
export const KIND_UNKNOWN = 0;
export const KIND_TRAFFIC = 1;
/** Administration, VPN, system, ...: nothing of traffic that policy decides on. */
export const KIND_EVENT = 2;
/** `type=utm`: the subtype names the engine. */
const KIND_UTM = 3;
/** Above: the number of the engine that speaks. */
const KIND_ENGINE = 16;

const kinds = new WordIndex([
  ["traffic", KIND_TRAFFIC],
  ["event", KIND_EVENT],
  ["utm", KIND_UTM],
  ["voip", KIND_ENGINE + INSPECTION_SIP_ALG],
  ["ips", KIND_ENGINE + INSPECTION_IPS],
  ["app-ctrl", KIND_ENGINE + INSPECTION_APP_CONTROL],
  ["ssl", KIND_ENGINE + INSPECTION_TLS],
  ["webfilter", KIND_ENGINE + INSPECTION_WEB_FILTER],
  ["virus", KIND_ENGINE + INSPECTION_ANTIVIRUS],
  ["anomaly", KIND_ENGINE + INSPECTION_DOS],
  ["dns", KIND_ENGINE + INSPECTION_DNS],
  ["emailfilter", KIND_ENGINE + INSPECTION_OTHER],
  ["dlp", KIND_ENGINE + INSPECTION_OTHER],
  ["waf", KIND_ENGINE + INSPECTION_OTHER],
  ["gtp", KIND_ENGINE + INSPECTION_OTHER],
  ["ssh", KIND_ENGINE + INSPECTION_OTHER],
  ["cifs", KIND_ENGINE + INSPECTION_OTHER],
  ["file-filter", KIND_ENGINE + INSPECTION_OTHER],
  ["icap", KIND_ENGINE + INSPECTION_OTHER],
  ["ztna", KIND_ENGINE + INSPECTION_OTHER],
]);

/** By the first two of a log id's ten digits (FortiOS Log Message Reference, "Log ID numbers"). */
const kindByLogType = [
  KIND_TRAFFIC,
  KIND_EVENT,
  KIND_ENGINE + INSPECTION_ANTIVIRUS,
  KIND_ENGINE + INSPECTION_WEB_FILTER,
  KIND_ENGINE + INSPECTION_IPS,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_UNKNOWN,
  KIND_ENGINE + INSPECTION_DOS,
  KIND_ENGINE + INSPECTION_SIP_ALG,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_APP_CONTROL,
  KIND_UNKNOWN,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_UNKNOWN,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_DNS,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_TLS,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_OTHER,
  KIND_ENGINE + INSPECTION_OTHER,
];

/** Kind by the words of `type` and `subtype` in `bytes`; FortiOS up to 6.0 writes engines as types (`type="dns"`). */
export function kindOfWords(
  bytes: Uint8Array,
  typeStart: number,
  typeEnd: number,
  subtypeStart: number,
  subtypeEnd: number,
): number {
  const kind = kinds.find(bytes, typeStart, typeEnd);
  if (kind === UNKNOWN_WORD) return KIND_UNKNOWN;
  if (kind !== KIND_UTM) return kind;
  const engine = kinds.find(bytes, subtypeStart, subtypeEnd);
  return engine > KIND_ENGINE ? engine : KIND_ENGINE + INSPECTION_OTHER;
}

/** Kind by the number of a log id, padded to ten digits or not. */
export function kindOfLogId(logId: number): number {
  return logId < 0 ? KIND_UNKNOWN : (kindByLogType[Math.floor(logId / 1e8)] ?? KIND_UNKNOWN);
}

/** The engine that a kind stands for. */
export function inspectionOf(kind: number): Inspection {
  return kind > KIND_ENGINE ? ((kind - KIND_ENGINE) as Inspection) : INSPECTION_NONE;
}

/** "invalid": a packet that belongs to no session. */
export const MESSAGE_INVALID = 7;
/** "failed connection": what FortiOS says of a session besides its end, in the same moment and without counts. */
const MESSAGE_FAILED_CONNECTION = 11;
/** How a long session is getting on, with what it moved since the last such record. */
const MESSAGE_UPDATE = 20;
const MESSAGE_UPDATE_SNIFFER = 21;
/** One request of a session that has a record of its own. */
export const MESSAGE_HTTP_TRANSACTION = 99;
const messagePhases = new Map<number, Phase>([
  [4, PHASE_START],
  [MESSAGE_FAILED_CONNECTION, PHASE_INTERIM],
  [15, PHASE_START],
  [16, PHASE_START],
  [MESSAGE_UPDATE, PHASE_INTERIM],
  [MESSAGE_UPDATE_SNIFFER, PHASE_INTERIM],
  [MESSAGE_HTTP_TRANSACTION, PHASE_INTERIM],
]);

/** Whether a record of this message tells what was moved since the session's last one rather than in all. */
export function countsSinceLast(message: number): boolean {
  return message === MESSAGE_UPDATE || message === MESSAGE_UPDATE_SNIFFER;
}

/** The last six digits of a log id. */
export function messageOf(logId: number): number {
  return logId < 0 ? -1 : logId % 1e6;
}

const ACTION_DENY = 1;
const ACTION_START = 2;
const ACTION_ALLOW = 3;
const trafficActions = new WordIndex([
  ...inAnyCase("deny", ACTION_DENY),
  ...inAnyCase("start", ACTION_START),
  // How a session ended that policy allowed.
  ...inAnyCase("accept close timeout client-rst server-rst ip-conn dns pending", ACTION_ALLOW),
  // FortiOS writes none of these of traffic. Those who rewrite its logs do, and mean nothing else by them.
  ...inAnyCase("denied block blocked drop dropped reject rejected", ACTION_DENY),
  ...inAnyCase("accepted allow allowed pass passed passthrough permit permitted", ACTION_ALLOW),
]);

/** Each of the words in lower and upper case and with a capital. */
function inAnyCase(words: string, action: number): [string, number][] {
  return words.split(" ").flatMap((word): [string, number][] => [
    [word, action],
    [word.toUpperCase(), action],
    [word.charAt(0).toUpperCase() + word.slice(1), action],
  ]);
}

/**
 * Verdict of a traffic record: of FortiOS's words only `deny` is one of policy; the others (close, timeout, client-rst,
 * server-rst, ip-conn, dns, ...) tell how a session that policy allowed has ended. A word that nobody documents tells nothing.
 */
export function trafficVerdict(bytes: Uint8Array, start: number, end: number): Verdict {
  const action = trafficActions.find(bytes, start, end);
  if (action === UNKNOWN_WORD) return VERDICT_NONE;
  return action === ACTION_DENY ? VERDICT_DENY : VERDICT_ALLOW;
}

/** Which of a session's records this is. A refusal is a whole session's. */
export function trafficPhase(bytes: Uint8Array, start: number, end: number, message: number): Phase {
  const action = trafficActions.find(bytes, start, end);
  if (action === ACTION_DENY) return PHASE_END;
  return action === ACTION_START ? PHASE_START : (messagePhases.get(message) ?? PHASE_END);
}

/** What engines say of themselves when they stop something. */
export const STOPPING_WORDS =
  "block blocked drop dropped deny denied reset reset_client reset_server reset_both drop_session clear_session quarantine quarantined redirect redirected reject rejected kickout encrypt-kickout cm-reject ban ban-user erased filtered sinkhole".split(
    " ",
  );
const passes =
  "pass passed passthrough pass_session monitor monitored detect detected permit permitted exempt exempted allow allowed accept accepted info log log-only analytics bypass tagged";
const engineActions = new WordIndex([
  ...STOPPING_WORDS.map((word): [string, number] => [word, VERDICT_DENY]),
  ...passes.split(" ").map((word): [string, number] => [word, VERDICT_ALLOW]),
]);

/** What an engine did by its own word (`action` of UTM records, `utmaction` of traffic); none for words without decision. */
export function inspectionVerdict(bytes: Uint8Array, start: number, end: number): Verdict {
  const verdict = engineActions.find(bytes, start, end);
  return verdict === UNKNOWN_WORD ? VERDICT_NONE : (verdict as Verdict);
}

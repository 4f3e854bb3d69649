/** Which traffic carries calls: signalling and media, by the vendors' own names for applications. */
import { UDP } from "../../ingest/protocols.ts";
import { isSpeechSized } from "../../ingest/speech.ts";
import type { Match } from "../matching/match.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import type { JudgedFlow } from "./judged-flow.ts";

/** Marks of voice and its signalling: EF, VA, CS5, AF41, AF31, CS3 (RFC 4594 section 2.3). */
export const VOICE_MARKS: ReadonlyMap<number, string> = new Map([
  [46, "EF"],
  [44, "VA"],
  [40, "CS5"],
  [34, "AF41"],
  [26, "AF31"],
  [24, "CS3"],
]);

export function isSignalling(match: Match): boolean {
  return match.row.isSignalling;
}

export function isMedia(match: Match): boolean {
  return match.row.isMedia;
}

/** The best requirement among the matches that carries calls, or null. */
export function voiceMatch(matches: readonly Match[]): Match | null {
  return matches.find((match) => isSignalling(match) || isMedia(match)) ?? null;
}

/** Signalling that a requirement asks for, or SIP on its registered ports where the vendor names no ports at all. */
export function carriesSignalling({ port, serves }: JudgedFlow): boolean {
  return isSipPort(port) || serves.some(isSignalling);
}

/** Media that a requirement asks for. */
export function carriesMedia(judged: JudgedFlow): boolean {
  return judged.flow.protocol === UDP && !carriesSignalling(judged) && judged.serves.some(isMedia);
}

/** Whether packets have the size of speech: null where the log shows no sizes. */
export function looksLikeSpeech({ flow }: Pick<JudgedFlow, "flow">): boolean | null {
  if (flow.bytes === 0 || flow.packets === 0) return null;
  return isSpeechSized(flow.bytes, flow.packets);
}

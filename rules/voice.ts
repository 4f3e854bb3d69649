/** Which requirements carry calls: signalling and media, by the vendors' own names for applications. */
import type { Match } from "./match.ts";

const SIGNALLING = /\b(sips?|asip|cornet|h\.?323|h\.?225|callcontrol|stun|tunnel|registration)\b/i;
const MEDIA = /\b(s?rtp|t\.?38|audio|fax|voice)\b/i;

export function isSignalling(match: Match): boolean {
  return SIGNALLING.test(match.row.requirement.application);
}

export function isMedia(match: Match): boolean {
  return MEDIA.test(match.row.requirement.application);
}

/** The best requirement among the matches that carries calls, or null. */
export function voiceMatch(matches: readonly Match[]): Match | null {
  return matches.find((match) => isSignalling(match) || isMedia(match)) ?? null;
}

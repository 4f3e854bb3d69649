/** Which requirements carry calls, by the vendors' own names for applications. */
import type { Requirement } from "../../catalogs/catalog.ts";

const SIGNALLING = /\b(sips?|asip|cornet|h\.?323|h\.?225|callcontrol|stun|tunnel|registration)\b/i;
const MEDIA = /\b(s?rtp|t\.?38|audio|fax|voice)\b/i;

export function isSignallingApplication({ application }: Requirement): boolean {
  return SIGNALLING.test(application);
}

export function isMediaApplication({ application, transport }: Requirement): boolean {
  return transport === "udp" && MEDIA.test(application);
}

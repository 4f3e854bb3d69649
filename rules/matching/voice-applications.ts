/** Which requirements carry calls, by the vendors' own names for applications. */
import type { Requirement } from "../../catalogs/catalog.ts";

const SIGNALLING = /\b(sips?|asip|cornet|h\.?323|h\.?225|callcontrol|stun|tunnel|registration)\b/i;
const MEDIA = /\b(s?rtp|t\.?38|audio|fax|voice)\b/i;

/** What is named after both, such as "Audio/Fax: STUN Message" and "ASIP RTP", is on the ports of the audio. */
export function isSignallingApplication(requirement: Requirement): boolean {
  return SIGNALLING.test(requirement.application) && !isMediaApplication(requirement);
}

export function isMediaApplication({ application, transport }: Requirement): boolean {
  return transport === "udp" && MEDIA.test(application);
}

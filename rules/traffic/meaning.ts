/** What a permission or a denial means, once it is known who asked for it. */
import { INSPECTION_NONE } from "../../ingest/record.ts";
import { isDemand } from "../matching/match.ts";
import { isOfAnother } from "../site/outside-address.ts";
import type { Site } from "../site/site.ts";
import type { JudgedFlow, Meaning } from "./judged-flow.ts";
import { isWanted, isWantedOfProvider } from "./policy-wishes.ts";
import { carriesMedia } from "./voice.ts";

export function allowedMeaning(site: Site, judged: JudgedFlow): Meaning {
  const { flow, serves, peer } = judged;
  // What a host's own firewall shows of it and itself tells nothing of who else gets in.
  if (flow.initiatorId === flow.responderId) return "neutral";
  const demands = serves.some((match) => isDemand(match) || peer.zone !== "internet");
  if (demands) return "needed";
  if (judged.hostIsInitiator || judged.port < 0) return "neutral";
  // Who opened it was only guessed from ports, and the packet came from the host: an answer, not an exposure.
  if (judged.sender !== null && !flow.initiatorCertain) return "neutral";
  return isWantedOfProvider(site, judged) ? "needed" : "unneeded";
}

/** What a denial depends on beside itself: the site, and what was allowed elsewhere in the logs. */
interface Allowed {
  site: Site;
  /** Outside peers with needed traffic. */
  partners: ReadonlySet<string>;
  /** Whether a conversation was allowed. */
  isOpen: (conversation: number) => boolean;
  /** The host had been let send to the peer before, between the same ports, or of audio soon after. */
  isAnswer: boolean;
}

export function deniedMeaning(judged: JudgedFlow, { site, partners, isOpen, isAnswer }: Allowed): Meaning {
  const { flow, serves, peer } = judged;
  if (flow.inspection !== INSPECTION_NONE) return "inspection";
  if (flow.outOfState) return "out-of-state";
  if (flow.reply && isOpen(judged.conversation)) return "return-leg";
  // Audio has no opener: what comes back on the ports of the host's own is the other half of its call.
  if (isAnswer && carriesMedia(judged) && isPolicy(flow.context.reason)) return "return-leg";
  const demands = isWanted(site, judged);
  const isStranger =
    judged.sender === null && peer.zone === "internet" && !isOfAnother(site, judged.firewall, peer.address);
  const known = !isStranger || partners.has(judged.peerText) || serves.some(({ bothBound }) => bothBound);
  if (known && demands) return isPolicy(flow.context.reason) ? "refused" : "inspection";
  // Whom the host itself sends to is no stranger, whoever it is.
  if (isAnswer && isPolicy(flow.context.reason)) return "return-leg";
  return isStranger ? "scanner" : "unasked";
}

/** What pf drops for reasons of its own, whatever the rules say (PFRES_NAMES in pfvar.h). */
const PF_OWN_REASONS: ReadonlySet<string> = new Set([
  "bad-offset",
  "fragment",
  "short",
  "normalize",
  "memory",
  "bad-timestamp",
  "congestion",
  "ip-option",
  "proto-cksum",
  "state-insert",
  "state-limit",
  "src-limit",
  "map-failed",
  "translate",
]);

/** Whether a rule denied it, as far as the firewall says why. */
function isPolicy(reason: string): boolean {
  return !PF_OWN_REASONS.has(reason);
}

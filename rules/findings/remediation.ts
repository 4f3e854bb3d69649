/**
 * What to change at the firewall, with the site's own addresses and no wider than the catalog asks; each text ends in
 * how to check and how to undo.
 */
import { checks } from "../checks.ts";
import type { FrontEnds } from "../evidence/front-ends.ts";
import { remedyText } from "../inspection/remedy.ts";
import { listOf, type Message, say, steps } from "../messages/message.ts";
import { fortigate } from "../remedies/fortigate.ts";
import { notesOf, remediesOf } from "../remedies/front-ends.ts";
import { iptables } from "../remedies/netfilter.ts";
import { opnsense, pfsense } from "../remedies/pf.ts";
import { inDomains } from "../remedies/virtual-domain.ts";
import { windows } from "../remedies/windows.ts";
import type { PlatformName } from "../result.ts";
import type { Site } from "../site/site.ts";
import type { FindingDraft } from "./finding.ts";
import { factsOf, type RemedyFacts } from "./remedy-facts.ts";

/** What to change at one kind of firewall. */
export interface Remediation {
  platform: PlatformName;
  text: Message;
}

type Remedy = (facts: RemedyFacts) => Message;

const REMEDIES: Readonly<Record<PlatformName, { close: Remedy; open: Remedy; narrow: Remedy }>> = {
  pfsense,
  opnsense,
  fortigate,
  iptables,
  windows,
};

/** More single ports than this come from one rule that lets everything in, and are closed there. */
const MAX_PORTS = 15;

/** `frontEnds`: what writes the rules, by firewall. */
export function remediesFor(draft: FindingDraft, site: Site, frontEnds: FrontEnds): Remediation[] {
  return remediesByPlatform(draft, site, frontEnds).map((one) =>
    one.platform === "fortigate" ? { ...one, text: inDomains(one.text, draft) } : one,
  );
}

function remediesByPlatform(draft: FindingDraft, site: Site, frontEnds: FrontEnds): Remediation[] {
  const platforms = [...new Set(draft.firewalls.values())].sort();
  if (draft.check !== null) return platforms.flatMap((platform) => checkRemedy(draft, platform, site, frontEnds));
  return platforms.map((platform) => {
    const facts = factsOf(draft, platform, site);
    const text = remedyFor(draft, platform, facts);
    return { platform, text: facts.alsoFrom.length > 0 ? steps(text, elsewhere(facts)) : text };
  });
}

function remedyFor(draft: FindingDraft, platform: PlatformName, facts: RemedyFacts): Message {
  const { close, open, narrow } = remediesOf(facts.frontEnd) ?? REMEDIES[platform];
  if (draft.kind === "blocked-but-required") return open(facts);
  if (draft.onlyNarrow) return narrow(facts);
  const ports = facts.services.reduce((sum, service) => sum + service.ports.length, 0);
  return ports > MAX_PORTS ? replaceRule(facts) : close(facts);
}

function elsewhere({ alsoFrom }: RemedyFacts): Message {
  return say`Some of it came in at ${listOf(alsoFrom)}: do the same there.`;
}

function checkRemedy(draft: FindingDraft, platform: PlatformName, site: Site, frontEnds: FrontEnds): Remediation[] {
  const { check } = draft;
  const remedy = checks.find(({ meta }) => meta.id === check)?.meta.remediation[platform];
  if (!remedy || check === null) return [];
  const text = remedyText(remedy, factsOf(draft, platform, site));
  const names = [...draft.firewalls].flatMap(([name, of]) => (of === platform ? [name] : []));
  const programs = new Set(names.flatMap((name) => frontEnds.get(name) ?? []));
  const notes = [...programs].sort().flatMap((program) => notesOf(program, check, text));
  return [{ platform, text: notes.length > 0 ? steps(text, ...notes) : text }];
}

/** Closing port by port would never end. */
function replaceRule({ host, rules }: RemedyFacts): Message {
  return steps(
    rules.length > 0
      ? say`A rule lets everything through to ${host} (${rules.join(", ")}): put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.`
      : say`A rule lets everything through to ${host}: put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.`,
    say`Check: audit again after a day; what is still needed then shows as blocked. Undo: enable it again.`,
  );
}

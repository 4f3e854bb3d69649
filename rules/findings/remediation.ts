/**
 * What to change at the firewall, with the site's own addresses and no wider than the catalog asks; each text ends in
 * how to check and how to undo.
 */
import { checks } from "../checks.ts";
import { remedyText } from "../inspection/remedy.ts";
import { listOf, type Message, say, steps } from "../messages/message.ts";
import { isFirewalld } from "../remedies/firewalld.ts";
import { fortigate } from "../remedies/fortigate.ts";
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

export function remediesFor(draft: FindingDraft, site: Site): Remediation[] {
  return remediesByPlatform(draft, site).map((one) =>
    one.platform === "fortigate" ? { ...one, text: inDomains(one.text, draft) } : one,
  );
}

function remediesByPlatform(draft: FindingDraft, site: Site): Remediation[] {
  const platforms = [...new Set(draft.firewalls.values())].sort();
  if (draft.check !== null) return platforms.flatMap((platform) => checkRemedy(draft, platform, site));
  return platforms.map((platform) => {
    const facts = factsOf(draft, platform, site);
    const text = remedyFor(draft, platform, facts);
    return { platform, text: facts.alsoFrom.length > 0 ? steps(text, elsewhere(facts)) : text };
  });
}

function remedyFor(draft: FindingDraft, platform: PlatformName, facts: RemedyFacts): Message {
  const { close, open, narrow } = REMEDIES[platform];
  if (draft.kind === "blocked-but-required") return open(facts);
  if (draft.onlyNarrow) return narrow(facts);
  const ports = facts.services.reduce((sum, service) => sum + service.ports.length, 0);
  return ports > MAX_PORTS ? replaceRule(facts) : close(facts);
}

function elsewhere({ alsoFrom }: RemedyFacts): Message {
  return say`Some of it came in at ${listOf(alsoFrom)}: do the same there.`;
}

function checkRemedy(draft: FindingDraft, platform: PlatformName, site: Site): Remediation[] {
  const remedy = checks.find(({ meta }) => meta.id === draft.check)?.meta.remediation[platform];
  if (!remedy) return [];
  const facts = factsOf(draft, platform, site);
  const text = remedyText(remedy, facts);
  return [
    { platform, text: isFirewalld(facts) && text.text.includes("-j ACCEPT") ? steps(text, REFUSED_STILL) : text },
  ];
}

const REFUSED_STILL = say`The rules are firewalld's, which refuse what another table accepts: there a policy must let it pass (firewall-cmd --policy, --add-rich-rule), as the finding of the requirement says.`;

/** Closing port by port would never end. */
function replaceRule({ host, rules }: RemedyFacts): Message {
  return steps(
    rules.length > 0
      ? say`A rule lets everything through to ${host} (${rules.join(", ")}): put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.`
      : say`A rule lets everything through to ${host}: put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.`,
    say`Check: audit again after a day; what is still needed then shows as blocked. Undo: enable it again.`,
  );
}

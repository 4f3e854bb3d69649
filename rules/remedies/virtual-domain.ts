/** Where a FortiGate has several virtual domains, commands are given in one of them. */
import { domainOf, ROOT_DOMAIN } from "../../ingest/virtual-domain.ts";
import type { FindingDraft } from "../findings/finding.ts";
import { code, type Message, say, steps } from "../messages/message.ts";

/** Names come from log lines: only what FortiOS takes for one goes into a command. */
const DOMAIN_NAME = /^[\w-]{1,31}$/;

/** The remedy with the domains in which it is to be given; unchanged where lines name no domain but root. */
export function inDomains(remedy: Message, { firewalls }: Pick<FindingDraft, "firewalls">): Message {
  const domains = new Set(
    [...firewalls].flatMap(([name, platform]) => (platform === "fortigate" ? [domainOf(name, platform)] : [])),
  );
  if (![...domains].some((domain) => domain !== "")) return remedy;
  const names = [...domains].map((domain) => domain || ROOT_DOMAIN).sort();
  const [only] = names as [string];
  if (names.length === 1 && DOMAIN_NAME.test(only)) return steps("config vdom", code`edit ${only}`, remedy);
  return steps(say`In each virtual domain that the finding names (config vdom, edit NAME):`, remedy);
}

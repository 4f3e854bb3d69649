/** Hosts that behave like a phone system though the site binds them to no role. */
import type { UndeclaredHostResult } from "../../rules/result.ts";
import { firewallNames } from "../firewalls.ts";
import { phrases } from "../phrases.ts";
import { spanText } from "../times.ts";
import { signText } from "../undeclared.ts";
import type { Page } from "./page.ts";

export function writeUndeclared(page: Page, hosts: readonly UndeclaredHostResult[]): void {
  if (hosts.length === 0) return;
  const { undeclared, sections } = phrases;
  page.heading({ text: sections.undeclared, tone: "strong" }, { text: undeclared.hosts(hosts.length), tone: "quiet" });
  for (const { address, zone, firewalls, evidence, firstSeen, lastSeen, proposal } of hosts) {
    page.paragraph(
      [
        { text: "▲ ", tone: "warning" },
        { text: address, tone: "strong" },
        undeclared.at(phrases.zones[zone], firewallNames(firewalls)),
      ],
      0,
      2,
    );
    for (const sign of evidence) page.paragraph(signText(sign), 2, 2);
    const span = spanText(firstSeen, lastSeen);
    if (span !== null) page.field(undeclared.seen, span);
    page.field(undeclared.proposal, proposal);
    page.blank();
  }
}

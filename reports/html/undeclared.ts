/** Hosts that behave like a phone system though the site binds them to no role. */
import type { ReportDocument } from "../document.ts";
import { firewallNames } from "../firewalls.ts";
import { phrases } from "../phrases.ts";
import { spanText } from "../times.ts";
import { signText } from "../undeclared.ts";
import { type Markup, markup } from "./markup.ts";
import { prose, table } from "./parts.ts";

export function undeclaredSection({ result: { undeclaredHosts } }: ReportDocument): Markup | null {
  if (undeclaredHosts.length === 0) return null;
  const { undeclared, fields } = phrases;
  return markup`<p>${undeclared.note}</p>
${table(
  undeclared.hosts(undeclaredHosts.length),
  [
    { title: undeclared.host },
    { title: undeclared.signsTitle, kind: "wide" },
    { title: undeclared.seen },
    { title: fields.firewall },
    { title: undeclared.proposal, kind: "wide" },
  ],
  undeclaredHosts.map(({ address, zone, evidence, firstSeen, lastSeen, firewalls, proposal }) => ({
    cells: [
      markup`${address} <span class="quiet small">${phrases.zones[zone]}</span>`,
      markup`<ul>${evidence.map((sign) => markup`<li>${signText(sign)}</li>`)}</ul>`,
      spanText(firstSeen, lastSeen) ?? phrases.unknown,
      firewallNames(firewalls),
      prose(proposal),
    ],
  })),
)}`;
}

/** Hosts that behave like a phone system though the site binds them to no role, in the PDF report. */
import type { Content } from "pdfmake";
import type { ReportDocument } from "../document.ts";
import { firewallNames } from "../firewalls.ts";
import { phrases } from "../phrases.ts";
import { spanText } from "../times.ts";
import { signText } from "../undeclared.ts";
import { heading, note, table } from "./parts.ts";

export function undeclaredPages({ result: { undeclaredHosts } }: ReportDocument): Content[] {
  if (undeclaredHosts.length === 0) return [];
  const { undeclared } = phrases;
  return [
    heading(2, phrases.sections.undeclared, { listed: true }),
    note(undeclared.note),
    table(
      [
        { title: undeclared.host, width: 90 },
        { title: undeclared.signsTitle, width: "*" },
        { title: undeclared.seen, width: 80 },
        { title: undeclared.proposal, width: 140 },
      ],
      undeclaredHosts.map(({ address, zone, evidence, firstSeen, lastSeen, firewalls, proposal }) => [
        `${address}${undeclared.at(phrases.zones[zone], firewallNames(firewalls))}`,
        evidence.map(signText).join("; "),
        spanText(firstSeen, lastSeen) ?? phrases.unknown,
        proposal,
      ]),
    ),
  ];
}

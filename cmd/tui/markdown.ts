/** A finding for a ticket. */
import { escapeMarkdown } from "../../reports/escape.ts";
import { spanText } from "../../reports/times.ts";
import { countOf, findingFlow, platformTitles } from "../../reports/words.ts";
import type { FindingResult } from "../../rules/result.ts";

export function findingMarkdown(finding: FindingResult): string {
  const { severity, title, id, why, citation, peers, firewalls, rules, remediation, examples } = finding;
  const span = spanText(finding.firstSeen, finding.lastSeen);
  const fence = (text: string) => text.split(/\r?\n/).map((line) => `    ${line.replaceAll(/\p{Cc}/gu, "\ufffd")}`);
  const fact = (name: string, value: string) => (value === "" ? [] : [`- **${name}:** ${escapeMarkdown(value)}`]);
  return [
    `### ${severity}: ${escapeMarkdown(title)}`,
    "",
    ...fact("Id", id),
    ...fact("Traffic", findingFlow(finding)),
    ...fact("Seen", `${countOf(finding)}${span === null ? "" : `, ${span}`}`),
    ...fact("Firewall", firewalls.join(", ")),
    ...fact("Rule", rules.join(", ")),
    ...fact("Peers", peers.join(", ")),
    ...(citation ? fact("Vendor", `${citation.statement} (section ${citation.section}, ${citation.document})`) : []),
    "",
    escapeMarkdown(why),
    ...remediation.flatMap(({ platform, text }) => [
      "",
      `What to do on ${platformTitles[platform]}:`,
      "",
      ...fence(text),
    ]),
    ...examples.flatMap(({ input, line, text }) =>
      text === null ? [] : ["", escapeMarkdown(line === null ? input : `${input}:${line}`), "", ...fence(text)],
    ),
    "",
  ].join("\n");
}

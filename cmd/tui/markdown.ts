/** A finding for a ticket. */
import { escapeMarkdown } from "../../reports/escape.ts";
import { phrases } from "../../reports/phrases.ts";
import { spanText } from "../../reports/times.ts";
import { countOf, findingFlow, platformTitles } from "../../reports/words.ts";
import type { FindingResult } from "../../rules/result.ts";

/** In the language of the screen. */
export function findingMarkdown(finding: FindingResult): string {
  const { severity, title, id, why, citation, peers, firewalls, rules, remediation, examples } = finding;
  const { fields } = phrases;
  const span = spanText(finding.firstSeen, finding.lastSeen);
  const fence = (text: string) => text.split(/\r?\n/).map((line) => `    ${line.replaceAll(/\p{Cc}/gu, "\ufffd")}`);
  const fact = (name: string, value: string) => (value === "" ? [] : [`- **${name}:** ${escapeMarkdown(value)}`]);
  return [
    `### ${phrases.text.severity[severity]}: ${escapeMarkdown(title)}`,
    "",
    ...fact(fields.id, id),
    ...fact(fields.traffic, findingFlow(finding)),
    ...fact(fields.seen, `${countOf(finding)}${span === null ? "" : `, ${span}`}`),
    ...fact(fields.firewall, firewalls.join(", ")),
    ...fact(fields.rule, rules.join(", ")),
    ...fact(fields.peers, peers.join(", ")),
    ...(citation
      ? fact(phrases.text.vendor, `${citation.statement} (${phrases.citation(citation.section, citation.document)})`)
      : []),
    "",
    escapeMarkdown(why),
    ...remediation.flatMap(({ platform, text }) => [
      "",
      `${phrases.whatToDoOn(platformTitles[platform])}:`,
      "",
      ...fence(text),
    ]),
    ...examples.flatMap(({ input, line, text }) =>
      text === null ? [] : ["", escapeMarkdown(line === null ? input : `${input}:${line}`), "", ...fence(text)],
    ),
    "",
  ].join("\n");
}

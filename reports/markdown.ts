/** The report as GitHub-flavoured Markdown: for tickets, wikis and pull requests. */
import { documentOf, documentText, firewallWindow, type ReportDocument } from "./document.ts";
import { escapeMarkdown } from "./escape.ts";
import { busiestFirewalls, firewallNames } from "./firewalls.ts";
import { markdownFindings, markdownWaived } from "./markdown/findings.ts";
import { markdownHistory, markdownWaivers } from "./markdown/history.ts";
import { markdownCoverage, markdownNotSeen, markdownPolicies, markdownScorecard } from "./markdown/states.ts";
import { facts, heading, list, paragraph, strong, table } from "./markdown/text.ts";
import { countBySeverity, severities } from "./outline.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";
import { spanText } from "./times.ts";
import { signText } from "./undeclared.ts";
import { kindTitles, number, platformTitles } from "./words.ts";

export const md: ReportFormat = {
  id: "md",
  title: "Markdown, as GitHub and GitLab show it",
  extension: "md",
  showsHashes: true,
  render(result) {
    const document = documentOf(result);
    const { sections } = phrases;
    const parts: [title: string, body: string][] = [
      [sections.summary, summary(document)],
      [sections.evidence, evidence(document)],
      [sections.scorecard, markdownScorecard(document)],
      [sections.history, markdownHistory(document)],
      [sections.undeclared, undeclared(document)],
      [sections.findings, markdownFindings(document)],
      [sections.waived, markdownWaived(document)],
      [sections.waivers, markdownWaivers(document)],
      [sections.notSeen, markdownNotSeen(document)],
      [sections.policies, markdownPolicies(document)],
      [sections.coverage, markdownCoverage(document)],
      [sections.accounts, accounts(document)],
      [sections.inputs, inputs(document)],
      [sections.versions, versions(document)],
    ];
    const body = parts.filter(([, text]) => text !== "").map(([title, text]) => heading(2, title) + text);
    return `${heading(1, document.title)}${paragraph(phrases.subtitle)}${body.join("")}`.trimEnd().concat("\n");
  },
};

function summary({ verdict, steps, outline, result, history }: ReportDocument): string {
  const points = verdict.points.map(({ wrong, means }) => `${strong(wrong)} ${escapeMarkdown(means)}`);
  const first = steps.map(({ title, text, findings }) =>
    title === ""
      ? escapeMarkdown(text)
      : `${strong(`${title}.`)} ${escapeMarkdown(text)} (${findings.map(({ label }) => label).join(", ")})`,
  );
  const counts = outline.classes.map(({ kind, findings }) => {
    const bySeverity = countBySeverity(findings);
    const waived = outline.waived.filter((finding) => finding.kind === kind).length;
    return [kindTitles[kind], ...severities.map((severity) => bySeverity[severity]), waived];
  });
  const columns = [
    { title: phrases.fields.findingClass },
    ...severities.map((severity) => ({ title: phrases.severity[severity], right: true })),
    { title: phrases.fields.waived, right: true },
  ];
  return [
    `${strong(verdict.headline)}\n\n`,
    verdict.caveat === null ? "" : paragraph(verdict.caveat),
    history === null ? "" : paragraph(history.summary),
    points.length > 0 ? heading(3, phrases.wrongAndMeaning) + list(points) : "",
    heading(3, phrases.whatFirst),
    list(first, true),
    result.findings.length > 0 ? table(columns, counts) : "",
  ].join("");
}

function evidence({ result, window, limits }: ReportDocument): string {
  const { fields } = phrases;
  const { shown, more } = busiestFirewalls(result.evidence.firewalls);
  const yesNo = (yes: boolean) => (yes ? phrases.yes : phrases.no);
  return [
    facts([
      [fields.site, result.site.name],
      [fields.window, window],
      [fields.timeZone, result.site.timezone],
    ]),
    table(
      [
        { title: fields.firewall },
        { title: fields.platform },
        { title: fields.logsAllows },
        { title: fields.logsDenies },
        { title: fields.logsDefaultDeny },
        { title: fields.allowed, right: true },
        { title: fields.denied, right: true },
        { title: fields.unit },
        { title: fields.window },
      ],
      shown.map((one) => [
        one.name,
        platformTitles[one.platform],
        yesNo(one.logsAllows),
        yesNo(one.logsDenies),
        one.logsDefaultDeny === null ? phrases.unknown : yesNo(one.logsDefaultDeny),
        number(one.allowed),
        number(one.denied),
        phrases.units[one.unit],
        firewallWindow(one),
      ]),
    ),
    more > 0 ? paragraph(phrases.moreFirewalls(more)) : "",
    heading(3, phrases.limits),
    limits.length > 0 ? list(limits.map(escapeMarkdown)) : paragraph(phrases.noLimits),
  ].join("");
}

function undeclared({ result: { undeclaredHosts } }: ReportDocument): string {
  const { undeclared: words } = phrases;
  if (undeclaredHosts.length === 0) return "";
  return (
    paragraph(words.note) +
    table(
      [words.host, words.signsTitle, words.seen, words.proposal].map((title) => ({ title })),
      undeclaredHosts.map(({ address, zone, evidence, firstSeen, lastSeen, firewalls, proposal }) => [
        `${address}${words.at(phrases.zones[zone], firewallNames(firewalls))}`,
        evidence.map(signText).join("; "),
        spanText(firstSeen, lastSeen) ?? phrases.unknown,
        proposal,
      ]),
    )
  );
}

function accounts({ accounts: all }: ReportDocument): string {
  return all.length === 0
    ? paragraph(phrases.accounts.none)
    : list(all.map(({ packets, text }) => `${strong(number(packets))} ${escapeMarkdown(text)}`));
}

function inputs({ result }: ReportDocument): string {
  const { fields } = phrases;
  if (result.evidence.inputs.length === 0) return paragraph(phrases.none);
  return table(
    [
      { title: fields.input },
      { title: fields.format },
      ...[fields.lines, fields.parsed, fields.foreign, fields.malformed, fields.setAside].map((title) => ({
        title,
        right: true,
      })),
      { title: fields.sha256 },
    ],
    result.evidence.inputs.map(({ name, formats, lines, sha256 }) => [
      name,
      formats.join(", ") || phrases.unknown,
      ...[lines.read, lines.parsed, lines.foreign, lines.malformed, lines.structure + lines.outsideWindow].map(number),
      sha256 ?? "",
    ]),
  );
}

function versions({ result }: ReportDocument): string {
  const { fields } = phrases;
  return [
    facts([
      [fields.tool, phrases.by(result.tool.name, result.tool.version)],
      [fields.schema, result.schemaVersion],
    ]),
    table(
      [fields.catalog, fields.product, fields.document, fields.version, fields.catalogSha256].map((title) => ({
        title,
      })),
      result.deployments.map((one) => [
        one.catalog,
        `${one.vendor}: ${one.product}`,
        documentText(one),
        one.version ?? phrases.unknown,
        one.catalogSha256 ?? "",
      ]),
    ),
  ].join("");
}

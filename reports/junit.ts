/**
 * JUnit XML for pipelines: one suite a deployment, one test case a requirement or policy, and a suite for findings that
 * rest on neither. What is blocked, intermittent or violated fails; what the logs do not show, and what somebody has
 * accepted, is skipped and says why.
 */
import type { AuditResult, FindingResult, PolicyState, RequirementState } from "../rules/result.ts";
import { expiredText } from "./document.ts";
import { placeOf } from "./excerpt.ts";
import { firewallNames } from "./firewalls.ts";
import { outlineOf } from "./outline.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";
import { isFindingOf } from "./systems.ts";
import { stateLook } from "./text/style.ts";
import { dateText } from "./times.ts";
import { countOf, findingFlow, platformTitles, requirementFlow } from "./words.ts";
import { xmlTag, xmlText } from "./xml.ts";

export const junit: ReportFormat = {
  id: "junit",
  title: "JUnit XML, for pipelines",
  extension: "xml",
  render(result) {
    const suites = suitesOf(result).filter(({ cases }) => cases.length > 0);
    const all = suites.flatMap(({ cases }) => cases);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      `${xmlTag("testsuites", { name: `${result.tool.name}: ${result.site.name}`, ...totals(all) })}>\n`,
      ...suites.map((suite, index) => writeSuite(suite, index, result)),
      "</testsuites>\n",
    ].join("");
  },
};

interface Suite {
  name: string;
  cases: Case[];
}

interface Case {
  name: string;
  group: string;
  outcome: "passed" | "failed" | "skipped";
  /** The state or severity, as the failure's type. */
  type: string;
  message: string;
  details: string;
}

const FAILING: ReadonlySet<string> = new Set(["blocked", "intermittent", "violated"]);
const PASSING: ReadonlySet<string> = new Set(["open", "upheld"]);

function suitesOf(result: AuditResult): Suite[] {
  const told = new Set<FindingResult>();
  const suites = outlineOf(result).deployments.map(({ name, deployment, requirements, policies }): Suite => {
    const own = result.findings.filter((finding) => isFindingOf(finding, deployment));
    const rows = [
      ...requirements.map((row) => ({
        ...row,
        name: `${row.id}: ${row.application}; ${requirementFlow(row)}`,
        group: row.component,
        findings: own.filter(({ requirement }) => requirement === row.id),
      })),
      ...policies.map((row) => ({
        ...row,
        name: `${row.id}: ${row.statement}`,
        group: "policies",
        findings: own.filter(({ policy }) => policy === row.id),
      })),
    ];
    return {
      name,
      cases: rows.map(({ name: title, group, state, reason, findings, catalog }) => {
        if (FAILING.has(state)) for (const finding of findings) told.add(finding);
        const outcome = outcomeOf(state, findings);
        return {
          name: title,
          group: `${catalog}.${group}`,
          outcome,
          type: state,
          message: outcome === "passed" ? "" : messageOf(state, reason, findings),
          details: FAILING.has(state) ? findings.map(detailsOf).join("\n\n") : "",
        };
      }),
    };
  });
  return [...suites, { name: phrases.beyondLists, cases: caseless(result, told) }];
}

/** Findings that no failing case above has told. */
function caseless(result: AuditResult, told: ReadonlySet<FindingResult>): Case[] {
  return result.findings
    .filter((finding) => !told.has(finding))
    .map((finding) => ({
      name: finding.id,
      group: `${finding.catalog ?? "checks"}.${finding.check ?? finding.kind}`,
      outcome: finding.waived === null && finding.severity !== "info" ? "failed" : "skipped",
      type: finding.severity,
      message: finding.waived === null ? finding.title : `${waivedText(finding)} ${finding.title}`,
      details: detailsOf(finding),
    }));
}

function outcomeOf(state: string, findings: readonly FindingResult[]): Case["outcome"] {
  if (PASSING.has(state)) return "passed";
  if (!FAILING.has(state)) return "skipped";
  return findings.length > 0 && findings.every(({ waived }) => waived !== null) ? "skipped" : "failed";
}

function messageOf(
  state: RequirementState | PolicyState,
  reason: string | null,
  findings: readonly FindingResult[],
): string {
  const waived = findings.filter((finding) => finding.waived !== null).map(waivedText);
  const why = reason ?? findings.map(({ title }) => title).join("; ");
  const { words } = stateLook[state];
  return [...waived, why === "" ? words : `${words}: ${why}`].join(" ");
}

function waivedText({ waived }: FindingResult): string {
  return waived === null ? "" : `${phrases.waivedBy(waived.owner, dateText(waived.expires), waived.reason)}.`;
}

function detailsOf(finding: FindingResult): string {
  return [
    `${phrases.text.severity[finding.severity]}: ${finding.title}`,
    `${phrases.fields.id}: ${finding.id}`,
    `${findingFlow(finding)}; ${countOf(finding)}`,
    waivedText(finding),
    finding.baseline === null ? "" : `${phrases.text.baseline}: ${phrases.text.baselineStates[finding.baseline]}`,
    expiredText(finding),
    finding.why,
    finding.citation
      ? `${phrases.quoted(finding.citation.statement)} ${phrases.citation(finding.citation.section, finding.citation.document)}`
      : "",
    ...finding.examples.map(placeOf),
    ...finding.remediation.map(({ platform, text }) => `${platformTitles[platform]}:\n${text}`),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function totals(cases: readonly Case[]) {
  return {
    tests: cases.length,
    failures: cases.filter(({ outcome }) => outcome === "failed").length,
    errors: 0,
    skipped: cases.filter(({ outcome }) => outcome === "skipped").length,
    time: "0",
  };
}

function writeSuite({ name, cases }: Suite, id: number, { evidence, site, tool }: AuditResult): string {
  const hosts = firewallNames(evidence.firewalls.map(({ name }) => name));
  const properties = Object.entries({
    site: site.name,
    tool: `${tool.name} ${tool.version}`,
    "evidence.from": evidence.from ?? "",
    "evidence.to": evidence.to ?? "",
  });
  const attributes = {
    name,
    package: tool.name,
    id,
    // the schema of Ant knows no zones; the properties have the time in full
    timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(evidence.to ?? "")?.[0] ?? "1970-01-01T00:00:00",
    hostname: hosts.trim() === "" ? "localhost" : hosts,
    ...totals(cases),
  };
  return [
    `  ${xmlTag("testsuite", attributes)}>\n    <properties>\n`,
    ...properties.map(([key, value]) => `      ${xmlTag("property", { name: key, value })}/>\n`),
    "    </properties>\n",
    ...cases.map(writeCase),
    "    <system-out/>\n    <system-err/>\n  </testsuite>\n",
  ].join("");
}

function writeCase({ name, group, outcome, type, message, details }: Case): string {
  const open = `    ${xmlTag("testcase", { name, classname: group, time: "0" })}`;
  if (outcome === "passed") return `${open}/>\n`;
  if (outcome === "skipped") return `${open}>\n      ${xmlTag("skipped", { message })}/>\n    </testcase>\n`;
  const failure = xmlTag("failure", { message, type });
  return `${open}>\n      ${failure}>${xmlText(details)}</failure>\n    </testcase>\n`;
}

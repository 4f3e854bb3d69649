/**
 * SARIF 2.1.0. Stable ids become fingerprints, waivers become suppressions, and a comparison with a baseline becomes
 * `baselineState`.
 */
import type { ExampleResult, FindingResult, InputResult, Severity } from "../rules/result.ts";
import { documentOf } from "./document.ts";
import { neutralise, neutraliseLines } from "./escape.ts";
import { excerptOf } from "./excerpt.ts";
import { uriOf } from "./file-uri.ts";
import { jsonText } from "./json-text.ts";
import { prose } from "./markdown/text.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";
import { spanText } from "./times.ts";
import { countOf, findingFlow, kindTitles, platformTitles } from "./words.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** GitHub's scale of security severities, 0 to 10. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
  info: "0.5",
};

export const sarif: ReportFormat = {
  id: "sarif",
  title: "SARIF 2.1.0, for code scanning and issue trackers",
  extension: "sarif",
  showsHashes: true,
  render(result) {
    const { limits } = documentOf(result);
    const rules = rulesOf(result.findings);
    const ids = rules.map(({ id }) => id);
    return jsonText({
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: result.tool.name, version: result.tool.version, rules } },
          automationDetails: { id: `${result.tool.name}/${neutralise(result.site.name)}/` },
          columnKind: "utf16CodeUnits",
          invocations: [invocationOf(limits)],
          artifacts: result.evidence.inputs.map(artifactOf),
          results: result.findings.map((finding) => resultOf(finding, ids)),
          properties: {
            site: result.site.name,
            evidenceFrom: result.evidence.from,
            evidenceTo: result.evidence.to,
            documents: result.deployments.map(({ document }) => document),
          },
        },
      ],
    });
  },
};

interface Rule {
  id: string;
  [property: string]: unknown;
}

/** One rule for whatever findings rest on. */
function rulesOf(findings: readonly FindingResult[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const finding of findings) {
    const id = ruleIdOf(finding);
    if (rules.has(id)) continue;
    const { citation, kind, severity, remediation } = finding;
    const source = citation === null ? "" : ` (${phrases.citation(citation.section, citation.document)})`;
    rules.set(id, {
      id,
      shortDescription: { text: plain(citation?.statement ?? finding.title) },
      fullDescription: { text: plain(`${kindTitles[kind]}. ${citation?.statement ?? finding.title}${source}`) },
      defaultConfiguration: { level: LEVELS[severity] },
      ...(remediation.length > 0 ? { help: helpOf(remediation) } : {}),
      properties: { tags: ["security", "firewall", kind], "security-severity": SCORES[severity] },
    });
  }
  return [...rules.values()];
}

function ruleIdOf({ kind, catalog, policy, requirement, check }: FindingResult): string {
  return [kind, catalog, policy ?? requirement ?? check ?? "unlisted"]
    .filter((part) => part !== null)
    .map(neutralise)
    .join("/");
}

function helpOf(remediation: FindingResult["remediation"]): { text: string; markdown: string } {
  return {
    text: remediation.map(({ platform, text }) => `${platformTitles[platform]}:\n${plain(text)}`).join("\n\n"),
    markdown: remediation.map(({ platform, text }) => `**${platformTitles[platform]}**\n\n${prose(text)}`).join(""),
  };
}

function resultOf(finding: FindingResult, ruleIds: readonly string[]): object {
  const { waived, examples, severity, host } = finding;
  const ruleId = ruleIdOf(finding);
  const span = spanText(finding.firstSeen, finding.lastSeen);
  const seen = `${findingFlow(finding)}: ${countOf(finding)}${span === null ? "" : `, ${span}`}.`;
  const hostLocation = { logicalLocations: [{ fullyQualifiedName: neutralise(host), kind: "resource" }] };
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: LEVELS[severity],
    message: { text: plain([`${finding.title}.`, finding.why, seen].filter((part) => part !== "").join(" ")) },
    locations: examples.length > 0 ? examples.map(locationOf) : [hostLocation],
    partialFingerprints: { "ringfenceFindingId/v1": finding.id },
    ...(finding.baseline === null ? {} : { baselineState: finding.baseline === "new" ? "new" : "unchanged" }),
    // on all results or on none (3.27.23): an empty list says that nobody suppressed this one
    suppressions:
      waived === null
        ? []
        : [
            {
              kind: "external",
              status: "accepted",
              justification: plain(waived.reason),
              properties: { owner: waived.owner, expires: waived.expires },
            },
          ],
    properties: {
      kind: finding.kind,
      severity,
      confidence: finding.confidence,
      host,
      direction: finding.direction,
      transport: finding.transport,
      ports: finding.ports,
      peerZone: finding.peerZone,
      peers: finding.peers,
      peerCount: finding.peerCount,
      count: finding.packets,
      unit: finding.unit,
      firstSeen: finding.firstSeen,
      lastSeen: finding.lastSeen,
      rules: finding.rules,
      firewalls: finding.firewalls,
      alsoRequiredBy: finding.alsoRequiredBy,
    },
  };
}

function locationOf({ input, line, offset, text }: ExampleResult): object {
  const region = {
    ...(line === null ? {} : { startLine: line }),
    ...(offset === null ? {} : { byteOffset: offset }),
  };
  const snippet = text === null ? {} : { snippet: { text: neutralise(excerptOf(text)) } };
  const placed = Object.keys(region).length > 0;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(input) },
      ...(placed ? { region: { ...region, ...snippet } } : {}),
    },
    ...(placed || text === null ? {} : { message: { text: plain(excerptOf(text)) } }),
  };
}

/** What was read, so that a reader can tell whether a file is the very one. */
function artifactOf({ name, sha256 }: InputResult): object {
  return {
    location: { uri: uriOf(name) },
    roles: ["analysisTarget"],
    ...(sha256 === null ? {} : { hashes: { "sha-256": sha256 } }),
  };
}

/** Limits of the evidence are what the tool has to say about its own run. */
function invocationOf(limits: readonly string[]): object {
  return {
    executionSuccessful: true,
    toolExecutionNotifications: limits.map((limit) => ({ level: "warning", message: { text: plain(limit) } })),
  };
}

/** Text of a SARIF message: no embedded link (3.11.6), no placeholder (3.11.5), no control character. */
function plain(text: string): string {
  return neutraliseLines(text)
    .replace(/[[\]]/g, "\\$&")
    .replace(/\{(?=\d+\})/g, "{{")
    .replace(/(?<=\{\{\d+)\}/g, "}}");
}

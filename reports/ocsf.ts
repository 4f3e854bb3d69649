/**
 * Findings as events of the Open Cybersecurity Schema Framework, class Compliance Finding (2003), version 1.3. Against a
 * baseline a finding is created or updated, and what is gone is closed; what is only out of sight stays as it was.
 */
import type { AuditResult, Confidence, FindingResult, GoneFinding, Severity } from "../rules/result.ts";
import { documentText } from "./document.ts";
import { jsonText } from "./json-text.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";
import { isFindingOf } from "./systems.ts";
import { dateText } from "./times.ts";
import { findingFlow, kindTitles, platformTitles } from "./words.ts";

const SEVERITY: Readonly<Record<Severity, { severity_id: number; severity: string }>> = {
  info: { severity_id: 1, severity: "Informational" },
  low: { severity_id: 2, severity: "Low" },
  medium: { severity_id: 3, severity: "Medium" },
  high: { severity_id: 4, severity: "High" },
  critical: { severity_id: 5, severity: "Critical" },
};
const CONFIDENCE: Readonly<Record<Confidence, { confidence_id: number; confidence: string }>> = {
  low: { confidence_id: 1, confidence: "Low" },
  medium: { confidence_id: 2, confidence: "Medium" },
  high: { confidence_id: 3, confidence: "High" },
};

export const ocsf: ReportFormat = {
  id: "ocsf",
  title: "OCSF 1.3 compliance findings, for security data lakes",
  extension: "ocsf.json",
  render: (result) =>
    jsonText([
      ...result.findings.map((finding) => eventOf(finding, result)),
      ...(result.baseline?.gone ?? []).filter(({ state }) => state === "gone").map((gone) => closingOf(gone, result)),
    ]),
};

const ACTIVITIES = { 1: "Create", 2: "Update", 3: "Close" } as const;

function headOf(
  activity: keyof typeof ACTIVITIES,
  { severity }: { severity: Severity },
  uid: string,
  result: AuditResult,
) {
  const name = ACTIVITIES[activity];
  return {
    activity_id: activity,
    activity_name: name,
    category_uid: 2,
    category_name: "Findings",
    class_uid: 2003,
    class_name: "Compliance Finding",
    type_uid: 200300 + activity,
    type_name: `Compliance Finding: ${name}`,
    ...SEVERITY[severity],
    metadata: {
      version: "1.3.0",
      uid,
      product: { name: result.tool.name, vendor_name: result.tool.name, version: result.tool.version },
    },
  };
}

/** A finding of the audit before that these logs would show if it still happened. */
function closingOf(gone: GoneFinding, result: AuditResult) {
  return {
    ...headOf(3, gone, gone.id, result),
    time: milliseconds(result.evidence.to) ?? 0,
    status_id: 4,
    status: "Resolved",
    message: gone.title,
    finding_info: { uid: gone.id, title: gone.title, types: [kindTitles[gone.kind]] },
    compliance: { standards: [`${result.tool.name} checks`], control: gone.kind, status_id: 1, status: "Pass" },
    unmapped: { site: result.site.name, kind: gone.kind },
  };
}

function eventOf(finding: FindingResult, result: AuditResult) {
  const { waived } = finding;
  const first = milliseconds(finding.firstSeen);
  const last = milliseconds(finding.lastSeen);
  return {
    ...headOf(finding.baseline === "persisting" ? 2 : 1, finding, finding.id, result),
    // no clock: the evidence ends when it ends
    time: last ?? milliseconds(result.evidence.to) ?? 0,
    ...(first === undefined ? {} : { start_time: first }),
    ...(last === undefined ? {} : { end_time: last }),
    ...CONFIDENCE[finding.confidence],
    ...(waived === null ? { status_id: 1, status: "New" } : { status_id: 3, status: "Suppressed" }),
    ...(waived === null
      ? {}
      : {
          comment: phrases.waivedBy(waived.owner, dateText(waived.expires), waived.reason),
          status_detail: waived.reason,
        }),
    message: finding.title,
    count: finding.packets,
    finding_info: {
      uid: finding.id,
      title: finding.title,
      desc: finding.why === "" ? finding.title : finding.why,
      types: [kindTitles[finding.kind]],
      ...(first === undefined ? {} : { first_seen_time: first }),
      ...(last === undefined ? {} : { last_seen_time: last }),
      data_sources: [...new Set(finding.examples.map(({ input }) => input))],
      analytic: { uid: controlOf(finding), name: controlOf(finding), type_id: 1, type: "Rule" },
    },
    compliance: complianceOf(finding, result),
    resources: [{ name: finding.host, type: "Host" }, ...finding.firewalls.map((name) => ({ name, type: "Firewall" }))],
    ...(finding.remediation.length === 0
      ? {}
      : {
          remediation: {
            desc: finding.remediation.map(({ platform, text }) => `${platformTitles[platform]}:\n${text}`).join("\n\n"),
          },
        }),
    ...(finding.examples[0]?.text ? { raw_data: finding.examples[0].text } : {}),
    unmapped: {
      site: result.site.name,
      kind: finding.kind,
      traffic: findingFlow(finding),
      direction: finding.direction,
      transport: finding.transport,
      ports: finding.ports,
      peer_zone: finding.peerZone,
      peers: finding.peers,
      peer_count: finding.peerCount,
      unit: finding.unit,
      firewall_rules: finding.rules,
      examples: finding.examples.map(({ input, line, offset }) => ({ input, line, offset })),
      waiver: waived,
      expired_waiver: finding.expiredWaiver,
      baseline: finding.baseline,
    },
  };
}

function complianceOf(finding: FindingResult, { deployments, tool }: AuditResult) {
  const { citation } = finding;
  const deployment = deployments.find((one) => isFindingOf(finding, one));
  const standard = deployment ? documentText(deployment) : (citation?.document ?? `${tool.name} checks`);
  return {
    standards: [standard],
    control: controlOf(finding),
    requirements: citation === null ? [controlOf(finding)] : [citation.section],
    status_id: 3,
    status: "Fail",
    ...(citation === null ? {} : { status_detail: citation.statement }),
  };
}

function controlOf({ requirement, policy, check, kind }: FindingResult): string {
  return requirement ?? policy ?? check ?? kind;
}

function milliseconds(iso: string | null): number | undefined {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isFinite(at) ? at : undefined;
}

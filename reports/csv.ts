/** The findings as a table for spreadsheets: one row a finding, waived ones included and marked. */
import type { FindingResult } from "../rules/result.ts";
import { csvRow } from "./escape.ts";
import { outlineOf } from "./outline.ts";
import type { ReportFormat } from "./report-format.ts";
import { portsText } from "./words.ts";

/** Names are part of the interface: they are added to, never changed. */
const COLUMNS: readonly (readonly [name: string, value: (finding: FindingResult) => string | number | null])[] = [
  ["id", (finding) => finding.id],
  ["kind", (finding) => finding.kind],
  ["severity", (finding) => finding.severity],
  ["confidence", (finding) => finding.confidence],
  ["title", (finding) => finding.title],
  ["why", (finding) => finding.why],
  ["catalog", (finding) => finding.catalog],
  ["requirement", (finding) => finding.requirement],
  ["policy", (finding) => finding.policy],
  ["check", (finding) => finding.check],
  ["cited_document", (finding) => finding.citation?.document ?? null],
  ["cited_section", (finding) => finding.citation?.section ?? null],
  ["cited_statement", (finding) => finding.citation?.statement ?? null],
  ["also_required_by", (finding) => finding.alsoRequiredBy.join("; ")],
  ["host", (finding) => finding.host],
  ["direction", (finding) => finding.direction],
  ["transport", (finding) => finding.transport],
  ["ports", (finding) => portsText(finding.ports)],
  ["peer_zone", (finding) => finding.peerZone],
  ["peers", (finding) => finding.peers.join("; ")],
  ["peer_count", (finding) => finding.peerCount],
  ["count", (finding) => finding.packets],
  ["unit", (finding) => finding.unit],
  ["first_seen", (finding) => finding.firstSeen],
  ["last_seen", (finding) => finding.lastSeen],
  ["firewalls", (finding) => finding.firewalls.join("; ")],
  ["rules", (finding) => finding.rules.join("; ")],
  ["example_input", (finding) => finding.examples[0]?.input ?? null],
  ["example_line", (finding) => finding.examples[0]?.line ?? null],
  ["example_text", (finding) => finding.examples[0]?.text ?? null],
  ["remediation", (finding) => finding.remediation.map(({ platform, text }) => `${platform}: ${text}`).join("\n")],
  ["waived", (finding) => (finding.waived === null ? "no" : "yes")],
  ["waived_reason", (finding) => finding.waived?.reason ?? null],
  ["waived_by", (finding) => finding.waived?.owner ?? null],
  ["waived_until", (finding) => finding.waived?.expires ?? null],
  ["baseline", (finding) => finding.baseline],
  ["waiver_expired", (finding) => finding.expiredWaiver?.expires ?? null],
];

export const csv: ReportFormat = {
  id: "csv",
  title: "CSV, one row a finding",
  extension: "csv",
  render(result) {
    const { classes, waived } = outlineOf(result);
    const findings = [...classes.flatMap((one) => one.findings), ...waived];
    const head = csvRow(COLUMNS.map(([name]) => name));
    return head + findings.map((finding) => csvRow(COLUMNS.map(([, value]) => value(finding)))).join("");
  },
};

/** Site, catalogs and flows to the result: the one entrance to rules/. */
import type { Flow, FlowActivity, HostName } from "../ingest/flows/flow.ts";
import { type Evidence, gatherEvidence } from "./evidence/evidence.ts";
import { frontEndsOf } from "./evidence/front-ends.ts";
import { limitsOf } from "./evidence/limits.ts";
import { seenSystems } from "./evidence/seen-systems.ts";
import { judgeExposures } from "./findings/exposures.ts";
import { FindingCollector } from "./findings/finding.ts";
import { findingResult } from "./findings/finding-result.ts";
import { judgePolicies } from "./findings/policies.ts";
import { judgeRequirements } from "./findings/requirements.ts";
import { noteTurns } from "./findings/turns.ts";
import { findUndeclaredHosts } from "./findings/undeclared.ts";
import { runChecks } from "./inspection/run-checks.ts";
import type { PreparedSite } from "./matching/selection.ts";
import type { Message } from "./messages/message.ts";
import { MessageTable } from "./messages/message-table.ts";
import { Times } from "./messages/times.ts";
import { vendorText } from "./messages/vendor-text.ts";
import {
  type AuditResult,
  CONFIDENCES,
  type DeploymentResult,
  type EvidenceResult,
  type FindingResult,
  type InputResult,
  SEVERITIES,
} from "./result.ts";
import type { Deployment } from "./site/site.ts";
import { applyWaivers } from "./site/waivers.ts";
import { accountFor } from "./traffic/accounting.ts";
import type { Traffic } from "./traffic/judged-flow.ts";
import { withLearnedNames } from "./traffic/learned-names.ts";
import { judgeTraffic } from "./traffic/traffic.ts";

export interface AuditInput {
  prepared: PreparedSite;
  flows: Iterable<Flow>;
  /** When each device wrote its lines. */
  activity: readonly FlowActivity[];
  inputs: InputResult[];
  /** What the lines themselves say of host names. */
  hostNames: readonly HostName[];
  /** Public peers were folded into prefixes. */
  folded: boolean;
  toolVersion: string;
  /** The moment against which waivers expire. */
  nowMs: number;
}

/**
 * Judges; example lines carry their pointers, and `text: null` until somebody reads them back. With the result come the
 * judged flows that it rests on.
 */
export function audit(input: AuditInput): { result: AuditResult; traffic: Traffic } {
  const prepared = withLearnedNames(input.prepared, input.hostNames);
  const { site } = prepared;
  const traffic = judgeTraffic(prepared, input.flows);
  const evidence = gatherEvidence(traffic, input.activity, input.inputs);
  const findings = new FindingCollector();
  const requirements = judgeRequirements(traffic, evidence, findings);
  judgeExposures(traffic, findings);
  runChecks(traffic, findings);
  const policies = judgePolicies(traffic, evidence, findings);
  const times = new Times(site.timezone);
  noteTurns(traffic, evidence.firewalls, findings.drafts.values(), times);
  const messages = new MessageTable();
  const undeclared = findUndeclaredHosts(traffic, times, messages);
  const seen = seenSystems(traffic);
  const limits = limitsOf({ ...input, traffic, seen, evidence, undeclared, times });
  const frontEnds = frontEndsOf(input.activity, site);
  const judged = [...findings.drafts.values()].map((draft) => ({
    finding: findingResult(draft, { site, frontEnds, inputs: input.inputs }, times, messages),
    peers: [...draft.peers.keys()],
  }));
  const { accounting, unaskedDenials } = accountFor(traffic);
  const result: AuditResult = {
    schemaVersion: "1",
    tool: { name: "ringfence", version: input.toolVersion },
    site: { name: site.name, timezone: site.timezone },
    evidence: evidenceResult(input, evidence, limits, times, messages),
    deployments: site.deployments.map((deployment, index) => ({
      ...deploymentResult(deployment, messages),
      seen: seen[index] as boolean,
    })),
    requirements: requirements.map((one) => ({
      ...one,
      application: messages.textOf(one.application),
      reason: one.reason && messages.textOf(one.reason),
    })),
    policies: policies.map((one) => ({
      ...one,
      statement: messages.textOf(one.statement),
      reason: one.reason && messages.textOf(one.reason),
    })),
    findings: judged.map(({ finding }) => finding).sort(bySeverity),
    findingsLeftOut: 0,
    undeclaredHosts: undeclared.hosts,
    waivers: applyWaivers(judged, site.waivers, site.timezone, input.nowMs),
    baseline: null,
    noise: {
      scannerDenials: { packets: traffic.scanners.packets, sources: traffic.scanners.sources.size },
      outOfStateDenials: { packets: traffic.outOfStatePackets },
      unrelated: { packets: traffic.unrelatedPackets },
      unaskedDenials,
    },
    accounting,
    messages: messages.entries(),
  };
  return { result, traffic };
}

/** Most severe first, of those the surest, then by id, so that equal evidence prints equally. */
function bySeverity(a: FindingResult, b: FindingResult): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    (a.id < b.id ? -1 : 1)
  );
}

function evidenceResult(
  input: AuditInput,
  evidence: Evidence,
  limits: readonly Message[],
  times: Times,
  messages: MessageTable,
): EvidenceResult {
  return {
    from: times.iso(evidence.firstMs),
    to: times.iso(evidence.lastMs),
    inputs: input.inputs,
    firewalls: evidence.firewalls.map(({ firstMs, lastMs, gaps, hours, logLimit: _, ...firewall }) => ({
      ...firewall,
      logsAllows: firewall.allowed > 0,
      logsDenies: firewall.denied > 0,
      from: times.iso(firstMs),
      to: times.iso(lastMs),
      gaps: gaps.map(({ fromMs, toMs }) => ({ from: times.iso(fromMs) as string, to: times.iso(toMs) as string })),
      hourly: hours.map(({ startMs, ...counts }) => ({ hour: times.hour(startMs), ...counts })),
    })),
    limits: limits.map((limit) => messages.textOf(limit)),
  };
}

function deploymentResult(
  { catalog, catalogSha256, facts, hosts }: Deployment,
  messages: MessageTable,
): Omit<DeploymentResult, "seen"> {
  const said = (text: string) => messages.textOf(vendorText(catalog, text));
  const { title, revision } = catalog.document;
  return {
    catalog: catalog.id,
    vendor: catalog.vendor,
    product: said(catalog.product),
    document: { title: said(title), revision: said(revision) },
    catalogSha256,
    version: facts.version,
    deployment: facts.deployment,
    features: [...facts.features].sort(),
    hosts: [...hosts].map(([role, bindings]) => ({ role, addresses: bindings.map(({ text }) => text) })),
  };
}

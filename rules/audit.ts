/** Site, catalogs and flows to the result: the one entrance to rules/. */
import type { Flow, FlowActivity, HostName } from "../ingest/flow.ts";
import { accountFor } from "./accounting.ts";
import { type Evidence, gatherEvidence } from "./evidence.ts";
import { judgeExposures } from "./exposures.ts";
import { earliest, FindingCollector, type FindingDraft, unitOf } from "./finding.ts";
import type { Traffic } from "./judged-flow.ts";
import { withLearnedNames } from "./learned-names.ts";
import { limitsOf } from "./limits.ts";
import { joined, type Message } from "./message.ts";
import { MessageTable } from "./message-table.ts";
import { judgePolicies } from "./policies.ts";
import { formatRanges, portRanges } from "./port-ranges.ts";
import { remediesFor } from "./remediation.ts";

import { judgeRequirements } from "./requirements.ts";
import {
  type AuditResult,
  type DeploymentResult,
  type EvidenceResult,
  type FindingResult,
  type InputResult,
  SEVERITIES,
} from "./result.ts";
import { runChecks } from "./run-checks.ts";
import { seenSystems, unseenLimits } from "./seen-systems.ts";
import type { PreparedSite } from "./selection.ts";
import type { Deployment, Site } from "./site.ts";
import { Times } from "./times.ts";
import { judgeTraffic } from "./traffic.ts";
import { findUndeclaredHosts } from "./undeclared.ts";
import { unnamedOutside } from "./unnamed-outside.ts";
import { unreadPrefixes } from "./unread-prefixes.ts";
import { vendorText } from "./vendor-text.ts";
import { applyWaivers } from "./waivers.ts";

const MAX_PEERS = 10;
const HOUR_MS = 3_600_000;

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
  const messages = new MessageTable();
  const undeclared = findUndeclaredHosts(traffic, times, messages);
  const seen = seenSystems(traffic);
  const limits = [
    ...limitsOf({ ...input, site, evidence, undeclared, times }),
    ...(evidence.firewalls.length > 0 ? unseenLimits(traffic, seen) : []),
    ...unnamedOutside(traffic),
    ...unreadPrefixes(traffic),
  ];
  const judged = [...findings.drafts.values()].map((draft) => ({
    finding: findingResult(draft, { site, inputs: input.inputs }, times, messages),
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

function findingResult(
  draft: FindingDraft,
  { site, inputs }: { site: Site; inputs: readonly InputResult[] },
  times: Times,
  messages: MessageTable,
): FindingResult {
  const peers = [...draft.peers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([peer]) => peer);
  const notes = [...draft.notes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note);
  const remedies = remediesFor(draft, site);
  const { title, citation } = draft;
  return {
    id: draft.id,
    kind: draft.kind,
    severity: draft.severity,
    confidence: draft.confidence,
    title: messages.textOf(typeof title === "function" ? title(portsText(draft)) : title),
    why: messages.textOf(notes.length > 0 ? joined([draft.why, ...notes], " ") : draft.why),
    catalog: draft.catalog,
    requirement: draft.requirement,
    policy: draft.policy,
    check: draft.check,
    citation: citation && {
      section: citation.section,
      document: messages.textOf(citation.document),
      statement: messages.textOf(citation.statement),
    },
    alsoRequiredBy: [...draft.alsoRequiredBy].sort(),
    host: draft.host,
    direction: draft.direction,
    transport: [...draft.ports.keys()].sort().join("+"),
    ports: portRanges([...draft.ports.values()].flatMap((ports) => [...ports])),
    peerZone: draft.peerZone,
    peers: peers.slice(0, MAX_PEERS),
    peerCount: peers.length,
    packets: draft.count,
    unit: unitOf(draft.units),
    firstSeen: times.iso(draft.firstMs),
    lastSeen: times.iso(draft.lastMs),
    hourly: [...draft.hours]
      .sort((a, b) => a[0] - b[0])
      .map(([hour, count]) => ({ hour: times.hour(hour * HOUR_MS), count })),
    rules: [...draft.rules].sort(),
    firewalls: [...draft.firewalls.keys()].sort(),
    examples: earliest(draft.examples).map(({ pointer: { input, line, offset } }) => ({
      input: (inputs[input] as InputResult).name,
      line,
      offset,
      text: null,
    })),
    remediation: remedies.map(({ platform, text }) => ({ platform, text: messages.textOf(text) })),
    waived: null,
    expiredWaiver: null,
    baseline: null,
  };
}

/** `udp 5060, tcp 80, 443` */
function portsText(draft: FindingDraft): string {
  return [...draft.ports]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([transport, ports]) => `${transport} ${formatRanges(portRanges([...ports]))}`)
    .join(", ");
}

/** Most severe first, then by id, so that equal evidence prints equally. */
function bySeverity(a: FindingResult, b: FindingResult): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
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
    firewalls: evidence.firewalls.map(({ firstMs, lastMs, gaps, hours, ...firewall }) => ({
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

/** Requirement states, and the findings of traffic that was refused although a vendor requires it. */
import type { Requirement } from "../catalogs/catalog.ts";
import { type Evidence, silenceReason } from "./evidence.ts";
import { type FindingCollector, witness } from "./finding.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import type { Match } from "./match.ts";
import { isInside } from "./parties.ts";
import { Paths } from "./path.ts";
import { formatRanges } from "./remediation.ts";
import type { RequirementRow } from "./requirement-rows.ts";
import type { Confidence, RequirementResult, RequirementState, Severity, Zone } from "./result.ts";

interface Tally {
  allowed: number;
  denied: number;
}

const SEVERITY_BY_STRENGTH: Readonly<Record<Requirement["strength"], Severity>> = {
  required: "high",
  recommended: "medium",
  conditional: "medium",
  informational: "info",
};

export function judgeRequirements(
  traffic: Traffic,
  evidence: Evidence,
  findings: FindingCollector,
): RequirementResult[] {
  const tallies = new Map<RequirementRow, Tally>(traffic.rows.map((row) => [row, { allowed: 0, denied: 0 }]));
  const paths = new Paths(traffic.judged);
  for (const judged of traffic.judged) {
    const { flow, meaning } = judged;
    if (meaning !== "needed" && meaning !== "refused") continue;
    if (meaning === "needed" && paths.blockerOf(judged) !== null) continue;
    for (const { row } of judged.serves) {
      const tally = tallies.get(row) as Tally;
      if (meaning === "needed") tally.allowed += flow.count;
      else tally.denied += flow.count;
    }
    if (meaning === "refused") reportRefusal(traffic, judged, paths, findings);
  }
  return traffic.rows.map((row) => requirementResult(traffic, row, tallies.get(row) as Tally, evidence));
}

function reportRefusal(traffic: Traffic, judged: JudgedFlow, paths: Paths, findings: FindingCollector): void {
  const best = judged.serves.find(({ row }) => row.requirement.strength !== "informational");
  if (!best) return;
  const { requirement, deployment } = best.row;
  const { catalog } = traffic.site.deployments[deployment] as Traffic["site"]["deployments"][number];
  const direction = judged.hostIsInitiator ? "out" : "in";
  const ports = responderPorts(best);
  const draft = findings.report(
    {
      kind: "blocked-but-required",
      subject: requirement.id,
      severity: SEVERITY_BY_STRENGTH[requirement.strength],
      confidence: confidenceOf(judged, best),
      title: `${requirement.application} ${direction === "in" ? "to" : "from"} ${judged.host.text} is blocked, but ${catalog.vendor} ${VERB[requirement.strength]} it`,
      why: `The firewall denied traffic that ${catalog.vendor} ${VERB[requirement.strength]}: ${requirement.component} ${describePorts(requirement)}.`,
      notes: [
        whoSentIt(judged),
        ...(best.row.remoteKind === "host" && !best.bothBound ? [UNNAMED_HOST] : []),
        ...paths.passedAt(judged).map((name) => `${name} let it through, ${judged.firewallName} denied it.`),
      ],
      catalog: catalog.id,
      requirement: requirement.id,
      policy: null,
      check: null,
      citation: {
        section: requirement.section,
        document: catalog.document.title,
        statement: describeRequirement(requirement),
      },
      host: judged.host.text,
      direction,
      peerZone: judged.peer.zone,
      ...(ports === null ? {} : { remedyPorts: ports }),
    },
    witness(judged),
  );
  for (const { row } of judged.serves) {
    if (row !== best.row && row.deployment === deployment) draft.alsoRequiredBy.add(row.requirement.id);
  }
}

/** The ports that the requirement wants open at the responder, or null where it names none. */
function responderPorts({ component, row }: Match): string | null {
  const ports = component === "responder" ? row.requirement.localPorts : row.requirement.remotePorts;
  return typeof ports === "string" ? null : formatRanges(ports);
}

const VERB: Readonly<Record<Requirement["strength"], string>> = {
  required: "requires",
  recommended: "recommends",
  conditional: "needs (where the feature is used)",
  informational: "mentions",
};

function whoSentIt(judged: JudgedFlow): string {
  if (judged.sender !== null) return `${judged.sender.text} itself sent it.`;
  const zone: Record<Zone, string> = {
    internal: "an internal address",
    dmz: "an address in the DMZ",
    vpn: "an address in the VPN",
    provider: "an address of the provider",
    internet: "an Internet address that the site also exchanges allowed traffic with",
  };
  return `It came from ${zone[judged.peer.zone]}.`;
}

const UNNAMED_HOST =
  "The log gives no host name, so the denied address may be another host of the Internet; bind the vendor's host name to its addresses in the site file to be sure.";

/** A host name that only the port suggests, an assumed verdict or an open condition each cost confidence. */
function confidenceOf(judged: JudgedFlow, { row, bothBound }: Match): Confidence {
  if (row.applies === "unknown" || (row.remoteKind === "host" && !bothBound)) return "medium";
  if (judged.flow.verdictAssumed || row.requirement.uncertain) return "medium";
  return judged.peer.zone === "internet" && judged.sender === null ? "medium" : "high";
}

function requirementResult(traffic: Traffic, row: RequirementRow, tally: Tally, evidence: Evidence): RequirementResult {
  const { requirement, deployment } = row;
  const { state, reason } = stateOf(row, tally, evidence);
  return {
    catalog: (traffic.site.deployments[deployment] as Traffic["site"]["deployments"][number]).catalog.id,
    deployment,
    id: requirement.id,
    section: requirement.section,
    component: requirement.component,
    direction: requirement.direction,
    application: requirement.application,
    transport: requirement.transport,
    localPorts: requirement.localPorts,
    remote: requirement.remote,
    remotePorts: requirement.remotePorts,
    scope: requirement.scope,
    strength: requirement.strength,
    state,
    allowed: tally.allowed,
    denied: tally.denied,
    reason,
  };
}

function stateOf(
  row: RequirementRow,
  tally: Tally,
  evidence: Evidence,
): { state: RequirementState; reason: string | null } {
  const { requirement } = row;
  if (row.applies === false)
    return { state: "not-applicable", reason: `its condition does not hold: ${requirement.when}` };
  if (row.remoteKind === "localhost")
    return { state: "not-applicable", reason: "both ends are the same host: no firewall sees it" };
  const absent = absentParty(row);
  if (absent) return { state: "not-applicable", reason: `not deployed: the site binds no address to ${absent}` };
  const guessed = row.remoteKind === "host" && row.remote.bindings.length === 0;
  const reason = guessed
    ? `as far as the port tells: the logs do not name ${requirement.remote.replaceAll(";", ", ")}`
    : null;
  if (tally.allowed > 0 && tally.denied > 0) {
    return {
      state: "intermittent",
      reason: "allowed for some traffic and denied for other; see the finding for which",
    };
  }
  if (tally.denied > 0) return { state: "blocked", reason };
  if (tally.allowed > 0) return { state: "open", reason };
  if (requirement.localPorts === "unknown" || requirement.remotePorts === "unknown") {
    return { state: "manual", reason: "the vendor does not state the ports" };
  }
  return { state: "not-seen", reason: notSeenReason(row, evidence) };
}

/** The party without which the row cannot happen at this site, or null. */
function absentParty(row: RequirementRow): string | null {
  if (row.component.bindings.length === 0 && row.component.unbound === "absent") return row.component.id;
  if (row.remoteKind === "party" && row.remote.bindings.length === 0 && row.remote.unbound === "absent")
    return row.remote.id;
  return null;
}

function notSeenReason(row: RequirementRow, evidence: Evidence): string {
  const { component, remote, remoteKind } = row;
  if (component.bindings.length === 0 && (remoteKind !== "party" || remote.bindings.length === 0)) {
    return `the site binds no address to ${component.id}, so its traffic cannot be told from other hosts'; bind it in the site file`;
  }
  const silence = silenceReason(evidence);
  const inside =
    remoteKind === "party" &&
    (remote.bindings.length > 0 || isInside(remote.unbound === "internal" ? "internal" : "internet"));
  return inside && row.requirement.scope === "lan"
    ? `${silence}; traffic between hosts of one network does not cross the firewall`
    : silence;
}

/** "both UDP, local 51000-51499, remote any" */
function describePorts(requirement: Requirement): string {
  const text = (ports: Requirement["localPorts"]) =>
    typeof ports === "string" ? ports : ports.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(", ");
  return `${requirement.direction} ${requirement.transport}, local port ${text(requirement.localPorts)}, peer ${requirement.remote} port ${text(requirement.remotePorts)}`;
}

function describeRequirement(requirement: Requirement): string {
  return `${requirement.application}: ${requirement.component} ${describePorts(requirement)}`;
}

/** Policy states: what the logs say of each of a vendor's statements that is no port row. */
import type { Policy } from "../catalogs/catalog.ts";
import {
  INSPECTION_CONNTRACK,
  INSPECTION_DOS,
  INSPECTION_NONE,
  type Inspection,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../ingest/record.ts";
import { type Evidence, silenceReason } from "./evidence.ts";
import { type FindingCollector, witness } from "./finding.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { type Message, plain, say } from "./message.ts";
import { isInbound, policyApplies, policyCovers, policyNamesHost } from "./policy-scope.ts";
import type { PolicyResult, PolicyState } from "./result.ts";
import type { Deployment } from "./site.ts";

/** A policy's part of the result, its reason not yet put into words of one language. */
export type PolicyVerdict = Omit<PolicyResult, "reason"> & Verdict;

interface Verdict {
  state: PolicyState;
  reason: Message | null;
}

interface Scene {
  traffic: Traffic;
  evidence: Evidence;
  findings: FindingCollector;
  deployment: Deployment;
  /** Judged flows of this deployment's hosts. */
  flows: JudgedFlow[];
}

/** Judged after exposures, whose findings say which prohibitions are violated. */
export function judgePolicies(traffic: Traffic, evidence: Evidence, findings: FindingCollector): PolicyVerdict[] {
  return traffic.site.deployments.flatMap((deployment, index) => {
    const flows = traffic.judged.filter(({ host }) => host.deployment === index);
    const scene: Scene = { traffic, evidence, findings, deployment, flows };
    return deployment.catalog.policies.map((policy) => ({
      catalog: deployment.catalog.id,
      deployment: index,
      id: policy.id,
      kind: policy.kind,
      section: policy.section,
      statement: policy.statement,
      ...judgePolicy(policy, scene),
    }));
  });
}

function judgePolicy(policy: Policy, scene: Scene): Verdict {
  if (!policyApplies(policy, scene.deployment))
    return { state: "manual", reason: say`its condition does not hold: ${policy.when ?? ""}` };
  switch (policy.kind) {
    case "forbid-exposure":
    case "restrict-source":
    case "vpn-only":
      return judgeProhibition(policy, scene);
    case "allow-outbound":
      return judgeOutbound(policy, scene);
    case "disable-alg":
      return judgeAlg(scene);
    case "disable-inspection":
      return judgeInspection(policy, scene);
    default:
      return { state: "manual", reason: MANUAL_REASON[policy.kind] ?? say`firewall logs do not show it: read it` };
  }
}

const MANUAL_REASON: Partial<Record<Policy["kind"], Message>> = {
  timeouts: say`firewall logs do not show configured timeouts: compare them on the device`,
  qos: say`needs marks on both sides of the firewall: check the switch and router settings`,
};

function judgeProhibition(policy: Policy, scene: Scene): Verdict {
  for (const draft of scene.findings.drafts.values()) {
    if (draft.policy === policy.id && draft.catalog === scene.deployment.catalog.id) {
      return { state: "violated", reason: say`see finding ${draft.id}` };
    }
  }
  const inbound = scene.flows.filter((judged) => isInbound(judged) && policyCovers(policy, scene.traffic.site, judged));
  const letIn = inbound.find(({ flow, peer, meaning, serves }) => {
    if (flow.verdict !== VERDICT_ALLOW || peer.zone !== "internet" || serves.some(({ bothBound }) => bothBound))
      return false;
    // What a requirement explicitly wants from the Internet does not break the wish for a VPN.
    return policy.kind !== "vpn-only" || meaning === "unneeded";
  });
  if (letIn) return { state: "violated", reason: say`traffic from the Internet reached ${letIn.host.text}` };
  const turnedAway = inbound.filter(({ flow, peer }) => flow.verdict === VERDICT_DENY && peer.zone === "internet");
  if (turnedAway.length > 0) {
    const packets = turnedAway.reduce((sum, { flow }) => sum + flow.count, 0);
    return { state: "upheld", reason: say`${packets} attempts from the Internet were denied, none was allowed` };
  }
  if (
    scene.flows.some(
      (judged) => judged.flow.verdict === VERDICT_ALLOW && isInbound(judged) && judged.peer.zone === "internet",
    )
  ) {
    return { state: "upheld", reason: say`allowed traffic from the Internet is logged, and none of it went there` };
  }
  return {
    state: "not-seen",
    reason: say`nothing from outside was seen to go there; ${silenceReason(scene.evidence)}`,
  };
}

function judgeOutbound(policy: Policy, scene: Scene): Verdict {
  const outbound = scene.flows.filter(
    (judged) =>
      judged.hostIsInitiator &&
      judged.sender !== null &&
      (judged.peer.zone === "internet" || judged.peer.zone === "provider") &&
      policyNamesHost(policy, scene.traffic.site, judged),
  );
  const denied = outbound.filter(({ meaning }) => meaning === "unasked" || meaning === "refused");
  const { catalog } = scene.deployment;
  for (const judged of denied) {
    if (judged.meaning === "refused") continue;
    scene.findings.report(
      {
        kind: "blocked-but-required",
        subject: policy.id,
        severity: "high",
        confidence: judged.flow.verdictAssumed ? "medium" : "high",
        title: say`Outbound traffic of ${judged.host.text} is blocked, but ${catalog.vendor} wants all of it allowed`,
        why: say`The firewall denied packets that ${judged.host.text} itself sent to the outside. ${plain(policy.statement)}`,
        catalog: catalog.id,
        requirement: null,
        policy: policy.id,
        check: null,
        citation: { section: policy.section, document: catalog.document.title, statement: plain(policy.statement) },
        host: judged.host.text,
        direction: "out",
        peerZone: judged.peer.zone,
      },
      witness(judged),
    );
  }
  if (denied.length > 0) return { state: "violated", reason: say`${denied.length} outbound flows were denied` };
  if (outbound.some(({ flow }) => flow.verdict === VERDICT_ALLOW)) {
    return { state: "upheld", reason: say`outbound traffic was allowed, none of it denied` };
  }
  return { state: "not-seen", reason: silenceReason(scene.evidence) };
}

const ALG_CHECKS: ReadonlySet<string | null> = new Set(["sip-alg-active", "sip-alg-drops"]);

/** As the checks found: at the deployment's own hosts, or at a firewall that carries their traffic. */
function judgeAlg(scene: Scene): Verdict {
  const firewalls = new Set(scene.flows.map(({ firewallName }) => firewallName));
  for (const draft of scene.findings.drafts.values()) {
    if (!ALG_CHECKS.has(draft.check)) continue;
    const own = draft.catalog === scene.deployment.catalog.id;
    const shared = draft.catalog === null && [...draft.firewalls.keys()].some((name) => firewalls.has(name));
    if (own || shared) return { state: "violated", reason: say`see finding ${draft.id}` };
  }
  return {
    state: "not-seen",
    reason: say`no line of a SIP helper; a helper that changes packets silently leaves none, so look at the device's settings`,
  };
}

function judgeInspection(policy: Policy, scene: Scene): Verdict {
  const inspected = scene.flows.filter(
    (judged) => isContentInspection(judged.flow.inspection) && policyNamesHost(policy, scene.traffic.site, judged),
  );
  const stopped = inspected.filter(
    ({ flow }) => flow.inspectionVerdict === VERDICT_DENY || flow.verdict === VERDICT_DENY,
  );
  if (inspected.length > 0) {
    return {
      state: "violated",
      reason: say`inspection engines saw ${inspected.length} flows of its hosts and stopped ${stopped.length}`,
    };
  }
  return {
    state: "not-seen",
    reason: say`no line of an inspection engine; engines that only watch leave none by default`,
  };
}

/** Engines that look into what packets carry; connection tracking and flood sensors do not. */
function isContentInspection(inspection: Inspection): boolean {
  return inspection !== INSPECTION_NONE && inspection !== INSPECTION_CONNTRACK && inspection !== INSPECTION_DOS;
}

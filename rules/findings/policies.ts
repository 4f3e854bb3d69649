/** Policy states: what the logs say of each of a vendor's statements that is no port row. */
import type { Policy } from "../../catalogs/catalog.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { type Evidence, hiddenDenials, silenceReason } from "../evidence/evidence.ts";
import { isDemand } from "../matching/match.ts";
import { amount, joined, listOf, type Message, say } from "../messages/message.ts";
import { policyCitation, vendorText } from "../messages/vendor-text.ts";
import { CONFIDENCE, SEVERITY } from "../ratings.ts";
import type { PolicyResult } from "../result.ts";
import { type JudgedFlow, type Traffic, viewOf } from "../traffic/judged-flow.ts";
import { isSentOut } from "../traffic/policy-wishes.ts";
import { type FindingCollector, witness } from "./finding.ts";
import { ownFindings, type Scene, type Verdict, violatedBy } from "./policy-scene.ts";
import { isInbound, policyApplies, policyCovers, policyNamesHost } from "./policy-scope.ts";
import { judgeAlg, judgeInspection, judgeQos, judgeTimeouts } from "./policy-voice.ts";

/** A policy's part of the result, its texts not yet put into words of one language. */
export type PolicyVerdict = Omit<PolicyResult, "reason" | "statement"> & Verdict & { statement: Message };

/** Judged after exposures and checks, whose findings say which policies are violated. */
export function judgePolicies(traffic: Traffic, evidence: Evidence, findings: FindingCollector): PolicyVerdict[] {
  return traffic.site.deployments.flatMap((deployment, index) => {
    const flows = traffic.judged.flatMap((judged) => viewOf(judged, index) ?? []);
    const scene: Scene = { traffic, evidence, findings, deployment, flows };
    return deployment.catalog.policies.map((policy) => ({
      catalog: deployment.catalog.id,
      deployment: index,
      id: policy.id,
      kind: policy.kind,
      section: policy.section,
      statement: vendorText(deployment.catalog, policy.statement),
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
    case "timeouts":
      return judgeTimeouts(policy, scene);
    case "qos":
      return judgeQos(policy, scene);
    default:
      return { state: "manual", reason: say`firewall logs do not show it: read it` };
  }
}

function judgeProhibition(policy: Policy, scene: Scene): Verdict {
  const found = ownFindings(scene, (draft) => draft.policy === policy.id);
  if (found.length > 0) return violatedBy(found);
  const inbound = scene.flows.filter((judged) => isInbound(judged) && policyCovers(policy, scene.traffic.site, judged));
  const letIn = inbound.filter(({ flow, peer, meaning, serves }) => {
    if (flow.verdict !== VERDICT_ALLOW || peer.zone !== "internet" || serves.some(({ bothBound }) => bothBound))
      return false;
    // An answer reached nothing.
    if (meaning === "neutral") return false;
    // What a requirement explicitly wants from the Internet does not break the wish for a VPN.
    return policy.kind !== "vpn-only" || meaning === "unneeded";
  });
  if (letIn.length > 0) {
    const hosts = listOf(letIn.map(({ host }) => host.text));
    return { state: "violated", reason: say`traffic from the Internet reached ${hosts}` };
  }
  const turnedAway = inbound.filter(
    ({ flow, peer, meaning }) => flow.verdict === VERDICT_DENY && peer.zone === "internet" && meaning !== "return-leg",
  );
  if (turnedAway.length > 0) return { state: "upheld", reason: turnedAwayReason(turnedAway, scene.evidence) };
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

/** That strangers were denied does not show that nobody is let in: only where what is let in is logged too. */
function turnedAwayReason(turnedAway: readonly JudgedFlow[], evidence: Evidence): Verdict["reason"] {
  const counts = new Map(turnedAway.map(({ flow }) => [flow.index, flow.count]));
  const attempts = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const names = new Set(turnedAway.map(({ firewallName }) => firewallName));
  const blind = evidence.firewalls.filter(({ name, allowed }) => names.has(name) && allowed === 0);
  const denied =
    attempts === 1
      ? say`${amount(attempts, "attempt")} from the Internet was denied`
      : say`${amount(attempts, "attempt")} from the Internet were denied`;
  return blind.length === 0
    ? say`${denied}, and none was allowed`
    : say`${denied}; ${listOf(blind.map(({ name }) => name))} logs no allowed traffic, so an exception for single addresses would not show`;
}

function judgeOutbound(policy: Policy, scene: Scene): Verdict {
  const outbound = scene.flows.filter(
    (judged) => isSentOut(judged) && policyNamesHost(policy, scene.traffic.site, judged),
  );
  const denied = outbound.filter(({ meaning }) => meaning === "refused");
  // Where a row asks for it, that is the finding.
  for (const judged of denied.filter(({ serves }) => !serves.some(isDemand))) reportOutbound(policy, judged, scene);
  if (denied.length > 0) {
    return {
      state: "violated",
      reason:
        denied.length === 1
          ? say`${amount(denied.length, "flow")} to the outside was denied`
          : say`${amount(denied.length, "flow")} to the outside were denied`,
    };
  }
  const allowed = outbound.filter(({ flow }) => flow.verdict === VERDICT_ALLOW);
  if (allowed.length === 0) return { state: "not-seen", reason: silenceReason(scene.evidence) };
  const passed = new Set(allowed.map(({ firewallName }) => firewallName));
  const hidden = hiddenDenials(scene.evidence.firewalls.filter(({ name }) => passed.has(name)));
  return hidden.length > 0
    ? {
        state: "not-seen",
        reason: say`outbound traffic was allowed, but not all denials need show: ${joined(hidden, "; ")}`,
      }
    : { state: "upheld", reason: say`outbound traffic was allowed, none of it denied` };
}

function reportOutbound(policy: Policy, judged: JudgedFlow, { deployment, findings }: Scene): void {
  const { catalog } = deployment;
  findings.report(
    {
      kind: "blocked-but-required",
      subject: policy.id,
      severity: SEVERITY.allOutbound.level,
      confidence: (judged.flow.verdictAssumed ? CONFIDENCE.deniedAssumed : CONFIDENCE.denied).level,
      title: say`Outbound traffic of ${judged.host.text} is blocked, but ${catalog.vendor} wants all of it allowed`,
      why: say`The firewall denied packets that ${judged.host.text} itself sent to the outside. ${vendorText(catalog, policy.statement)}`,
      catalog: catalog.id,
      requirement: null,
      policy: policy.id,
      check: null,
      citation: policyCitation(catalog, policy),
      host: judged.host.text,
      direction: "out",
      peerZone: judged.peer.zone,
    },
    witness(judged),
  );
}

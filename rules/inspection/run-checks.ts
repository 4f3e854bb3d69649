/** Runs the inspection checks, and makes findings of what they report. */
import type { Policy, PortRange, PortSet } from "../../catalogs/catalog.ts";
import type { CheckClaim, CheckMeta, CheckSubject } from "../check.ts";
import { checks } from "../checks.ts";
import type { Claim, FindingCollector } from "../findings/finding.ts";
import { policiesOf } from "../findings/policy-scope.ts";
import type { RequirementRow } from "../matching/requirement-rows.ts";
import { isMediaApplication } from "../matching/voice-applications.ts";
import { plain } from "../messages/message.ts";
import { policyCitation } from "../messages/vendor-text.ts";
import type { Deployment } from "../site/site.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

export function runChecks(traffic: Traffic, findings: FindingCollector): void {
  for (const check of checks) {
    check.run(traffic, (claim, subject) => {
      findings.report(checkClaim(check.meta, claim, subject, traffic), subject);
    });
  }
}

/** A check's finding cites the vendor's own word on the matter where the deployment's vendor has one. */
function checkClaim(meta: CheckMeta, claim: CheckClaim, subject: CheckSubject, { site, rows }: Traffic): Claim {
  const deployment = subject.deployment === null ? null : (site.deployments[subject.deployment] as Deployment);
  const policy = deployment ? citedPolicy(meta, deployment) : null;
  return {
    kind: "inspection-anomaly",
    subject: meta.id,
    severity: claim.severity ?? meta.severity,
    confidence: claim.confidence,
    title: claim.title ?? plain(meta.title),
    why: claim.why,
    catalog: deployment?.catalog.id ?? null,
    requirement: null,
    policy: policy?.id ?? null,
    check: meta.id,
    citation: deployment && policy ? policyCitation(deployment.catalog, policy) : null,
    host: subject.host,
    direction: subject.direction,
    peerZone: subject.peerZone,
    mediaPorts: rows
      .filter(isMediaOf(subject))
      .flatMap(({ requirement }) => (requirement.direction === "out" ? [] : namedPorts(requirement.localPorts))),
    peerMediaPorts: rows
      .filter(isMediaOf(subject))
      .flatMap(({ requirement }) => (requirement.direction === "in" ? [] : namedPorts(requirement.remotePorts))),
  };
}

/** Rows for the audio of the subject's host. */
function isMediaOf({ deployment, host }: CheckSubject): (row: RequirementRow) => boolean {
  return (row) =>
    row.deployment === deployment &&
    row.applies !== false &&
    isMediaApplication(row.requirement) &&
    row.component.bindings.some(({ text }) => text === host);
}

function namedPorts(ports: PortSet): PortRange[] {
  return typeof ports === "string" ? [] : ports;
}

function citedPolicy(meta: CheckMeta, deployment: Deployment): Policy | null {
  return meta.cites.flatMap((kind) => policiesOf(deployment, kind))[0] ?? null;
}

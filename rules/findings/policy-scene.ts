/** What a policy is judged by: one deployment's traffic, the findings so far, and what the logs can show. */
import type { Evidence } from "../evidence/evidence.ts";
import { listOf, type Message, say } from "../messages/message.ts";
import type { PolicyState } from "../result.ts";
import type { Deployment } from "../site/site.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import type { FindingCollector, FindingDraft } from "./finding.ts";

export interface Verdict {
  state: PolicyState;
  reason: Message | null;
}

export interface Scene {
  traffic: Traffic;
  evidence: Evidence;
  findings: FindingCollector;
  deployment: Deployment;
  /** Judged flows of this deployment's hosts. */
  flows: JudgedFlow[];
}

/** Findings at the deployment's hosts: a site may have a system of the same vendor in every branch. */
export function ownFindings(scene: Scene, fits: (draft: FindingDraft) => boolean): FindingDraft[] {
  return findingsById(scene, (draft) => isOwn(draft, scene.deployment) && fits(draft));
}

/** By id, so that their order does not depend on the order of the logs. */
export function findingsById({ findings }: Scene, fits: (draft: FindingDraft) => boolean): FindingDraft[] {
  return [...findings.drafts.values()].filter(fits).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function isOwn({ catalog, host }: FindingDraft, deployment: Deployment): boolean {
  const bindings = [...deployment.hosts.values()].flat();
  return catalog === deployment.catalog.id && bindings.some(({ text }) => text === host);
}

export function violatedBy(drafts: readonly FindingDraft[]): Verdict {
  return { state: "violated", reason: seeFindings(drafts) };
}

export function seeFindings(drafts: readonly FindingDraft[]): Message {
  const ids = listOf(drafts.map(({ id }) => id));
  return drafts.length === 1 ? say`see finding ${ids}` : say`see findings ${ids}`;
}

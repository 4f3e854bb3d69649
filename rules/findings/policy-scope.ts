/** Of which traffic a vendor's statement speaks. */
import type { Policy } from "../../catalogs/catalog.ts";
import { evaluateCondition, parseCondition } from "../../catalogs/condition.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { FITS_NOT, fitOf, partyOf } from "../site/parties.ts";
import type { Deployment, Site } from "../site/site.ts";
import { senderOf } from "../traffic/flow-ends.ts";
import type { JudgedFlow } from "../traffic/judged-flow.ts";

/** Whether its condition holds; an open condition counts as holding. */
export function policyApplies(policy: Policy, deployment: Deployment): boolean {
  return policy.when === null || evaluateCondition(parseCondition(policy.when), deployment.facts) !== false;
}

/** Policies of one kind that apply to the deployment. */
export function policiesOf(deployment: Deployment, kind: Policy["kind"]): Policy[] {
  return deployment.catalog.policies.filter((policy) => policy.kind === kind && policyApplies(policy, deployment));
}

/** Whether the flow's deployed host, transport and port are ones that the policy speaks of. */
export function policyCovers(policy: Policy, site: Site, judged: JudgedFlow): boolean {
  const { transport, ports } = policy;
  if (transport !== null && transport !== "any" && transport !== protocolName(judged.flow.protocol)) return false;
  if (ports.length > 0 && !ports.some(([low, high]) => low <= judged.port && judged.port <= high)) return false;
  return policyNamesHost(policy, site, judged);
}

/** Whether the policy speaks of the flow's deployed host; one without a component speaks of all. */
export function policyNamesHost(policy: Policy, site: Site, judged: JudgedFlow): boolean {
  if (policy.component === null) return true;
  const deployment = site.deployments[judged.host.deployment] as Deployment;
  const { flow, hostIsInitiator } = judged;
  const address = hostIsInitiator ? flow.initiator : flow.responder;
  const party = partyOf(deployment, policy.component);
  return fitOf(party, address, "internet") !== FITS_NOT || party.bindings.some(({ text }) => text === judged.host.text);
}

/** Whether the policy speaks of the deployed host that sent the flow's packets. */
export function policyNamesSender(policy: Policy, deployment: Deployment, { flow }: JudgedFlow): boolean {
  if (policy.component === null) return true;
  const sender = senderOf(flow);
  return fitOf(partyOf(deployment, policy.component), sender, "internet") !== FITS_NOT;
}

/** The peer opened it and the deployed host answered: traffic that reached the phone system. */
export function isInbound(judged: JudgedFlow): boolean {
  return !judged.hostIsInitiator && (judged.sender === null || judged.flow.initiatorCertain);
}

/** What vendors ask for by a statement that is no port row. */
import type { Policy } from "../../catalogs/catalog.ts";
import { policiesOf, policyCovers, policyNamesHost } from "../findings/policy-scope.ts";
import { isDemand } from "../matching/match.ts";
import type { Deployment, Site } from "../site/site.ts";
import { type JudgedFlow, viewsOf } from "./judged-flow.ts";

/** Whether some vendor wants everything let out that the host sends, and the flow is such. */
export function isWantedOut(site: Site, judged: JudgedFlow): boolean {
  if (!isSentOut(judged)) return false;
  return isAskedBy(site, judged, "allow-outbound", (policy, view) => policyNamesHost(policy, site, view));
}

/** Whether a row or a statement of some vendor's asks for it. */
export function isWanted(site: Site, judged: JudgedFlow): boolean {
  return judged.serves.some(isDemand) || isWantedOut(site, judged);
}

/** Whether the deployed host itself opened it, toward somebody outside. */
export function isSentOut({ hostIsInitiator, sender, peer }: JudgedFlow): boolean {
  return hostIsInitiator && sender !== null && (peer.zone === "internet" || peer.zone === "provider");
}

/** Whether it comes from the provider to ports that some vendor wants restricted to him. */
export function isWantedOfProvider(site: Site, judged: JudgedFlow): boolean {
  if (judged.peer.zone !== "provider" || judged.hostIsInitiator) return false;
  return isAskedBy(
    site,
    judged,
    "restrict-source",
    (policy, view) => policy.ports.length > 0 && policyCovers(policy, site, view),
  );
}

function isAskedBy(
  site: Site,
  judged: JudgedFlow,
  kind: Policy["kind"],
  speaksOf: (policy: Policy, view: JudgedFlow) => boolean,
): boolean {
  return viewsOf(judged).some((view) => {
    const deployment = site.deployments[view.host.deployment] as Deployment;
    return policiesOf(deployment, kind).some((policy) => speaksOf(policy, view));
  });
}

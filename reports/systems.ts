/** The phone systems of a result: what to call each, where it is, and which findings are whose. */
import type { DeploymentResult, FindingResult } from "../rules/result.ts";
import { phrases } from "./phrases.ts";

/**
 * `agfeo 13.10, onsite`: short names, by deployment. Where a vendor's system stands in every branch, each has an address
 * beside it that is its own: `agfeo (10.2.0.10)`.
 */
export function systemNames(deployments: readonly DeploymentResult[]): string[] {
  const names = deployments.map(({ catalog, version, deployment }) =>
    [version === null ? catalog : `${catalog} ${version}`, deployment].filter(Boolean).join(", "),
  );
  return names.map((name, index) => {
    const twins = deployments.filter((_, other) => other !== index && names[other] === name);
    if (twins.length === 0) return name;
    const others = new Set(twins.flatMap(addressesOf));
    const own = addressesOf(deployments[index] as DeploymentResult).find((address) => !others.has(address));
    return `${name} (${own ?? index + 1})`;
  });
}

/** A finding names no deployment: its vendor's system at its host is meant. */
export function isFindingOf(
  { catalog, host }: FindingResult,
  deployment: DeploymentResult | null | undefined,
): boolean {
  return deployment != null && deployment.catalog === catalog && addressesOf(deployment).includes(host);
}

/** More of a role's addresses are for the JSON to list. */
const SHOWN_ADDRESSES = 12;

/** `pbx 10.1.0.10; phones 10.1.1.1, 10.1.1.2 and 88 more`: where the system is. */
export function hostsText({ hosts }: DeploymentResult): string {
  return hosts
    .map(({ role, addresses }) => {
      const more = addresses.length - SHOWN_ADDRESSES;
      return [role, addresses.slice(0, SHOWN_ADDRESSES).join(", "), ...(more > 0 ? [phrases.more(more)] : [])].join(
        " ",
      );
    })
    .join("; ");
}

function addressesOf({ hosts }: DeploymentResult): string[] {
  return hosts.flatMap(({ addresses }) => addresses);
}

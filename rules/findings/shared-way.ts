/** Who else comes in by the interface by which strangers do, and would be stopped with them. */
import { interfaceZone } from "../site/proposed-firewall.ts";
import type { Site } from "../site/site.ts";
import type { FindingDraft } from "./finding.ts";

/** RFC 1918; unique-local and link-local (RFC 4193, RFC 4291). */
const PRIVATE_IPV4 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const PRIVATE_IPV6 = ["fc00::/7", "fe80::/10"];

/** The inside networks of one family, or where the site names none, all that are ever inside. */
export function insideOf(networks: readonly string[], isIpv6: boolean): string[] {
  const named = networks.filter((text) => text.includes(":") === isIpv6);
  if (named.length > 0) return named;
  return isIpv6 ? PRIVATE_IPV6 : PRIVATE_IPV4;
}

/** Whether only the Internet comes in by the interface: as the site file says of the finding's firewalls, or else as the name of the interface does. */
export function leadsToInternet(
  name: string,
  { firewalls }: Pick<FindingDraft, "firewalls">,
  { firewalls: all }: Site,
): boolean {
  const told = all
    .filter((firewall) => firewalls.has(firewall.name))
    .flatMap(({ interfaces }) => interfaces.get(name) ?? []);
  return told.length > 0 ? told.every((zone) => zone === "internet") : interfaceZone(name) === "internet";
}

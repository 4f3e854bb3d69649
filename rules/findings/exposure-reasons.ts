/** Why an exposure is one that no statement of the vendor's forbids: what his list says of the port, if anything. */
import type { Catalog, Requirement } from "../../catalogs/catalog.ts";
import { type Message, say } from "../messages/message.ts";
import { vendorText } from "../messages/vendor-text.ts";

/** What of the vendor's list comes near. */
interface Near {
  /** Listed, but not for the Internet. */
  inside: Requirement | null;
  /** That one is for anybody, and the vendor is silent on the Internet. */
  forAnybody: boolean;
  /** Listed under a condition that the site does not state. */
  conditional: Requirement | null;
  /** A provider's SIP where the vendor lists it for telephones and users. */
  isOthersSip: boolean;
}

export function whyUnlisted(
  catalog: Catalog,
  host: string,
  { inside, forAnybody, conditional, isOthersSip }: Near,
): Message {
  const product = vendorText(catalog, catalog.product);
  if (inside && forAnybody) {
    return say`The firewall let it through to ${host}, and ${product} lists ${vendorText(catalog, inside.application)} (${inside.id}) for anybody without saying whether that means the Internet too: admit only those who need it, or accept it by a waiver.`;
  }
  if (inside) {
    return say`The firewall let it through to ${host}, and ${product} lists ${vendorText(catalog, inside.application)} (${inside.id}) without mentioning the Internet: it is for use inside.`;
  }
  if (conditional) {
    return say`The firewall let it through to ${host}, and ${product} lists it (${conditional.id}) only under a condition that this site does not state: ${conditional.when ?? ""}. If it holds, say so in the site file.`;
  }
  if (isOthersSip) {
    return say`The firewall let it through to ${host}, and ${product} lists this port for telephones and users, not for the provider: if calls come in here, accept it by a waiver.`;
  }
  return say`The firewall let it through to ${host}, and no requirement of ${product} names this port for this peer.`;
}

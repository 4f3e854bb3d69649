/**
 * Packets to a firewall's own outside addresses stand for the hosts behind it: for the forward's
 * target, else for every deployed host that the port could be meant for.
 */
import { type AddressWords, isIpv4 } from "../../ingest/address.ts";
import type { Flow } from "../../ingest/flows/flow.ts";
import { protocolName, TCP, UDP } from "../../ingest/protocols.ts";
import { VERDICT_DENY } from "../../ingest/record.ts";
import type { PreparedSite } from "../matching/selection.ts";
import { forwardOf } from "./forward.ts";
import { type Firewall, isOutsideAddress, type Site } from "./site.ts";

export interface Target {
  address: AddressWords;
  port: number;
  /** Only the port tells. */
  guessed: boolean;
}

/** The firewall that owns the address: the one that wrote the line if it does, else any that does. */
export function ownerOf(prepared: PreparedSite, firewall: Firewall | null, address: AddressWords): Firewall | null {
  if (firewall) return isOutsideAddress(firewall, address) ? firewall : null;
  return prepared.site.firewalls.find((one) => isOutsideAddress(one, address)) ?? null;
}

/**
 * Whether another of the site's firewalls owns the address: what comes from there, its own hosts sent, translated. From its own
 * address a firewall receives nothing but what somebody forged.
 */
export function isOfAnother(site: Site, firewall: Firewall | null, address: AddressWords): boolean {
  if (firewall && isOutsideAddress(firewall, address)) return false;
  return site.firewalls.some((one) => isOutsideAddress(one, address));
}

/**
 * Whom a packet to `owner`'s address was meant for; empty where it was meant for the firewall itself, as an allowed
 * packet without a known forward is. `seenHere`: whether the owner's own lines show the host, since a packet to one
 * place is not meant for a system at another.
 */
export function targetsOf(
  prepared: PreparedSite,
  flow: Flow,
  owner: Firewall,
  seenHere: (address: AddressWords) => boolean,
): Target[] {
  const port = flow.responderPort;
  const forwarded = forwardOf(owner.forwards, protocolName(flow.protocol) ?? "", flow.responder, port);
  if (forwarded) return [{ address: forwarded.inside, port: forwarded.port, guessed: false }];
  if (flow.verdict !== VERDICT_DENY) return [];
  const served = prepared.selection.hosts.filter(({ peerOnly, isOutside, prefix, services }) => {
    if (peerOnly || isOutside || isIpv4(prefix.words) !== isIpv4(flow.responder)) return false;
    const intervals = flow.protocol === TCP ? services.tcp : flow.protocol === UDP ? services.udp : [];
    return intervals.some(([low, high]) => low <= port && port <= high);
  });
  const places = prepared.selection.hosts.some(({ peerOnly, prefix }) => !peerOnly && seenHere(prefix.words));
  const meant = places ? served.filter(({ prefix }) => seenHere(prefix.words)) : served;
  return meant.map(({ prefix }) => ({ address: prefix.words, port, guessed: true }));
}

/** The hosts behind outside addresses that open conversations from the ports to which the flow's packets were sent. */
export function callersFrom(prepared: PreparedSite, { initiator, initiatorPorts, protocol }: Flow): AddressWords[] {
  if (!initiatorPorts) return [];
  const [low, high] = initiatorPorts;
  return prepared.selection.hosts
    .filter(({ peerOnly, isOutside, prefix, clients }) => {
      if (peerOnly || isOutside || isIpv4(prefix.words) !== isIpv4(initiator)) return false;
      const intervals = protocol === TCP ? clients.tcp : protocol === UDP ? clients.udp : [];
      return intervals.some(([from, to]) => from <= low && high <= to);
    })
    .map(({ prefix }) => prefix.words);
}

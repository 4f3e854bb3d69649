/** Who the deployed hosts deal with, as the allowed traffic shows: the context that every check judges by. */
import { type AddressWords, formatAddress, isIpv4 } from "../ingest/address.ts";
import { UDP } from "../ingest/protocols.ts";
import { INSPECTION_SIP_ALG, VERDICT_ALLOW, VERDICT_DENY } from "../ingest/record.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { conversationKey, peerKey } from "./meaning.ts";
import { isInside } from "./parties.ts";
import type { Zone } from "./result.ts";
import type { Firewall } from "./site.ts";
import { carriesSignalling } from "./voice.ts";
import { Zones } from "./zones.ts";

/** A peer with which a host exchanges SIP. */
interface SipPeer {
  address: AddressWords;
  zone: Zone;
}

const byTraffic = new WeakMap<Traffic, Peers>();

/** Gathered once for all checks of an audit. */
export function peersOf(traffic: Traffic): Peers {
  const known = byTraffic.get(traffic) ?? new Peers(traffic);
  byTraffic.set(traffic, known);
  return known;
}

export class Peers {
  readonly #zones: Zones;
  /** Peers of allowed traffic that is no exposure. */
  readonly #partners = new Set<string>();
  readonly #conversations = new Set<number>();
  /** By host, then by address. */
  readonly #sipPeers = new Map<string, Map<string, SipPeer>>();
  /** The same as lists, once all are known. */
  readonly #sipPeerLists = new Map<string, readonly SipPeer[]>();
  /** By `firewall|address`. */
  readonly #sipToward = new Map<string, JudgedFlow[]>();

  constructor(traffic: Traffic) {
    this.#zones = new Zones(traffic.site);
    for (const judged of traffic.judged) {
      if (judged.flow.verdict !== VERDICT_ALLOW || judged.meaning === "unneeded") continue;
      this.#partners.add(peerKey(judged));
      this.#conversations.add(conversationKey(judged));
      if (carriesSignalling(judged)) this.#addSip(judged);
    }
  }

  #addSip(judged: JudgedFlow): void {
    const text = peerKey(judged);
    const known = this.#sipPeers.get(hostKey(judged)) ?? new Map<string, SipPeer>();
    this.#sipPeers.set(hostKey(judged), known.set(text, judged.peer));
    if (!judged.hostIsInitiator || judged.flow.protocol !== UDP) return;
    const key = `${judged.firewallName}|${text}`;
    const toward = this.#sipToward.get(key);
    if (toward) toward.push(judged);
    else this.#sipToward.set(key, [judged]);
  }

  /** Whether the peer has business with the deployed host: a stranger's packets may be dropped for any reason. */
  isLegitimate(judged: JudgedFlow): boolean {
    const { sender, peer, serves } = judged;
    if (sender !== null || peer.zone !== "internet" || serves.some(({ bothBound }) => bothBound)) return true;
    return this.isPartner(judged);
  }

  /** The same for an address that was seen without a deployed host. */
  isKnownAddress(address: AddressWords, firewall: Firewall | null, interfaceName: string): boolean {
    const zone = this.#zones.zoneOf(address, firewall, interfaceName);
    return zone === "provider" || isInside(zone) || this.#partners.has(formatAddress(address));
  }

  /** Whether this very conversation was allowed elsewhere in the logs. */
  wasAllowed(judged: JudgedFlow): boolean {
    return this.#conversations.has(conversationKey(judged));
  }

  /** Whether any allowed traffic went between a deployed host and the peer. */
  isPartner(judged: JudgedFlow): boolean {
    return this.#partners.has(peerKey(judged));
  }

  /** Peers with which the flow's host exchanges SIP. */
  sipPeersOf(judged: JudgedFlow): readonly SipPeer[] {
    const key = hostKey(judged);
    let listed = this.#sipPeerLists.get(key);
    if (listed === undefined) {
      listed = [...(this.#sipPeers.get(key)?.values() ?? [])];
      this.#sipPeerLists.set(key, listed);
    }
    return listed;
  }

  /** Whether the host exchanges SIP with this very peer, or with the same provider: what a call is set up by. */
  callsWith(judged: JudgedFlow): "peer" | "provider" | null {
    const known = this.#sipPeers.get(hostKey(judged));
    if (known?.has(peerKey(judged))) return "peer";
    const provided = judged.peer.zone === "provider" && this.sipPeersOf(judged).some(({ zone }) => zone === "provider");
    return provided ? "provider" : null;
  }

  /** Allowed SIP over UDP that hosts opened toward the address through the firewall. */
  sipToward(address: AddressWords, firewallName: string): readonly JudgedFlow[] {
    return this.#sipToward.get(`${firewallName}|${formatAddress(address)}`) ?? [];
  }
}

/** Whether the SIP ALG or helper itself threw the messages away. */
export function isDroppedByAlg({ flow }: Pick<JudgedFlow, "flow">): boolean {
  if (flow.inspection !== INSPECTION_SIP_ALG) return false;
  return flow.inspectionVerdict === VERDICT_DENY || flow.verdict === VERDICT_DENY;
}

/** Two addresses that one operator is likely to own: the same /24 or /48. */
export function isNeighbour(a: AddressWords, b: AddressWords): boolean {
  if (isIpv4(a) !== isIpv4(b)) return false;
  if (isIpv4(a)) return (a[3] as number) >>> 8 === (b[3] as number) >>> 8;
  return a[0] === b[0] && (a[1] as number) >>> 16 === (b[1] as number) >>> 16;
}

function hostKey({ host }: JudgedFlow): string {
  return `${host.deployment}|${host.text}`;
}

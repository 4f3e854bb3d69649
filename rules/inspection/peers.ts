/** Who the deployed hosts deal with, as the allowed traffic shows: the context that every check judges by. */
import { type AddressWords, formatAddress, isIpv4 } from "../../ingest/address.ts";
import { UDP } from "../../ingest/protocols.ts";
import { INSPECTION_SIP_ALG, VERDICT_DENY } from "../../ingest/record.ts";
import type { Side } from "../matching/match.ts";
import { isInside } from "../site/parties.ts";
import type { Firewall } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import { type Host, hostKey, isBusiness, type JudgedFlow, type Traffic } from "../traffic/judged-flow.ts";
import { carriesSignalling } from "../traffic/voice.ts";
import { newList, within } from "../within.ts";

/** With whom a host exchanges SIP. */
interface SipPeers {
  /** As shown. */
  addresses: Set<string>;
  /** Of peers that the host called itself, and of providers; see `operatorOf`. */
  operators: Set<string>;
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
  readonly #judged: readonly JudgedFlow[];
  /** Of allowed traffic that is no exposure; gathered when somebody first asks. */
  #conversations: Set<number> | null = null;
  /** By host. */
  readonly #sipPeers = new Map<string, SipPeers>();
  /** By `firewall|address`. */
  readonly #sipToward = new Map<string, JudgedFlow[]>();

  constructor(traffic: Traffic) {
    this.#zones = new Zones(traffic.site);
    this.#judged = traffic.judged.filter((judged) => isBusiness(traffic, judged));
    for (const judged of this.#judged) {
      this.#partners.add(judged.peerText);
      if (carriesSignalling(judged)) this.#addSip(judged);
    }
  }

  #addSip(judged: JudgedFlow): void {
    const { flow, sender } = judged;
    const text = judged.peerText;
    const known = this.#sipPeersOf(judged.host);
    known.addresses.add(text);
    // Where a deployed telephone calls the system, each is the other's peer.
    if (sender !== null && !judged.hostIsInitiator && !flow.reply)
      this.#sipPeersOf(sender).addresses.add(formatAddress(flow.responder));
    // Who came to the host is a customer, a telephone or a tunnel's far end: his neighbours are strangers.
    if (judged.hostIsInitiator || judged.peer.zone === "provider") known.operators.add(operatorOf(judged.peer));
    if (!judged.hostIsInitiator || flow.protocol !== UDP) return;
    within(this.#sipToward, `${judged.firewallName}|${text}`, newList<JudgedFlow>).push(judged);
  }

  #sipPeersOf(host: Host): SipPeers {
    return within(this.#sipPeers, hostKey(host), () => ({ addresses: new Set(), operators: new Set() }));
  }

  /** Whether the peer has business with the deployed host: a stranger's packets may be dropped for any reason. */
  isLegitimate(judged: JudgedFlow): boolean {
    const { sender, peer, serves } = judged;
    if (sender !== null || peer.zone !== "internet" || serves.some(({ bothBound }) => bothBound)) return true;
    return this.isPartner(judged);
  }

  /** Whether the address, seen without a deployed host, is the provider's, and nothing was allowed with it. */
  isUnknownOfProvider(address: AddressWords, firewall: Firewall | null, interfaceName: string): boolean {
    const isProvider = this.#zones.zoneOf(address, firewall, interfaceName) === "provider";
    return isProvider && !this.#partners.has(formatAddress(address));
  }

  /** `isLegitimate` for an address that was seen without a deployed host. */
  isKnownAddress(address: AddressWords, firewall: Firewall | null, interfaceName: string): boolean {
    const zone = this.#zones.zoneOf(address, firewall, interfaceName);
    return zone === "provider" || isInside(zone) || this.#partners.has(formatAddress(address));
  }

  /** Whether this very conversation was allowed elsewhere in the logs. */
  wasAllowed(judged: JudgedFlow): boolean {
    this.#conversations ??= new Set(this.#judged.map(({ conversation }) => conversation));
    return this.#conversations.has(judged.conversation);
  }

  /** Whether any allowed traffic went between a deployed host and the peer. */
  isPartner(judged: JudgedFlow): boolean {
    return this.#partners.has(judged.peerText);
  }

  /** Whether the host exchanges SIP with the peer's operator, be it at another address. */
  callsOperatorOf(judged: JudgedFlow): boolean {
    return this.#sipPeers.get(hostKey(judged.host))?.operators.has(operatorOf(judged.peer)) === true;
  }

  /** Whether the host exchanges SIP with this very peer, or with the same provider: what a call is set up by. */
  callsWith(judged: JudgedFlow): "peer" | "provider" | null {
    const known = this.#sipPeers.get(hostKey(judged.host));
    if (known?.addresses.has(judged.peerText)) return "peer";
    return judged.peer.zone === "provider" && this.callsOperatorOf(judged) ? "provider" : null;
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

/** Who is likely to own the address: the provider, or whoever has its zone's /24 or /48. */
function operatorOf({ address, zone }: Side): string {
  if (zone === "provider") return zone;
  const block = isIpv4(address) ? (address[3] as number) >>> 8 : `${address[0]}:${(address[1] as number) >>> 16}`;
  return `${zone}|${block}`;
}

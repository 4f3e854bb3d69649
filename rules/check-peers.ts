/** Who the deployed hosts deal with, as the allowed traffic shows: the context that every check judges by. */
import { type AddressWords, formatAddress, isIpv4 } from "../ingest/address.ts";
import { UDP } from "../ingest/protocols.ts";
import { VERDICT_ALLOW } from "../ingest/record.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { conversationKey, peerKey } from "./meaning.ts";
import { isInside } from "./parties.ts";
import type { Firewall } from "./site.ts";
import { carriesSignalling } from "./voice.ts";
import { Zones } from "./zones.ts";

export class Peers {
  readonly #zones: Zones;
  /** Addresses outside that a requirement's traffic, or traffic that a host opened, went to or came from. */
  readonly #partners = new Set<string>();
  readonly #conversations = new Set<string>();
  /** Allowed signalling by `deployment|host`. */
  readonly #signalling = new Map<string, JudgedFlow[]>();

  constructor(traffic: Traffic) {
    this.#zones = new Zones(traffic.site);
    for (const judged of traffic.judged) {
      if (judged.flow.verdict !== VERDICT_ALLOW || judged.meaning === "unneeded") continue;
      this.#partners.add(peerKey(judged));
      this.#conversations.add(conversationKey(judged));
      if (!carriesSignalling(judged)) continue;
      const key = hostKey(judged);
      this.#signalling.set(key, [...(this.#signalling.get(key) ?? []), judged]);
    }
  }

  /** Whether the peer has business with the deployed host: a stranger's packets may be dropped for any reason. */
  isLegitimate(judged: JudgedFlow): boolean {
    const { sender, peer, serves } = judged;
    if (sender !== null || peer.zone !== "internet" || serves.some(({ bothBound }) => bothBound)) return true;
    return this.#partners.has(peerKey(judged));
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

  /** Whether any allowed traffic went between the two. */
  isPartner(judged: JudgedFlow): boolean {
    return this.#partners.has(peerKey(judged));
  }

  /** Allowed signalling of the flow's host. */
  signallingOf(judged: JudgedFlow): readonly JudgedFlow[] {
    return this.#signalling.get(hostKey(judged)) ?? [];
  }

  /** Allowed signalling of the host with this very peer, or with the same provider: what a call is set up by. */
  callsWith(judged: JudgedFlow): "peer" | "provider" | null {
    const signalling = this.signallingOf(judged);
    if (signalling.some((one) => peerKey(one) === peerKey(judged))) return "peer";
    const provided = judged.peer.zone === "provider" && signalling.some(({ peer }) => peer.zone === "provider");
    return provided ? "provider" : null;
  }

  /** Allowed SIP over UDP that hosts opened toward the address through the firewall. */
  sipToward(address: AddressWords, firewallName: string): JudgedFlow[] {
    const text = formatAddress(address);
    return [...this.#signalling.values()]
      .flat()
      .filter(
        (one) =>
          one.hostIsInitiator &&
          one.flow.protocol === UDP &&
          one.firewallName === firewallName &&
          peerKey(one) === text,
      );
  }
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

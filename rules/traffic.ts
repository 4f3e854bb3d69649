/**
 * Flows as a site sees them: which side is a deployed host, in which zone the peer lies, which requirements fitOf, and
 * what the denial or the permission means. Everything after this works on judged flows, never on raw ones.
 */
import {
  type AddressWords,
  isMulticastOrBroadcast,
  isPrivateAddress,
  isUnspecified,
  prefixContains,
} from "../ingest/address.ts";
import { type Flow, FOLD_PRIVATE, FOLD_PUBLIC } from "../ingest/flow.ts";
import { protocolName } from "../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../ingest/record.ts";
import type { Host, JudgedFlow, Meaning, Traffic } from "./judged-flow.ts";
import { type Match, matchRows, type Side } from "./match.ts";
import { allowedMeaning, conversationKey, deniedMeaning, peerKey, peerText } from "./meaning.ts";
import { fitOf } from "./parties.ts";
import type { Zone } from "./result.ts";
import type { PreparedSite } from "./selection.ts";
import { type Binding, type Firewall, forwardOf, isOutsideAddress } from "./site.ts";
import { Zones } from "./zones.ts";

interface Place {
  zone: Zone;
  host: Host | null;
  /** Same number: no requirement can tell the addresses apart. */
  profile: number;
}

/** Judges every flow; the flows may come in any order. */
export function judgeTraffic(prepared: PreparedSite, flows: Iterable<Flow>): Traffic {
  return new TrafficJudge(prepared).judge(flows);
}

class TrafficJudge {
  readonly #prepared: PreparedSite;
  readonly #zones: Zones;
  readonly #bindings: { binding: Binding; deployment: number }[];
  readonly #profiles = new Map<string, number>();
  readonly #places = new Map<string, Place>();
  readonly #matches = new Map<string, Match[]>();

  constructor(prepared: PreparedSite) {
    this.#prepared = prepared;
    this.#zones = new Zones(prepared.site);
    this.#bindings = prepared.site.deployments
      .flatMap(({ hosts }, deployment) => [...hosts.values()].flat().map((binding) => ({ binding, deployment })))
      .sort((a, b) => b.binding.prefix.bits - a.binding.prefix.bits);
  }

  judge(flows: Iterable<Flow>): Traffic {
    const { site, rows } = this.#prepared;
    const traffic: Traffic = {
      site,
      rows,
      judged: [],
      other: [],
      scanners: { packets: 0, sources: new Set() },
      outOfStatePackets: 0,
      unrelatedPackets: 0,
    };
    for (const flow of flows) {
      const firewall = this.#zones.firewallOf(flow.context);
      const firewallName = firewall?.name ?? (flow.context.observer || flow.context.platform);
      const candidates = this.#place(flow, firewall);
      if (candidates.length === 0) this.#countOther(flow, firewall, firewallName, traffic);
      for (const candidate of candidates) traffic.judged.push({ ...candidate, firewall, firewallName });
    }
    this.#giveMeaning(traffic);
    return traffic;
  }

  /** The flow once for each deployed host that it may be meant for; empty where it concerns none. */
  #place(flow: Flow, firewall: Firewall | null): Omit<JudgedFlow, "firewall" | "firewallName">[] {
    if (flow.initiatorFold === FOLD_PRIVATE || flow.initiatorFold === FOLD_PUBLIC) return [];
    if (flow.responderFold === FOLD_PRIVATE || flow.responderFold === FOLD_PUBLIC) return [];
    const { context } = flow;
    const initiatorAddress = flow.initiator;
    const responderAddress = flow.responder;
    if (isMulticastOrBroadcast(responderAddress)) return [];
    const initiatorInterface = flow.reply ? context.egress : context.ingress;
    const responderInterface = flow.reply ? context.ingress : context.egress;
    const initiator = this.#placeOf(initiatorAddress, firewall, initiatorInterface);
    const responder = this.#placeOf(responderAddress, firewall, responderInterface);
    if (!responder.host && !flow.destinationTranslated) {
      const behind = this.#behindOutsideAddress(flow, firewall, responderAddress);
      if (behind.length > 0) {
        return behind.map(({ address, port }) => {
          const place = this.#placeOf(address, null, "");
          return this.#pair(flow, initiatorAddress, initiator, address, place, port);
        });
      }
    }
    if (!initiator.host && !responder.host) return [];
    return [this.#pair(flow, initiatorAddress, initiator, responderAddress, responder, flow.responderPort)];
  }

  #pair(
    flow: Flow,
    initiatorAddress: AddressWords,
    initiator: Place,
    responderAddress: AddressWords,
    responder: Place,
    port: number,
  ) {
    const hostIsInitiator = responder.host === null;
    const host = (responder.host ?? initiator.host) as Host;
    const peer: Side = hostIsInitiator
      ? { address: responderAddress, zone: responder.zone }
      : { address: initiatorAddress, zone: initiator.zone };
    const sender = flow.reply ? responder : initiator;
    const matches = this.#matchesOf(flow, initiatorAddress, initiator, responderAddress, responder, port);
    return {
      flow,
      host,
      hostIsInitiator,
      peer,
      sentByHost: sender.host !== null,
      port,
      matches,
      serves: matches.filter((match) => match.row.applies !== false && !match.outOfScope),
      meaning: "no-verdict" as Meaning,
    };
  }

  #matchesOf(
    flow: Flow,
    initiatorAddress: AddressWords,
    initiator: Place,
    responderAddress: AddressWords,
    responder: Place,
    port: number,
  ): Match[] {
    const ports = flow.initiatorPorts;
    const key = `${initiator.profile}|${responder.profile}|${flow.protocol}|${port}|${ports?.[0] ?? -1}`;
    let matches = this.#matches.get(key);
    if (!matches) {
      matches = matchRows(this.#prepared.rows, {
        protocol: flow.protocol,
        initiator: { address: initiatorAddress, zone: initiator.zone },
        responder: { address: responderAddress, zone: responder.zone },
        responderPort: port,
        initiatorPorts: ports,
      });
      this.#matches.set(key, matches);
    }
    return matches;
  }

  /**
   * Where a packet to one of the firewall's outside addresses was meant for (DESIGN section 4): its forward, else
   * every deployed host that has a service on the port. An allowed packet without a known forward went to the firewall
   * itself.
   */
  #behindOutsideAddress(
    flow: Flow,
    firewall: Firewall | null,
    address: AddressWords,
  ): { address: AddressWords; port: number }[] {
    const firewalls = firewall ? [firewall] : this.#prepared.site.firewalls;
    const owner = firewalls.find((one) => isOutsideAddress(one, address));
    if (!owner) return [];
    const forwarded = forwardOf(owner, protocolName(flow.protocol) ?? "", address, flow.responderPort);
    if (forwarded) return [{ address: forwarded.inside, port: forwarded.port }];
    if (flow.verdict !== VERDICT_DENY || owner.forwards.length > 0) return [];
    const { selection } = this.#prepared;
    const served = selection.hosts.filter(({ peerOnly, prefix, services }) => {
      if (peerOnly || owner.outside.includes(prefix)) return false;
      const intervals = flow.protocol === 6 ? services.tcp : flow.protocol === 17 ? services.udp : [];
      return intervals.some(([low, high]) => low <= flow.responderPort && flow.responderPort <= high);
    });
    return served.map(({ prefix }) => ({ address: prefix.words, port: flow.responderPort }));
  }

  #placeOf(address: AddressWords, firewall: Firewall | null, interfaceName: string): Place {
    const key = `${address[0]},${address[1]},${address[2]},${address[3]}|${firewall?.name ?? ""}|${firewall ? interfaceName : ""}`;
    let place = this.#places.get(key);
    if (!place) {
      const zone = this.#zones.zoneOf(address, firewall, interfaceName);
      const bound = this.#bindings.find(({ binding }) => prefixContains(binding.prefix, address));
      const host = bound ? { deployment: bound.deployment, text: bound.binding.text } : null;
      place = { zone, host, profile: this.#profileOf(address, zone, host !== null) };
      this.#places.set(key, place);
    }
    return place;
  }

  #profileOf(address: AddressWords, zone: Zone, bound: boolean): number {
    const fits = bound
      ? this.#prepared.rows.map(
          ({ component, remote }) => `${fitOf(component, address, zone)},${fitOf(remote, address, zone)}`,
        )
      : [];
    const signature = `${zone}|${fits.join(";")}`;
    let profile = this.#profiles.get(signature);
    if (profile === undefined) {
      profile = this.#profiles.size;
      this.#profiles.set(signature, profile);
    }
    return profile;
  }

  /** Second pass: what a denial means depends on what was allowed elsewhere in the logs. */
  #giveMeaning(traffic: Traffic): void {
    const partners = new Set<string>();
    const open = new Set<string>();
    for (const judged of traffic.judged) {
      if (judged.flow.verdict !== VERDICT_ALLOW) continue;
      judged.meaning = allowedMeaning(judged);
      if (judged.meaning === "unneeded") continue;
      partners.add(peerKey(judged));
      open.add(conversationKey(judged));
    }
    for (const judged of traffic.judged) {
      if (judged.flow.verdict !== VERDICT_DENY) continue;
      judged.meaning = deniedMeaning(judged, partners, open);
      if (judged.meaning === "scanner") {
        traffic.scanners.packets += judged.flow.count;
        traffic.scanners.sources.add(peerText(judged.peer.address, judged.flow));
      } else if (judged.meaning === "out-of-state") traffic.outOfStatePackets += judged.flow.count;
    }
  }

  #countOther(flow: Flow, firewall: Firewall | null, firewallName: string, traffic: Traffic): void {
    traffic.other.push({ flow, firewall, firewallName });
    // Denied at one of the firewall's own outside addresses, which the site file does not name, on a port of the catalogs.
    const knocked =
      flow.verdict === VERDICT_DENY &&
      flow.responderPort >= 0 &&
      flow.initiatorFold !== FOLD_PUBLIC &&
      isPublicSide(flow.initiator, flow.initiatorFold) &&
      isPublicSide(flow.responder, flow.responderFold);
    if (knocked && !flow.outOfState) {
      traffic.scanners.packets += flow.count;
      traffic.scanners.sources.add(peerText(flow.initiator, flow));
    } else if (flow.verdict === VERDICT_DENY && flow.outOfState) traffic.outOfStatePackets += flow.count;
    else traffic.unrelatedPackets += flow.count;
  }
}

function isPublicSide(address: AddressWords, fold: number): boolean {
  if (fold === FOLD_PUBLIC || fold === FOLD_PRIVATE) return fold === FOLD_PUBLIC;
  return !isUnspecified(address) && !isMulticastOrBroadcast(address) && !isPrivateAddress(address);
}

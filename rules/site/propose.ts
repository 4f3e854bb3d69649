/**
 * A first site from the logs themselves: who answers SIP, who calls it, what lies behind which interface. Every line of
 * the proposal carries the evidence for it; nothing is taken as known.
 */
import type { Catalog } from "../../catalogs/catalog.ts";
import {
  addressFromText,
  formatAddress,
  isIpv4,
  isMulticastOrBroadcast,
  isPrivateAddress,
} from "../../ingest/address.ts";
import { type Flow, FOLD_EXACT, FOLD_PRIVATE } from "../../ingest/flows/flow.ts";
import { type FlowSelection, SELECT_NONE } from "../../ingest/flows/flow-selection.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { isSipPort, SIP_PORTS } from "../matching/sip-ports.ts";
import type { Zone } from "../result.ts";
import { newMap, within } from "../within.ts";
import { guessCatalog, tellingPorts } from "./catalog-guess.ts";
import { blocksOf } from "./host-blocks.ts";
import {
  interfaceZone,
  isOpnsense,
  noteSender,
  type ProposedFirewall,
  proposeFirewall,
  type SeenFirewall,
} from "./proposed-firewall.ts";
import { Trunks } from "./trunks.ts";

export interface Proposal {
  firewalls: ProposedFirewall[];
  networks: ProposedNetwork[];
  systems: ProposedSystem[];
}

export interface ProposedNetwork {
  name: string;
  cidr: string;
  zone: Zone;
  why: string;
}

/** A host that behaves like a telephone system. */
export interface ProposedSystem {
  address: string;
  /** Best guess by the ports it answers on; null where none fits better than the others. */
  catalog: string | null;
  why: string;
  /** Inside hosts that use its SIP, as blocks that hold no other host that was seen. */
  phones: string[];
  phoneCount: number;
}

/** A site has one phone system, or two while it moves from one to the other. */
const MAX_SYSTEMS_OF_TRUNK = 2;
const LOOPBACK = "127.";

/** What must be counted of the logs for a proposal. */
export function sketchSelection(catalogs: readonly Catalog[]): FlowSelection {
  return { ...SELECT_NONE, sketch: true, watchedPorts: [...new Set([...SIP_PORTS, ...tellingPorts(catalogs)])] };
}

/** What the site may look like, from its flows. */
export function propose(flows: Iterable<Flow>, catalogs: readonly Catalog[]): Proposal {
  const collected = new Collector();
  for (const flow of flows) collected.add(flow);
  return collected.proposal(catalogs);
}

class Collector {
  readonly #firewalls = new Map<string, SeenFirewall>();
  readonly #blocks = new Map<string, Set<string>>();
  /** Service ports by address, with who used them. */
  readonly #answered = new Map<string, Map<string, Set<string>>>();
  /** Hosts by the zone that the name of the interface before them speaks of. */
  readonly #hostsBehind = new Map<Zone, Set<string>>();
  readonly #trunks = new Trunks();
  /** Private addresses that were only denied, by firewall and interface: a provider's own come in from outside. */
  readonly #turnedAway = new Map<string, Map<string, Set<string>>>();

  add(flow: Flow): void {
    const { context, initiator, responder, verdict } = flow;
    const name = context.observer || context.platform;
    const firewall = this.#firewalls.get(name) ?? {
      platform: context.platform,
      senders: new Map(),
      outside: new Map(),
    };
    if (isOpnsense(context)) firewall.platform = "opnsense";
    this.#firewalls.set(name, firewall);
    if (isMulticastOrBroadcast(responder)) return;
    const isExact = flow.responderFold === FOLD_EXACT;
    const isHost = flow.initiatorFold === FOLD_EXACT && isPrivateAddress(initiator);
    const isHosts = isExact && isPrivateAddress(responder);
    // But for SIP, of whoever is outside the network is left, which is enough to tell them from inside hosts.
    const [from, to] = [formatAddress(initiator), formatAddress(responder)];
    if (!flow.reply && flow.initiatorFold !== FOLD_PRIVATE) noteSender(firewall, context.ingress, initiator);
    if (isHost && verdict === VERDICT_DENY && !flow.reply)
      add(within(this.#turnedAway, name, newMap<string, Set<string>>), context.ingress, from);
    else if (isHost) this.#noteBlock(from);
    if (isHosts) this.#noteBlock(to);
    const behind = interfaceZone(context.ingress);
    if (!flow.reply && isHost && behind !== null) add(this.#hostsBehind, behind, from);
    const isInside = flow.initiatorFold === FOLD_PRIVATE || isPrivateAddress(initiator);
    // Of IPv6 a firewall passes packets on as they are, so those that it denies name the hosts behind it.
    const knocked = isExact && isIpv4(responder) && !isInside && !isHosts && verdict === VERDICT_DENY;
    if (knocked && !flow.reply) bump(firewall.outside, to, flow.count);
    if (verdict !== VERDICT_ALLOW || flow.responderPort < 0) return;
    if (flow.protocol !== TCP && flow.protocol !== UDP) return;
    const transport = flow.protocol === TCP ? "tcp" : "udp";
    // What only looks like an answer may be a stranger's request: it shows no call of the host's.
    const isCall = isSipPort(flow.responderPort) && !flow.reply;
    if (isCall) this.#trunks.noteSip(from, to, flow.firstMs);
    const service = `${transport} ${flow.responderPort}`;
    if (isHosts) add(within(this.#answered, to, newMap<string, Set<string>>), service, from);
    else if (isHost && isExact && isCall) this.#trunks.noteCall(from, to);
  }

  proposal(catalogs: readonly Catalog[]): Proposal {
    const callers = this.#trunks.callers();
    const firewalls = [...this.#firewalls]
      .sort(byName)
      .map(([name, seen]) => proposeFirewall(name, seen, new Set(callers.keys())));
    for (const firewall of firewalls) this.#noteTurnedAway(firewall);
    const found = this.#systems(catalogs, (address, users) => this.#isSystem(address, users, callers));
    // Where nothing else is one, whatever the outside reaches on SIP is what an audit is about.
    const systems = found.length > 0 ? found : this.#systems(catalogs, (address) => this.#isGateway(address));
    return {
      firewalls,
      networks: [...this.#networks(), ...this.#providers(systems)],
      systems,
    };
  }

  /** Those that did not come from the Internet's side are the site's. */
  #noteTurnedAway({ name, interfaces }: ProposedFirewall): void {
    const outside = new Set(interfaces.filter(({ zone }) => zone === "internet").map((one) => one.name));
    for (const [ingress, hosts] of this.#turnedAway.get(name) ?? [])
      if (!outside.has(ingress)) for (const host of hosts) this.#noteBlock(host);
  }

  /** `host`: as text. */
  #noteBlock(host: string): void {
    if (host.includes(":") || host.startsWith(LOOPBACK)) return;
    add(this.#blocks, `${host.slice(0, host.lastIndexOf("."))}.0/24`, host);
  }

  #networks(): ProposedNetwork[] {
    return [...this.#blocks].sort(byName).map(([cidr, hosts]) => ({
      name: `net-${cidr.replace(/\.0\/24$/, "").replaceAll(".", "-")}`,
      cidr,
      zone:
        (["vpn", "dmz"] as const).find((zone) => [...hosts].some((host) => this.#isBehind(zone, host))) ?? "internal",
      why: `${hosts.size} private ${hosts.size === 1 ? "address" : "addresses"} seen`,
    }));
  }

  #isBehind(zone: Zone, host: string): boolean {
    return this.#hostsBehind.get(zone)?.has(host) === true;
  }

  #providers(systems: readonly ProposedSystem[]): ProposedNetwork[] {
    const peers = new Set(systems.flatMap(({ address }) => this.#trunks.of(address)));
    return [...peers].sort().map((peer, index) => ({
      name: `provider-${index + 1}`,
      cidr: peer,
      zone: "provider",
      why: `called on SIP by ${systems
        .filter(({ address }) => this.#trunks.of(address).includes(peer))
        .map(({ address }) => address)
        .join(", ")}`,
    }));
  }

  /** Who was let through to the address on SIP. */
  #sipSendersTo(address: string): string[] {
    const services = this.#answered.get(address);
    const senders = SIP_PORTS.flatMap((port) =>
      ["udp", "tcp"].flatMap((transport) => [...(services?.get(`${transport} ${port}`) ?? [])]),
    );
    return [...new Set(senders)];
  }

  /** A session border controller answers SIP to the outside, which a telephone does not. */
  #isGateway(address: string): boolean {
    return this.#sipSendersTo(address).some((sender) => !isInsideText(sender));
  }

  /**
   * A telephone answers SIP too, but only to its own system; and many that call one server outside are telephones of a
   * system that is there.
   */
  #isSystem(address: string, users: readonly string[], callers: ReadonlyMap<string, number>): boolean {
    if (users.length >= 2) return true;
    return this.#trunks.of(address).some((trunk) => (callers.get(trunk) ?? 0) <= MAX_SYSTEMS_OF_TRUNK);
  }

  #systems(
    catalogs: readonly Catalog[],
    isOne: (address: string, users: readonly string[]) => boolean,
  ): ProposedSystem[] {
    const systems: ProposedSystem[] = [];
    for (const address of [...new Set([...this.#answered.keys(), ...this.#trunks.hosts()])].sort()) {
      const services = this.#answered.get(address) ?? new Map<string, Set<string>>();
      const users = this.#sipSendersTo(address)
        .filter((caller) => caller !== address && isInsideText(caller) && !this.#isGateway(caller))
        .sort();
      const trunks = this.#trunks.of(address).length;
      const strangers = this.#sipSendersTo(address).filter((sender) => !isInsideText(sender)).length;
      if (!isOne(address, users)) continue;
      const guess = guessCatalog(new Set(services.keys()), catalogs);
      const why = [
        users.length > 0 ? `answers SIP to ${users.length} ${users.length === 1 ? "host" : "hosts"}` : "",
        strangers > 0 ? `is reached on SIP by ${strangers} public ${strangers === 1 ? "address" : "addresses"}` : "",
        trunks > 0 ? `calls ${trunks} SIP ${trunks === 1 ? "server" : "servers"} outside` : "",
        guess ? `answers on ${guess.ports.join(", ")}` : "",
      ].filter(Boolean);
      systems.push({
        address,
        catalog: guess?.id ?? null,
        why: why.join("; "),
        phones: blocksOf(users, this.#blocks),
        phoneCount: users.length,
      });
    }
    return systems;
  }
}

function isInsideText(address: string): boolean {
  const words = addressFromText(address);
  return words !== null && isPrivateAddress(words);
}

function add<Key>(map: Map<Key, Set<string>>, key: Key, value: string): void {
  const values = map.get(key) ?? new Set<string>();
  map.set(key, values.add(value));
}

function bump(map: Map<string, number>, key: string, count: number): void {
  map.set(key, (map.get(key) ?? 0) + count);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

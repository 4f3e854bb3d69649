/**
 * A first site from the logs themselves: who answers SIP, who calls it, what lies behind which interface. Every line of
 * the proposal carries the evidence for it; nothing is taken as known.
 */
import type { Catalog } from "../../catalogs/catalog.ts";
import {
  type AddressWords,
  addressFromText,
  formatAddress,
  isIpv4,
  isMulticastOrBroadcast,
  isPrivateAddress,
} from "../../ingest/address.ts";
import { type Flow, FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { isSipPort, SIP_PORTS } from "../matching/sip-ports.ts";
import type { Zone } from "../result.ts";
import { guessCatalog } from "./catalog-guess.ts";
import { blocksOf } from "./host-blocks.ts";
import {
  interfaceZone,
  isOpnsense,
  noteSender,
  type ProposedFirewall,
  proposeFirewall,
  type SeenFirewall,
} from "./proposed-firewall.ts";

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
/** First octet of IPv4 loopback. */
const LOOPBACK = 127;

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
  readonly #vpnHosts = new Map<string, Set<string>>();
  /** Public peers that an address calls on SIP. */
  readonly #trunks = new Map<string, Set<string>>();

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
    if (flow.initiatorFold !== FOLD_EXACT || flow.responderFold !== FOLD_EXACT) return;
    if (isMulticastOrBroadcast(flow.responder)) return;
    if (!flow.reply) noteSender(firewall, context.ingress, initiator);
    for (const side of [initiator, responder]) if (isPrivateAddress(side)) this.#noteBlock(side);
    if (!flow.reply && isPrivateAddress(initiator) && interfaceZone(context.ingress) === "vpn")
      add(this.#vpnHosts, "vpn", formatAddress(initiator));
    const knocked = !isPrivateAddress(initiator) && !isPrivateAddress(responder) && verdict === VERDICT_DENY;
    if (knocked && !flow.reply) bump(firewall.outside, formatAddress(responder), flow.count);
    if (verdict !== VERDICT_ALLOW || flow.responderPort < 0) return;
    if (flow.protocol !== TCP && flow.protocol !== UDP) return;
    const transport = flow.protocol === TCP ? "tcp" : "udp";
    const [from, to] = [formatAddress(initiator), formatAddress(responder)];
    if (isPrivateAddress(responder)) noteAnswer(this.#answered, to, `${transport} ${flow.responderPort}`, from);
    else if (isPrivateAddress(initiator) && isSipPort(flow.responderPort)) add(this.#trunks, from, to);
  }

  proposal(catalogs: readonly Catalog[]): Proposal {
    const systems = this.#systems(catalogs);
    const trunks = new Set([...this.#trunks.values()].flatMap((peers) => [...peers]));
    return {
      firewalls: [...this.#firewalls].sort(byName).map(([name, seen]) => proposeFirewall(name, seen, trunks)),
      networks: [...this.#networks(), ...this.#providers(systems)],
      systems,
    };
  }

  #noteBlock(address: AddressWords): void {
    if (!isIpv4(address) || (address[3] as number) >>> 24 === LOOPBACK) return;
    const text = formatAddress(address);
    add(this.#blocks, `${text.slice(0, text.lastIndexOf("."))}.0/24`, text);
  }

  #networks(): ProposedNetwork[] {
    return [...this.#blocks].sort(byName).map(([cidr, hosts]) => ({
      name: `net-${cidr.replace(/\.0\/24$/, "").replaceAll(".", "-")}`,
      cidr,
      zone: [...hosts].some((host) => this.#vpnHosts.get("vpn")?.has(host)) ? "vpn" : "internal",
      why: `${hosts.size} private ${hosts.size === 1 ? "address" : "addresses"} seen`,
    }));
  }

  /** Inside hosts by the public SIP server that they call. */
  #callersOfTrunks(): Map<string, Set<string>> {
    const callers = new Map<string, Set<string>>();
    for (const [address, trunks] of this.#trunks) for (const trunk of trunks) add(callers, trunk, address);
    return callers;
  }

  #providers(systems: readonly ProposedSystem[]): ProposedNetwork[] {
    const peers = new Set(systems.flatMap(({ address }) => [...(this.#trunks.get(address) ?? [])]));
    return [...peers].sort().map((peer, index) => ({
      name: `provider-${index + 1}`,
      cidr: peer,
      zone: "provider",
      why: `called on SIP by ${systems
        .filter(({ address }) => this.#trunks.get(address)?.has(peer))
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

  #systems(catalogs: readonly Catalog[]): ProposedSystem[] {
    const systems: ProposedSystem[] = [];
    const callers = this.#callersOfTrunks();
    for (const address of [...new Set([...this.#answered.keys(), ...this.#trunks.keys()])].sort()) {
      const services = this.#answered.get(address) ?? new Map<string, Set<string>>();
      const users = this.#sipSendersTo(address)
        .filter((caller) => caller !== address && isInsideText(caller) && !this.#isGateway(caller))
        .sort();
      const called = [...(this.#trunks.get(address) ?? [])];
      const trunks = called.length;
      // A telephone answers SIP too, but only to its own system; and many that call one server outside are telephones of
      // a system that is there.
      if (users.length < 2 && called.every((trunk) => (callers.get(trunk)?.size ?? 0) > MAX_SYSTEMS_OF_TRUNK)) continue;
      const guess = guessCatalog(new Set(services.keys()), catalogs);
      const why = [
        users.length > 0 ? `answers SIP to ${users.length} ${users.length === 1 ? "host" : "hosts"}` : "",
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

function noteAnswer(
  answered: Map<string, Map<string, Set<string>>>,
  host: string,
  service: string,
  user: string,
): void {
  const services = answered.get(host) ?? new Map<string, Set<string>>();
  answered.set(host, services);
  add(services, service, user);
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key) ?? new Set<string>();
  map.set(key, values.add(value));
}

function bump(map: Map<string, number>, key: string, count: number): void {
  map.set(key, (map.get(key) ?? 0) + count);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/**
 * Inside hosts that behave like a phone system though the site binds them to no role. Only what the firewall allowed is
 * evidence. Audio alone proves nothing: meetings in a browser look the same; nor does a telephone, which SIP reaches from
 * its own system alone.
 */
import { type AddressWords, formatAddress, isMulticastOrBroadcast, isPrivateAddress } from "../../ingest/address.ts";
import { FOLD_EXACT, FOLD_PRIVATE, FOLD_PUBLIC } from "../../ingest/flows/flow.ts";
import { PrefixIndex } from "../../ingest/prefix-index.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import { MEDIA_BLOCK_PORTS } from "../../ingest/speech.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import { type Message, say } from "../messages/message.ts";
import type { MessageTable } from "../messages/message-table.ts";
import type { Times } from "../messages/times.ts";
import type { UndeclaredHostResult, Zone } from "../result.ts";
import { isInside } from "../site/parties.ts";
import { deployedBindings, peerBindings, type Site } from "../site/site.ts";
import { isBehindAnother, Zones } from "../site/zones.ts";
import type { SeenFlow, Traffic } from "../traffic/judged-flow.ts";
import { SeenHost } from "./undeclared-host.ts";

/** So many hosts are listed; the rest is counted. */
const MAX_HOSTS = 50;

export interface Undeclared {
  hosts: UndeclaredHostResult[];
  /** Further hosts that were left out of the list. */
  cut: number;
}

export function findUndeclaredHosts(traffic: Traffic, times: Times, messages: MessageTable): Undeclared {
  const collected = new Collector(traffic.site);
  for (const other of traffic.other) collected.noteInside(other);
  for (const other of traffic.other) collected.add(other);
  const hosts = collected.systems().sort((a, b) => b.sipCount - a.sipCount || (a.address < b.address ? -1 : 1));
  return {
    hosts: hosts
      .slice(0, MAX_HOSTS)
      .map((host) => host.result(messages.textOf(proposalFor(host.address, traffic.site)), times)),
    cut: Math.max(0, hosts.length - MAX_HOSTS),
  };
}

function proposalFor(address: string, { deployments }: Site): Message {
  const roles = new Set(
    deployments.map(({ catalog }) => `${catalog.id}: ${catalog.roles.find((role) => role.main)?.id}`),
  );
  return say`Find out what ${address} is. If it is a phone system, or part of one, bind it to a role in the site file (such as ${[...roles].join(", ")}) and audit again: so far nothing that reaches it is judged. ringfence init proposes a catalog for it. If it is none, block SIP to it.`;
}

class Collector {
  readonly #zones: Zones;
  readonly #hosts = new Map<string, SeenHost>();
  /** Public addresses (IPv6, a public DMZ) that were seen behind an inside interface, and its zone. */
  readonly #publicInside = new Map<string, Zone>();
  readonly #isDeclared: (address: AddressWords) => boolean;

  constructor(site: Site) {
    this.#zones = new Zones(site);
    const bound = site.deployments.flatMap((one) => [...deployedBindings(one), ...peerBindings(one)]);
    const outside = site.firewalls.flatMap((firewall) => firewall.outside);
    const declared = new PrefixIndex([...bound.map(({ prefix }) => prefix), ...outside]);
    this.#isDeclared = (address) => declared.first(address) >= 0;
  }

  /** Only the line of one interface may show that a public address is inside; so before any is added. */
  noteInside(other: SeenFlow): void {
    const { flow } = other;
    if (!isCandidate(flow) || !isSipPort(flow.responderPort)) return;
    for (const side of ["initiator", "responder"] as const) {
      const address = exactAddress(side, flow);
      if (address === null || isPrivateAddress(address)) continue;
      // Behind another firewall the Internet lies behind inside interfaces too.
      const isTold = other.firewall !== null && !isBehindAnother(other.firewall);
      const zone = isTold ? this.#zoneAt(side, other) : this.#zones.zoneOf(address, null, "");
      const text = formatAddress(address);
      const known = this.#publicInside.get(text);
      if (isInside(zone) && (known === undefined || zone < known)) this.#publicInside.set(text, zone);
    }
  }

  add(other: SeenFlow): void {
    const { flow } = other;
    if (!isCandidate(flow)) return;
    const { responderPort } = flow;
    const isMedia =
      flow.protocol === UDP &&
      flow.initiatorPorts === null &&
      responderPort >= MEDIA_BLOCK_PORTS &&
      responderPort % MEDIA_BLOCK_PORTS === 0;
    if (!isSipPort(responderPort) && !isMedia) return;
    const initiator = this.#hostAt("initiator", other);
    const responder = this.#hostAt("responder", other);
    const [from, to] = [this.#zoneAt("initiator", other), this.#zoneAt("responder", other)];
    if (isMedia) {
      responder?.addMedia(flow, from, [responderPort, responderPort + MEDIA_BLOCK_PORTS - 1]);
      initiator?.addMedia(flow, to, null);
      return;
    }
    responder?.addSip(
      flow,
      from,
      isInside(from) && flow.initiatorFold === FOLD_EXACT ? formatAddress(flow.initiator) : null,
    );
    if (!isInside(to)) initiator?.addCall(flow, to);
  }

  systems(): SeenHost[] {
    return [...this.#hosts.values()].filter((host) => host.isSystem());
  }

  #zoneAt(side: "initiator" | "responder", { flow, firewall }: SeenFlow): Zone {
    const isInitiator = side === "initiator";
    const fold = isInitiator ? flow.initiatorFold : flow.responderFold;
    const address = isInitiator ? flow.initiator : flow.responder;
    if (fold === FOLD_PRIVATE) return "internal";
    if (fold === FOLD_PUBLIC) return "internet";
    const { ingress, egress } = flow.context;
    return this.#zones.zoneOf(address, firewall, isInitiator === flow.reply ? egress : ingress);
  }

  /** The host that the side may be, or null where it is known, outside or not told apart. */
  #hostAt(side: "initiator" | "responder", other: SeenFlow): SeenHost | null {
    const { flow, firewallName } = other;
    const address = exactAddress(side, flow);
    if (address === null || isMulticastOrBroadcast(address) || this.#isDeclared(address)) return null;
    const text = formatAddress(address);
    const zone = isPrivateAddress(address) ? this.#zoneAt(side, other) : this.#publicInside.get(text);
    if (zone === undefined || !isInside(zone)) return null;
    const host = this.#hosts.get(text) ?? new SeenHost(text);
    this.#hosts.set(text, host);
    host.see(flow, firewallName, zone);
    return host;
  }
}

function isCandidate({ verdict, protocol }: SeenFlow["flow"]): boolean {
  return verdict === VERDICT_ALLOW && (protocol === TCP || protocol === UDP);
}

/** The side's address, or null where a flood folded it. */
function exactAddress(side: "initiator" | "responder", flow: SeenFlow["flow"]): AddressWords | null {
  const [address, fold] =
    side === "initiator" ? [flow.initiator, flow.initiatorFold] : [flow.responder, flow.responderFold];
  return fold === FOLD_EXACT ? address : null;
}

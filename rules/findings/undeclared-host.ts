/** One inside host that no role binds, and what it was seen to do. */
import type { Flow } from "../../ingest/flows/flow.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { mergedRanges } from "../matching/port-ranges.ts";
import type { Times } from "../messages/times.ts";
import type { PhoneSystemSign, UndeclaredEvidence, UndeclaredHostResult, Zone } from "../result.ts";
import { isInside } from "../site/parties.ts";
import { unitOf } from "./count-unit.ts";

const MAX_PEERS = 10;
/** A single one may be a telephone's own system. */
const ENOUGH_PEERS = 2;

type SignKind = "sip" | "call" | "media";

/** What flows of one kind and transport add up to. */
interface Sign {
  kind: SignKind;
  transport: "tcp" | "udp";
  /** Highest port of each range, by the lowest. */
  ports: Map<number, number>;
  count: number;
  units: Set<"packets" | "sessions">;
  peers: Map<string, number>;
  peerZones: Set<Zone>;
  /** Packets from the host, packets to it. */
  sent: boolean;
  received: boolean;
}

export class SeenHost {
  readonly address: string;
  /** Packets or sessions of SIP to or from it. */
  sipCount = 0;
  readonly #signs = new Map<string, Sign>();
  readonly #firewalls = new Set<string>();
  readonly #zones = new Map<Zone, number>();
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(address: string) {
    this.address = address;
  }

  see({ count, firstMs, lastMs }: Flow, firewallName: string, zone: Zone): void {
    this.#firewalls.add(firewallName);
    this.#zones.set(zone, (this.#zones.get(zone) ?? 0) + count);
    if (!(this.#firstMs <= firstMs) && !Number.isNaN(firstMs)) this.#firstMs = firstMs;
    if (!(this.#lastMs >= lastMs) && !Number.isNaN(lastMs)) this.#lastMs = lastMs;
  }

  /** SIP to the host; `peer`: the inside host that it came from, null: not told apart. */
  addSip(flow: Flow, from: Zone, peer: string | null): void {
    const sign = this.#add("sip", flow, from, [flow.responderPort, flow.responderPort]);
    if (peer !== null) sign.peers.set(peer, (sign.peers.get(peer) ?? 0) + flow.count);
    if (flow.reply || isAnswered(flow)) sign.sent = true;
    this.sipCount += flow.count;
  }

  /** SIP of the host to the outside. */
  addCall(flow: Flow, to: Zone): void {
    this.#add("call", flow, to, [flow.responderPort, flow.responderPort]);
    this.sipCount += flow.count;
  }

  /** Audio with the host at one end; `ports`: the host's, null: not told apart. */
  addMedia(flow: Flow, peerZone: Zone, ports: [low: number, high: number] | null): void {
    const sign = this.#add("media", flow, peerZone, ports);
    const isHostResponder = ports !== null;
    if (isAnswered(flow)) {
      sign.sent = true;
      sign.received = true;
    } else if (flow.reply === isHostResponder) sign.sent = true;
    else sign.received = true;
  }

  /** Whether it is more than a telephone: several inside hosts or somebody outside call it, or it has a trunk. */
  isSystem(): boolean {
    const received = [...this.#signs.values()].filter(({ kind }) => kind === "sip");
    if (received.length === 0) return false;
    const peers = new Set(received.flatMap((sign) => [...sign.peers.keys()]));
    const isCalledFromOutside = received.some(({ peerZones }) => [...peerZones].some((zone) => !isInside(zone)));
    const calls = [...this.#signs.values()].some(({ kind }) => kind === "call");
    return peers.size >= ENOUGH_PEERS || isCalledFromOutside || calls;
  }

  result(proposal: string, times: Times): UndeclaredHostResult {
    const [zone] = [...this.#zones].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] as [Zone, number];
    return {
      address: this.address,
      zone,
      firewalls: [...this.#firewalls].sort(),
      evidence: [...this.#signs.values()]
        .filter(({ kind, sent, received }) => kind !== "media" || (sent && received))
        .map(evidenceOf)
        .sort((a, b) => signKey(a).localeCompare(signKey(b), "en")),
      firstSeen: times.iso(this.#firstMs),
      lastSeen: times.iso(this.#lastMs),
      proposal,
    };
  }

  #add(kind: SignKind, flow: Flow, peerZone: Zone, ports: [low: number, high: number] | null): Sign {
    const transport = protocolName(flow.protocol) as "tcp" | "udp";
    const key = `${kind}|${transport}`;
    const sign: Sign = this.#signs.get(key) ?? {
      kind,
      transport,
      ports: new Map(),
      count: 0,
      units: new Set(),
      peers: new Map(),
      peerZones: new Set(),
      sent: false,
      received: false,
    };
    this.#signs.set(key, sign);
    if (ports) sign.ports.set(...ports);
    sign.count += flow.count;
    sign.units.add(flow.context.unit);
    sign.peerZones.add(peerZone);
    return sign;
  }
}

/** Only a session log tells in one line that both sides sent. */
function isAnswered({ context, packets, unansweredSessions, count }: Flow): boolean {
  return context.unit === "sessions" && packets > 0 && unansweredSessions < count;
}

const ORDER: readonly PhoneSystemSign[] = ["answers-sip", "receives-sip", "calls-sip", "carries-rtp"];

function signKey({ what, transport }: UndeclaredEvidence): string {
  return `${ORDER.indexOf(what)}${transport}`;
}

function evidenceOf(sign: Sign): UndeclaredEvidence {
  const what: Record<SignKind, PhoneSystemSign> = {
    sip: sign.sent ? "answers-sip" : "receives-sip",
    call: "calls-sip",
    media: "carries-rtp",
  };
  const peers = [...sign.peers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([peer]) => peer);
  return {
    what: what[sign.kind],
    transport: sign.transport,
    ports: mergedRanges([...sign.ports]),
    packets: sign.count,
    unit: unitOf(sign.units),
    peerZones: [...sign.peerZones].sort(),
    peers: peers.slice(0, MAX_PEERS),
    peerCount: peers.length,
  };
}

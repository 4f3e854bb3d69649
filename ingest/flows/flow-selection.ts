/** What the rules ask of the flow table, as plain data: which hosts matter and which ports must be told apart. */
import { type AddressWords, isIpv4, type Prefix, prefixContains } from "../address.ts";
import { PrefixIndex, prefixesOverlap } from "../prefix-index.ts";
import { TCP, UDP } from "../protocols.ts";

export type PortInterval = [low: number, high: number];

export interface PortIntervals {
  tcp: PortInterval[];
  udp: PortInterval[];
}

/** Hosts of interest (deployed hosts, the firewall's own outside addresses) and the services known on them. */
export interface SelectedHosts {
  prefix: Prefix;
  services: PortIntervals;
  /** Ports that the hosts use only to open conversations from (AGFEO's 5064-5127 toward the provider). */
  clients: PortIntervals;
  /** Known peers (a provider's network): never folded, but no reason by themselves to keep a flow. */
  peerOnly: boolean;
  /** A firewall's own address: who knocks there on a port that nobody serves is told apart, the port is not. */
  isOutside?: boolean;
}

export interface FlowSelection {
  /** Blocks may overlap; those that are judged come before those that are `peerOnly`. */
  hosts: SelectedHosts[];
  /** Every interval of ports that some rule names for an initiator's side: ports are told apart along their edges. */
  initiatorPorts: PortIntervals;
  /** Service ports of the deployed systems: who was denied on one at an outside address is kept exactly. */
  watchedPorts: number[];
  /** Host names whose addresses are to be learned from the lines. */
  hostNames: string[];
  /** Nothing is known of the site yet: keep of each record what a first site file is made of (`ringfence init`). */
  sketch: boolean;
  /** Records before or after these moments are not counted; null: no limit. UTC milliseconds. */
  sinceMs: number | null;
  untilMs: number | null;
}

/** A selection without any host. */
export const SELECT_NONE: FlowSelection = {
  hosts: [],
  initiatorPorts: { tcp: [], udp: [] },
  watchedPorts: [],
  hostNames: [],
  sketch: false,
  sinceMs: null,
  untilMs: null,
};

const CACHE_SLOTS = 8192;
/** So many blocks are compared one by one sooner than an address is found in the cache. */
const FEW_BLOCKS = 24;

/** A compiled selection: constant-time answers for the hot path. */
export class FlowSelector {
  readonly selection: FlowSelection;
  readonly #classLow: { tcp: Uint16Array; udp: Uint16Array };
  readonly #classHigh: { tcp: Uint16Array; udp: Uint16Array };
  readonly #services: PortBitmaps[];
  readonly #clients: PortBitmaps[];
  readonly #watched = new Uint8Array(65536);
  readonly #judged: Uint8Array;
  readonly #outside: Uint8Array;
  /** The IPv4 blocks in the order of `hosts`. */
  readonly #blocks: readonly Ipv4Block[];
  readonly #hosts: PrefixIndex;
  /** By host: later ones that hold some address of its block too. */
  readonly #overlapping: number[][] = [];
  readonly #cacheKeys = new Uint32Array(CACHE_SLOTS * 4);
  /** Host index plus 2; 1: no host; 0: empty slot. */
  readonly #cacheHosts = new Int32Array(CACHE_SLOTS);

  constructor(selection: FlowSelection) {
    this.selection = selection;
    const tcp = portClasses(selection.initiatorPorts.tcp);
    const udp = portClasses(selection.initiatorPorts.udp);
    this.#classLow = { tcp: tcp.low, udp: udp.low };
    this.#classHigh = { tcp: tcp.high, udp: udp.high };
    const bitmaps = sharedBitmaps();
    this.#services = selection.hosts.map((host) => bitmaps(host.services));
    this.#clients = selection.hosts.map((host) => bitmaps(host.clients));
    this.#judged = Uint8Array.from(selection.hosts, ({ peerOnly }) => (peerOnly ? 0 : 1));
    this.#outside = Uint8Array.from(selection.hosts, ({ isOutside }) => (isOutside ? 1 : 0));
    this.#blocks = ipv4Blocks(selection.hosts);
    this.#hosts = new PrefixIndex(selection.hosts.map(({ prefix }) => prefix));
    for (const port of selection.watchedPorts) this.#watched[port] = 1;
  }

  #searchBlocks(address: number): number {
    for (let i = 0; i < this.#blocks.length; i++) {
      const block = this.#blocks[i] as Ipv4Block;
      if ((address & block.mask) === block.value) return block.index;
    }
    return -1;
  }

  /** Index of the first selected host block that holds the address, or -1. */
  hostIndex(address: AddressWords): number {
    if (this.#blocks.length <= FEW_BLOCKS && isIpv4(address)) return this.#searchBlocks(address[3] as number);
    const hash = hashAddress(address);
    const slot = hash & (CACHE_SLOTS - 1);
    const at = slot * 4;
    const keys = this.#cacheKeys;
    const cached = this.#cacheHosts[slot] as number;
    if (
      cached !== 0 &&
      keys[at] === address[0] &&
      keys[at + 1] === address[1] &&
      keys[at + 2] === address[2] &&
      keys[at + 3] === address[3]
    )
      return cached - 2;
    const found = this.#hosts.first(address);
    keys.set(address, at);
    this.#cacheHosts[slot] = found + 2;
    return found;
  }

  /** Whether the block of this index (of `hostIndex`) is one whose traffic the rules judge. */
  isJudged(index: number): boolean {
    return index >= 0 && this.#judged[index] === 1;
  }

  /** Whether the block of this index (of `hostIndex`) is a firewall's own address. */
  isOutside(index: number): boolean {
    return index >= 0 && this.#outside[index] === 1;
  }

  /** Whether some rule knows the port as a service of a selected block that holds the address; `index` is its first block. */
  isService(index: number, address: AddressWords, protocol: number, port: number): boolean {
    return this.#knowsPort(this.#services, index, address, protocol, port);
  }

  /** Whether the port is one that a selected block which holds the address only opens conversations from. */
  isClientPort(index: number, address: AddressWords, protocol: number, port: number): boolean {
    return this.#knowsPort(this.#clients, index, address, protocol, port);
  }

  #knowsPort(
    bitmaps: readonly PortBitmaps[],
    first: number,
    address: AddressWords,
    protocol: number,
    port: number,
  ): boolean {
    if (first < 0 || port < 0 || (protocol !== TCP && protocol !== UDP)) return false;
    const transport = protocol === TCP ? "tcp" : "udp";
    if (bitmaps[first]?.[transport][port] === 1) return true;
    for (const index of this.#overlappingWith(first)) {
      const { prefix } = this.selection.hosts[index] as SelectedHosts;
      if (bitmaps[index]?.[transport][port] === 1 && prefixContains(prefix, address)) return true;
    }
    return false;
  }

  #overlappingWith(first: number): readonly number[] {
    let found = this.#overlapping[first];
    if (!found) {
      const { hosts } = this.selection;
      const { prefix } = hosts[first] as SelectedHosts;
      found = hosts.flatMap((host, index) => (index > first && prefixesOverlap(host.prefix, prefix) ? [index] : []));
      this.#overlapping[first] = found;
    }
    return found;
  }

  /** Whether an undeclared inside host that answers on this port is worth keeping exactly. */
  isSipPort(port: number): boolean {
    return port === 5060 || port === 5061;
  }

  isWatched(port: number): boolean {
    return port >= 0 && this.#watched[port] === 1;
  }

  /** Lowest port of the interval of initiator ports that rules cannot tell apart from `port`. */
  classLow(protocol: number, port: number): number {
    if (port < 0) return -1;
    if (protocol === TCP) return this.#classLow.tcp[port] as number;
    return protocol === UDP ? (this.#classLow.udp[port] as number) : 0;
  }

  classHigh(protocol: number, low: number): number {
    if (protocol === TCP) return this.#classHigh.tcp[low] as number;
    return protocol === UDP ? (this.#classHigh.udp[low] as number) : 65535;
  }
}

interface Ipv4Block {
  mask: number;
  value: number;
  /** Of the host. */
  index: number;
}

function ipv4Blocks(hosts: readonly SelectedHosts[]): Ipv4Block[] {
  const blocks: Ipv4Block[] = [];
  for (const [index, { prefix }] of hosts.entries()) {
    if (!isIpv4(prefix.words)) continue;
    const mask = prefix.bits === 96 ? 0 : -1 << (128 - prefix.bits);
    blocks.push({ mask, value: (prefix.words[3] as number) & mask, index });
  }
  return blocks;
}

export function hashAddress(address: ArrayLike<number>): number {
  let hash = Math.imul(address[3] as number, 0x9e3779b1);
  hash = Math.imul(hash ^ (address[2] as number), 0x85ebca6b) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (address[1] as number), 0xc2b2ae35) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (address[0] as number), 0x27d4eb2f) ^ (hash >>> 16);
  return hash >>> 0;
}

/** The coarsest partition of 0-65535 in which every given interval is a union of parts: the ends of each port's part. */
export function portClasses(intervals: readonly PortInterval[]): { low: Uint16Array; high: Uint16Array } {
  const startsPart = new Uint8Array(65537);
  startsPart[0] = 1;
  for (const [low, high] of intervals) {
    startsPart[low] = 1;
    startsPart[high + 1] = 1;
  }
  const lowOf = new Uint16Array(65536);
  const highOf = new Uint16Array(65536);
  let low = 0;
  for (let port = 0; port < 65536; port++) {
    if (startsPart[port] === 1) low = port;
    lowOf[port] = low;
  }
  let high = 65535;
  for (let port = 65535; port >= 0; port--) {
    highOf[port] = high;
    if (startsPart[port] === 1) high = port - 1;
  }
  return { low: lowOf, high: highOf };
}

interface PortBitmaps {
  tcp: Uint8Array;
  udp: Uint8Array;
}

/** Makes bitmaps, the same ones for the same ports: a site may list each of a thousand telephones. */
function sharedBitmaps(): (intervals: PortIntervals) => PortBitmaps {
  const made = new Map<string, PortBitmaps>();
  return ({ tcp, udp }) => {
    const key = JSON.stringify([tcp, udp]);
    const bitmaps = made.get(key) ?? { tcp: portBitmap(tcp), udp: portBitmap(udp) };
    made.set(key, bitmaps);
    return bitmaps;
  };
}

function portBitmap(intervals: readonly PortInterval[]): Uint8Array {
  const bitmap = new Uint8Array(65536);
  for (const [low, high] of intervals) bitmap.fill(1, low, high + 1);
  return bitmap;
}

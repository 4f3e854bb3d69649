/**
 * Which addresses the log lines themselves tie to host names: DNS answers for the names that somebody waits for, and
 * sessions whose host name the firewall saw. Any order and any split of the lines gives the same table, in bounded memory.
 */
import {
  type AddressWords,
  addressFromText,
  formatAddress,
  isIpv4,
  isPrivateAddress,
  isUnspecified,
} from "../address.ts";
import { DOT, LOWER_A } from "../bytes.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";
import { INSPECTION_DNS, INSPECTION_NONE, type LogRecord, VERDICT_DENY } from "../record.ts";
import type { HostName } from "./flow.ts";
import { type FlowSelector, hashAddress } from "./flow-selection.ts";
import { visitResolved } from "./resolved-addresses.ts";

/** Who says it, and where. */
type Told = Omit<HostName, "address" | "name">;

/** So many addresses of waited-for names are kept; a service in the cloud may have hundreds over a year. */
const MAX_WAITED = 1024;
/** So many addresses that bear other names. */
const MAX_OTHERS = 8192;
const MAX_NAME_BYTES = 253;

export class HostNames {
  readonly #selector: FlowSelector;
  readonly #names: readonly string[];
  readonly #index: WordIndex;
  readonly #lower = new Uint8Array(MAX_NAME_BYTES);
  readonly #waited: Kept;
  readonly #others: Kept;

  constructor(selector: FlowSelector, { maxWaited = MAX_WAITED, maxOthers = MAX_OTHERS } = {}) {
    this.#selector = selector;
    this.#names = selector.selection.hostNames;
    this.#index = new WordIndex(this.#names.map((name, number) => [name, number]));
    this.#waited = new Kept(maxWaited);
    this.#others = new Kept(maxOthers);
  }

  /** Learns what the record says, if anything; `input`, `line` and `offset` say where it stands. */
  learn(record: LogRecord, input: number, line: number, offset: number): void {
    if (this.#names.length === 0) return;
    const { text, hostName, inspection, timeMs, destination } = record;
    const name = this.#numberOf(text, hostName.start, hostName.end);
    if (inspection === INSPECTION_DNS) {
      // What a filter answers in a server's stead is no address of the server's.
      if (name === UNKNOWN_WORD || record.inspectionVerdict === VERDICT_DENY) return;
      visitResolved(record, (address) => this.#add(address, name, { from: "dns", timeMs, input, line, offset }));
      return;
    }
    if (record.ipVersion === 0 || record.hasDestinationNat) return;
    // Other names matter to what deployed hosts asked for themselves; a device's own idea of a name (FortiGate's
    // `dstname`) does not say that the address has no further one.
    if (name === UNKNOWN_WORD) {
      if (inspection === INSPECTION_NONE || !this.#isDeployed(record.source)) return;
      if (!isHostName(text, hostName.start, hostName.end)) return;
    }
    this.#add(destination, name, { from: "session", timeMs, input, line, offset });
  }

  /** Learns what a document says: `isWaitedFor` tells whether waited-for names count, or else the other ones. */
  learnText(name: string, address: AddressWords, isWaitedFor: boolean, told: Told): void {
    const bytes = new TextEncoder().encode(name);
    const number = this.#numberOf(bytes, 0, bytes.length);
    if (number === UNKNOWN_WORD ? !isWaitedFor && isHostName(bytes, 0, bytes.length) : isWaitedFor)
      this.#add(address, number, told);
  }

  /** What was learned, by address and name. */
  all(): HostName[] {
    return [...this.#waited.all(), ...this.#others.all()]
      .map(({ address, number, ...told }) => ({
        address: formatAddress(address),
        name: number === UNKNOWN_WORD ? null : (this.#names[number] as string),
        ...told,
      }))
      .sort((a, b) => compare(a.address, b.address) || compare(a.name ?? "", b.name ?? ""));
  }

  /** Adds what another table has learned; `lineBase` is added to its line numbers. */
  absorb(other: readonly HostName[], lineBase: (input: number) => number): void {
    for (const { address, name, line, ...told } of other) {
      const number = name === null ? UNKNOWN_WORD : this.#names.indexOf(name);
      this.#add(addressFromText(address) as AddressWords, number, { ...told, line: line + lineBase(told.input) });
    }
  }

  /** Number of the name, or of the one that it lies below. */
  #numberOf(bytes: Uint8Array, start: number, end: number): number {
    const length = (bytes[end - 1] === DOT ? end - 1 : end) - start;
    if (length <= 0 || length > MAX_NAME_BYTES) return UNKNOWN_WORD;
    const lower = this.#lower;
    for (let i = 0; i < length; i++) {
      const byte = bytes[start + i] as number;
      lower[i] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    }
    for (let at = 0; at < length; at++) {
      if (at > 0 && lower[at - 1] !== DOT) continue;
      const found = this.#index.find(lower, at, length);
      if (found !== UNKNOWN_WORD) return found;
    }
    return UNKNOWN_WORD;
  }

  /** Only what may be a vendor's server: outside, and no host of the site's. */
  #add(address: AddressWords, number: number, told: Told): void {
    if (isPrivateAddress(address) || isUnspecified(address) || this.#isDeployed(address)) return;
    (number === UNKNOWN_WORD ? this.#others : this.#waited).add(address, number, told);
  }

  #isDeployed(address: AddressWords): boolean {
    return this.#selector.isJudged(this.#selector.hostIndex(address));
  }
}

interface Entry extends Told {
  address: AddressWords;
  number: number;
}

/** At most so many entries, give or take equal hashes: those of the lowest hashes, so that the order does not matter. */
class Kept {
  readonly #limit: number;
  #entries = new Map<number | string, Entry>();
  #highestHash = 2 ** 32;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(address: AddressWords, number: number, told: Told): void {
    const key = isIpv4(address) ? (address[3] as number) * 2 ** 16 + number + 1 : `${address.join()},${number}`;
    const known = this.#entries.get(key);
    if (known) {
      if (precedes(told, known)) Object.assign(known, told);
      return;
    }
    if (hashAddress(address) > this.#highestHash) return;
    this.#entries.set(key, { address: Uint32Array.from(address), number, ...told });
    if (this.#entries.size >= this.#limit * 2) this.#trim();
  }

  all(): Iterable<Entry> {
    if (this.#entries.size > this.#limit) this.#trim();
    return this.#entries.values();
  }

  #trim(): void {
    const hashes = [...this.#entries.values()].map(({ address }) => hashAddress(address)).sort((a, b) => a - b);
    const highest = hashes[this.#limit - 1] as number;
    this.#highestHash = highest;
    this.#entries = new Map([...this.#entries].filter(([, { address }]) => hashAddress(address) <= highest));
  }
}

/** Whether it is a name in the DNS, and no address: its last label begins with a letter (RFC 3696 section 2). */
function isHostName(bytes: Uint8Array, start: number, end: number): boolean {
  const dot = bytes.lastIndexOf(DOT, end - 1);
  const first = (bytes[dot + 1] ?? 0) | 0x20;
  return dot > start && dot < end - 1 && first >= LOWER_A && first < LOWER_A + 26;
}

/** DNS answers before sessions, then by time and place. */
function precedes(a: Told, b: Told): boolean {
  if (a.from !== b.from) return a.from === "dns";
  const [aMs, bMs] = [sortable(a.timeMs), sortable(b.timeMs)];
  if (aMs !== bMs) return aMs < bMs;
  return a.input !== b.input ? a.input < b.input : a.line < b.line;
}

function sortable(timeMs: number): number {
  return Number.isNaN(timeMs) ? Number.MAX_VALUE : timeMs;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The flows of a run as rows: typed columns, turned into words only where somebody looks. */
import { DateTime } from "luxon";
import { formatAddress } from "../../../ingest/address.ts";
import { type Flow, FOLD_EXACT, FOLD_PREFIX, FOLD_PRIVATE } from "../../../ingest/flows/flow.ts";
import { KEY_INTS, keyOf } from "../../../ingest/flows/flow-key.ts";
import { SnapshotStore } from "../../../ingest/flows/flow-snapshot.ts";
import { protocolName } from "../../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY, VERDICT_NONE, type Verdict } from "../../../ingest/record.ts";
import { triage } from "../../../reports/languages/en/triage.ts";
import { phrases } from "../../../reports/phrases.ts";
import { shownAddress } from "../../../rules/messages/shown-address.ts";
import type { AuditResult, TrafficMeaning, Zone } from "../../../rules/result.ts";
import { FLOW_MEANINGS, type FlowJudgements, PEER_ZONES } from "../../../rules/traffic/flow-judgements.ts";
import type { JudgedFlows } from "../../triage/messages.ts";
import type { LinePlace } from "../line-place.ts";
import { radixSteps } from "./radix-order.ts";

const { triage: english } = triage;

/** As filters and files know them, in whatever language the screen is. */
export const VERDICT_CODES: Readonly<Record<Verdict, keyof typeof english.verdicts>> = {
  [VERDICT_NONE]: "none",
  [VERDICT_ALLOW]: "allow",
  [VERDICT_DENY]: "deny",
};

/** The numbers that filters look for, by row; -1: none. */
const NUMBERS = {
  initiatorId: (rows: FlowRows, row: number) => rows.initiatorId(row),
  responderId: (rows: FlowRows, row: number) => rows.responderId(row),
  contextId: (rows: FlowRows, row: number) => rows.contextId(row),
  protocol: (rows: FlowRows, row: number) => rows.protocol(row),
  port: (rows: FlowRows, row: number) => rows.port(row),
  initiatorLow: ({ store }: FlowRows, row: number) => keyOf.initiatorLow(store.columns.keys, row * KEY_INTS),
  verdict: (rows: FlowRows, row: number): number => rows.verdict(row),
  meaning: ({ judgements }: FlowRows, row: number) => judgements.meanings[row] as number,
  zone: ({ judgements }: FlowRows, row: number) => judgements.zones[row] as number,
} as const;
type NumberColumn = keyof typeof NUMBERS;

/** Addresses that are spelt out at a time. */
const WARM_ADDRESSES = 20_000;

export class FlowRows {
  readonly store: SnapshotStore;
  readonly judgements: FlowJudgements;
  readonly gravest: Uint32Array;
  readonly #numberedTo: readonly number[];
  readonly #inputs: AuditResult["evidence"]["inputs"];
  readonly #zone: string;
  readonly #addressTexts: string[] = [];
  /** Room for a number a row, for whoever is at work: memory that is taken anew with each key costs more than the work. */
  readonly scratch: Uint32Array;
  readonly #columns = new Map<NumberColumn, Int32Array>();
  #addressRanks: Uint32Array | null = null;

  constructor({ snapshot, judgements, gravest, numberedTo }: JudgedFlows, { evidence, site }: AuditResult) {
    this.store = new SnapshotStore(snapshot);
    this.scratch = new Uint32Array(this.store.size);
    this.judgements = judgements;
    this.gravest = gravest;
    this.#numberedTo = numberedTo;
    this.#inputs = evidence.inputs;
    this.#zone = site.timezone;
  }

  get size(): number {
    return this.store.size;
  }

  flow(row: number): Flow {
    return this.store.flowAt(row);
  }

  verdict(row: number): Verdict {
    return keyOf.verdict(this.store.columns.keys, row * KEY_INTS);
  }

  isDenied(row: number): boolean {
    return this.verdict(row) === VERDICT_DENY;
  }

  isAllowed(row: number): boolean {
    return this.verdict(row) === VERDICT_ALLOW;
  }

  initiatorId(row: number): number {
    return keyOf.initiatorId(this.store.columns.keys, row * KEY_INTS);
  }

  responderId(row: number): number {
    return keyOf.responderId(this.store.columns.keys, row * KEY_INTS);
  }

  contextId(row: number): number {
    return keyOf.contextId(this.store.columns.keys, row * KEY_INTS);
  }

  protocol(row: number): number {
    return keyOf.protocol(this.store.columns.keys, row * KEY_INTS);
  }

  /** -1: none. */
  port(row: number): number {
    return keyOf.responderPort(this.store.columns.keys, row * KEY_INTS);
  }

  /** A number of all rows: a filter goes through them several times as fast as through the keys that hold them. */
  column(name: NumberColumn): Int32Array {
    let column = this.#columns.get(name);
    if (!column) {
      const of = NUMBERS[name];
      column = new Int32Array(this.size);
      for (let row = 0; row < column.length; row++) column[row] = of(this, row);
      this.#columns.set(name, column);
    }
    return column;
  }

  meaning(row: number): TrafficMeaning {
    return FLOW_MEANINGS[this.judgements.meanings[row] as number] as TrafficMeaning;
  }

  zone(row: number): Zone | "" {
    return PEER_ZONES[this.judgements.zones[row] as number] ?? "";
  }

  firewall(row: number): string {
    return this.#name(this.judgements.firewalls[row] as number);
  }

  host(row: number): string {
    return this.#name(this.judgements.hosts[row] as number);
  }

  requirement(row: number): string {
    return this.#name(this.judgements.requirements[row] as number);
  }

  addressText(id: number): string {
    this.#addressTexts[id] ??= formatAddress(this.store.addressAt(id));
    return this.#addressTexts[id];
  }

  initiator(row: number): string {
    const fold = keyOf.initiatorFold(this.store.columns.keys, row * KEY_INTS);
    return this.#party(row, fold, this.initiatorId(row));
  }

  responder(row: number): string {
    const fold = keyOf.responderFold(this.store.columns.keys, row * KEY_INTS);
    return this.#party(row, fold, this.responderId(row));
  }

  /** Place of an address among all, by its number, IPv4 first. */
  addressRank(id: number): number {
    if (!this.#addressRanks) for (const _ of this.#rankAddresses());
    return (this.#addressRanks as Uint32Array)[id] as number;
  }

  /** What sorting and filtering will need, in steps that no key has to wait for long. */
  *warmUp(): Generator<void> {
    for (let id = 0; id < this.store.addressCount; id++) {
      this.addressText(id);
      if (id % WARM_ADDRESSES === 0) yield;
    }
    for (const name of Object.keys(NUMBERS) as NumberColumn[]) {
      this.column(name);
      yield;
    }
    if (!this.#addressRanks) yield* this.#rankAddresses();
  }

  *#rankAddresses(): Generator<void> {
    const { addresses, addressCount } = this.store;
    let order: Uint32Array = Uint32Array.from({ length: addressCount }, (_, id) => id);
    for (const word of [3, 2, 1, 0]) {
      const keys = new Uint32Array(addressCount);
      for (let id = 0; id < addressCount; id++) keys[id] = addresses[id * 4 + word] as number;
      order = yield* radixSteps(keys, order);
    }
    const ranks = new Uint32Array(addressCount);
    for (let at = 0; at < addressCount; at++) ranks[order[at] as number] = at;
    this.#addressRanks = ranks;
  }

  /** `udp 5060` */
  service(row: number): string {
    const protocol = protocolName(this.protocol(row)) ?? "";
    const port = this.port(row);
    // Port 0 stands for all ports of an outside address that nobody serves.
    return port < 0 ? protocol : `${protocol} ${port === 0 ? "*" : port}`;
  }

  /** The same for the same traffic, also in a later look at it. */
  key(row: number): string {
    const { keys } = this.store.columns;
    const low = keyOf.initiatorLow(keys, row * KEY_INTS);
    const marks = [this.verdict(row), low, this.contextId(row), keyOf.reply(keys, row * KEY_INTS)].join(" ");
    return `flow ${this.initiator(row)} ${this.responder(row)} ${this.service(row)} ${marks}`;
  }

  /** ISO 8601 in the site's zone, to the second; null for no time. */
  timeText(ms: number): string | null {
    if (!Number.isFinite(ms)) return null;
    const second = Math.floor(ms / 1000) * 1000;
    return DateTime.fromMillis(second, { zone: this.#zone }).toISO({ suppressMilliseconds: true });
  }

  /** The earliest lines. */
  places(row: number): LinePlace[] {
    return this.flow(row)
      .examples()
      .map(({ input, line, offset }) => {
        const numberedTo = this.#numberedTo[input] ?? 0;
        return {
          input: this.#inputs[input]?.name ?? "",
          line: offset < numberedTo ? line : null,
          // Documents of a server stand at no offset.
          offset: numberedTo > 0 ? offset : null,
          text: null,
        };
      });
  }

  /** As it leaves the program. */
  saved(row: number): object {
    const flow = this.flow(row);
    const { context } = flow;
    return {
      verdict: VERDICT_CODES[this.verdict(row)],
      judged: english.meanings[this.meaning(row)],
      initiator: this.initiator(row),
      responder: this.responder(row),
      transport: protocolName(this.protocol(row)),
      port: this.port(row) < 0 ? null : this.port(row),
      host: this.host(row),
      zone: this.zone(row),
      requirement: this.requirement(row),
      count: flow.count,
      unit: context.unit,
      bytes: flow.bytes,
      firstSeen: this.timeText(flow.firstMs),
      lastSeen: this.timeText(flow.lastMs),
      firewall: this.firewall(row),
      rule: context.ruleId,
      ingress: context.ingress,
      egress: context.egress,
    };
  }

  #party(row: number, fold: number, id: number): string {
    if (fold === FOLD_EXACT) return this.addressText(id);
    if (fold === FOLD_PREFIX) return shownAddress(this.store.addressAt(id), this.flow(row));
    return fold === FOLD_PRIVATE ? phrases.row.inside : phrases.row.internet;
  }

  #name(number: number): string {
    return this.judgements.names[number] ?? "";
  }
}

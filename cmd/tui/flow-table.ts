/** A run's flows as a table: a million of them filter and sort within a frame. */
import * as value from "../../ingest/flow-values.ts";
import type { Span, Tone } from "../../reports/text-style.ts";
import { number } from "../../reports/words.ts";
import type { FlowMeaning } from "../../rules/flow-judgements.ts";
import type { AuditResult } from "../../rules/result.ts";
import type { JudgedFlows } from "../triage-messages.ts";
import { shortTime } from "./finding-table.ts";
import { FLOW_FIELDS, flowTest } from "./flow-filter.ts";
import { FlowRows, MEANING_WORDS, VERDICT_WORDS } from "./flow-rows.ts";
import { radixOrder, ranksOf } from "./radix-order.ts";
import { type Column, MARKED, markTest, type Notes, type Table } from "./table.ts";

const MEANING_TONES: Readonly<Partial<Record<FlowMeaning, Tone>>> = {
  refused: "bad",
  unneeded: "warning",
  inspection: "warning",
  "return-leg": "warning",
  needed: "good",
  scanner: "quiet",
  unrelated: "quiet",
};

interface FlowColumn extends Column {
  cell(rows: FlowRows, row: number): Span;
  /** Numbers by row, ascending. A second list orders those that are equal in the first. */
  keys(rows: FlowRows): readonly Uint32Array[];
}

const MOST = 0xffff_ffff;

const COLUMNS: readonly FlowColumn[] = [
  {
    id: "count",
    title: "count",
    width: 9,
    align: "right",
    cell: (rows, row) => ({ text: number(rows.flow(row).count) }),
    keys: (rows) => [numbers(rows, (row) => MOST - Math.min(MOST, rows.flow(row).count))],
  },
  {
    id: "verdict",
    title: "verdict",
    width: 8,
    from: 72,
    cell: (rows, row) => verdictSpan(rows, row),
    keys: (rows) => [numbers(rows, (row) => rows.verdict(row))],
  },
  {
    id: "judged",
    title: "judged",
    width: 10,
    cell: (rows, row) => {
      const meaning = rows.meaning(row);
      return { text: MEANING_WORDS[meaning], tone: MEANING_TONES[meaning] };
    },
    keys: ({ judgements }) => [Uint32Array.from(judgements.meanings)],
  },
  {
    id: "from",
    title: "from",
    width: "rest",
    cell: (rows, row) => ({ text: rows.initiator(row) }),
    keys: (rows) => [addressRanks(rows, (row) => rows.initiatorId(row))],
  },
  {
    id: "to",
    title: "to",
    width: "rest",
    cell: (rows, row) => ({ text: rows.responder(row) }),
    keys: (rows) => [addressRanks(rows, (row) => rows.responderId(row)), numbers(rows, (row) => rows.port(row) + 1)],
  },
  {
    id: "service",
    title: "service",
    width: 9,
    cell: (rows, row) => ({ text: rows.service(row) }),
    keys: (rows) => [numbers(rows, (row) => rows.port(row) + 1), numbers(rows, (row) => rows.protocol(row) + 1)],
  },
  {
    id: "zone",
    title: "zone",
    width: 8,
    from: 100,
    cell: (rows, row) => ({ text: rows.zone(row) }),
    keys: ({ judgements }) => [Uint32Array.from(judgements.zones)],
  },
  {
    id: "requirement",
    title: "requirement",
    width: 22,
    from: 138,
    cell: (rows, row) => ({ text: rows.requirement(row) }),
    keys: (rows) => [nameRanks(rows, rows.judgements.requirements)],
  },
  {
    id: "firewall",
    title: "firewall",
    width: 14,
    from: 124,
    cell: (rows, row) => ({ text: rows.firewall(row) }),
    keys: (rows) => [nameRanks(rows, rows.judgements.firewalls)],
  },
  {
    id: "last",
    title: "last seen",
    width: 11,
    from: 110,
    cell: (rows, row) => ({ text: shortTime(rows.timeText(lastMs(rows, row))) }),
    keys: (rows) => [numbers(rows, (row) => MOST - Math.floor((lastMs(rows, row) || 0) / 1000))],
  },
];

/** The table of these flows; without any it is empty. */
export function flowTable(flows: JudgedFlows | null, result: AuditResult): Table {
  return flows ? new FlowTable(new FlowRows(flows, result)) : NO_FLOWS;
}

class FlowTable implements Table {
  readonly columns = COLUMNS;
  readonly fields: readonly string[] = [...FLOW_FIELDS, MARKED];
  readonly #rows: FlowRows;
  readonly #orders = new Map<number, Uint32Array>();

  constructor(rows: FlowRows) {
    this.#rows = rows;
    this.#orders.set(0, rows.busiest);
  }

  get size(): number {
    return this.#rows.size;
  }

  keyOf(row: number): string {
    return this.#rows.key(row);
  }

  /** A later look may have them in another order. */
  rowOf(): number {
    return -1;
  }

  cell(row: number, column: number): Span {
    return COLUMNS[column]?.cell(this.#rows, row) ?? { text: "" };
  }

  subject(row: number): ReturnType<Table["subject"]> {
    return { kind: "flow", rows: this.#rows, row };
  }

  isQuiet(row: number): boolean {
    return this.#rows.meaning(row) === "unrelated";
  }

  test(terms: Parameters<Table["test"]>[0], notes: Notes): (row: number) => boolean {
    return flowTest(this.#rows, terms, (term) => markTest(this, term, notes));
  }

  sorted(column: number, descending: boolean): Uint32Array {
    const order = this.#orders.get(column) ?? this.#ordered(column);
    this.#orders.set(column, order);
    return descending ? order.toReversed() : order;
  }

  warm(): boolean {
    const column = COLUMNS.findIndex((_, index) => !this.#orders.has(index));
    if (column >= 0) this.#orders.set(column, this.#ordered(column));
    return column >= 0;
  }

  /** Equal ones stay in the order of their counts. */
  #ordered(column: number): Uint32Array {
    const keys = COLUMNS[column]?.keys(this.#rows) ?? [];
    return keys.reduceRight((order: Uint32Array, one) => radixOrder(one, order), this.#rows.busiest);
  }
}

const NO_FLOWS: Table = {
  size: 0,
  columns: COLUMNS,
  fields: [...FLOW_FIELDS, MARKED],
  keyOf: () => "",
  rowOf: () => -1,
  cell: () => ({ text: "" }),
  subject: () => {
    throw new Error("there are no flows");
  },
  isQuiet: () => false,
  test: () => () => false,
  sorted: () => new Uint32Array(0),
  warm: () => false,
};

export function verdictSpan(rows: FlowRows, row: number): Span {
  const verdict = rows.verdict(row);
  const symbol = rows.isAllowed(row) ? "✔" : rows.isDenied(row) ? "✖" : "·";
  return { text: `${symbol} ${VERDICT_WORDS[verdict]}` };
}

function numbers(rows: FlowRows, of: (row: number) => number): Uint32Array {
  const keys = new Uint32Array(rows.size);
  for (let row = 0; row < keys.length; row++) keys[row] = of(row);
  return keys;
}

/** Names by their alphabet, no name first. */
function nameRanks(rows: FlowRows, names: Int32Array): Uint32Array {
  const ranks = ranksOf(rows.judgements.names);
  return numbers(rows, (row) => ((names[row] as number) < 0 ? 0 : (ranks[names[row] as number] as number) + 1));
}

const addressOrders = new WeakMap<FlowRows, Uint32Array>();

/** Addresses by their number, IPv4 before IPv6. */
function addressRanks(rows: FlowRows, idOf: (row: number) => number): Uint32Array {
  const ranks = addressOrders.get(rows) ?? ranksByNumber(rows);
  addressOrders.set(rows, ranks);
  return numbers(rows, (row) => ranks[idOf(row)] as number);
}

function ranksByNumber({ store }: FlowRows): Uint32Array {
  const count = store.addressCount;
  let order: Uint32Array = Uint32Array.from({ length: count }, (_, id) => id);
  for (const word of [3, 2, 1, 0]) {
    const keys = new Uint32Array(count);
    for (let id = 0; id < count; id++) keys[id] = store.addressAt(id)[word] as number;
    order = radixOrder(keys, order);
  }
  const ranks = new Uint32Array(count);
  for (let at = 0; at < count; at++) ranks[order[at] as number] = at;
  return ranks;
}

function lastMs(rows: FlowRows, row: number): number {
  return rows.store.columns.values[row * value.VALUE_FLOATS + value.LAST] as number;
}

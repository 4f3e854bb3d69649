/** A run's flows as a table: a million of them filter and sort within a frame. */
import * as value from "../../../ingest/flows/flow-values.ts";
import { phrases } from "../../../reports/phrases.ts";
import type { Span, Tone } from "../../../reports/text/style.ts";
import { number } from "../../../reports/words.ts";
import type { AuditResult, TrafficMeaning, Zone } from "../../../rules/result.ts";
import type { JudgedFlows } from "../../triage/messages.ts";
import type { FilterTerm } from "./filter.ts";
import { shortTime } from "./finding-table.ts";
import { FLOW_FIELDS, flowMask, isFlowField } from "./flow-filter.ts";
import { FlowRows, VERDICT_CODES } from "./flow-rows.ts";
import { radixSteps, ranksOf } from "./radix-order.ts";
import { type Column, MARKED, markTest, type Notes, rowsThat, type Table } from "./table.ts";

const MEANING_TONES: Readonly<Partial<Record<TrafficMeaning, Tone>>> = {
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
  /** Numbers by row, ascending. A second one orders those that are equal in the first. */
  keys: readonly ((rows: FlowRows) => Uint32Array)[];
}

const MOST = 0xffff_ffff;
const KEPT_MASKS = 8;

const COLUMNS: readonly FlowColumn[] = [
  {
    id: "judged",
    width: 10,
    cell: (rows, row) => {
      const meaning = rows.meaning(row);
      return { text: phrases.triage.meanings[meaning], tone: MEANING_TONES[meaning] };
    },
    // They come in this order.
    keys: [],
  },
  {
    id: "verdict",
    width: 8,
    from: 72,
    cell: (rows, row) => verdictSpan(rows, row),
    keys: [(rows) => numbers(rows, (row) => rows.verdict(row))],
  },
  {
    id: "from",
    width: "rest",
    cell: (rows, row) => ({ text: rows.initiator(row) }),
    keys: [(rows) => numbers(rows, (row) => rows.addressRank(rows.initiatorId(row)))],
  },
  {
    id: "to",
    width: "rest",
    cell: (rows, row) => ({ text: rows.responder(row) }),
    keys: [
      (rows) => numbers(rows, (row) => rows.addressRank(rows.responderId(row))),
      (rows) => numbers(rows, (row) => rows.port(row) + 1),
    ],
  },
  {
    id: "service",
    width: 9,
    cell: (rows, row) => ({ text: rows.service(row) }),
    keys: [
      (rows) => numbers(rows, (row) => rows.port(row) + 1),
      (rows) => numbers(rows, (row) => rows.protocol(row) + 1),
    ],
  },
  {
    id: "count",
    width: 9,
    align: "right",
    cell: (rows, row) => ({ text: number(rows.flow(row).count) }),
    keys: [(rows) => numbers(rows, (row) => MOST - Math.min(MOST, rows.flow(row).count))],
  },
  {
    id: "zone",
    width: 8,
    from: 100,
    cell: (rows, row) => ({ text: zoneText(rows.zone(row)) }),
    keys: [({ judgements }) => new Uint32Array(judgements.zones)],
  },
  {
    id: "requirement",
    width: 22,
    from: 156,
    cell: (rows, row) => ({ text: rows.requirement(row) }),
    keys: [(rows) => nameRanks(rows, rows.judgements.requirements)],
  },
  {
    id: "firewall",
    width: 14,
    from: 124,
    cell: (rows, row) => ({ text: rows.firewall(row) }),
    keys: [(rows) => nameRanks(rows, rows.judgements.firewalls)],
  },
  {
    id: "last",
    width: 12,
    from: 110,
    cell: (rows, row) => ({ text: shortTime(rows.timeText(lastMs(rows, row))) }),
    keys: [(rows) => numbers(rows, (row) => MOST - Math.floor((lastMs(rows, row) || 0) / 1000))],
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
  /** By term, the one asked for last at the end. */
  readonly #masks = new Map<string, Uint8Array>();
  #warming: Generator<void> | null = null;

  constructor(rows: FlowRows) {
    this.#rows = rows;
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

  kept(rows: Uint32Array, terms: readonly FilterTerm[], notes: Notes): Uint32Array {
    let kept = rows;
    for (const term of terms) {
      if (term.field === MARKED) {
        const test = markTest(this, term, notes);
        kept = rowsThat(kept, (row) => test(row) !== term.negated);
      } else kept = rowsWhere(kept, this.#mask(term), term.negated ? 0 : 1);
    }
    return kept;
  }

  /** While a term is typed, those before it stay. */
  #mask({ field, value }: FilterTerm): Uint8Array {
    const key = `${field ?? ""}\n${value}`;
    const mask =
      this.#masks.get(key) ?? flowMask(this.#rows, field !== null && isFlowField(field) ? field : null, value);
    this.#masks.delete(key);
    this.#masks.set(key, mask);
    const [oldest] = this.#masks.keys();
    if (oldest !== undefined && this.#masks.size > KEPT_MASKS) this.#masks.delete(oldest);
    return mask;
  }

  sorted(column: number, descending: boolean): Uint32Array {
    if (!this.#orders.has(column)) for (const _ of this.#ordering(column));
    const order = this.#orders.get(column) as Uint32Array;
    return descending ? order.toReversed() : order;
  }

  warm(): boolean {
    this.#warming ??= this.#warmUp();
    return !this.#warming.next().done;
  }

  *#warmUp(): Generator<void> {
    yield* this.#rows.warmUp();
    for (const column of COLUMNS.keys()) if (!this.#orders.has(column)) yield* this.#ordering(column);
  }

  /** In steps that no key has to wait for long. Equal rows stay in the order of gravity. */
  *#ordering(column: number): Generator<void> {
    let order = this.#rows.gravest;
    for (const keys of (COLUMNS[column]?.keys ?? []).toReversed()) {
      yield;
      order = yield* radixSteps(keys(this.#rows), order);
    }
    this.#orders.set(column, order);
  }
}

/** `rowsThat` without a function to call: four times as fast. `wanted` is 0 or 1. */
function rowsWhere(rows: Uint32Array, mask: Uint8Array, wanted: number): Uint32Array {
  // The first letters of a word are nearly everywhere.
  if (!mask.includes(1 - wanted)) return rows;
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (mask[row] === wanted) found[count++] = row;
  }
  return found.subarray(0, count);
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
  kept: () => new Uint32Array(0),
  sorted: () => new Uint32Array(0),
  warm: () => false,
};

function zoneText(zone: Zone | ""): string {
  return zone === "" ? "" : phrases.triage.zones[zone];
}

export function verdictSpan(rows: FlowRows, row: number): Span {
  const verdict = rows.verdict(row);
  const symbol = rows.isAllowed(row) ? "✔" : rows.isDenied(row) ? "✖" : "·";
  return { text: `${symbol} ${phrases.triage.verdicts[VERDICT_CODES[verdict]]}` };
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

function lastMs(rows: FlowRows, row: number): number {
  return rows.store.columns.values.at(row, value.LAST);
}

/** A table's content at one moment, as plain data: another thread looks at it while the table goes on growing. */
import type { AddressWords } from "../address.ts";
import type { Flow, FlowContext } from "./flow.ts";
import { KEY_INTS } from "./flow-key.ts";
import { type FlowSelection, FlowSelector } from "./flow-selection.ts";
import { type FlowStore, FlowView } from "./flow-view.ts";
import { type HourIndex, hoursIn } from "./hour-counts.ts";
import { ValueRows } from "./value-rows.ts";

export interface FlowSnapshot {
  keys: Int32Array<ArrayBuffer>;
  /** As `ValueRows` keeps them. */
  values: readonly Float64Array<ArrayBuffer>[];
  /** Four words an address, in the order of their numbers. */
  addresses: Uint32Array;
  contexts: readonly FlowContext[];
  hours: HourIndex;
  selection: FlowSelection;
}

/** What of it is moved to another thread instead of being copied once more. */
export function buffersOfSnapshot({ keys, values, addresses, hours }: FlowSnapshot): ArrayBuffer[] {
  const columns = [keys, ...values, addresses, hours.starts, hours.hours, hours.counts];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}

/** Reads a snapshot's flows. */
export class SnapshotStore implements FlowStore {
  readonly columns: FlowStore["columns"];
  readonly #snapshot: FlowSnapshot;
  readonly #selector: FlowSelector;

  constructor(snapshot: FlowSnapshot) {
    this.#snapshot = snapshot;
    this.columns = { keys: snapshot.keys, values: new ValueRows(snapshot.values) };
    this.#selector = new FlowSelector(snapshot.selection);
  }

  get size(): number {
    return this.columns.keys.length / KEY_INTS;
  }

  /** Four words an address. */
  get addresses(): Uint32Array {
    return this.#snapshot.addresses;
  }

  get addressCount(): number {
    return this.#snapshot.addresses.length / 4;
  }

  get contexts(): readonly FlowContext[] {
    return this.#snapshot.contexts;
  }

  flowAt(index: number): Flow {
    return new FlowView(this, index);
  }

  addressAt(id: number): AddressWords {
    return this.#snapshot.addresses.subarray(id * 4, id * 4 + 4);
  }

  contextAt(id: number): FlowContext {
    return this.#snapshot.contexts[id] as FlowContext;
  }

  portsFrom(protocol: number, low: number): [low: number, high: number] {
    return [low, this.#selector.classHigh(protocol, low)];
  }

  hoursOf(flow: number): [hour: number, count: number][] {
    return hoursIn(this.#snapshot.hours, flow);
  }
}

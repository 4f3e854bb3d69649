/** A table's content on its way to another thread, and into the table there. */
import { AddressTable, type PortableAddresses } from "./address-table.ts";
import type { HostName } from "./flow.ts";
import type { PortableColumns } from "./flow-columns.ts";
import type { ContextTable, PortableContext } from "./flow-context.ts";
import { HourCounts, type PortableHours } from "./hour-counts.ts";

/** A table's content as plain data: the table's own arrays, so that nothing is copied on the way. */
export interface PortableFlows {
  foldLevel: number;
  columns: PortableColumns;
  addresses: PortableAddresses;
  contexts: PortableContext[];
  hours: PortableHours;
  hostNames: HostName[];
}

/** What of it is moved to another thread instead of being copied. */
export function buffersOfFlows({ columns, addresses, hours }: PortableFlows): ArrayBuffer[] {
  const arrays = [
    ...[columns.keys, columns.slots, ...columns.values],
    ...[addresses.words, addresses.ipv4Slots, addresses.slots],
    ...[hours.newest, hours.last, hours.entries, hours.flows],
  ];
  return arrays.map(({ buffer }) => buffer);
}

/** Gives the memory back at once: the garbage collector would come after the judging. */
export function releaseFlows(flows: PortableFlows): void {
  for (const buffer of buffersOfFlows(flows)) buffer.transfer(0);
}

/** Numbers of a table's addresses and contexts in terms of another's. */
export class Renumbering {
  readonly addresses: AddressTable;
  readonly hours: HourCounts;
  readonly contexts: readonly number[];
  /** Whether the contexts have the same numbers in both. */
  readonly keepsContexts: boolean;
  /** Of addresses that are not folded: the new number plus one by the old one; 0: not known yet. */
  readonly newIds: Int32Array;

  constructor(from: PortableFlows, contexts: ContextTable) {
    this.addresses = new AddressTable(from.addresses);
    this.hours = new HourCounts(from.hours);
    this.contexts = from.contexts.map((context) => contexts.internPortable(context));
    this.keepsContexts = this.contexts.every((number, index) => number === index);
    this.newIds = new Int32Array(from.addresses.size);
  }
}

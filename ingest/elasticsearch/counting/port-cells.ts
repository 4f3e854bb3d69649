/**
 * Which side of a packet opened the conversation, for whole rectangles of ports at once. Ports are cut into cells at
 * every edge that `initiatorOf` or a flow's key looks at; then its answer is the same for all packets from one cell to
 * another, unless it depends on which hosts they are of. So the server can leave out of its count the port that the
 * flow's key does not hold.
 */
import { prefixContains } from "../../address.ts";
import { FlowSelector, type PortInterval, SELECT_NONE, type SelectedHosts } from "../../flows/flow-selection.ts";
import { DESTINATION_CERTAIN, DESTINATION_LIKELY, type Initiator, initiatorOf } from "../../flows/initiator.ts";
import { TCP } from "../../protocols.ts";
import { LogRecord } from "../../record.ts";

/** From the cell to the other, the source opens; the destination opens; or it takes both ports, or the hosts, to tell. */
export const FORWARD = 1;
export const BACKWARD = 2;
export const UNDECIDED = 3;
export type Way = 1 | 2 | 3;

/** Ports that `initiatorOf` knows by itself: DNS, NTP, STUN and SIP. */
const WELL_KNOWN: readonly PortInterval[] = [
  [53, 53],
  [123, 123],
  [3478, 3478],
  [5060, 5061],
];

/** Cells are no wider, since packets within one cell stay undecided: between two, the lower port decides. */
const STEP = 4096;

export interface Cell {
  low: number;
  high: number;
  /** Lowest port of the class that a flow's key keeps of an initiator's port in this cell. */
  classLow: number;
}

/** What the selected hosts may be to a port: serving it, and calling from it. */
interface PortStatus {
  serves: boolean;
  calls: boolean;
}

/** Answers for two given statuses instead of two given hosts: index 0 is the source, 1 the destination. */
class StatusSelector extends FlowSelector {
  statuses: readonly [PortStatus, PortStatus] = [NO_STATUS, NO_STATUS];

  override isService(index: number): boolean {
    return this.statuses[index]?.serves ?? false;
  }

  override isClientPort(index: number): boolean {
    return this.statuses[index]?.calls ?? false;
  }
}

const NO_STATUS: PortStatus = { serves: false, calls: false };

export class PortCells {
  readonly cells: readonly Cell[];
  readonly #statuses: readonly (readonly PortStatus[])[];
  readonly #selector = new StatusSelector(SELECT_NONE);
  readonly #record = new LogRecord();

  constructor(selector: FlowSelector, protocol: number) {
    const { hosts, initiatorPorts } = selector.selection;
    const kind = protocol === TCP ? "tcp" : "udp";
    const intervals = [
      ...WELL_KNOWN,
      ...initiatorPorts[kind],
      ...hosts.flatMap(({ services, clients }) => [...services[kind], ...clients[kind]]),
    ];
    const steps = Array.from({ length: 65_536 / STEP }, (_, i) => i * STEP);
    const starts = new Set([...steps, ...intervals.flatMap(([low, high]) => [low, high + 1])]);
    const sorted = [...starts].filter((port) => port <= 65_535).sort((a, b) => a - b);
    this.cells = sorted.map((low, i) => ({
      low,
      high: (sorted[i + 1] ?? 65_536) - 1,
      classLow: selector.classLow(protocol, low),
    }));
    const families = hosts.map((host) => hosts.filter((other) => contains(other, host)));
    this.#statuses = this.cells.map(({ low }) => statusesAt(low, families, kind));
    this.#record.protocol = protocol;
  }

  /** The answer for packets from the one cell to the other, by their indices. */
  way(source: number, destination: number): Way {
    const from = this.cells[source] as Cell;
    const to = this.cells[destination] as Cell;
    if (source === destination && from.low !== from.high) return UNDECIDED;
    this.#record.sourcePort = from.low;
    this.#record.destinationPort = to.low;
    let way: Way | 0 = 0;
    for (const one of this.#statuses[source] ?? []) {
      for (const other of this.#statuses[destination] ?? []) {
        this.#selector.statuses = [one, other];
        const found = isBackward(initiatorOf(this.#record, this.#selector, 0, 1)) ? BACKWARD : FORWARD;
        if (way !== 0 && way !== found) return UNDECIDED;
        way = found;
      }
    }
    return way === 0 ? UNDECIDED : way;
  }
}

function isBackward(opener: Initiator): boolean {
  return opener === DESTINATION_CERTAIN || opener === DESTINATION_LIKELY;
}

/** Every distinct status that the port has on some selected host, and on a host that is not selected. */
function statusesAt(port: number, families: readonly SelectedHosts[][], kind: "tcp" | "udp"): PortStatus[] {
  const holds = (intervals: readonly PortInterval[]) => intervals.some(([low, high]) => port >= low && port <= high);
  const found = new Map<number, PortStatus>([[0, NO_STATUS]]);
  for (const family of families) {
    const serves = family.some(({ services }) => holds(services[kind]));
    const calls = family.some(({ clients }) => holds(clients[kind]));
    found.set((serves ? 1 : 0) + (calls ? 2 : 0), { serves, calls });
  }
  return [...found.values()];
}

/** Whether every address of `inner` lies in `outer`. */
function contains(outer: SelectedHosts, inner: SelectedHosts): boolean {
  return outer.prefix.bits <= inner.prefix.bits && prefixContains(outer.prefix, inner.prefix.words);
}

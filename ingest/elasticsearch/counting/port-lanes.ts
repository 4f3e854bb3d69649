/**
 * How the documents of concern are split for counting, so that no bucket's key holds a port that no flow's key holds:
 * conversations would otherwise come back one by one, each with an ephemeral port of its own. Every document is in
 * exactly one lane.
 */
import type { FlowSelector, PortInterval } from "../../flows/flow-selection.ts";
import {
  DESTINATION_CERTAIN,
  DESTINATION_LIKELY,
  type Initiator,
  SOURCE_CERTAIN,
  SOURCE_LIKELY,
} from "../../flows/initiator.ts";
import { TCP, UDP } from "../../protocols.ts";
import type { Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf, type Query } from "../server/query.ts";
import { BACKWARD, type Cell, FORWARD, PortCells, UNDECIDED, type Way } from "./port-cells.ts";

export interface PortLane {
  query: Query;
  /** The port that is left out of the key, with one of its class to stand for it; null: both ports stay. */
  left: { side: "source" | "destination"; port: number } | null;
  /** Who opened the conversations; null: both ports and the hosts tell. */
  opener: Initiator | null;
  /** The translated source port stays in the key too. */
  translation?: boolean;
}

/**
 * Documents that may be counted with both ports in the key while they are few; `parts` together are the same documents,
 * and their queries are within the query of the whole.
 */
export interface LaneGroup {
  whole: PortLane;
  /** Null: there is no better way. */
  parts: (() => PortLane[]) | null;
}

/** A class of more ports than this is what ephemeral ports come from. */
const MAX_NAMED_PORTS = 1024;

export function laneGroups(layout: Layout, fields: Fields, selector: FlowSelector): LaneGroup[] {
  const { sourcePort, destinationPort, natPort, sourceNatPort } = layout.names;
  const exact = (query: Query, opener: Initiator | null = null): PortLane => ({ query, left: null, opener });
  // Ranges of ports that are words would be ranges of words.
  if (fields.kind(sourcePort) !== "number" || fields.kind(destinationPort) !== "number")
    return [{ whole: exact(EVERYTHING), parts: null }];
  const { tcp, udp, opened, syn, synAck } = layout.clauses(fields);
  const ported = allOf(anyOf(tcp, udp), fields.exists(sourcePort), fields.exists(destinationPort));
  const translated = natPort === null ? NOTHING : fields.exists(natPort);
  const groups: LaneGroup[] = [
    { whole: exact(noneOf(ported)), parts: null },
    { whole: exact(allOf(ported, noneOf(opened), translated)), parts: null },
  ];
  for (const protocol of [TCP, UDP]) {
    const own = allOf(ported, protocol === TCP ? tcp : udp);
    const cells = new PortCells(selector, protocol);
    const classes = classesOf(cells.cells);
    const byClass = (query: Query, side: "source" | "destination", opener: Initiator): LaneGroup => ({
      whole: exact(query, opener),
      parts: () =>
        classes.map(([low, high]) => ({
          query: fields.within(side === "source" ? sourcePort : destinationPort, [[low, high]]),
          left: { side, port: low },
          opener,
        })),
    });
    const rest = allOf(own, noneOf(opened, translated));
    // Whether a port that rules name was changed on the way is told by both ports together.
    const sourceNat = sourceNatPort === null ? NOTHING : fields.exists(sourceNatPort);
    const named = classes.filter(([low, high]) => high - low < MAX_NAMED_PORTS);
    const changed = allOf(own, opened, sourceNat, fields.within(sourcePort, named));
    if (sourceNat !== NOTHING)
      groups.push({ whole: { ...exact(changed, SOURCE_CERTAIN), translation: true }, parts: null });
    groups.push(byClass(allOf(own, opened, noneOf(changed)), "source", SOURCE_CERTAIN));
    const handshake = protocol === TCP ? [syn, synAck] : [];
    if (protocol === TCP) {
      groups.push(byClass(allOf(rest, syn), "source", SOURCE_CERTAIN));
      groups.push(byClass(allOf(rest, synAck), "destination", DESTINATION_CERTAIN));
    }
    const guessed = allOf(rest, noneOf(...handshake));
    const from = (ports: readonly PortInterval[]) => fields.within(sourcePort, ports);
    const to = (ports: readonly PortInterval[]) => fields.within(destinationPort, ports);
    groups.push({ whole: exact(guessed), parts: () => guessedLanes(cells, from, to) });
  }
  return groups.filter(({ whole }) => whole.query !== NOTHING);
}

type OfPorts = (ports: readonly PortInterval[]) => Query;

/** Packets of which only the ports tell who opened the conversation. */
function guessedLanes(cells: PortCells, from: OfPorts, to: OfPorts): PortLane[] {
  const all = cells.cells.map((cell, index) => ({ cell, index }));
  const pairs = (way: Way, sources: typeof all, destinations: typeof all): Query => {
    const bySide = new Map<string, { sources: Cell[]; destinations: PortInterval[] }>();
    for (const source of sources) {
      const fitting = destinations.filter(({ index }) => cells.way(source.index, index) === way);
      const intervals = merged(fitting.map(({ cell }) => cell));
      const group = bySide.get(JSON.stringify(intervals)) ?? { sources: [], destinations: intervals };
      group.sources.push(source.cell);
      bySide.set(JSON.stringify(intervals), group);
    }
    const groups = [...bySide.values()].filter((group) => group.destinations.length > 0);
    return anyOf(...groups.map((group) => allOf(from(merged(group.sources)), to(group.destinations))));
  };
  const ofClass = (low: number) => all.filter(({ cell }) => cell.classLow === low);
  const classes = classesOf(cells.cells).map(([low]) => low);
  return [
    ...classes.map(
      (port): PortLane => ({
        query: pairs(FORWARD, ofClass(port), all),
        left: { side: "source", port },
        opener: SOURCE_LIKELY,
      }),
    ),
    ...classes.map(
      (port): PortLane => ({
        query: pairs(BACKWARD, all, ofClass(port)),
        left: { side: "destination", port },
        opener: DESTINATION_LIKELY,
      }),
    ),
    { query: pairs(UNDECIDED, all, all), left: null, opener: null },
  ].filter(({ query }) => query !== NOTHING);
}

/** The classes of initiators' ports, each a run of cells. */
function classesOf(cells: readonly Cell[]): PortInterval[] {
  const highs = new Map<number, number>();
  for (const { classLow, high } of cells) highs.set(classLow, Math.max(high, highs.get(classLow) ?? 0));
  return [...highs];
}

/** Adjacent cells as one interval. */
function merged(cells: readonly Cell[]): PortInterval[] {
  const intervals: PortInterval[] = [];
  for (const { low, high } of cells) {
    const last = intervals.at(-1);
    if (last && last[1] + 1 === low) last[1] = high;
    else intervals.push([low, high]);
  }
  return intervals;
}

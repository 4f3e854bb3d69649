/**
 * Which flows of a host and a peer went between the same two ports. A flow knows one of them exactly, and of the
 * opener's the part of all ports that requirements tell apart, so flows that either side opened are compared by parts.
 */
import { type PortInterval, portClasses } from "../../ingest/flows/flow-selection.ts";
import { newMap, within } from "../within.ts";
import type { JudgedFlow } from "./judged-flow.ts";

const PORTS = 65_536;
/** More protocols than there are. */
const PROTOCOLS = 257;

/** Between which ports a flow went: as it knows them, and both by the parts in which they lie. */
interface Between {
  own: number;
  parts: number;
  partsOfOtherOpener: number;
}

export class Exchanges {
  /** By protocol: the lowest port of the part in which each port lies. */
  readonly #parts: ReadonlyMap<number, Uint16Array>;
  /** When the earliest flow went between the ports, by host and peer; infinite where no line carries a time. */
  readonly #earliest = new Map<string, Map<number, number>>();

  /** `asked`: flows that will be looked up. */
  constructor(flows: readonly JudgedFlow[], asked: readonly JudgedFlow[]) {
    this.#parts = partsOf([...flows, ...asked]);
    for (const one of flows) {
      const between = this.#between(one);
      if (!between) continue;
      const ofPair = within(this.#earliest, one.pair, newMap<number, number>);
      const moment = Number.isNaN(one.flow.firstMs) ? Number.POSITIVE_INFINITY : one.flow.firstMs;
      for (const key of [between.own, between.parts]) ofPair.set(key, Math.min(moment, ofPair.get(key) ?? moment));
    }
  }

  /** When the host and the peer first exchanged something between the flow's ports; null: never. */
  earliest(one: JudgedFlow): number | null {
    const ofPair = this.#earliest.get(one.pair);
    const between = ofPair ? this.#between(one) : null;
    if (!ofPair || !between) return null;
    const moments = [between.own, between.partsOfOtherOpener].flatMap((key) => ofPair.get(key) ?? []);
    return moments.length > 0 ? Math.min(...moments) : null;
  }

  /** null: it has no ports. */
  #between({ flow, hostIsInitiator, port }: JudgedFlow): Between | null {
    const parts = this.#parts.get(flow.protocol);
    const opener = flow.initiatorPorts?.[0];
    if (parts === undefined || opener === undefined || port < 0) return null;
    const part = parts[port] as number;
    const [host, peer] = hostIsInitiator ? [opener, port] : [port, opener];
    const [hostPart, peerPart] = hostIsInitiator ? [opener, part] : [part, opener];
    const keyOf = (kind: number, at: number, to: number) =>
      ((kind * PROTOCOLS + flow.protocol) * PORTS + at) * PORTS + to;
    const opened = hostIsInitiator ? 1 : 0;
    return {
      own: keyOf(opened, host, peer),
      parts: keyOf(2 + opened, hostPart, peerPart),
      partsOfOtherOpener: keyOf(3 - opened, hostPart, peerPart),
    };
  }
}

/** The division of all ports that the flows' openers show. */
function partsOf(flows: readonly JudgedFlow[]): Map<number, Uint16Array> {
  const seen = new Map<number, Map<number, PortInterval>>();
  for (const { flow } of flows) {
    const ports = flow.initiatorPorts;
    if (ports) within(seen, flow.protocol, newMap<number, PortInterval>).set(ports[0], ports);
  }
  return new Map([...seen].map(([protocol, intervals]) => [protocol, portClasses([...intervals.values()]).low]));
}

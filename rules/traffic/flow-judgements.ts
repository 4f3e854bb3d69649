/** What each flow was judged as, in columns by the flow's index: for looking at flows one by one, in any order. */
import type { TrafficMeaning, Zone } from "../result.ts";
import type { Traffic } from "./judged-flow.ts";

/** The gravest first: a packet to an outside address is judged for each host that it could be meant for. */
export const FLOW_MEANINGS: readonly TrafficMeaning[] = [
  "refused",
  "unneeded",
  "inspection",
  "return-leg",
  "needed",
  "scanner",
  "out-of-state",
  "unasked",
  "neutral",
  "no-verdict",
  "unrelated",
];

export const PEER_ZONES: readonly Zone[] = ["internal", "dmz", "vpn", "provider", "internet"];

export interface FlowJudgements {
  /** Index into FLOW_MEANINGS. */
  meanings: Uint8Array<ArrayBuffer>;
  /** Index into PEER_ZONES; PEER_ZONES.length: no deployed host, so no peer. */
  zones: Uint8Array<ArrayBuffer>;
  /** Index into `names`; -1: none. */
  firewalls: Int32Array<ArrayBuffer>;
  hosts: Int32Array<ArrayBuffer>;
  /** The requirement that it serves best. */
  requirements: Int32Array<ArrayBuffer>;
  names: readonly string[];
}

/** Judgements of flows `0` up to `size`. */
export function flowJudgements({ judged, other }: Traffic, size: number): FlowJudgements {
  const columns = {
    meanings: new Uint8Array(size).fill(FLOW_MEANINGS.indexOf("unrelated")),
    zones: new Uint8Array(size).fill(PEER_ZONES.length),
    firewalls: new Int32Array(size).fill(-1),
    hosts: new Int32Array(size).fill(-1),
    requirements: new Int32Array(size).fill(-1),
  };
  const names = new Names();
  for (const { flow, firewallName, meaning } of other) {
    columns.meanings[flow.index] = FLOW_MEANINGS.indexOf(meaning);
    columns.firewalls[flow.index] = names.numberOf(firewallName);
  }
  for (const one of judged) {
    const { index } = one.flow;
    const meaning = FLOW_MEANINGS.indexOf(one.meaning);
    if (meaning >= (columns.meanings[index] as number)) continue;
    columns.meanings[index] = meaning;
    columns.zones[index] = PEER_ZONES.indexOf(one.peer.zone);
    columns.firewalls[index] = names.numberOf(one.firewallName);
    columns.hosts[index] = names.numberOf(one.host.text);
    columns.requirements[index] = names.numberOf(one.serves[0]?.row.requirement.id ?? "");
  }
  return { ...columns, names: names.all };
}

class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** -1 for no name. */
  numberOf(name: string): number {
    if (name === "") return -1;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.all.length);
    return this.all.push(name) - 1;
  }
}

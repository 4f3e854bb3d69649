/**
 * Filter terms over a million flows. Each text is looked into once, however many flows share it: what is asked of a flow
 * is only whether its numbers are among the answers.
 */
import type { FlowContext } from "../../../ingest/flows/flow.ts";
import { protocolName } from "../../../ingest/protocols.ts";
import { triage } from "../../../reports/languages/en/triage.ts";
import { phrases } from "../../../reports/phrases.ts";
import { FLOW_MEANINGS, PEER_ZONES } from "../../../rules/traffic/flow-judgements.ts";
import { type FlowRows, VERDICT_CODES } from "./flow-rows.ts";

const { triage: english } = triage;
const NOTHING = new Uint8Array(1);
const PORTS = 65_536;
const PROTOCOLS = 256;
/** Codes of a column of bytes. */
const CODES = 256;
/** A wider interval is what is left between the ports that rules name. */
const FEW_PORTS = 1024;

export const FLOW_FIELDS = [
  "verdict",
  "judged",
  "from",
  "to",
  "ip",
  "port",
  "transport",
  "zone",
  "host",
  "firewall",
  "rule",
  "requirement",
] as const;
type FlowField = (typeof FLOW_FIELDS)[number];

export function isFlowField(field: string): field is FlowField {
  return (FLOW_FIELDS as readonly string[]).includes(field);
}

/** 1 for each flow that holds the value in the field, or with no field anywhere. */
export function flowMask(rows: FlowRows, field: FlowField | null, value: string): Uint8Array {
  const mask = new Mask(rows);
  const { firewalls, hosts, requirements } = rows.judgements;
  const asked = (...fields: FlowField[]) => field === null || fields.includes(field);
  // Addresses first: what they hold, the others need not look at.
  if (asked("from", "to", "ip")) {
    const addresses = addressAnswers(rows, value);
    if (asked("from", "ip")) mask.add(addresses, rows.column("initiatorId"));
    if (asked("to", "ip")) mask.add(addresses, rows.column("responderId"));
  }
  if (asked("judged")) mask.add(wordAnswers(meaningWords(), value), rows.column("meaning"));
  if (asked("zone")) mask.add(wordAnswers(zoneWords(), value), rows.column("zone"));
  if (asked("verdict")) mask.add(wordAnswers(verdictWords(), value), rows.column("verdict"));
  if (asked("transport")) mask.add(protocolAnswers(value), rows.column("protocol"));
  if (asked("host", "firewall", "requirement")) {
    const names = nameAnswers(rows, value);
    if (asked("host")) mask.add(names, hosts);
    if (asked("firewall")) mask.add(names, firewalls);
    if (asked("requirement")) mask.add(names, requirements);
  }
  if (asked("rule"))
    mask.add(
      contextAnswers(rows, value, ({ ruleId, ruleName, ruleUuid }) => [ruleId, ruleName, ruleUuid]),
      rows.column("contextId"),
    );
  if (field === null) {
    mask.add(
      contextAnswers(rows, value, (context) => [
        context.observer,
        context.ingress,
        context.egress,
        context.reason,
        context.application,
      ]),
      rows.column("contextId"),
    );
    if (/^\d+$/.test(value)) mask.add(portAnswers(value), rows.column("port"));
  }
  if (field === "port") addPorts(mask.held, rows, value);
  return mask.held;
}

/**
 * Each column that any of the answers is in is gone through for the rows that hold none yet, all with the same plain loop:
 * so it runs through a million at once.
 */
class Mask {
  readonly held: Uint8Array;
  /** Rows that hold no answer yet: the first `#missingCount` of these, after the first column. */
  readonly #missing: Uint32Array;
  #missingCount: number;
  #isFirst = true;

  constructor({ size, scratch }: FlowRows) {
    this.held = new Uint8Array(size);
    this.#missing = scratch;
    this.#missingCount = size;
  }

  /**
   * @param answers by number plus one
   * @param numbers by row, -1: none
   */
  add(answers: Uint8Array, numbers: Int32Array): void {
    if (this.#missingCount === 0 || !answers.includes(1)) return;
    const { held } = this;
    const missing = this.#missing;
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#missingCount = firstHeld(held, answers, numbers, missing);
      return;
    }
    let count = 0;
    for (let i = 0; i < this.#missingCount; i++) {
      const row = missing[i] as number;
      if (answers[(numbers[row] as number) + 1] === 1) held[row] = 1;
      else missing[count++] = row;
    }
    this.#missingCount = count;
  }
}

function firstHeld(held: Uint8Array, answers: Uint8Array, numbers: Int32Array, missing: Uint32Array): number {
  let count = 0;
  for (let row = 0; row < held.length; row++) {
    const isHeld = answers[(numbers[row] as number) + 1] as number;
    held[row] = isHeld;
    missing[count] = row;
    count += 1 - isHeld;
  }
  return count;
}

/** The port that answers, or the ports that the conversation was opened from where some rule tells them apart. */
function addPorts(held: Uint8Array, rows: FlowRows, value: string): void {
  if (!/^\d+$/.test(value)) return;
  const wanted = Number(value);
  const ports = rows.column("port");
  const lows = rows.column("initiatorLow");
  const protocols = rows.column("protocol");
  for (let row = 0; row < held.length; row++) {
    const low = lows[row] as number;
    if (ports[row] === wanted) held[row] = 1;
    else if (low >= 0 && low <= wanted && low > wanted - FEW_PORTS) {
      const [, high] = rows.store.portsFrom(protocols[row] as number, low);
      if (wanted <= high && high - low < FEW_PORTS) held[row] = 1;
    }
  }
}

/** 1 where the number's text holds the value, by number plus one: whoever has no number asks for -1. */
function answers(count: number, test: (number: number) => boolean): Uint8Array {
  const all = new Uint8Array(count + 1);
  for (let number = 0; number < count; number++) if (test(number)) all[number + 1] = 1;
  return all;
}

/** No address holds a letter beyond f. */
function addressAnswers(rows: FlowRows, value: string): Uint8Array {
  if (!/^[\d.:a-f]*$/.test(value)) return NOTHING;
  return answers(rows.store.addressCount, (id) => rows.addressText(id).includes(value));
}

function contextAnswers(rows: FlowRows, value: string, texts: (context: FlowContext) => string[]): Uint8Array {
  return answers(rows.store.contexts.length, (id) => holds(texts(rows.store.contextAt(id)).join("\n"), value));
}

function portAnswers(value: string): Uint8Array {
  return answers(PORTS, (port) => String(port).includes(value));
}

function nameAnswers({ judgements }: FlowRows, value: string): Uint8Array {
  return answers(judgements.names.length, (id) => holds(judgements.names[id] as string, value));
}

function protocolAnswers(value: string): Uint8Array {
  return answers(PROTOCOLS, (protocol) => (protocolName(protocol) ?? String(protocol)).includes(value));
}

function wordAnswers(words: readonly string[], value: string): Uint8Array {
  return answers(CODES, (code) => holds(words[code] ?? "", value));
}

/** What is said on the screen is found, and in every language the English words. */
function meaningWords(): string[] {
  return FLOW_MEANINGS.map((meaning) => `${english.meanings[meaning]}\n${phrases.triage.meanings[meaning]}`);
}

function zoneWords(): string[] {
  return PEER_ZONES.map((zone) => `${zone}\n${phrases.triage.zones[zone]}`);
}

function verdictWords(): string[] {
  return Object.values(VERDICT_CODES).map((code) => `${code}\n${phrases.triage.verdicts[code]}`);
}

function holds(text: string, value: string): boolean {
  return text.toLowerCase().includes(value);
}

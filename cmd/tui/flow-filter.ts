/**
 * Filter terms over a million flows. Each text is looked into once, however many flows share it: what is asked of a flow
 * is only whether its numbers are among the answers.
 */
import type { FlowContext } from "../../ingest/flow.ts";
import { KEY_INTS, keyOf } from "../../ingest/flow-key.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { FLOW_MEANINGS, PEER_ZONES } from "../../rules/flow-judgements.ts";
import { type FlowRows, MEANING_WORDS, VERDICT_WORDS } from "./flow-rows.ts";

const MEANINGS = FLOW_MEANINGS.map((meaning) => MEANING_WORDS[meaning]);
const NOTHING = new Uint8Array(0);
const PORTS = 65_536;
const PROTOCOLS = 256;
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
  const { firewalls, hosts, requirements, meanings, zones } = rows.judgements;
  const asked = (...fields: FlowField[]) => field === null || fields.includes(field);
  // Addresses first: what they hold, the others need not look at.
  if (asked("from", "to", "ip")) {
    const addresses = addressAnswers(rows, value);
    if (asked("from", "ip")) mask.addKeys(addresses, keyOf.initiatorId);
    if (asked("to", "ip")) mask.addKeys(addresses, keyOf.responderId);
  }
  if (asked("judged")) mask.addColumn(wordAnswers(MEANINGS, value), meanings);
  if (asked("zone")) mask.addColumn(wordAnswers(PEER_ZONES, value), zones);
  if (asked("verdict")) mask.addKeys(wordAnswers(Object.values(VERDICT_WORDS), value), keyOf.verdict);
  if (asked("transport")) mask.addKeys(protocolAnswers(value), keyOf.protocol);
  if (asked("host", "firewall", "requirement")) {
    const names = nameAnswers(rows, value);
    if (asked("host")) mask.addColumn(names, hosts);
    if (asked("firewall")) mask.addColumn(names, firewalls);
    if (asked("requirement")) mask.addColumn(names, requirements);
  }
  if (asked("rule"))
    mask.addKeys(
      contextAnswers(rows, value, ({ ruleId, ruleName, ruleUuid }) => [ruleId, ruleName, ruleUuid]),
      keyOf.contextId,
    );
  if (field === null) {
    mask.addKeys(
      contextAnswers(rows, value, (context) => [
        context.observer,
        context.ingress,
        context.egress,
        context.reason,
        context.application,
      ]),
      keyOf.contextId,
    );
    if (/^\d+$/.test(value))
      mask.addKeys(
        answers(PORTS, (port) => String(port).includes(value)),
        keyOf.responderPort,
      );
  }
  if (field === "port") mask.addPorts(value);
  return mask.held;
}

/** Rows are gone through once for each column that any of the answers is in: loops so plain run through a million at once. */
class Mask {
  readonly held: Uint8Array;
  readonly #rows: FlowRows;

  constructor(rows: FlowRows) {
    this.held = new Uint8Array(rows.size);
    this.#rows = rows;
  }

  addColumn(answers: Uint8Array, numbers: Int32Array | Uint8Array): void {
    if (!answers.includes(1)) return;
    const { held } = this;
    for (let row = 0; row < held.length; row++)
      if (held[row] === 0 && answers[numbers[row] as number] === 1) held[row] = 1;
  }

  addKeys(answers: Uint8Array, numberOf: (keys: Int32Array, at: number) => number): void {
    if (!answers.includes(1)) return;
    const { held } = this;
    const { keys } = this.#rows.store.columns;
    for (let row = 0, at = 0; row < held.length; row++, at += KEY_INTS)
      if (held[row] === 0 && answers[numberOf(keys, at)] === 1) held[row] = 1;
  }

  /** The port that answers, or the ports that the conversation was opened from where some rule tells them apart. */
  addPorts(value: string): void {
    if (!/^\d+$/.test(value)) return;
    const wanted = Number(value);
    const { held } = this;
    const { store } = this.#rows;
    const { keys } = store.columns;
    for (let row = 0, at = 0; row < held.length; row++, at += KEY_INTS) {
      const low = keyOf.initiatorLow(keys, at);
      if (keyOf.responderPort(keys, at) === wanted) held[row] = 1;
      else if (low >= 0 && low <= wanted && low > wanted - FEW_PORTS) {
        const [, high] = store.portsFrom(keyOf.protocol(keys, at), low);
        if (wanted <= high && high - low < FEW_PORTS) held[row] = 1;
      }
    }
  }
}

/** 1 where the number's text holds the value, by number; whoever asks for a number beyond gets nothing. */
function answers(count: number, test: (number: number) => boolean): Uint8Array {
  const all = new Uint8Array(count);
  for (let number = 0; number < count; number++) if (test(number)) all[number] = 1;
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

function nameAnswers({ judgements }: FlowRows, value: string): Uint8Array {
  return answers(judgements.names.length, (id) => holds(judgements.names[id] as string, value));
}

function protocolAnswers(value: string): Uint8Array {
  return answers(PROTOCOLS, (protocol) => (protocolName(protocol) ?? String(protocol)).includes(value));
}

function wordAnswers(words: readonly string[], value: string): Uint8Array {
  return answers(words.length, (code) => (words[code] as string).includes(value));
}

function holds(text: string, value: string): boolean {
  return text.toLowerCase().includes(value);
}

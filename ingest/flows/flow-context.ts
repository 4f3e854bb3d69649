/** Interns what a line was seen through (device, interfaces, rule, reason): few distinct values for many lines. */
import type { LogFormat } from "../format.ts";
import { formatById } from "../formats.ts";
import type { LogRecord } from "../record.ts";
import type { FlowContext } from "./flow.ts";
import { Interner } from "./interner.ts";

const FIELDS = 8;

/** A context with the format that it is of by its id. */
export interface PortableContext extends FlowContext {
  formatId: string;
}

export class ContextTable {
  readonly #texts = new Interner();
  readonly #contexts: FlowContext[] = [];
  #keys = new Int32Array(64 * FIELDS);
  #slots = new Int32Array(256);
  readonly #key = new Int32Array(FIELDS);
  readonly #formats: LogFormat[] = [];

  get size(): number {
    return this.#contexts.length;
  }

  at(id: number): FlowContext {
    return this.#contexts[id] as FlowContext;
  }

  /** All contexts in the order of their numbers; they never change. */
  get all(): readonly FlowContext[] {
    return this.#contexts;
  }

  /** The same, for another table to intern. */
  toPortable(): PortableContext[] {
    return this.#contexts.map((context, id) => ({
      ...context,
      formatId: (this.#formats[this.#keys[id * FIELDS] as number] as LogFormat).id,
    }));
  }

  /** Number of a context that another table has interned. */
  internPortable({ formatId, ...context }: PortableContext): number {
    const texts = this.#texts;
    const format = formatById(formatId) as LogFormat;
    const key = this.#key;
    key[0] = this.#formatNumber(format);
    key[1] = texts.internText(context.observer);
    key[2] = texts.internText(context.ingress);
    key[3] = texts.internText(context.egress);
    key[4] = texts.internText(context.ruleId);
    key[5] = texts.internText(context.ruleName);
    key[6] = texts.internText(context.ruleUuid);
    key[7] = this.#pair(texts.internText(context.reason), texts.internText(context.application));
    return this.#lookUp(key);
  }

  /** Number of the record's context. `concerned`: false leaves out what only a judged flow needs. */
  intern(record: LogRecord, format: LogFormat, concerned: boolean): number {
    const key = this.#key;
    const texts = this.#texts;
    const { text } = record;
    key[0] = this.#formatNumber(format);
    key[1] = texts.intern(text, record.observer);
    key[2] = texts.intern(text, record.ingress);
    key[3] = texts.intern(text, record.egress);
    key[4] = texts.intern(text, record.ruleId);
    key[5] = concerned ? texts.intern(text, record.ruleName) : 0;
    key[6] = concerned ? texts.intern(text, record.ruleUuid) : 0;
    // Reason and application share a number space of their own so that a context key stays small.
    key[7] = concerned ? this.#pair(texts.intern(text, record.reason), texts.intern(text, record.application)) : 0;
    return this.#lookUp(key);
  }

  readonly #pairs: [reason: number, application: number][] = [[0, 0]];
  readonly #pairNumbers = new Map<number, number>();

  #pair(reason: number, application: number): number {
    if (reason === 0 && application === 0) return 0;
    const packed = reason * 131_072 + application;
    let number = this.#pairNumbers.get(packed);
    if (number === undefined) {
      number = this.#pairs.length;
      this.#pairs.push([reason, application]);
      this.#pairNumbers.set(packed, number);
    }
    return number;
  }

  #formatNumber(format: LogFormat): number {
    const known = this.#formats.indexOf(format);
    return known >= 0 ? known : this.#formats.push(format) - 1;
  }

  #lookUp(key: Int32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashKey(key, 0) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] as number) - 1;
      if (id < 0) return this.#add(key, slot);
      if (sameKey(this.#keys, id * FIELDS, key)) return id;
    }
  }

  #add(key: Int32Array, slot: number): number {
    const id = this.#contexts.length;
    if ((id + 1) * FIELDS > this.#keys.length) {
      const keys = new Int32Array(this.#keys.length * 2);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    this.#keys.set(key, id * FIELDS);
    this.#slots[slot] = id + 1;
    this.#contexts.push(this.#contextOf(key));
    if ((id + 1) * 2 > this.#slots.length) this.#growSlots();
    return id;
  }

  #contextOf(key: Int32Array): FlowContext {
    const { texts } = this.#texts;
    const text = (number: number | undefined) => texts[number as number] as string;
    const format = this.#formats[key[0] as number] as LogFormat;
    const [reason, application] = this.#pairs[key[7] as number] as [number, number];
    return {
      platform: format.platform,
      unit: format.unit,
      observer: text(key[1]),
      ingress: text(key[2]),
      egress: text(key[3]),
      ruleId: text(key[4]),
      ruleName: text(key[5]),
      ruleUuid: text(key[6]),
      reason: text(reason),
      application: text(application),
    };
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#contexts.length; id++) {
      let slot = hashKey(this.#keys, id * FIELDS) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function hashKey(keys: Int32Array, at: number): number {
  let hash = 0;
  for (let i = 0; i < FIELDS; i++) hash = Math.imul(hash ^ (keys[at + i] as number), 0x9e3779b1) + (hash >>> 13);
  return hash ^ (hash >>> 16);
}

function sameKey(keys: Int32Array, at: number, key: Int32Array): boolean {
  for (let i = 0; i < FIELDS; i++) if (keys[at + i] !== key[i]) return false;
  return true;
}

/** The messages of a result: what its texts are made of, each listed once. */
import type { AuditResult, MessageResult } from "../result.ts";
import { Message, type MessageValue } from "./message.ts";

export class MessageTable {
  readonly #byText = new Map<string, MessageResult>();

  constructor(known: readonly MessageResult[] = []) {
    for (const entry of known) this.#byText.set(messageOf(entry).text, entry);
  }

  /** The message in English; listed unless that alone tells all. */
  textOf(message: Message): string {
    const { text } = message;
    if (!this.#byText.has(text)) {
      const entry = entryOf(message);
      if (typeof entry === "object" && (entry.values || entry.translations)) this.#byText.set(text, entry);
    }
    return text;
  }

  /** Lists what a text of another result is made of. */
  adopt(text: string, from: MessageTable): string {
    const entry = from.#byText.get(text);
    if (entry) this.#byText.set(text, entry);
    return text;
  }

  /** Sorted, so that equal evidence prints equally. */
  entries(): MessageResult[] {
    return [...this.#byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }
}

/** Limits that only the program knows of, after those of the evidence; the given result stays as it was. */
export function withLimits(result: AuditResult, limits: readonly Message[]): AuditResult {
  const messages = new MessageTable(result.messages);
  const texts = limits.map((limit) => messages.textOf(limit));
  const evidence = { ...result.evidence, limits: [...result.evidence.limits, ...texts] };
  return { ...result, evidence, messages: messages.entries() };
}

/** The message that an entry of a result stands for. */
export function messageOf({ template, values = [], translations }: MessageResult): Message {
  const parts = values.map((value) => (typeof value === "object" ? messageOf(value) : value));
  return new Message(template, parts, translations ?? null);
}

type Entry = NonNullable<MessageResult["values"]>[number];

/** As short as it may be: names that are only put together become one. */
function entryOf(value: MessageValue): Entry {
  if (!(value instanceof Message)) return value;
  const { template, translations } = value;
  const values = value.values.map(entryOf);
  if (values.length > 0 && isNeutral(template) && values.every((part) => typeof part === "string")) return value.text;
  return { template, ...(values.length > 0 ? { values } : {}), ...(translations ? { translations } : {}) };
}

/** Whether there is nothing but placeholders and punctuation in it. */
function isNeutral(template: string): boolean {
  return !/\p{L}/u.test(template);
}

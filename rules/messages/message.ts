/**
 * A text for people, with what it takes to say it in another language: the English template and the values in it. English
 * stands where it is written, so a new check or state costs no second file; `languages/` hold the other languages.
 */

/** What a template's placeholders stand for; a string is a name that no language changes. */
export type MessageValue = string | number | Message;

export class Message {
  /** English, with `{0}`, `{1}`, ... for the values. */
  readonly template: string;
  readonly values: readonly MessageValue[];
  /** By language, where the text is a catalog's and brings its own translations. */
  readonly translations: Readonly<Record<string, string>> | null;
  #text: string | undefined;

  constructor(
    template: string,
    values: readonly MessageValue[] = [],
    translations: Readonly<Record<string, string>> | null = null,
  ) {
    this.template = template;
    this.values = values;
    this.translations = translations;
  }

  /** In English. */
  get text(): string {
    this.#text ??= fillIn(this.template, (index) => {
      const value = this.values[index];
      return value instanceof Message ? value.text : String(value);
    });
    return this.#text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** The template with each `{n}` replaced by what `partOf` gives for n. */
export function fillIn(template: string, partOf: (index: number) => string): string {
  return template.replace(/\{(\d+)\}/g, (_, index: string) => partOf(Number(index)));
}

const templates = new WeakMap<TemplateStringsArray, string>();

/** say`Sent by ${host}.` */
export function say(strings: TemplateStringsArray, ...values: MessageValue[]): Message {
  let template = templates.get(strings);
  if (template === undefined) {
    template = strings.reduce((before, after, index) => `${before}{${index - 1}}${after}`);
    templates.set(strings, template);
  }
  return new Message(template, values);
}

/** A text without values, for where it is too long for one line of a template. */
export function plain(text: string): Message {
  return new Message(text);
}

/** Messages one after the other; what stands between them is no language's. */
export function joined(parts: readonly MessageValue[], separator: string): Message {
  const [first] = parts;
  if (parts.length === 1 && first instanceof Message) return first;
  return new Message(parts.map((_, index) => `{${index}}`).join(separator), parts);
}

/** Commands, names of files and menus: what no language changes, around values that may be messages. */
export function code(strings: TemplateStringsArray, ...values: MessageValue[]): Message {
  const parts = strings.flatMap((text, index) => (index === 0 ? [text] : [values[index - 1] as MessageValue, text]));
  return joined(
    parts.filter((part) => part !== ""),
    "",
  );
}

/** Instructions, one a line: strings are commands. */
export function steps(...lines: MessageValue[]): Message {
  return joined(lines, "\n");
}

/** What findings count, in the singular; the plural adds an s. */
export const UNITS = [
  "packet",
  "session",
  "media session",
  "denied packet",
  "message",
  "fragment",
  "answer",
  "request",
  "conversation",
  "line",
  "attempt",
  "flow",
  "time",
  "minute",
] as const;
export type Unit = (typeof UNITS)[number];

/** `1 packet`, `3 sessions` */
export function amount(count: number, unit: Unit): Message {
  return new Message(count === 1 ? `{0} ${unit}` : `{0} ${unit}s`, [count]);
}

/** Distinct texts, sorted, as a list for people: at most `limit`, the rest counted. */
export function listOf(texts: Iterable<string | Message>, limit = 3): Message {
  const byText = new Map([...texts].map((text) => [String(text), text]));
  byText.delete("");
  const distinct = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const rest = distinct.length - limit;
  const shown = joined(distinct.slice(0, limit), ", ");
  return rest > 0 ? say`${shown} and ${rest} more` : shown;
}

/**
 * What `_field_caps` says of the fields: which exist, of which kind, and under which name they can be counted. Mappings
 * differ between installations (addresses as keyword, texts with a `.keyword` below them), so nothing is taken for granted.
 */
import { formatAddress, formatPrefix, isIpv4, type Prefix } from "../../address.ts";
import { InputError } from "../../errors.ts";
import type { PortInterval } from "../../flows/flow-selection.ts";
import { anyOf, NOTHING, type Query } from "./query.ts";

export type FieldKind = "keyword" | "number" | "ip" | "date" | "boolean";

const KINDS: Readonly<Record<string, FieldKind>> = {
  keyword: "keyword",
  constant_keyword: "keyword",
  wildcard: "keyword",
  long: "number",
  integer: "number",
  short: "number",
  byte: "number",
  unsigned_long: "number",
  double: "number",
  float: "number",
  half_float: "number",
  scaled_float: "number",
  ip: "ip",
  date: "date",
  date_nanos: "date",
  boolean: "boolean",
};

/** `fields` of the answer: by field, by type. */
export type FieldCaps = Readonly<
  Record<string, Readonly<Record<string, { aggregatable: boolean; indices?: readonly string[] | string }>>>
>;

interface KnownField {
  /** The name to ask for: the field itself, or its `.keyword`. */
  name: string;
  kind: FieldKind;
}

export class Fields {
  readonly #caps: FieldCaps;
  readonly #known = new Map<string, KnownField | null>();
  /** What cannot be used although it is there; each sentence once. */
  readonly problems = new Set<string>();

  constructor(caps: FieldCaps) {
    this.#caps = caps;
  }

  has(field: string): boolean {
    return this.#find(field) !== null;
  }

  kind(field: string): FieldKind | null {
    return this.#find(field)?.kind ?? null;
  }

  /** The name under which it can be counted; null where it is not mapped, or not so that it could be counted. */
  name(field: string): string | null {
    return this.#find(field)?.name ?? null;
  }

  /** The same for a field without which there is nothing to count. */
  needed(field: string, kinds: readonly FieldKind[]): string {
    const found = this.#find(field);
    if (found && kinds.includes(found.kind)) return found.name;
    const types = Object.keys(this.#caps[field] ?? {});
    throw new InputError(
      "unreadable",
      types.length === 0
        ? `the field ${field} is not mapped in this index`
        : `the field ${field} is mapped as ${types.join(" and as ")}: it cannot be counted`,
      types.length > 1
        ? "name fewer indices with --index, so that the field is of one type in all of them"
        : `map it as ${kinds.join(" or ")}, or name another field in the site file under elasticsearch: fields:`,
    );
  }

  exists(field: string): Query {
    const name = this.name(field);
    return name === null ? NOTHING : { exists: { field: name } };
  }

  /** The field has one of the values; in keyword fields they are compared as they are written. */
  is(field: string, ...values: readonly (string | number | boolean)[]): Query {
    const name = this.name(field);
    if (name === null || values.length === 0) return NOTHING;
    return values.length === 1 ? { term: { [name]: values[0] } } : { terms: { [name]: values } };
  }

  /** The field is a number in one of the intervals. */
  within(field: string, intervals: readonly PortInterval[]): Query {
    const found = this.#find(field);
    if (!found) return NOTHING;
    const single = intervals.filter(([low, high]) => low === high).map(([low]) => low);
    const ranges = intervals.filter(([low, high]) => low < high);
    if (found.kind === "keyword") {
      const words = intervals.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => `${low + i}`));
      return this.is(field, ...words);
    }
    return anyOf(
      this.is(field, ...single),
      ...ranges.map(([low, high]) => ({ range: { [found.name]: { gte: low, lte: high } } })),
    );
  }

  /** The field is an address in one of the blocks; for addresses kept as words, at least those. */
  inside(field: string, blocks: readonly Prefix[]): Query {
    const found = this.#find(field);
    if (!found) return NOTHING;
    const hosts = blocks.filter(({ bits }) => bits === 128).map(({ words }) => formatAddress(words));
    const wide = blocks.filter(({ bits }) => bits < 128);
    // The server looks hosts up all at once, but makes a clause of each block, and of all values beside one.
    if (found.kind === "ip") return anyOf(this.is(field, ...hosts), this.is(field, ...wide.map(formatPrefix)));
    const starts = new Set(wide.map(startOfWords));
    return anyOf(
      this.is(field, ...hosts),
      ...[...starts].map((start) =>
        start.includes("*") ? { wildcard: { [found.name]: start } } : { prefix: { [found.name]: start } },
      ),
    );
  }

  /** The field ends in one of the words, in any case. */
  endsWith(field: string, words: readonly string[]): Query {
    const name = this.name(field);
    if (name === null) return NOTHING;
    return anyOf(...words.map((word) => ({ wildcard: { [name]: { value: `*${word}`, case_insensitive: true } } })));
  }

  /** The text holds one of the phrases; full texts by their words, others by what stands in them. */
  speaksOf(field: string, phrases: readonly string[]): Query {
    const types = Object.keys(this.#caps[field] ?? {});
    if (types.some((type) => type === "text" || type === "match_only_text"))
      return anyOf(...phrases.map((phrase) => ({ match_phrase: { [field]: phrase } })));
    const name = this.name(field);
    if (name === null) return NOTHING;
    return anyOf(
      ...phrases.map((phrase) => ({ wildcard: { [name]: { value: `*${phrase}*`, case_insensitive: true } } })),
    );
  }

  /**
   * The text holds one of the words, also where they are joined to others as log prefixes join them
   * (`Shorewall:net2fw:DROP:IN=eth0`, `FINAL_REJECT:`): a full text keeps these as one word.
   */
  saysWord(field: string, words: readonly string[]): Query {
    const types = Object.keys(this.#caps[field] ?? {});
    if (!types.some((type) => type === "text" || type === "match_only_text")) return this.speaksOf(field, words);
    return { regexp: { [field]: { value: `(.*[_:.])?(${words.join("|")})([_:.].*)?`, case_insensitive: true } } };
  }

  #find(field: string): KnownField | null {
    let known = this.#known.get(field);
    if (known === undefined) {
      known = this.#usable(field) ?? this.#usable(`${field}.keyword`);
      this.#known.set(field, known);
      if (known === null && this.#caps[field]) this.#explain(field, Object.keys(this.#caps[field]));
    }
    return known;
  }

  #usable(name: string): KnownField | null {
    const types = Object.entries(this.#caps[name] ?? {}).filter(([type]) => type !== "unmapped");
    const kinds = new Set(types.map(([type, { aggregatable }]) => (aggregatable ? KINDS[type] : undefined)));
    const [kind] = kinds;
    return kinds.size === 1 && kind !== undefined ? { name, kind } : null;
  }

  #explain(field: string, types: readonly string[]): void {
    if (types.includes("object") || types.includes("nested")) return;
    this.problems.add(
      types.length > 1
        ? `The field ${field} is of different types in these indices (${types.join(", ")}) and was left out.`
        : `The field ${field} is of type ${types[0]}, which cannot be counted, and was left out.`,
    );
  }
}

/** How all addresses of the block begin when written out; a pattern that is too wide does no harm. */
function startOfWords({ words, bits }: Prefix): string {
  if (!isIpv4(words)) return "*:*";
  const octets = Math.floor((bits - 96) / 8);
  const value = words[3] as number;
  const text = [24, 16, 8, 0].slice(0, octets).map((shift) => `${(value >>> shift) & 255}.`);
  return text.join("");
}

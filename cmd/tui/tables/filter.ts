/** The filter language: words, `field:value`, `!` for not, quotes for spaces. All terms must hold. */

export interface FilterTerm {
  /** Null: anywhere in the row. */
  field: string | null;
  /** In lower case. */
  value: string;
  negated: boolean;
  /** As it was typed, for its chip. */
  text: string;
}

/** What a field holds: texts, or ranges of numbers in which a number is looked for. */
export type FieldValue = string | readonly string[] | { ranges: readonly (readonly [low: number, high: number])[] };

/** A colon makes a field only after the name of one: `2001:db8::1` and `udp:5060` are words. */
export function parseFilter(text: string, fields: readonly string[]): FilterTerm[] {
  return splitTerms(text).flatMap((term) => {
    const negated = term.startsWith("!");
    const body = negated ? term.slice(1) : term;
    const colon = body.indexOf(":");
    const name = colon > 0 ? body.slice(0, colon).toLowerCase() : "";
    const field = fields.includes(name) ? name : null;
    const value = (field === null ? body : body.slice(colon + 1)).replaceAll('"', "").toLowerCase();
    return value === "" ? [] : [{ field, value, negated, text: term }];
  });
}

/** Whether a field's value holds what is looked for. */
export function fieldHolds(value: FieldValue, wanted: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(wanted);
  if ("ranges" in value) {
    const number = /^\d+$/.test(wanted) ? Number(wanted) : Number.NaN;
    return value.ranges.some(([low, high]) => low <= number && number <= high);
  }
  return value.some((one) => one.toLowerCase().includes(wanted));
}

/** Whether these terms can only take rows away from what the old ones let through: a word that grows, a further term. */
export function narrows(old: readonly FilterTerm[], terms: readonly FilterTerm[]): boolean {
  return old.every(({ field, value, negated }, index) => {
    const term = terms[index];
    if (!term || term.field !== field || term.negated !== negated) return false;
    // A longer number is another number, and what is excluded by a longer word is less.
    const grows = !negated && term.value.startsWith(value) && (field === null || !/^\d+$/.test(value));
    return term.value === value || grows;
  });
}

/** The filter without its last term, as Backspace on the chips would leave it. */
export function withoutLastTerm(text: string): string {
  return splitTerms(text).slice(0, -1).join(" ");
}

function splitTerms(text: string): string[] {
  return text.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];
}

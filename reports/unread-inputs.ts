/** Inputs of which documents show lines that were not understood: a folder may hold thousands. */
import type { InputResult } from "../rules/result.ts";

const MOST_INPUTS = 10;

export function isUnread({ lines }: InputResult): boolean {
  return lines.foreign + lines.malformed > 0;
}

/** Those with the most malformed lines, then with the most foreign ones, in the order in which they come; and how many are not among them. */
export function mostUnread(inputs: readonly InputResult[]): { shown: readonly InputResult[]; more: number } {
  const unread = inputs.filter(isUnread);
  const most = new Set(
    unread
      .toSorted((a, b) => b.lines.malformed - a.lines.malformed || b.lines.foreign - a.lines.foreign)
      .slice(0, MOST_INPUTS),
  );
  return { shown: unread.filter((input) => most.has(input)), more: unread.length - most.size };
}

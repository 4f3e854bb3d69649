/**
 * What a netfilter log prefix says. LOG is a rule of its own that decides nothing: the verdict stands, if anywhere, in the
 * text that the administrator or the firewall's generator chose for it. Runs once per distinct prefix (prefix.ts),
 * so texts and regular expressions are welcome here.
 */
import type { PrefixVerdict } from "../format.ts";
import { VERDICT_NONE } from "../record.ts";
import { FAMILIES } from "./families.ts";
import { type PrefixRange, type PrefixReading, rangeOf, readingOf, verdictOfWord } from "./reading.ts";

const NEGATIONS = new Set(["not", "non", "no", "never", "dont", "un"]);

/** The range without blanks around it and colons behind it. */
function trimmedRange(prefix: string): PrefixRange | undefined {
  const start = prefix.length - prefix.trimStart().length;
  let end = prefix.length;
  while (end > start && /[\s:]/.test(prefix[end - 1] as string)) end--;
  return end > start ? [start, end] : undefined;
}

/** Words with their places; `InputDropped` is two. */
function* wordsOf(prefix: string): Generator<[at: number, word: string]> {
  for (const { index, 0: word } of prefix.matchAll(/[A-Za-z]+/g)) {
    if (verdictOfWord(word) !== VERDICT_NONE) yield [index, word];
    else for (const part of word.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)) yield [index + part.index, part[0]];
  }
}

/** Free text: its words decide if all that decide agree. */
function readFreeText(prefix: string): PrefixReading {
  const described = /DESCR="([^"]+)"/d.exec(prefix);
  const reading = readingOf(VERDICT_NONE, { ruleName: described ? rangeOf(described, 1) : trimmedRange(prefix) });
  let before = "";
  for (const [at, word] of wordsOf(prefix)) {
    const verdict = verdictOfWord(word);
    const lower = word.toLowerCase();
    if (lower.endsWith("invalid")) reading.outOfState = true;
    if (verdict !== VERDICT_NONE) {
      const contradicts = reading.verdict !== VERDICT_NONE && reading.verdict !== verdict;
      // `NOT_ALLOWED` says what did not happen; guessing the rest is left to the user's own map.
      if (contradicts || NEGATIONS.has(before)) {
        return { ...reading, verdict: VERDICT_NONE, assumed: false, action: undefined };
      }
      reading.verdict = verdict;
      reading.assumed = true;
      reading.action ??= [at, at + word.length];
    }
    before = lower;
  }
  return reading;
}

/** The user's entry whose text the prefix starts with, the longest first. */
function mappedVerdict(prefix: string, map: readonly PrefixVerdict[]): PrefixVerdict | null {
  const text = prefix.trimStart();
  let best: PrefixVerdict | null = null;
  for (const entry of map) {
    if (text.startsWith(entry.prefix.trimStart()) && entry.prefix.length > (best?.prefix.length ?? -1)) best = entry;
  }
  return best;
}

/** Reads a prefix, one character a byte; `map` is the user's own word on prefixes and comes before all else. */
export function readPrefixText(prefix: string, map: readonly PrefixVerdict[]): PrefixReading {
  let reading: PrefixReading | null = null;
  for (const family of FAMILIES) {
    reading = family(prefix);
    if (reading) break;
  }
  reading ??= readFreeText(prefix);
  const mapped = mappedVerdict(prefix, map);
  return mapped ? { ...reading, verdict: mapped.verdict, assumed: false } : reading;
}

/** What a netfilter log prefix may tell, and the words that say what became of the packet. */
import {
  INSPECTION_NONE,
  type Inspection,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";

/** Half-open range of a prefix's characters. */
export type PrefixRange = readonly [start: number, end: number];

/** All that a prefix tells; ranges are absent where it does not. */
export interface PrefixReading {
  verdict: Verdict;
  /** Inferred from free text, not from a generator's fixed wording. */
  assumed: boolean;
  outOfState: boolean;
  inspection: Inspection;
  action?: PrefixRange | undefined;
  reason?: PrefixRange | undefined;
  ruleId?: PrefixRange | undefined;
  ruleName?: PrefixRange | undefined;
}

const DENY_WORDS = new Set(
  `drop drops dropped dropping drp rej reject rejects rejected rejecting deny denies denied denying block blocks blocked
  blocking logdrop logreject fwdrop refuse refuses refused discard discarded ban banned blacklist blacklisted invalid bad martian martians spoof
  spoofed spoofing scan portscan smurf smurfs`.split(/\s+/),
);
const ALLOW_WORDS = new Set(
  "accept accepts accepted accepting allow allows allowed allowing pass passes passed permit permits permitted acc logaccept fwaccept".split(
    " ",
  ),
);
/** Verdict of one word in any case. */
export function verdictOfWord(word: string): Verdict {
  const lower = word.toLowerCase();
  if (DENY_WORDS.has(lower) || lower.endsWith("flood")) return VERDICT_DENY;
  return ALLOW_WORDS.has(lower) ? VERDICT_ALLOW : VERDICT_NONE;
}

export function readingOf(verdict: Verdict, fields: Partial<PrefixReading> = {}): PrefixReading {
  return { verdict, assumed: false, outOfState: false, inspection: INSPECTION_NONE, ...fields };
}

/** Range of a match's group, which needs the `d` flag; undefined where the group is absent or empty. */
export function rangeOf(match: RegExpExecArray, group: number): PrefixRange | undefined {
  const range = match.indices?.[group];
  return range && range[1] > range[0] ? [range[0], range[1]] : undefined;
}

/**
 * What a netfilter log prefix says. LOG is a rule of its own that decides nothing: the verdict stands, if anywhere, in the
 * text that the administrator or the firewall's generator chose for it. Runs once per distinct prefix (netfilter-prefix.ts),
 * so texts and regular expressions are welcome here.
 */
import type { PrefixVerdict } from "./format.ts";
import {
  INSPECTION_CONNTRACK,
  INSPECTION_NONE,
  INSPECTION_OTHER,
  INSPECTION_SIP_ALG,
  type Inspection,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "./record.ts";

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
  blocking refuse refuses refused discard discarded ban banned blacklist blacklisted invalid bad martian martians spoof
  spoofed spoofing scan portscan flood`.split(/\s+/),
);
const ALLOW_WORDS = new Set(
  "accept accepts accepted accepting allow allows allowed allowing pass passes passed permit permits permitted acc".split(
    " ",
  ),
);
const NEGATIONS = new Set(["not", "non", "no", "never", "dont"]);

/** Verdict of one word in any case. */
function verdictOfWord(word: string): Verdict {
  const lower = word.toLowerCase();
  if (DENY_WORDS.has(lower)) return VERDICT_DENY;
  return ALLOW_WORDS.has(lower) ? VERDICT_ALLOW : VERDICT_NONE;
}

type Family = (prefix: string) => PrefixReading | null;

function readingOf(verdict: Verdict, fields: Partial<PrefixReading> = {}): PrefixReading {
  return { verdict, assumed: false, outOfState: false, inspection: INSPECTION_NONE, ...fields };
}

/** Range of a match's group, which needs the `d` flag; undefined where the group is absent or empty. */
function rangeOf(match: RegExpExecArray, group: number): PrefixRange | undefined {
  const range = match.indices?.[group];
  return range && range[1] > range[0] ? [range[0], range[1]] : undefined;
}

/** Connection tracking helpers: nf_ct_helper_log() in nf_conntrack_helper.c, `helper sip ...` in kernels of 2026. */
const helper: Family = (prefix) => {
  const match =
    /(?:^|\s)nf_ct_([\w.-]+): (dropping) packet(?:: ?(.*?))?\s*$/d.exec(prefix) ??
    /(?:^|\s)helper ([\w.-]+) (dropping) packet(?:: ?(.*?))?\s*$/d.exec(prefix);
  if (!match) return null;
  const inspection = /^sip\b/i.test(match[1] as string) ? INSPECTION_SIP_ALG : INSPECTION_OTHER;
  return readingOf(VERDICT_DENY, { inspection, action: rangeOf(match, 2), reason: rangeOf(match, 3) });
};

/** nf_ct_l4proto_log_invalid(): says that the packet is INVALID; whether it was dropped is for the rules. */
const invalid: Family = (prefix) => {
  const match = /(?:^|\s)nf_ct_proto_\d+: ?(.*?)\s*$/d.exec(prefix);
  if (!match) return null;
  return readingOf(VERDICT_NONE, { outOfState: true, inspection: INSPECTION_CONNTRACK, reason: rangeOf(match, 1) });
};

/**
 * The TRACE target, `TRACE: filter:fw-drop:rule:3 `: a packet is told once for each rule that it meets, and the chains'
 * names decide nothing. nf_log_trace() in xt_TRACE's callers, "TRACE: %s:%s:%s:%u "
 */
const trace: Family = (prefix) => {
  const match = /(?:^|\s)(TRACE: \S+?:.+:(?:rule|return|policy):\d+):?\s*$/d.exec(prefix);
  return match && readingOf(VERDICT_NONE, { ruleName: rangeOf(match, 1) });
};

/** AUDIT comes before the rules and once more for packets that they then block: it decides nothing. */
const ufw: Family = (prefix) => {
  const match = /\[UFW ((?:[A-Z0-9_-]+ )*?)(AUDIT|BLOCK|DENY|REJECT|ALLOW|LIMIT)((?: [A-Z0-9_-]+)*)\]/d.exec(prefix);
  if (!match) return null;
  if (match[2] !== "LIMIT") {
    const outOfState = / INVALID\b/.test(match[3] as string);
    return readingOf(verdictOfWord(match[2] as string), { outOfState, action: rangeOf(match, 2) });
  }
  const blocked = /\[UFW (?:[A-Z0-9_-]+ )*?LIMIT (BLOCK|DENY|REJECT|ALLOW)\b/d.exec(prefix);
  return blocked
    ? readingOf(verdictOfWord(blocked[1] as string), { action: rangeOf(blocked, 1) })
    : readingOf(VERDICT_NONE, { action: rangeOf(match, 2) });
};

const firewalld: Family = (prefix) => {
  const match =
    /(?:^|\s)((FINAL|STATE_INVALID|rpfilter|RFC3964_IPv4)_(REJECT|DROP|DENY)):?\s*$/d.exec(prefix) ??
    /(?:^|\s)(((?:filter_)?(?:IN|OUT|FWD|FWDI|FWDO)_[\w.-]+?)_(REJECT|DROP|DENY|ACCEPT)):?\s*$/d.exec(prefix);
  if (!match) return null;
  const isZone = match[2]?.includes("_") === true && match[2] !== "STATE_INVALID" && match[2] !== "RFC3964_IPv4";
  return readingOf(verdictOfWord(match[3] as string), {
    outOfState: match[2] === "STATE_INVALID",
    action: rangeOf(match, 3),
    ruleName: rangeOf(match, isZone ? 2 : 1),
  });
};

/** LOGFORMAT `Shorewall:%s:%s:`, with LOGRULENUMBERS `Shorewall:%s:%d:%s:`. */
const shorewall: Family = (prefix) => {
  const match = /Shorewall6?:([^:\s]+):(?:(\d+):)?(?:A_)?([A-Z]+)(?:\([^)]*\))?:?\s*$/d.exec(prefix);
  if (!match) return null;
  return readingOf(verdictOfWord(match[3] as string), {
    outOfState: match[1] === "invalid",
    action: rangeOf(match, 3),
    ruleId: rangeOf(match, 2),
    ruleName: rangeOf(match, 1),
  });
};

/** `D` drop, `R` reject, `A` accept; `C` continue, `J` jump, `RET` return, `Q` queue, `O` offload decide nothing. */
const LABEL_VERDICTS: Record<string, Verdict> = { A: VERDICT_ALLOW, D: VERDICT_DENY, R: VERDICT_DENY };

/** EdgeOS, USG, VyOS: `[WAN_LOCAL-default-D]`, `[ipv4-NAM-WAN_IN-10-A]`. Set names hold dashes: read from the right. */
const vyattaLabel: Family = (prefix) => {
  const match = /\[(([^[\]]+)-(default|\d+))-([A-Z]{1,3})\]\s*$/d.exec(prefix);
  if (!match) return null;
  return readingOf(LABEL_VERDICTS[match[4] as string] ?? VERDICT_NONE, {
    action: rangeOf(match, 4),
    ruleId: rangeOf(match, 3),
    ruleName: rangeOf(match, 1),
  });
};

/** UniFi OS: `[WAN_LOCAL-D-2147483647] DESCR="[WAN_LOCAL]Block All Traffic" `; old firmware leaves DESCR out. */
const unifiLabel: Family = (prefix) => {
  const match = /\[([^[\]]+)-(A|D|R|[A-Z]{1,3})(?:-(\d+))?\]\s*(DESCR="([^"]*)"?)?\s*$/d.exec(prefix);
  if (!match) return null;
  const isBare = match[3] === undefined && match[4] === undefined;
  if (isBare && !/_(?:IN|OUT|LOCAL)$/.test(match[1] as string)) return null;
  const described = match[5] !== undefined && match[5] !== "no rule description";
  return readingOf(LABEL_VERDICTS[match[2] as string] ?? VERDICT_NONE, {
    action: rangeOf(match, 2),
    ruleId: rangeOf(match, 3),
    ruleName: (described ? rangeOf(match, 5) : undefined) ?? rangeOf(match, 1),
  });
};

/** fw3 and fw4 of OpenWrt: `REJECT wan in: `, `drop wan forward: `; before 14.07 `DROP(src wan)`. */
const openwrt: Family = (prefix) => {
  const match =
    /(?:^|\s)(ACCEPT|DROP|REJECT|accept|drop|reject) (\S+ (?:in|out|forward)):?\s*$/d.exec(prefix) ??
    /(?:^|\s)(ACCEPT|DROP|REJECT)\(((?:src|dest) \S+)\):?\s*$/d.exec(prefix);
  if (!match) return null;
  return readingOf(verdictOfWord(match[1] as string), { action: rangeOf(match, 1), ruleName: rangeOf(match, 2) });
};

/** banIP on OpenWrt: `banIP/inbound/drop/<feed>: `. */
const banip: Family = (prefix) => {
  const match = /banIP\/[^/\s]+\/(drop|drp|reject|rej|accept|allow)(?:\/(\S+?))?:?\s*$/d.exec(prefix);
  if (!match) return null;
  return readingOf(verdictOfWord(match[1] as string), { action: rangeOf(match, 1), ruleName: rangeOf(match, 2) });
};

const FAMILIES: readonly Family[] = [
  helper,
  invalid,
  trace,
  ufw,
  firewalld,
  shorewall,
  vyattaLabel,
  unifiLabel,
  openwrt,
  banip,
];

/** The range without blanks around it and colons behind it. */
function trimmedRange(prefix: string): PrefixRange | undefined {
  const start = prefix.length - prefix.trimStart().length;
  let end = prefix.length;
  while (end > start && /[\s:]/.test(prefix[end - 1] as string)) end--;
  return end > start ? [start, end] : undefined;
}

/** Free text: its words decide if all that decide agree. */
function readFreeText(prefix: string): PrefixReading {
  const described = /DESCR="([^"]+)"/d.exec(prefix);
  const reading = readingOf(VERDICT_NONE, { ruleName: described ? rangeOf(described, 1) : trimmedRange(prefix) });
  let before = "";
  for (const match of prefix.matchAll(/[A-Za-z]+/g)) {
    const word = match[0];
    const verdict = verdictOfWord(word);
    const lower = word.toLowerCase();
    if (lower === "invalid") reading.outOfState = true;
    if (verdict !== VERDICT_NONE) {
      const contradicts = reading.verdict !== VERDICT_NONE && reading.verdict !== verdict;
      // `NOT_ALLOWED` says what did not happen; guessing the rest is left to the user's own map.
      if (contradicts || NEGATIONS.has(before)) {
        return { ...reading, verdict: VERDICT_NONE, assumed: false, action: undefined };
      }
      reading.verdict = verdict;
      reading.assumed = true;
      reading.action ??= [match.index, match.index + word.length];
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

/**
 * Prefixes with a fixed wording, by the program or product that writes them: what became of the packet is known
 * there, or as good as known.
 */
import {
  INSPECTION_CONNTRACK,
  INSPECTION_OTHER,
  INSPECTION_SIP_ALG,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";
import { type PrefixReading, rangeOf, readingOf, verdictOfWord } from "./reading.ts";

type Family = (prefix: string) => PrefixReading | null;

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

/**
 * FireHOL: what no rule has matched, before the policy takes it, which is a drop unless somebody chose otherwise:
 * `'PASS-unknown:'`, `'IN-world:'`. sbin/firehol, "loglimit"
 */
const firehol: Family = (prefix) => {
  const match = /(?:^|\s)(?:'((?:IN|OUT|PASS)-[\w.+-]+):?'|((?:IN|OUT|PASS)-unknown):?\s*$)/d.exec(prefix);
  return match && readingOf(VERDICT_DENY, { assumed: true, ruleName: rangeOf(match, 1) ?? rangeOf(match, 2) });
};

/** `A=` of Firewalla's audit log: without it, or where devices are isolated, the packet is dropped. */
const FIREWALLA_ACTIONS: Record<string, Verdict> = { A: VERDICT_ALLOW, I: VERDICT_DENY };

/**
 * Firewalla: `[FW_ADT]A=A D=I CD=O ` allows, `[FW_ADT]D=O CD=O ` denies, others route or shape; `[FW_ALM]SEC=1 ` denies, other
 * alarms only watch. firewalla/firewalla sensor/ACLAuditLogPlugin.js, control/iptables.txt
 */
const firewalla: Family = (prefix) => {
  const audit = /\[(FW_ADT)\](?:A=(\w+)(?:\s|$))?/d.exec(prefix);
  if (audit) {
    const [, , action] = audit;
    const verdict = action === undefined ? VERDICT_DENY : (FIREWALLA_ACTIONS[action] ?? VERDICT_NONE);
    return readingOf(verdict, { action: rangeOf(audit, 2), ruleName: rangeOf(audit, 1) });
  }
  const alarm = /\[(FW_ALM)\](SEC=1\b)?/d.exec(prefix);
  return alarm && readingOf(alarm[2] ? VERDICT_DENY : VERDICT_NONE, { ruleName: rangeOf(alarm, 1) });
};

/** AT&T's gateways (BGW320): `nflog_log_fw(), action=DROP reason=POLICY-INPUT-GEN-DISCARD hook=INPUT mark=0x1 `. */
const gateway: Family = (prefix) => {
  const match = /nflog_log_fw\(\), action=(\w+) reason=(\S*) hook=/d.exec(prefix);
  return (
    match && readingOf(verdictOfWord(match[1] as string), { action: rangeOf(match, 1), reason: rangeOf(match, 2) })
  );
};

/**
 * Wordings that stand before a drop alone: routers with Broadcom's firmware (`Intrusion -> `), SuSEfirewall2
 * (`SFW2-IN-ILL-TARGET `), IPFire's lists (`BLKLST_NAME `).
 */
const deniedOnly: Family = (prefix) => {
  const match = /(?:^|\s)(Intrusion) ->\s*$/d.exec(prefix) ?? /(SFW2-\w+-ILL-\w+)|\b(BLKLST_\w+)/d.exec(prefix);
  return match && readingOf(VERDICT_DENY, { ruleName: rangeOf(match, 1) ?? rangeOf(match, 2) });
};

export const FAMILIES: readonly Family[] = [
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
  firehol,
  firewalla,
  gateway,
  deniedOnly,
];

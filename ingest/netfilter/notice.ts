/**
 * Kernel messages about traffic that carry no packet: full connection tracking tables, helpers that are missing or no
 * longer assigned by themselves, and counts of lines that the kernel, the journal or rsyslog's rate limits lost.
 */
import { ascii, findBytes, isDigit, parseDecimal, SPACE, startsWith, UPPER_A, UPPER_Z } from "../bytes.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT } from "../format.ts";
import { INSPECTION_CONNTRACK, INSPECTION_SIP_ALG, type LogRecord, VERDICT_DENY } from "../record.ts";

const CONNTRACK_TAGS = ["nf_conntrack: ", "ip_conntrack: ", "nf_ct_expect: "].map(ascii);
const SIP_HELPER_TAGS = ["nf_ct_sip", "helper sip"].map(ascii);
const TABLE_FULL = ascii("table full");
const AUTOMATIC_HELPER = ascii("automatic helper assignment");
const DROPPING = ascii("dropping packet");
const CT_TARGET_TAG = ascii("xt_CT: ");
const SIP = ascii('"sip');
const STARS = ascii("** ");
const PRINTK_DROPPED = ascii(" printk messages dropped");
const MISSED = ascii("Missed ");
const KERNEL_MESSAGES = ascii(" kernel messages");
const RSYSLOG_TAG = ascii("rsyslogd: ");
const RATE_LIMITED = ascii(" messages lost due to rate-limiting");
/** rsyslog's inputs through which the kernel's lines come. */
const KERNEL_INPUTS = ["imklog: ", "imkmsg: ", "imjournal: "].map(ascii);
const INPUT_MODULE = ascii("im");
const OF_ULOGD = ascii(", name: ulogd]: ");

/** Reads `[start, end)`, which holds no packet; FOREIGN where it is no such message either. */
export function readKernelNotice(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  const first = bytes[start];
  if (first === 0x2a || first === 0x4d) return readLoss(bytes, start, end, into);
  if (first === 0x72 || first === 0x69) {
    const at = startsWith(bytes, RSYSLOG_TAG, start, end) ? start + RSYSLOG_TAG.length : start;
    if (startsWith(bytes, INPUT_MODULE, at, end)) return readRateLimit(bytes, at, end, into);
  }
  if (first === 0x78) {
    if (!startsWith(bytes, CT_TARGET_TAG, start, end) || findBytes(bytes, SIP, start, end) < 0) return FOREIGN;
    return notice(INSPECTION_SIP_ALG, start + CT_TARGET_TAG.length, end, into);
  }
  for (const tag of SIP_HELPER_TAGS) {
    if (!startsWith(bytes, tag, start, end)) continue;
    // The packet was cut off; that the helper dropped one still stands.
    const at = findBytes(bytes, DROPPING, start, end);
    if (at < 0) return FOREIGN;
    into.inspectionVerdict = VERDICT_DENY;
    return notice(INSPECTION_SIP_ALG, at, end, into);
  }
  let at = start;
  for (let tags = 0; tags < 2; tags++) {
    // pr_fmt() and the message each name the module: `nf_conntrack: nf_conntrack: table full, dropping packet`.
    for (const tag of CONNTRACK_TAGS) if (startsWith(bytes, tag, at, end)) at += tag.length;
  }
  if (at === start) return FOREIGN;
  if (findBytes(bytes, TABLE_FULL, at, end) >= 0) {
    if (findBytes(bytes, DROPPING, at, end) >= 0) into.inspectionVerdict = VERDICT_DENY;
    return notice(INSPECTION_CONNTRACK, at, end, into);
  }
  return findBytes(bytes, AUTOMATIC_HELPER, at, end) < 0 ? FOREIGN : notice(INSPECTION_SIP_ALG, at, end, into);
}

function notice(inspection: LogRecord["inspection"], start: number, end: number, into: LogRecord): LineStatus {
  into.inspection = inspection;
  into.reason.set(start, end);
  return NO_VERDICT;
}

/** `** 35 printk messages dropped **` of the kernel, `Missed 35 kernel messages` of systemd-journald. */
function readLoss(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  const isPrintk = bytes[start] === 0x2a;
  const opening = isPrintk ? STARS : MISSED;
  if (!startsWith(bytes, opening, start, end)) return FOREIGN;
  const countAt = start + opening.length;
  let i = countAt;
  while (i < end && isDigit(bytes[i])) i++;
  const lost = parseDecimal(bytes, countAt, i);
  if (lost < 0 || !startsWith(bytes, isPrintk ? PRINTK_DROPPED : KERNEL_MESSAGES, i, end)) return FOREIGN;
  into.lostEvents = lost;
  into.reason.set(start, end);
  return NO_VERDICT;
}

/**
 * `imklog: 565 messages lost due to rate-limiting (20 allowed within 2 seconds)`, and
 * `imuxsock[pid: 812, name: ulogd]: 180 messages lost ...`. rsyslog's runtime/ratelimit.c
 */
function readRateLimit(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  const countEnd = findBytes(bytes, RATE_LIMITED, start, end);
  if (countEnd < 0) return FOREIGN;
  let countAt = countEnd;
  while (countAt > start && isDigit(bytes[countAt - 1])) countAt--;
  const isOfFirewall =
    KERNEL_INPUTS.some((input) => startsWith(bytes, input, start, countAt)) ||
    findBytes(bytes, OF_ULOGD, start, countAt) >= 0;
  const lost = parseDecimal(bytes, countAt, countEnd);
  if (!isOfFirewall || lost < 0) return FOREIGN;
  into.lostEvents = lost;
  into.reason.set(start, end);
  return NO_VERDICT;
}

/** Keys that at least this many of prove a netfilter line that lost its head. */
const ENOUGH_KEYS = 3;
const KEYS = [
  "OUT",
  "MAC",
  "SRC",
  "DST",
  "LEN",
  "TOS",
  "PREC",
  "TTL",
  "TC",
  "HOPLIMIT",
  "PROTO",
  "SPT",
  "DPT",
  "WINDOW",
].map((key) => ascii(`${key}=`));

/** ulogd's lines of connections, not packets: `[DESTROY] ORIG: SRC=... , REPLY: SRC=...`. */
const CONNECTION = ascii("ORIG: ");

/** A line without `IN=`: MALFORMED where it is the rest of a netfilter line (UniFi OS cuts them at the front), else FOREIGN. */
export function readHeadless(bytes: Uint8Array, start: number, end: number): LineStatus {
  if (findBytes(bytes, CONNECTION, start, end) >= 0) return FOREIGN;
  let found = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < UPPER_A || byte > UPPER_Z || (i > start && bytes[i - 1] !== SPACE)) continue;
    for (const key of KEYS) if (startsWith(bytes, key, i, end)) found++;
    if (found >= ENOUGH_KEYS) return MALFORMED;
  }
  return FOREIGN;
}

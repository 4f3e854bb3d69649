/** The slow and obvious reading of a filterlog line, to hold the fast one against. */
import { isIPv4, isIPv6 } from "node:net";
import { DateTime } from "luxon";

export type ReferenceStatus = "parsed" | "no-verdict" | "foreign" | "malformed" | "structure";

export interface ReferenceRecord {
  time: string | null;
  observer: string;
  verdict: "allow" | "deny" | "none";
  action: string;
  reason: string;
  ruleId: string;
  ruleName: string;
  ingress: string;
  egress: string;
  direction: "in" | "out" | "";
  ipVersion: number;
  protocol: number;
  source: string | null;
  destination: string | null;
  sourcePort: number;
  destinationPort: number;
  bytes: number;
  dscp: number;
  ipId: number;
  fragmentOffset: number;
  moreFragments: boolean;
  tcpFlags: string | null;
  outOfState: boolean;
}

export interface ReferenceResult {
  status: ReferenceStatus;
  record: ReferenceRecord | null;
}

const ENVELOPES = [
  // RFC 5424, with or without structured data
  /^(?:<\d+>)?1 (?<time>\S+) (?<host>\S+) (?<tag>\S+) \S+ \S+ (?:-|\[.*?\]) (?<payload>.*)$/s,
  // BSD or ISO time, host or none, program with process id or none
  /^(?:<\d+>)?(?<time>[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?:(?<host>[^\s:[\],]+) )?(?<tag>[^\s:[\],]+)(?:\[\d+\])?: (?<payload>.*)$/s,
  // nothing
  /^(?<time>)(?<payload>(?:\d+)?,.*)$/s,
];

const VERDICTS: Record<string, "allow" | "deny" | "none"> = {
  pass: "allow",
  block: "deny",
  "synproxy-drop": "deny",
  reject: "deny",
  nat: "none",
  rdr: "none",
  binat: "none",
  scrub: "none",
  match: "none",
};

/** `year` for dates that carry none; `zone` of the device. */
export function referenceParse(line: string, year: number, zone: string): ReferenceResult {
  if (line.trim() === "") return { status: "structure", record: null };
  for (const envelope of ENVELOPES) {
    const groups = envelope.exec(line)?.groups;
    if (!groups) continue;
    const tag = groups.tag;
    if (tag !== undefined && tag !== "filterlog") return { status: "foreign", record: null };
    const time = groups.time ? timeOf(groups.time, year, zone) : null;
    const host = groups.host === undefined || groups.host === "-" ? "" : groups.host;
    return payloadOf(groups.payload ?? "", time, host, tag !== undefined);
  }
  return { status: "foreign", record: null };
}

function timeOf(text: string, year: number, zone: string): string | null {
  const time = /^\d{4}/.test(text)
    ? DateTime.fromISO(text, { zone })
    : DateTime.fromFormat(`${text.replace(/ +/g, " ")} ${year}`, "MMM d HH:mm:ss yyyy", { zone, locale: "en" });
  return time.isValid ? time.toUTC().toISO() : null;
}

function payloadOf(payload: string, time: string | null, observer: string, isTagged: boolean): ReferenceResult {
  const malformed: ReferenceResult = { status: "malformed", record: null };
  const text = payload.trimEnd();
  const fields = text.split(",");
  if (!/^\d*$/.test(fields[0] as string) || fields.length < 9) {
    return !isTagged || (text !== "" && !/^[\d,]/.test(text)) ? { status: "foreign", record: null } : malformed;
  }
  const [, , ruleName, ruleId, name, reason, action, direction, version] = fields as string[];
  const verdict = VERDICTS[action as string] ?? (/^unkn(own)?\(/.test(action as string) ? "none" : null);
  if (verdict === null) return isTagged ? malformed : { status: "foreign", record: null };
  if (!/^\d+$/.test(version as string) || Number(version) > 15) return malformed;
  const record: ReferenceRecord = {
    time,
    observer,
    verdict,
    action: action as string,
    reason: reason as string,
    ruleId: ruleId as string,
    ruleName: ruleName as string,
    ingress: direction === "out" ? "" : (name as string),
    egress: direction === "out" ? (name as string) : "",
    direction: direction === "in" || direction === "out" ? direction : "",
    ipVersion: 0,
    protocol: -1,
    source: null,
    destination: null,
    sourcePort: -1,
    destinationPort: -1,
    bytes: -1,
    dscp: -1,
    ipId: -1,
    fragmentOffset: -1,
    moreFragments: false,
    tcpFlags: null,
    outOfState: false,
  };
  const packet = fields.slice(9);
  while (/^(error='|truncated-ip|bad-|\[\|ip\]| IP\(truncated)/.test(packet[0] ?? "")) {
    const word = packet.shift() as string;
    if (!word.startsWith("error=") && (packet.length === 0 || packet[0] === "")) return done(record);
  }
  if (version === "4") return ipv4(packet, record) ? done(record) : malformed;
  if (version === "6") return ipv6(packet, record) ? done(record) : malformed;
  return done(record);
}

function done(record: ReferenceRecord): ReferenceResult {
  const opens = /^S[EC]*$/.test(record.tcpFlags ?? "S");
  record.outOfState = record.verdict === "deny" && (!opens || record.reason === "state-mismatch");
  return { status: record.verdict === "none" ? "no-verdict" : "parsed", record };
}

function ipv4(fields: string[], record: ReferenceRecord): boolean {
  const match = /^(.*?),.*?,.*?,(.*?),(\d+),(.*?),(\d{1,3}),.*?,(\d+),([\d.]+),([\d.]+)(?:,(.*))?$/s.exec(
    fields.join(","),
  );
  if (!match) return false;
  const [, tos, id, offset, flags, protocol, length, source, destination, tail] = match as unknown as string[];
  if (!isIPv4(source as string) || !isIPv4(destination as string) || Number(protocol) > 255) return false;
  record.ipVersion = 4;
  record.dscp = /^0x[0-9a-f]{1,2}$/.test(tos as string) ? Number(tos) >> 2 : -1;
  record.ipId = /^\d+$/.test(id as string) ? Number(id) : -1;
  record.fragmentOffset = Number(offset);
  record.moreFragments = flags === "+";
  record.protocol = Number(protocol);
  record.bytes = Number(length);
  record.source = source as string;
  record.destination = destination as string;
  return record.fragmentOffset > 0 || transport(tail, record);
}

function ipv6(fields: string[], record: ReferenceRecord): boolean {
  const match = /^(.*?),.*?,.*?,.*?,(\d{1,3}),(\d+),([0-9a-f:.]+),([0-9a-f:.]+)(?:,(.*))?$/is.exec(fields.join(","));
  if (!match) return false;
  const [, trafficClass, protocol, length, source, destination, tail] = match as unknown as string[];
  if (!isIPv6(source as string) || !isIPv6(destination as string) || Number(protocol) > 255) return false;
  record.ipVersion = 6;
  record.dscp = /^0x[0-9a-f]{2}$/.test(trafficClass as string) ? Number(trafficClass) >> 2 : -1;
  record.protocol = Number(protocol);
  record.bytes = Number(length) + 40;
  record.source = canonical(source as string);
  record.destination = canonical(destination as string);
  if ([6, 17, 132, 58].includes(record.protocol)) return transport(tail, record);
  return tail === undefined || extensionHeaders(tail, record);
}

const EXTENSION_WORD = /^(?:HBH|DSTOPT|PAD1|PADN|BINDINGREQ|(?:RTALERT|JUMBO|HOMEADDR),[^,]*|TYPE,[^,]*,[^,]*),/;
const FRAGMENT = /^FRAG6, 0x[0-9a-f]+:(\d+)\|-?\d+,/;

function extensionHeaders(tail: string, record: ReferenceRecord): boolean {
  let rest = tail;
  let words = 0;
  for (; EXTENSION_WORD.test(rest); words++) rest = rest.replace(EXTENSION_WORD, "");
  const fragment = FRAGMENT.exec(rest);
  if (fragment) {
    const field = Number(fragment[1]);
    record.fragmentOffset = field & 0xfff8;
    record.moreFragments = field % 2 === 1;
    if (field !== 0) return true;
    rest = rest.slice(fragment[0].length).replace(/^[, ]+/, "");
    words++;
  }
  if (words === 0 || !/^\d/.test(rest) || /^\d+,\d+,\d+,(0x|T)/.test(rest)) return true;
  record.protocol = /^\d+,\d+,(?:[89]|\d{2,})$/.test(rest) ? 17 : 6;
  return transport(rest, record);
}

function transport(tail: string | undefined, record: ReferenceRecord): boolean {
  if (![6, 17, 132].includes(record.protocol)) return true;
  if (tail === undefined || /^(,|$)/.test(tail)) return false;
  if (!/^\d/.test(tail)) return true;
  const match = /^(\d{1,5}),(\d{1,5}),[^,]*(?:,([^,]*)(,?))?/.exec(tail);
  if (!match || Number(match[1]) > 65535 || Number(match[2]) > 65535) return false;
  record.sourcePort = Number(match[1]);
  record.destinationPort = Number(match[2]);
  const [, , , flags = "", comma = ""] = match;
  if (record.protocol !== 6 || (flags === "" && comma === "")) return true;
  record.tcpFlags = flags;
  return /^[FSRPAUECW]*$/.test(flags);
}

/** RFC 5952 text, by way of the URL standard. */
export function canonical(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

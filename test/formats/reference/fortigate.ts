/** The slow and obvious reading of a FortiGate line, to hold the fast one against. */
import { isIPv4, isIPv6 } from "node:net";
import { DateTime } from "luxon";

export type ReferenceStatus = "parsed" | "no-verdict" | "foreign" | "malformed" | "structure";
export type ReferenceVerdict = "none" | "allow" | "deny";

export interface ReferenceRecord {
  /** ISO 8601 in UTC, to the microsecond. */
  time: string | null;
  observer: string;
  verdict: ReferenceVerdict;
  action: string;
  reason: string;
  outOfState: boolean;
  phase: "packet" | "start" | "interim" | "end";
  inspection: string;
  inspectionVerdict: ReferenceVerdict;
  count: number;
  sessionId: string;
  ruleId: string;
  ruleName: string;
  ruleUuid: string;
  ingress: string;
  egress: string;
  direction: "in" | "out" | "forward" | "";
  ipVersion: number;
  protocol: number;
  source: string | null;
  destination: string | null;
  sourcePort: number;
  destinationPort: number;
  sourceNat: string | null;
  sourceNatPort: number;
  destinationNat: string | null;
  destinationNatPort: number;
  icmp: string;
  bytes: number;
  replyBytes: number;
  packets: number;
  replyPackets: number;
  durationMs: number;
  shaperDroppedBytes: number;
  application: string;
  hostName: string;
  resolved: string;
}

export interface ReferenceResult {
  status: ReferenceStatus;
  record: ReferenceRecord | null;
}

type Fields = Record<string, string>;

interface Line {
  time: string | null;
  host: string;
  isCef: boolean;
  fields: Fields;
}

const BSD = String.raw`[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d`;
const ENVELOPE = new RegExp(
  String.raw`^(?:\d+ (?=<))?(?:<\d+>)?(?:(?<time>${BSD}) (?:(?<host>[^\s:="[]+) )?(?:[^\s:="[]+(?:\[\d+\])?: )??)?(?=CEF:|"?[\w.-]+=)`,
);
const ENGINES: Record<string, string> = {
  voip: "sip-alg",
  ips: "ips",
  "app-ctrl": "app-control",
  ssl: "tls",
  webfilter: "web-filter",
  virus: "antivirus",
  anomaly: "dos",
  dns: "dns",
};
const OTHER_ENGINES = /^(emailfilter|dlp|waf|gtp|ssh|cifs|file-filter|icap|ztna)$/;
const STOPPED =
  /^(block|blocked|drop|dropped|deny|denied|reset|reset_client|reset_server|reset_both|drop_session|clear_session|quarantined?|redirect(ed)?|reject(ed)?|(encrypt-)?kickout|cm-reject|ban|ban-user|erased|filtered|sinkhole)$/;
const PASSED =
  /^(pass|passed|passthrough|pass_session|monitor|monitored|detect|detected|permit|permitted|exempt|exempted|allow|allowed|accept|accepted|info|log|log-only|analytics|bypass|tagged)$/;
/** Of VoIP records, and of all before FortiOS 5. */
const OLD_NAMES: Fields = {
  session_id: "sessionid",
  src_port: "srcport",
  dst_port: "dstport",
  src_int: "srcintf",
  dst_int: "dstintf",
  policy_id: "policyid",
  src_ip: "srcip",
  dst_ip: "dstip",
  malformdesc: "malform_desc",
  voipproto: "voip_proto",
  device_id: "devid",
  src: "srcip",
  dst: "dstip",
  tran_disp: "trandisp",
  tran_sip: "transip",
  tran_sport: "transport",
  tran_ip: "tranip",
  tran_port: "tranport",
  sent: "sentbyte",
  rcvd: "rcvdbyte",
  sent_pkt: "sentpkt",
  rcvd_pkt: "rcvdpkt",
  shaper_drop_sent: "shaperdropsentbyte",
  shaper_drop_rcvd: "shaperdroprcvdbyte",
  SN: "sessionid",
};
const ALLOWED =
  "accept close timeout client-rst server-rst ip-conn dns pending start accepted allow allowed pass passed passthrough permit permitted";
const DENIED = "deny denied block blocked drop dropped reject rejected";
const CEF_NAMES: Fields = {
  deviceExternalId: "devid",
  dvchost: "devname",
  act: "action",
  outcome: "status",
  src: "srcip",
  dst: "dstip",
  spt: "srcport",
  dpt: "dstport",
  deviceInboundInterface: "srcintf",
  deviceOutboundInterface: "dstintf",
  proto: "proto",
  app: "service",
  externalId: "sessionid",
  sourceTranslatedAddress: "transip",
  sourceTranslatedPort: "transport",
  destinationTranslatedAddress: "tranip",
  destinationTranslatedPort: "tranport",
  out: "sentbyte",
  in: "rcvdbyte",
  cnt: "count",
  msg: "msg",
  reason: "reason",
  // Names that only CEF has: in native pairs, what is left of another key may look like them.
  rt: "cef rt",
  start: "cef start",
};

/** `zone` of the device; `year` of envelope times, which carry none. */
export function referenceParse(text: string, year: number, zone: string): ReferenceResult {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format's own blanks
  const trimmed = text.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, "").replace(/^\uFEFF/, "");
  if (trimmed === "") return { status: "structure", record: null };
  const envelope = ENVELOPE.exec(trimmed);
  if (!envelope) return { status: "foreign", record: null };
  const payload = trimmed.slice(envelope[0].length);
  const isCef = payload.startsWith("CEF:");
  const fields = isCef ? cefFields(payload) : nativeFields(payload);
  if (!fields) return { status: "foreign", record: null };
  const { time, host } = envelope.groups as Record<string, string | undefined>;
  const line: Line = { time: time ? envelopeTime(time, year, zone) : null, host: host ?? "", isCef, fields };

  const kind = kindOf(line);
  if (kind === "") {
    const isCut = !fields.logid && !fields.type && fields.date && (fields.devid || fields.eventtime);
    return { status: isCut ? "malformed" : "foreign", record: null };
  }
  if (kind === "event") return { status: "foreign", record: null };
  const record = kind === "traffic" ? traffic(line, zone) : inspection(line, kind, zone);
  if (!record) return { status: "malformed", record: null };
  return { status: record.verdict === "none" ? "no-verdict" : "parsed", record };
}

function nativeFields(payload: string): Fields {
  // A comma between the first value and the second key.
  const commas = /^[^=]*=(?:"[^"]*(?:"|$)|(?!"))[^=,]*,/.test(payload);
  const cells = commas && payload.startsWith('"');
  const [ends, bare] = commas
    ? [String.raw`[\x00-\x20,]`, "[^,]*"]
    : [String.raw`[\x00-\x20]`, String.raw`[^\x00-\x20]*`];
  // FortiAnalyzer's `key=\"value\"`, in which `\\\"` is a quote.
  const escapedTwice = String.raw`\\"((?:[^\\]|\\\\\\[\s\S]?|(?!\\\\\\)(?!\\"(?:${ends}|$))\\[\s\S]?)*)(?:\\"|$)`;
  const pair = new RegExp(
    String.raw`([^\x00-\x2c=]*)=(?:"((?:\\[\s\S]|"(?!${ends}|$)|[^"\\])*\\?)(?:"|$)|${escapedTwice}|(${bare}))`,
    "g",
  );
  const fields: Fields = {};
  for (const match of payload.matchAll(pair)) {
    const [whole, key = "", once, twice, plain] = match;
    const quoted = once ?? twice;
    let value = quoted ?? plain ?? "";
    const after = payload.slice(match.index + whole.length);
    if (key === "time" && plain?.endsWith(":") && /^ .{5}/s.test(after)) value += after.slice(0, 6);
    if (value.startsWith('"')) value = value.replace(/^"+|"+$/g, "");
    if (cells) value = value.replace(/"$/, "");
    // Escapes go last: a value that is nothing but an escaped quote is no empty one.
    const known = OLD_NAMES[key] ?? key;
    const before = fields[known];
    keep(fields, known, value);
    if (fields[known] === before) continue;
    if (quoted !== undefined) value = value.replace(/\\(["\\=])/g, "$1");
    fields[known] = twice === undefined ? value : value.replace(/\\(["\\=])/g, "$1");
  }
  return fields;
}

function cefFields(payload: string): Fields | null {
  const header =
    /^CEF: *((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|((?:\\[\s\S]|[^\\|])*)\|([\s\S]*)$/.exec(
      payload,
    );
  if (header?.[2] !== "Fortinet" || !/^forti(gate|wifi|os|proxy)/i.test(header[3] as string)) return null;
  const fields: Fields = {};
  const custom: Fields = {};
  for (const [, key = "", value = ""] of (header[8] as string).matchAll(
    /(?:^|(?<= ))([\w.-]+)=((?:\\(?:[\s\S]|$)|(?! +[\w.-]+=)[^\\])*)/g,
  )) {
    const native = /^(?:FTNTFGT|FortinetFortiGate|ad\.)(.*)$/s.exec(key);
    const trimmed = value.replace(/ +$/, "");
    if (native) keep(fields, OLD_NAMES[native[1] as string] ?? (native[1] as string), trimmed);
    else if (CEF_NAMES[key]) keep(fields, CEF_NAMES[key] as string, trimmed);
    else keep(custom, key, trimmed);
  }
  keep(fields, "logid", header[5] as string);
  for (const [name, target, label] of [
    ["cs5", "policyid", "Policy Id"],
    ["cn1", "duration", "Duration"],
    ["cn2", "sentpkt", "Packets Sent"],
    ["cn3", "rcvdpkt", "Packets Received"],
  ] as const) {
    if (custom[`${name}Label`]?.startsWith(label)) keep(fields, target, custom[name] ?? "");
  }
  if (custom.dhost) fields["cef dhost"] = custom.dhost;
  fields["cef header"] = header[6] ?? "";
  fields["cef name"] = custom.cat ?? header[6] ?? "";
  for (const key of Object.keys(fields)) fields[key] = (fields[key] as string).replace(/\\([\\=|/])/g, "$1");
  return fields;
}

function keep(fields: Fields, key: string, value: string): void {
  if (value !== "" && value !== "N/A" && (key === "tz" || !(key in fields))) fields[key] = value;
}

function kindOf({ fields, isCef }: Line): string {
  if (fields.log_id !== undefined && fields.policyid === undefined) return "";
  if (fields.log_id !== undefined) keep(fields, "logid", fields.log_id);
  const { type, logid = "", subtype = "", srcip } = fields;
  if (type !== undefined) return /^\d+$/.test(logid) || (subtype && srcip) ? kindOfWord(type, subtype) : "";
  const named = isCef ? /^([^:]*):([^ ]*)/.exec(fields["cef name"] as string) : null;
  if (named) {
    keep(fields, "subtype", named[2] as string);
    return kindOfWord(named[1] as string, fields.subtype ?? "");
  }
  if (!/^\d{10}$/.test(logid)) return "";
  const types =
    "traffic event virus webfilter ips emailfilter - anomaly voip dlp app-ctrl - waf - gtp dns ssh ssl cifs file-filter icap ztna";
  return kindOfWord(types.split(" ")[Number(logid.slice(0, 2))] ?? "", "");
}

function kindOfWord(type: string, subtype: string): string {
  if (type === "traffic" || type === "event") return type;
  const engine = type === "utm" ? subtype : type;
  if (ENGINES[engine]) return ENGINES[engine] as string;
  return type === "utm" || OTHER_ENGINES.test(type) ? "other" : "";
}

function traffic(line: Line, zone: string): ReferenceRecord | null {
  const { fields } = line;
  const record = common(line, zone);
  if (!record?.source) return null;
  const isTransaction = fields.subtype === "http-transaction";
  const message = isTransaction ? 99 : whole(fields.logid) % 1e6;
  const inHeader = /^[^ ]*:[^ ]* ([a-z-]+)$/.exec(fields["cef header"] ?? "")?.[1];
  record.action = fields.action ?? (line.isCef ? inHeader : fields.status) ?? "";
  if (record.action === "" && message !== 99) return null;
  record.reason = fields.msg ?? "";
  const word = record.action === "" ? "allow" : trafficVerdict(record.action);
  // It looks at copies: what it accepts went another way.
  record.verdict = fields.subtype === "sniffer" ? "none" : word;
  record.outOfState = record.verdict === "deny" && (message === 7 || record.reason.startsWith("no session matched"));
  if (word === "deny") record.phase = "end";
  else if (caseless(record.action) === "start" || [4, 15, 16].includes(message)) record.phase = "start";
  else record.phase = [11, 20, 21, 99].includes(message) ? "interim" : "end";
  record.inspectionVerdict = decision(fields.utmaction);
  record.direction = direction(fields);
  const counts =
    record.phase === "interim" && (message === 20 || message === 21)
      ? ["sentdelta", "rcvddelta", "sentpktdelta", "rcvdpktdelta"]
      : ["sentbyte", "rcvdbyte", "sentpkt", "rcvdpkt"];
  [record.bytes, record.replyBytes, record.packets, record.replyPackets] = counts.map((key) => whole(fields[key])) as [
    number,
    number,
    number,
    number,
  ];
  record.shaperDroppedBytes =
    Math.max(0, whole(fields.shaperdropsentbyte)) + Math.max(0, whole(fields.shaperdroprcvdbyte));
  record.durationMs = whole(fields.duration) < 0 ? -1 : whole(fields.duration) * 1000;
  return record;
}

function trafficVerdict(action: string): ReferenceVerdict {
  const word = caseless(action);
  return DENIED.split(" ").includes(word) ? "deny" : ALLOWED.split(" ").includes(word) ? "allow" : "none";
}

/** In lower case what is written in one of the three usual ways. */
function caseless(word: string): string {
  return /^(?:[a-z-]+|[A-Z-]+|[A-Z][a-z-]+)$/.test(word) ? word.toLowerCase() : word;
}

function inspection(line: Line, kind: string, zone: string): ReferenceRecord | null {
  const { fields } = line;
  const record = common(line, zone);
  if (!record) return null;
  if (fields.log_id !== undefined) record.action ||= fields.status ?? "";
  record.inspection = kind === "sip-alg" && fields.voip_proto === "sccp" ? "other" : kind;
  record.inspectionVerdict = decision(record.action === "" ? undefined : record.action);
  const { attack, malform_desc, virus, reason, msg, app } = fields;
  const requestKind = record.inspection === "sip-alg" ? fields.kind : undefined;
  record.reason = attack ?? malform_desc ?? virus ?? reason ?? msg ?? app ?? requestKind ?? "";
  if (kind === "dns") record.resolved = fields.ipaddr ?? "";
  record.hostName ||= fields["cef dhost"] ?? fields.scertcname ?? "";
  if (kind === "dos") record.count = Math.max(1, whole(fields.count));
  else if (fields.srcintf && fields.dstintf) record.direction = "forward";
  return record;
}

/** Null where an address, port or protocol is impossible. */
function common(line: Line, zone: string): ReferenceRecord | null {
  const { fields, isCef } = line;
  const { dstip, transip, tranip, service = "" } = fields;
  // Left out where it is `::`.
  const srcip = fields.srcip ?? (/^ff..:/i.test(dstip ?? "") ? "::" : undefined);
  const protocol = protocolOf(fields.proto);
  if (protocol > 255) return null;
  const version = addressVersion(srcip ?? "");
  if ((srcip !== undefined || dstip !== undefined) && (!version || addressVersion(dstip ?? "") !== version))
    return null;
  const isTranslated = version !== 0 && fields.trandisp !== "noop";
  for (const address of isTranslated ? [transip, tranip] : []) {
    if (address !== undefined && !addressVersion(address)) return null;
  }
  const hasPorts = [-1, 6, 17, 132, 136].includes(protocol);
  const ports = [fields.srcport, fields.dstport].map((text) => (hasPorts && text !== undefined ? portOf(text) : -1));
  if (hasPorts && [fields.srcport, fields.dstport].some((text) => text !== undefined && portOf(text) < 0)) return null;
  const sourceNat = isTranslated ? translation(transip) : null;
  const destinationNat = isTranslated ? translation(tranip) : null;
  const natPort = (address: string | null, text: string | undefined) =>
    address && hasPorts && text !== undefined && portOf(text) > 0 ? portOf(text) : -1;
  return {
    time: timeOf(line, zone),
    observer: ofDomain(
      fields.devname ?? (isCef ? line.host || fields.devid : (fields.devid ?? line.host)) ?? "",
      fields.vd,
    ),
    verdict: "none",
    action: fields.action ?? "",
    reason: "",
    outOfState: false,
    phase: "packet",
    inspection: "none",
    inspectionVerdict: "none",
    count: 1,
    sessionId: fields.sessionid ?? "",
    ruleId: fields.policyid ?? "",
    ruleName: fields.policyname ?? "",
    ruleUuid: fields.poluuid ?? "",
    ingress: fields.srcintf ?? "",
    egress: fields.dstintf ?? "",
    direction: "",
    ipVersion: version,
    protocol,
    source: version ? canonical(srcip as string) : null,
    destination: version ? canonical(dstip as string) : null,
    sourcePort: ports[0] as number,
    destinationPort: ports[1] as number,
    sourceNat,
    sourceNatPort: natPort(sourceNat, fields.transport),
    destinationNat,
    destinationNatPort: natPort(destinationNat, fields.tranport),
    icmp: protocol === 1 || protocol === 58 ? icmpOf(fields, service) : "-1/-1",
    bytes: -1,
    replyBytes: -1,
    packets: -1,
    replyPackets: -1,
    durationMs: -1,
    shaperDroppedBytes: 0,
    application: fields.app ?? service,
    hostName: fields.hostname ?? fields.qname ?? "",
    resolved: "",
  };
}

function protocolOf(text: string | undefined): number {
  if (text === undefined) return -1;
  if (/^\d+$/.test(text)) return Number(text);
  return ({ tcp: 6, TCP: 6, udp: 17, UDP: 17, icmp: 1, ICMP: 1 } as Record<string, number>)[text] ?? -1;
}

function addressVersion(text: string): 0 | 4 | 6 {
  if (isIPv4(text.replace(/(^|\.)0+(?=\d)/g, "$1"))) return 4;
  return isIPv6(text) || isIPv6(text.replace(/%.*$/s, "")) ? 6 : 0;
}

function translation(text: string | undefined): string | null {
  if (text === undefined || !addressVersion(text)) return null;
  const address = canonical(text);
  return address === "0.0.0.0" || address === "::" ? null : address;
}

/** As the URL parser writes it: RFC 5952. */
export function canonical(address: string): string {
  if (addressVersion(address) === 4) return address.split(".").map(Number).join(".");
  const text = new URL(`http://[${address.replace(/%.*$/s, "")}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(text);
  if (!mapped) return text;
  const [high, low] = [Number.parseInt(mapped[1] as string, 16), Number.parseInt(mapped[2] as string, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function portOf(text: string): number {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : -1;
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : -1;
}

function icmpOf(fields: Fields, service: string): string {
  const number = (text: string | undefined) => {
    const value = /^0x[\da-f]+$/i.test(text ?? "") ? Number(text) : whole(text);
    return value > 255 ? -1 : value;
  };
  if (fields.icmptype !== undefined) return `${number(fields.icmptype)}/${number(fields.icmpcode)}`;
  const [name = "", type, ...code] = service.split("/");
  return name.startsWith("icmp") ? `${number(type)}/${number(code.join("/"))}` : "-1/-1";
}

function decision(word: string | undefined): ReferenceVerdict {
  if (word === undefined) return "none";
  return STOPPED.test(word) ? "deny" : PASSED.test(word) ? "allow" : "none";
}

function ofDomain(device: string, domain = "root"): string {
  return device === "" || domain === "" || domain === "root" ? device : `${device}/${domain}`;
}

function direction({ subtype, srcintf = "", dstintf = "", vd = "" }: Fields): ReferenceRecord["direction"] {
  if (subtype === "sniffer") return "";
  if (subtype !== "local") return "forward";
  const isInside = (name: string) => name === "root" || name.startsWith("unknown") || (vd !== "" && name === vd);
  if (isInside(srcintf) === isInside(dstintf)) return "";
  return isInside(dstintf) ? "in" : "out";
}

function timeOf({ fields, time }: Line, zone: string): string | null {
  const { eventtime = "", date = "", time: clock = "", timestamp = "", itime = "" } = fields;
  const offset = offsetOf(fields.tz ?? "");
  return (
    epochTime(eventtime) ??
    civilTime(date, clock, offset ?? zone) ??
    epochTime(fields["cef rt"] ?? "") ??
    epochTime(fields["cef start"] ?? "") ??
    (epochTime(timestamp) && localEpoch(timestamp, offset ?? zone)) ??
    epochTime(itime) ??
    time
  );
}

function epochTime(text: string): string | null {
  const match = /^(\d{1,20})(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const digits = match[1] as string;
  const fractionDigits = digits.length <= 11 ? 0 : digits.length <= 14 ? 3 : digits.length <= 17 ? 6 : 9;
  const seconds = BigInt(digits.slice(0, digits.length - fractionDigits) || "0");
  const fraction = fractionDigits === 0 ? (match[2] ?? "") : digits.slice(-fractionDigits);
  return seconds === 0n ? null : iso(Number(seconds) * 1000, fraction);
}

function iso(secondMs: number, fraction: string): string {
  const micros = fraction.slice(0, 6).padEnd(6, "0");
  return `${new Date(secondMs).toISOString().slice(0, -4)}${micros}Z`;
}

function civilTime(date: string, time: string, zone: string): string | null {
  const day = /^(\d+)-(\d+)-(\d+)(?:\.|$)/.exec(date);
  const clock = /^(\d+): ?(\d+):(\d+)(?:\.|$)/.exec(time);
  if (!day || !clock) return null;
  const [year, month, dayOfMonth] = day.slice(1, 4).map(Number) as [number, number, number];
  const [hour, minute, second] = clock.slice(1, 4).map(Number) as [number, number, number];
  if (year < 1970 || second > 60 || hour > 23) return null;
  const local = DateTime.fromObject(
    { year, month, day: dayOfMonth, hour, minute, second: Math.min(second, 59) },
    { zone },
  );
  if (!local.isValid) return null;
  // The earlier one in the hour that a change of clocks repeats.
  const earliest = Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis()));
  return iso(earliest + (second === 60 ? 1000 : 0), "");
}

function localEpoch(timestamp: string, zone: string): string {
  const utc = DateTime.fromISO(epochTime(timestamp) as string, { zone: "utc" });
  return iso(utc.setZone(zone, { keepLocalTime: true }).toMillis(), "");
}

function envelopeTime(text: string, year: number, zone: string): string | null {
  const time = DateTime.fromFormat(`${text.replace(/ +/g, " ")} ${year}`, "LLL d HH:mm:ss yyyy", {
    zone,
    locale: "en",
  });
  return time.isValid ? iso(time.toMillis(), "") : null;
}

/** As a zone that luxon knows. */
function offsetOf(tz: string): string | null {
  const match = /^(utc|gmt)?(?:([+-])(\d+)(?::(\d+))?)?$/i.exec(tz);
  if (!match || tz === "") return null;
  if (!match[2]) return "utc";
  const digits = match[3] as string;
  const isGlued = match[4] === undefined && digits.length > 2;
  const hours = Number(isGlued ? digits.slice(0, -2) : digits);
  const minutes = Number(isGlued ? digits.slice(-2) : (match[4] ?? 0));
  if (hours > 14 || minutes > 59) return null;
  return `UTC${match[2]}${hours}:${String(minutes).padStart(2, "0")}`;
}

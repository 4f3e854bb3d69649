/** Generate, render, parse; the fast parser against the slow one; hostile bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { fortigate } from "../../ingest/formats/fortigate.ts";
import { LogRecord, Span } from "../../ingest/record.ts";
import { cpuMs } from "../cpu-time.ts";
import { canonical, type ReferenceRecord, type ReferenceStatus, referenceParse } from "./reference/fortigate.ts";

const ZONE = "Europe/Berlin";
const YEAR = 2026;
const STATUSES: readonly ReferenceStatus[] = ["parsed", "no-verdict", "foreign", "malformed", "structure"];
const VERDICTS = ["none", "allow", "deny"] as const;
const PHASES = ["packet", "start", "interim", "end"] as const;
const DIRECTIONS = ["", "in", "out", "forward"] as const;
const ENGINES = ["none", "sip-alg", "ips", "app-control", "tls", "web-filter", "antivirus", "dos", "dns", "?", "other"];

const parse = fortigate.open({ clock: new DeviceClock(ZONE, Date.parse("2026-12-31T12:00:00Z")) });
const record = new LogRecord();
const encoder = new TextEncoder();

const FAR_FUTURE_MS = Date.UTC(2200, 0, 1);

function microsecondTime(ms: number): string | null {
  if (Number.isNaN(ms)) return null;
  // A double has no microseconds left then; neither has any log.
  if (ms > FAR_FUTURE_MS) return "far future";
  const micros = Math.round(ms * 1000);
  const seconds = Math.floor(micros / 1e6);
  return `${new Date(seconds * 1000).toISOString().slice(0, -4)}${String(micros - seconds * 1e6).padStart(6, "0")}Z`;
}

function asReference(): ReferenceRecord {
  const hasAddresses = record.ipVersion !== 0;
  return {
    time: microsecondTime(record.timeMs),
    observer: record.textOf(record.observer),
    verdict: VERDICTS[record.verdict],
    action: record.textOf(record.action),
    reason: record.textOf(record.reason),
    outOfState: record.outOfState,
    phase: PHASES[record.phase],
    inspection: ENGINES[record.inspection] as string,
    inspectionVerdict: VERDICTS[record.inspectionVerdict],
    count: record.count,
    sessionId: record.textOf(record.sessionId),
    ruleId: record.textOf(record.ruleId),
    ruleName: record.textOf(record.ruleName),
    ruleUuid: record.textOf(record.ruleUuid),
    ingress: record.textOf(record.ingress),
    egress: record.textOf(record.egress),
    direction: DIRECTIONS[record.direction],
    ipVersion: record.ipVersion,
    protocol: record.protocol,
    source: hasAddresses ? formatAddress(record.source) : null,
    destination: hasAddresses ? formatAddress(record.destination) : null,
    sourcePort: record.sourcePort,
    destinationPort: record.destinationPort,
    sourceNat: record.hasSourceNat ? formatAddress(record.sourceNat) : null,
    sourceNatPort: record.sourceNatPort,
    destinationNat: record.hasDestinationNat ? formatAddress(record.destinationNat) : null,
    destinationNatPort: record.destinationNatPort,
    icmp: `${record.icmpType}/${record.icmpCode}`,
    bytes: record.bytes,
    replyBytes: record.replyBytes,
    packets: record.packets,
    replyPackets: record.replyPackets,
    durationMs: record.durationMs,
    shaperDroppedBytes: record.shaperDroppedBytes,
    application: record.textOf(record.application),
    hostName: record.textOf(record.hostName),
    resolved: record.textOf(record.resolved),
  };
}

const MARGIN = 20;

/** Reads a line that stands between others in a larger buffer, as in a real input. */
function read(line: string | Uint8Array): { status: number; record: ReferenceRecord | null } {
  const bytes = typeof line === "string" ? encoder.encode(line) : line;
  const chunk = new Uint8Array(bytes.length + 2 * MARGIN).fill(0x39);
  chunk.set(bytes, MARGIN);
  const status = parse(chunk, MARGIN, MARGIN + bytes.length, record);
  return { status, record: status === PARSED || status === NO_VERDICT ? asReference() : null };
}

const port = fc.integer({ min: 0, max: 65535 }).map(String);
const number = fc.integer({ min: 0, max: 2 ** 31 }).map(String);
const ipv4 = fc.ipV4();
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 })
  .map((groups) => canonical(`2001:${groups.map((group) => group.toString(16)).join(":")}`));
const addresses = fc.oneof(fc.tuple(ipv4, ipv4), fc.tuple(ipv6, ipv6));
/** What people and attackers put into strings: separators, quotes, backslashes, whole pairs. */
const text = fc
  .array(
    fc.constantFrom(
      "abc",
      "Z9",
      " ",
      ",",
      '"',
      "\\",
      "=",
      "|",
      "/",
      "é",
      " srcip=6.6.6.6",
      '" action="deny',
      "\\=",
      "; ",
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join("").trim())
  .filter((value) => value !== "" && value !== "N/A");
const plainText = fc.constantFrom("HTTPS", "udp/5060", "SIP", "Voice Out", "Léon", "port1.20", "a-b_c");

const time = fc.record({
  date: fc.constantFrom("2026-07-03", "2026-4-1", "2026-10-25", "2024-02-29"),
  time: fc.constantFrom("19:10:30", "02:30:00", "00:00:00", "23:59:59"),
  tz: fc.option(fc.constantFrom("-0500", "+0200", "UTC+2:00", "GMT-3:30", "UTC", "+0545", "CEST", "UTC-11:00"), {
    nil: undefined,
  }),
  eventtime: fc.option(
    fc.constantFrom("1783098630", "1783098630123", "1783098630123456", "1783098630123456789", "0", "1783098630.25"),
    { nil: undefined },
  ),
});

const traffic = fc.record(
  {
    devname: plainText,
    devid: fc.constant("FGT0000000000001"),
    logid: fc.constantFrom("13", "14", "15", "16", "20", "3", "7", "12", "17", "99").map((id) => id.padStart(10, "0")),
    type: fc.constant("traffic"),
    subtype: fc.constantFrom("forward", "forward", "local", "multicast", "sniffer", "ztna", "http-transaction"),
    vd: fc.constantFrom("root", "voice"),
    srcport: port,
    dstport: port,
    srcintf: fc.constantFrom("port1", "root", "voice", "unknown0"),
    dstintf: fc.constantFrom("wan1", "root", "voice", "unknown-0"),
    sessionid: number,
    proto: fc.constantFrom("6", "17", "1", "58", "132", "50", "2"),
    action: fc.constantFrom(
      "deny",
      "accept",
      "close",
      "timeout",
      "client-rst",
      "server-rst",
      "start",
      "ip-conn",
      "dns",
      "Deny",
      "ACCEPT",
      "blocked",
      "perhaps",
    ),
    policyid: fc.constantFrom("0", "1", "4294967295"),
    policyname: text,
    poluuid: fc.constant("00000000-1111-2222-3333-444444444444"),
    service: fc.constantFrom("HTTPS", "icmp/8/0", "icmp6/131/0", "PING", "udp/5060", "icmp/300/1"),
    trandisp: fc.constantFrom("noop", "snat", "dnat", "snat+dnat"),
    transip: ipv4,
    transport: port,
    tranip: fc.oneof(ipv4, fc.constantFrom("0.0.0.0", "::")),
    tranport: port,
    duration: number,
    sentbyte: number,
    rcvdbyte: number,
    sentpkt: number,
    rcvdpkt: number,
    sentdelta: number,
    rcvddelta: number,
    utmaction: fc.constantFrom("allow", "block", "reset", "N/A"),
    app: text,
    hostname: text,
    msg: fc.oneof(text, fc.constant("no session matched")),
    appcat: fc.constant("unscanned"),
  },
  { requiredKeys: ["devname", "logid", "type", "subtype", "action", "srcport", "dstport", "proto"] },
);

const security = fc.record(
  {
    devid: fc.constant("FGT0000000000001"),
    logid: fc.constantFrom("0419016384", "1059028704", "0814044033", "0720018433"),
    type: fc.constantFrom("utm", "utm", "utm", "dns", "voip", "anomaly", "event"),
    subtype: fc.constantFrom("voip", "ips", "app-ctrl", "webfilter", "ssl", "dns", "anomaly", "virus", "casb", "ssh"),
    session_id: number,
    src_port: port,
    dst_port: port,
    src_int: plainText,
    dst_int: plainText,
    policy_id: fc.constantFrom("0", "7"),
    proto: fc.constantFrom("17", "6", "1"),
    voip_proto: fc.constantFrom("sip", "sccp"),
    action: fc.constantFrom("block", "pass", "dropped", "clear_session", "permit", "detected", "start", "passthrough"),
    attack: text,
    malform_desc: text,
    msg: text,
    count: fc.constantFrom("0", "1", "28", "1307"),
    icmptype: fc.constantFrom("0x08", "3"),
    icmpcode: fc.constantFrom("0x00", "1"),
    qname: text,
    scertcname: text,
  },
  { requiredKeys: ["type", "subtype", "action"] },
);

type Fields = Record<string, string>;

const fields = fc.tuple(time, addresses, fc.oneof(traffic, traffic, security)).map(([when, [srcip, dstip], rest]) => {
  const { date, time: clock, ...zoned } = when;
  const all: Record<string, string | undefined> = { date, time: clock, ...zoned, ...rest };
  // Order as in FortiOS: addresses before the strings that others control.
  const entries = Object.entries(all);
  entries.splice(entries.length > 9 ? 9 : 4, 0, ["srcip", srcip], ["dstip", dstip]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Fields;
});

const BARE = /^[\w.:-]+$/;
const quote = (value: string) => `"${value.replace(/["\\]/g, "\\$&")}"`;
const pairs = (all: Fields, separator: string, quoteAll: boolean) =>
  Object.entries(all)
    .map(([key, value]) => `${key}=${quoteAll || !BARE.test(value) ? quote(value) : value}`)
    .join(separator);

const CEF_NAMES: Fields = {
  srcip: "src",
  dstip: "dst",
  srcport: "spt",
  dstport: "dpt",
  src_port: "spt",
  dst_port: "dpt",
  srcintf: "deviceInboundInterface",
  dstintf: "deviceOutboundInterface",
  sessionid: "externalId",
  action: "act",
  service: "app",
  transip: "sourceTranslatedAddress",
  transport: "sourceTranslatedPort",
  sentbyte: "out",
  rcvdbyte: "in",
  proto: "proto",
  devid: "deviceExternalId",
  msg: "msg",
};

function cef(all: Fields): string {
  const { type = "", subtype = "", logid = "", date: _, time: __, ...rest } = all;
  const escaped = (value: string) => value.replace(/[\\=]/g, "\\$&");
  const extension = Object.entries({ logid, cat: `${type}:${subtype}`, subtype, ...rest })
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key === "cat" ? key : (CEF_NAMES[key] ?? `FTNTFGT${key}`)}=${escaped(value)}`);
  return `CEF:0|Fortinet|Fortigate|v7.4.3|${logid.slice(-5)}|${type}:${subtype} ${all.action}|3|${extension.join(" ")}`;
}

const envelopes = fc.constantFrom(
  "",
  "<189>",
  "700 <189>",
  "Jul  3 19:10:31 relay ",
  "<134>Dec 5 09:53:08 relay forwarder: ",
  "Jul  3 19:10:31 ",
);

/** Under the names of FortiOS 4. */
const OLD_NAMES: Record<string, string> = {
  logid: "log_id",
  devid: "device_id",
  srcip: "src",
  dstip: "dst",
  srcport: "src_port",
  dstport: "dst_port",
  srcintf: "src_int",
  dstintf: "dst_int",
  action: "status",
  trandisp: "tran_disp",
  transip: "tran_sip",
  transport: "tran_sport",
  tranip: "tran_ip",
  tranport: "tran_port",
  sentbyte: "sent",
  rcvdbyte: "rcvd",
  sentpkt: "sent_pkt",
  rcvdpkt: "rcvd_pkt",
  sessionid: "SN",
};

function renamed(all: Fields): Fields {
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [OLD_NAMES[key] ?? key, value]));
}

function verdictOf(action: string): string {
  if (["deny", "Deny", "blocked"].includes(action)) return "deny";
  return action === "perhaps" ? "none" : "allow";
}

const rendered = fc
  .tuple(envelopes, fields, fc.constantFrom("default", "quoted", "csv", "cef", "wide", "old", "escaped"), fc.boolean())
  .map(([envelope, given, style, isRepeated]) => {
    const all =
      style === "old" ? { ...given, logid: given.logid ?? "0419016384", policyid: given.policyid ?? "4" } : given;
    const payload =
      style === "cef"
        ? cef(all)
        : style === "escaped"
          ? pairs(all, " ", false).replace(/["\\]/g, "\\$&")
          : pairs(
              style === "old" ? renamed(all) : all,
              style === "csv" ? "," : style === "wide" ? "  " : " ",
              style === "quoted",
            ) + (isRepeated ? `${style === "csv" ? "," : " "}srcip=6.6.6.6` : "");
    return { line: envelope + payload, payloadAt: envelope.length, all, style };
  });

describe("FortiGate parser", () => {
  it("returns the strings that a line was rendered from, whatever they hold", () => {
    fc.assert(
      fc.property(rendered, ({ line, all }) => {
        const { record: got } = read(line);
        fc.pre(got !== null);
        expect(got?.source, line).toBe(canonical(all.srcip as string));
        expect(got?.destination, line).toBe(canonical(all.dstip as string));
        expect(got?.action, line).toBe(all.action);
        expect(got?.ruleName, line).toBe(all.policyname ?? "");
        const decides = all.type === "traffic" && all.subtype !== "sniffer";
        expect(got?.verdict, line).toBe(decides ? verdictOf(all.action as string) : "none");
        if (all.type === "traffic") expect(got?.reason, line).toBe(all.msg ?? "");
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with the slow parser, also on payloads cut anywhere", () => {
    fc.assert(
      fc.property(rendered, fc.option(fc.nat(1200)), ({ line, payloadAt }, cut) => {
        const start = payloadAt + 12;
        const input = cut === null ? line : line.slice(0, start + (cut % (line.length - start)));
        const slow = referenceParse(input, YEAR, ZONE);
        const fast = read(input);
        expect(STATUSES[fast.status], input).toBe(slow.status);
        if (slow.record && Date.parse(slow.record.time ?? "") > FAR_FUTURE_MS) slow.record.time = "far future";
        expect(fast.record, input).toEqual(slow.record);
      }),
      { numRuns: 4000 },
    );
  });

  it("agrees with the slow parser on payloads with bytes changed", () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom('"', "\\", "=", ",", " ", "  ", "x", "", '""', "\t", "\u0000", "1"),
    );
    fc.assert(
      fc.property(rendered, fc.array(change, { minLength: 1, maxLength: 3 }), ({ line, payloadAt }, changes) => {
        let input = line;
        const start = payloadAt + 12;
        for (const [at, replacement] of changes) {
          const index = start + (at % (input.length - start));
          input = input.slice(0, index) + replacement + input.slice(index + (at % 2));
        }
        const slow = referenceParse(input, YEAR, ZONE);
        const fast = read(input);
        expect(STATUSES[fast.status], input).toBe(slow.status);
        if (slow.record && Date.parse(slow.record.time ?? "") > FAR_FUTURE_MS) slow.record.time = "far future";
        expect(fast.record, input).toEqual(slow.record);
      }),
      { numRuns: 4000 },
    );
  });

  it("gives a status and spans inside the text for any bytes", () => {
    const mutation = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom("set", "insert", "delete", "repeat"),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x22, 0x5c, 0x3d, 0x20, 0x00, 0x2c, 0x7c, 0x3a)),
    });
    fc.assert(
      fc.property(rendered, fc.array(mutation, { minLength: 1, maxLength: 8 }), ({ line }, mutations) => {
        let bytes = [...encoder.encode(line)];
        for (const { at, kind, byte } of mutations) {
          const index = at % (bytes.length + 1);
          if (kind === "set") bytes[index] = byte;
          else if (kind === "insert") bytes.splice(index, 0, byte);
          else if (kind === "delete") bytes.splice(index, byte % 12);
          else bytes = [...bytes, ...bytes.slice(index, index + 60)];
        }
        const input = Uint8Array.from(bytes);
        const { status } = read(input);
        expect(STATUSES[status]).toBeDefined();
        if (status !== PARSED && status !== NO_VERDICT) return;
        const isScratch = record.text.length !== input.length + 2 * MARGIN;
        // Behind a copy stands the name of a virtual domain, put together of what the line holds.
        const [low, high] = isScratch ? [0, 2 * input.length] : [MARGIN, MARGIN + input.length];
        for (const span of Object.values(record).filter((field) => field instanceof Span)) {
          if (!span.isEmpty) expect(span.start >= low && span.end <= high).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("reads lines of a megabyte, and one of ten, in one pass", () => {
    const start = "<189>date=2026-07-03 time=19:10:30 devid=FGT1 logid=0000000013 type=traffic subtype=forward ";
    const cefStart = "<189>CEF:0|Fortinet|Fortigate|v7.4.3|00013|traffic:forward close|3|";
    for (const filler of ["a=b ", '"', "\\", "=", ",", "a ", "\0", 'msg="', 'x="\\"', "|", "<1>", "src= "]) {
      const body = filler.repeat((filler === '"' ? 10_000_000 : 1_000_000) / filler.length);
      const before = cpuMs();
      for (const line of [start + body, cefStart + body, body]) {
        const { status } = read(line);
        expect(STATUSES[status]).toBeDefined();
        if (line !== body) expect([PARSED, NO_VERDICT, STRUCTURE]).not.toContain(status);
      }
      expect([MALFORMED]).toContain(read(start).status);
      expect(cpuMs() - before, filler).toBeLessThan(4000);
    }
  });
});

/** Generate, render, parse; the fast parser against the slow one; hostile bytes. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { flagLetters } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED } from "../../ingest/format.ts";
import { iptables } from "../../ingest/formats/iptables.ts";
import { journald } from "../../ingest/formats/journald.ts";
import { ulogd } from "../../ingest/formats/ulogd.ts";
import { LogRecord, type Span } from "../../ingest/record.ts";
import { type ReferencePacket, referencePacket } from "./reference/iptables.ts";
import { canonical } from "./reference/pfsense.ts";

const RUNS = { numRuns: 800 };
const VERDICTS = ["none", "allow", "deny"] as const;
const clock = new DeviceClock("Europe/Berlin", Date.parse("2026-12-31T12:00:00Z"));
const parse = iptables.open({ clock });
const record = new LogRecord();
const encoder = new TextEncoder();

function asReference(status: number): Omit<ReferencePacket, "prefix"> {
  const isPacket = status === PARSED || status === NO_VERDICT;
  return {
    status: isPacket ? "packet" : status === MALFORMED ? "malformed" : "foreign",
    ingress: record.textOf(record.ingress),
    egress: record.textOf(record.egress),
    source: formatAddress(record.source),
    destination: formatAddress(record.destination),
    protocol: record.protocol,
    sourcePort: record.sourcePort,
    destinationPort: record.destinationPort,
    bytes: record.bytes,
    dscp: record.dscp,
    ipId: record.ipId,
    fragmentOffset: record.fragmentOffset,
    moreFragments: record.moreFragments,
    icmpType: record.icmpType,
    icmpCode: record.icmpCode,
    tcpFlags: record.tcpFlags < 0 ? null : flagLetters(record.tcpFlags),
  };
}

/** Reads a line that stands between others in a larger buffer, as in a real input. */
function read(line: string | Uint8Array): number {
  const bytes = typeof line === "string" ? encoder.encode(line) : line;
  const chunk = new Uint8Array(bytes.length + 40).fill(0x39);
  chunk.set(bytes, 20);
  return parse(chunk, 20, 20 + bytes.length, record);
}

const number16 = fc.integer({ min: 0, max: 65535 });
const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.ipV4();
const ipv6 = fc
  .array(number16, { minLength: 7, maxLength: 7 })
  .map((groups) => `2001:${groups.map((group) => group.toString(16).padStart(4, "0")).join(":")}`);
const flags = fc.subarray(["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"]);
const device = fc.constantFrom("", "eth0", "ppp0", "br-lan", "wg0", "vmbr0.94", "ens18");
const prefix = fc.constantFrom(
  ["[UFW BLOCK] ", "deny"],
  ["[UFW ALLOW] ", "allow"],
  ["[UFW AUDIT] ", "none"],
  ["Shorewall:net2fw:REJECT:", "deny"],
  ["[WAN_IN-10-A]", "allow"],
  ["REJECT wan in: ", "deny"],
  ["filter_IN_public_DROP: ", "deny"],
  ["upnpc", "none"],
  ["", "none"],
);

const transport = fc.oneof(
  fc
    .record({ spt: number16, dpt: number16, sequence: fc.boolean(), flags })
    .map(
      (tcp) =>
        `PROTO=TCP SPT=${tcp.spt} DPT=${tcp.dpt} ${tcp.sequence ? "SEQ=4294967295 ACK=7 " : ""}WINDOW=64240 RES=0x00 ${tcp.flags.map((flag) => `${flag} `).join("")}URGP=0 `,
    ),
  fc
    .record({ name: fc.constantFrom("UDP", "UDPLITE"), spt: number16, dpt: number16, length: number16 })
    .map((udp) => `PROTO=${udp.name} SPT=${udp.spt} DPT=${udp.dpt} LEN=${udp.length} `),
  fc
    .record({ type: byte, code: byte, id: number16 })
    .map((icmp) => `PROTO=ICMP TYPE=${icmp.type} CODE=${icmp.code} ID=${icmp.id} SEQ=1 `),
  fc
    .record({ source: ipv4, destination: ipv4, port: number16 })
    .map(
      (quoted) =>
        `PROTO=ICMP TYPE=3 CODE=4 [SRC=${quoted.source} DST=${quoted.destination} LEN=1 TOS=0x00 PREC=0x20 TTL=1 ID=2 MF FRAG:7 PROTO=UDP SPT=${quoted.port} DPT=1 LEN=9 ] MTU=1400 `,
    ),
  byte.map((protocol) => `PROTO=${protocol} `),
  fc.constantFrom("PROTO=ESP SPI=0x1 ", "PROTO=TCP INCOMPLETE [8 bytes] ", "PROTO=UDP "),
);
const header4 = fc
  .record({
    source: ipv4,
    destination: ipv4,
    length: number16,
    tos: byte,
    id: number16,
    more: fc.boolean(),
    at: fc.integer({ min: 0, max: 8191 }),
  })
  .map(
    (ip) =>
      `SRC=${ip.source} DST=${ip.destination} LEN=${ip.length} TOS=0x${(ip.tos & 0x1e).toString(16).padStart(2, "0").toUpperCase()} PREC=0x${(ip.tos & 0xe0).toString(16).padStart(2, "0").toUpperCase()} TTL=9 ID=${ip.id} ${ip.more ? "MF " : "DF "}${ip.at > 4096 ? `FRAG:${ip.at} ` : ""}`,
  );
const header6 = fc
  .record({
    source: ipv6,
    destination: ipv6,
    length: number16,
    trafficClass: byte,
    fragment: fc.constantFrom(
      "",
      "FRAG:0 INCOMPLETE ID:0000abcd ",
      "FRAG:1232 ID:12345678 ",
      "FRAG: 0 ID: 0000abcd ",
      "FRAG: 1448 ID: 12345678 ",
    ),
  })
  .map(
    (ip) =>
      `SRC=${ip.source} DST=${ip.destination} LEN=${ip.length} TC=${ip.trafficClass} HOPLIMIT=9 FLOWLBL=1 ${ip.fragment}`,
  );
const mac = fc.constantFrom(
  "",
  "MAC= ",
  "MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 ",
  "MAC=45:00:00:3c TUNNEL=192.0.2.1->192.0.2.2 ",
);
const packet = fc
  .tuple(device, device, mac, fc.oneof(header4, header6), transport)
  .map(([ingress, egress, hardware, header, tail]) => `IN=${ingress} OUT=${egress} ${hardware}${header}${tail}`);
const message = fc.tuple(prefix, packet).map(([[text, verdict], body]) => ({ text: `${text}${body}`, verdict }));
const kernel = (text: string) => `Jul  3 19:10:30 fw kernel: [ 1732.118004] ${text}`;

it("reads what the kernel prints", () => {
  fc.assert(
    fc.property(ipv4, ipv4, number16, number16, byte, flags, (source, destination, spt, dpt, tos, set) => {
      const status = read(
        kernel(
          `FW-DROP: IN=eth0 OUT= MAC= SRC=${source} DST=${destination} LEN=60 TOS=0x${(tos & 0x1e).toString(16)} PREC=0x${(tos & 0xe0).toString(16)} TTL=64 ID=1 DF PROTO=TCP SPT=${spt} DPT=${dpt} WINDOW=1 RES=0x00 ${set.map((flag) => `${flag} `).join("")}URGP=0 `,
        ),
      );
      expect(status).toBe(PARSED);
      expect([formatAddress(record.source), formatAddress(record.destination)]).toEqual([source, destination]);
      expect([record.sourcePort, record.destinationPort]).toEqual([spt, dpt]);
      expect(record.dscp).toBe(tos >> 2);
      expect(flagLetters(record.tcpFlags)).toHaveLength(set.length);
      const opens = set.includes("SYN") && set.every((flag) => ["SYN", "ECE", "CWR"].includes(flag));
      expect(record.outOfState).toBe(!opens);
      expect(record.timeMs).toBe(Date.parse("2026-07-03T17:10:30Z"));
    }),
    RUNS,
  );
});

it("agrees with the slow parser, field by field", () => {
  fc.assert(
    fc.property(message, ({ text, verdict }) => {
      const status = read(kernel(text));
      const { prefix: _, ...expected } = referencePacket(text);
      expect(asReference(status)).toEqual(expected);
      expect(VERDICTS[record.verdict]).toBe(verdict);
      expect(status).toBe(verdict === "none" ? NO_VERDICT : PARSED);
    }),
    RUNS,
  );
});

it("agrees with it on cut lines", () => {
  fc.assert(
    fc.property(message, fc.nat(), ({ text }, cut) => {
      const rest = text.slice(0, cut % (text.length + 1));
      const status = read(kernel(`${rest}`));
      const { prefix: _, ...expected } = referencePacket(rest.trimEnd());
      const actual = asReference(status);
      if (expected.status === "packet") expect(actual).toEqual(expected);
      else expect(actual.status).toBe(expected.status);
    }),
    RUNS,
  );
});

it("reads the same through the journal, whose message may be text or bytes", () => {
  const parseJournal = journald.open({ clock });
  const other = new LogRecord();
  fc.assert(
    fc.property(message, fc.boolean(), ({ text }, asBytes) => {
      const entry = { MESSAGE: asBytes ? [...encoder.encode(text)] : text, __REALTIME_TIMESTAMP: "1783098630118004" };
      const bytes = encoder.encode(JSON.stringify(entry));
      const status = parseJournal(bytes, 0, bytes.length, other);
      const expected = asReference(read(kernel(text)));
      expect(expected.status === "packet").toBe(status === PARSED || status === NO_VERDICT);
      expect(other.verdict).toBe(record.verdict);
      expect(formatAddress(other.source)).toBe(formatAddress(record.source));
      expect(other.textOf(other.ingress)).toBe(record.textOf(record.ingress));
      expect([other.sourcePort, other.dscp, other.tcpFlags]).toEqual([record.sourcePort, record.dscp, record.tcpFlags]);
    }),
    { numRuns: 300 },
  );
});

it("gives a status for any mutation, and spans inside the text", () => {
  const formats = [iptables, journald, ulogd];
  const parsers = formats.map((format) => format.open({ clock }));
  const samples = formats.flatMap((format) => format.samples);
  const spans: (keyof LogRecord)[] = ["action", "reason", "observer", "ingress", "egress", "ruleId", "ruleName"];
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), byte), { maxLength: 8 }),
      fc.option(fc.nat()),
      (sample, changes, cut) => {
        let bytes = encoder.encode(sample);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        if (cut !== null) bytes = bytes.slice(0, cut % bytes.length);
        for (const one of parsers) {
          const status = one(bytes, 0, bytes.length, record);
          expect(status).toBeGreaterThanOrEqual(0);
          expect(status).toBeLessThanOrEqual(4);
          for (const name of spans) {
            const span = record[name] as Span;
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeLessThanOrEqual(record.text.length);
          }
          expect(record.sourcePort).toBeLessThanOrEqual(65535);
          expect(record.dscp).toBeLessThanOrEqual(63);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

it("takes any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([FOREIGN, MALFORMED, 4, NO_VERDICT]).toContain(read(bytes));
    }),
    RUNS,
  );
});

it("has a reference that knows addresses", () => {
  expect(canonical("2001:0db8:0000:0000:0000:0000:0000:0001")).toBe("2001:db8::1");
});

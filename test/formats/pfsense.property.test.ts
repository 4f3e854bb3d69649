/** Generate, render, parse; the fast parser against the slow one; hostile bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { flagLetters } from "../../ingest/ecs/ecs.ts";
import { MALFORMED, NO_VERDICT, PARSED } from "../../ingest/format.ts";
import { pfsense } from "../../ingest/formats/pfsense.ts";
import { DIRECTION_IN, DIRECTION_OUT, LogRecord, Span } from "../../ingest/record.ts";
import { cpuMs } from "../cpu-time.ts";
import { canonical, type ReferenceRecord, type ReferenceStatus, referenceParse } from "./reference/pfsense.ts";

const ZONE = "Europe/Berlin";
const YEAR = 2026;
const RUNS = { numRuns: 600 };
const STATUSES: readonly ReferenceStatus[] = ["parsed", "no-verdict", "foreign", "malformed", "structure"];
const VERDICTS = ["none", "allow", "deny"] as const;

const parse = pfsense.open({ clock: new DeviceClock(ZONE, Date.parse("2026-12-31T12:00:00Z")) });
const record = new LogRecord();
const encoder = new TextEncoder();

function asReference(): ReferenceRecord {
  const hasAddresses = record.ipVersion !== 0;
  return {
    time: Number.isNaN(record.timeMs) ? null : new Date(Math.floor(record.timeMs + 1e-4)).toISOString(),
    observer: record.textOf(record.observer),
    verdict: VERDICTS[record.verdict],
    action: record.textOf(record.action),
    reason: record.textOf(record.reason),
    ruleId: record.textOf(record.ruleId),
    ruleName: record.textOf(record.ruleName),
    ingress: record.textOf(record.ingress),
    egress: record.textOf(record.egress),
    direction: record.direction === DIRECTION_IN ? "in" : record.direction === DIRECTION_OUT ? "out" : "",
    ipVersion: record.ipVersion,
    protocol: record.protocol,
    source: hasAddresses ? formatAddress(record.source) : null,
    destination: hasAddresses ? formatAddress(record.destination) : null,
    sourcePort: record.sourcePort,
    destinationPort: record.destinationPort,
    bytes: record.bytes,
    dscp: record.dscp,
    ipId: record.ipId,
    fragmentOffset: record.fragmentOffset,
    moreFragments: record.moreFragments,
    tcpFlags: record.tcpFlags < 0 ? null : flagLetters(record.tcpFlags),
    outOfState: record.outOfState,
  };
}

/** Reads a line that stands between others in a larger buffer, as in a real input. */
function read(line: string | Uint8Array): { status: number; record: ReferenceRecord | null } {
  const bytes = typeof line === "string" ? encoder.encode(line) : line;
  const chunk = new Uint8Array(bytes.length + 40).fill(0x39);
  chunk.set(bytes, 20);
  const status = parse(chunk, 20, 20 + bytes.length, record);
  return { status, record: status === PARSED || status === NO_VERDICT ? asReference() : null };
}

const port = fc.integer({ min: 0, max: 65535 });
const length16 = fc.integer({ min: 0, max: 65535 });
const ipv4 = fc.ipV4().filter((address) => !address.startsWith("0"));
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 })
  .map((groups) => canonical(`2001:${groups.map((group) => group.toString(16)).join(":")}`));
const flags = fc.integer({ min: 0, max: 255 }).map(flagLetters);

const name = fc.constantFrom("igb0", "igb1.20", "ixl0_vlan30", "lagg0.3", "pppoe0", "ovpns1", "wg0", "lo0");
const common = fc.record({
  rule: fc.constantFrom("4", "146", "4294967295", ""),
  anchor: fc.constantFrom(["", ""], ["0", "userrules/voice"], ["3", "miniupnpd"], ["16777216", ""]),
  id: fc.constantFrom("1000000103", "0", "00112233445566778899aabbccddeeff", "1700000001a"),
  name,
  reason: fc.constantFrom("match", "match", "fragment", "short", "state-mismatch", "unkn(%u)", "unknown(15)"),
  action: fc.constantFrom(
    "pass",
    "block",
    "block",
    "synproxy-drop",
    "reject",
    "nat",
    "rdr",
    "binat",
    "scrub",
    "unkn(%u)",
    "unknown(11)",
  ),
  direction: fc.constantFrom("in", "out", "in/out", "unkn(%u)"),
});

interface Tail {
  text: string;
  protocol: number;
  sourcePort: number;
  destinationPort: number;
  tcpFlags: string | null;
}

const none = { sourcePort: -1, destinationPort: -1, tcpFlags: null };
const tcpTail: fc.Arbitrary<Tail> = fc
  .tuple(
    port,
    port,
    flags,
    fc.constantFrom("", "7", "7:427"),
    fc.constantFrom("", "99"),
    fc.constantFrom("", "mss;sackOK;TS", "mss;[bad opt],>,"),
  )
  .map(([sourcePort, destinationPort, tcpFlags, sequence, acknowledged, options]) => ({
    text: `${sourcePort},${destinationPort},0,${tcpFlags},${sequence},${acknowledged},64240,,${options}`,
    protocol: 6,
    sourcePort,
    destinationPort,
    tcpFlags,
  }));
const portsTail = (protocol: number): fc.Arbitrary<Tail> =>
  fc.tuple(port, port, fc.integer({ min: 8, max: 1480 })).map(([sourcePort, destinationPort, length]) => ({
    text: `${sourcePort},${destinationPort},${length}`,
    protocol,
    sourcePort,
    destinationPort,
    tcpFlags: null,
  }));
const wordTail: fc.Arbitrary<Tail> = fc.constantFrom(
  { text: "datalength=12", protocol: 2, ...none },
  { text: "datalength=12 ", protocol: 47, ...none },
  { text: "datalength=76", protocol: 50, ...none },
  { text: "advertise,255,1,2,0,1", protocol: 112, ...none },
  { text: "request,2112,364", protocol: 1, ...none },
  { text: "datalength=64,echoreq,0,1,2,", protocol: 1, ...none },
  { text: "IPV6-IN-IPV4,", protocol: 41, ...none },
  { text: "errormsg='tcp 8 [bad hdr length 12 - too short < 20]',", protocol: 6, ...none },
);
const tail = fc.oneof(tcpTail, portsTail(17), portsTail(132), wordTail);
const errors = fc.constantFrom("", "", "", "error='truncated-ip 12 bytes missing!',", "truncated-ip=60,");
const tos = fc.integer({ min: 0, max: 255 });

const packet4 = fc
  .tuple(
    ipv4,
    ipv4,
    tail,
    tos,
    length16,
    length16,
    errors,
    fc.constantFrom("none", "DF", "+", "rsvd"),
    fc.constantFrom(0, 0, 0, 8, 1480),
  )
  .map(([source, destination, payload, type, id, bytes, error, flag, fragmentOffset]) => ({
    text: `4,${error}0x${type.toString(16)},${["", "1", "0", "CE"][type & 3]},63,${id},${fragmentOffset},${flag},${payload.protocol},x,${bytes},${source},${destination},${fragmentOffset > 0 ? "" : payload.text}`,
    expected: {
      ipVersion: 4,
      protocol: payload.protocol,
      source,
      destination,
      sourcePort: fragmentOffset > 0 ? -1 : payload.sourcePort,
      destinationPort: fragmentOffset > 0 ? -1 : payload.destinationPort,
      tcpFlags: fragmentOffset > 0 ? null : payload.tcpFlags,
      bytes,
      dscp: type >> 2,
      ipId: id,
      fragmentOffset,
      moreFragments: flag === "+",
    },
  }));

const words = fc.constantFrom(
  "HBH,RTALERT,0x0000,PADN,",
  "HBH,PAD1,JUMBO,70000,",
  "DSTOPT,HOMEADDR, 2001:db8::7,PADN,",
  "DSTOPT,TYPE,0x1e,4,",
  "FRAG6, 0x0000002a:0|16,,",
);
const packet6 = fc
  .tuple(
    ipv6,
    ipv6,
    fc.oneof(tcpTail, portsTail(17)),
    tos,
    fc.integer({ min: 0, max: 65000 }),
    fc.option(words, { nil: "" }),
  )
  .map(([source, destination, payload, type, length, extension]) => ({
    text: `6,0x${type.toString(16).padStart(2, "0")},0x45678,64,${extension === "" ? "UDP" : "Options"},${extension === "" ? payload.protocol : 0},${length},${source},${destination},${extension}${payload.text}`,
    expected: {
      ipVersion: 6,
      protocol: payload.protocol,
      source,
      destination,
      sourcePort: payload.sourcePort,
      destinationPort: payload.destinationPort,
      tcpFlags: payload.tcpFlags,
      bytes: length + 40,
      dscp: type >> 2,
      ipId: -1,
      fragmentOffset: extension.startsWith("FRAG6") ? 0 : -1,
      moreFragments: false,
    },
  }));

const envelope = fc.constantFrom(
  { text: "", time: null, observer: "" },
  { text: "<134>Jul  3 19:10:30 filterlog[4711]: ", time: "2026-07-03T17:10:30.000Z", observer: "" },
  { text: "<134>Jul 3 19:10:30 filterlog: ", time: "2026-07-03T17:10:30.000Z", observer: "" },
  { text: "Dec  5 09:53:08 fw filterlog: ", time: "2026-12-05T08:53:08.000Z", observer: "fw" },
  {
    text: "<134>1 2026-07-03T19:10:14.500000-05:00 fw.example filterlog 7 - - ",
    time: "2026-07-04T00:10:14.500Z",
    observer: "fw.example",
  },
  {
    text: '<134>1 2026-07-03T19:10:14+02:00 - filterlog 7 - [meta sequenceId="1"] ',
    time: "2026-07-03T17:10:14.000Z",
    observer: "",
  },
);

const generated = fc.tuple(envelope, common, fc.oneof(packet4, packet6)).map(([outer, rule, packet]) => {
  const verdict = rule.action === "pass" ? "allow" : /^(block|synproxy|reject)/.test(rule.action) ? "deny" : "none";
  const isPlainSyn = packet.expected.tcpFlags === null || /^S[EC]*$/.test(packet.expected.tcpFlags);
  const expected: ReferenceRecord = {
    ...packet.expected,
    time: outer.time,
    observer: outer.observer,
    verdict,
    action: rule.action,
    reason: rule.reason,
    ruleId: rule.id,
    ruleName: rule.anchor[1] as string,
    ingress: rule.direction === "out" ? "" : rule.name,
    egress: rule.direction === "out" ? rule.name : "",
    direction: rule.direction === "in" || rule.direction === "out" ? rule.direction : "",
    outOfState: verdict === "deny" && (!isPlainSyn || rule.reason === "state-mismatch"),
  };
  const line = `${outer.text}${rule.rule},${rule.anchor.join(",")},${rule.id},${rule.name},${rule.reason},${rule.action},${rule.direction},${packet.text}`;
  return { line, payloadAt: outer.text.length, expected };
});

describe("pfSense parser", () => {
  it("returns the record that a line was rendered from", () => {
    fc.assert(
      fc.property(generated, ({ line, expected }) => {
        expect(read(line).record, line).toEqual(expected);
      }),
      RUNS,
    );
  });

  it("agrees with the slow parser, also on payloads cut anywhere", () => {
    fc.assert(
      fc.property(generated, fc.option(fc.nat(400)), ({ line, payloadAt }, cut) => {
        const text = cut === null ? line : line.slice(0, payloadAt + (cut % (line.length - payloadAt)));
        const slow = referenceParse(text, YEAR, ZONE);
        const fast = read(text);
        expect(STATUSES[fast.status], text).toBe(slow.status);
        expect(fast.record, text).toEqual(slow.record);
      }),
      { numRuns: 4000 },
    );
  });

  it("gives a status and spans inside the line for any bytes", () => {
    const mutation = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom("set", "insert", "delete", "repeat"),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x2c, 0x20, 0x00, 0x5b, 0x3a, 0x2e)),
    });
    fc.assert(
      fc.property(generated, fc.array(mutation, { minLength: 1, maxLength: 8 }), ({ line }, mutations) => {
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
        for (const span of Object.values(record).filter((field) => field instanceof Span)) {
          if (!span.isEmpty) expect(span.start >= 20 && span.end <= 20 + input.length).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("reads a line of ten megabytes in one pass", () => {
    const start =
      "<134>Jul  3 19:10:30 filterlog[1]: 4,,,1,igb0,match,block,in,6,0x00,0x00000,1,Options,0,36,2001:db8::1,ff02::16,HBH,";
    for (const filler of ["PADN,", ",", "9", "[", "'", "a ", "\0"]) {
      const before = cpuMs();
      expect([PARSED, MALFORMED]).toContain(read(start + filler.repeat(10_000_000 / filler.length)).status);
      read(filler.repeat(10_000_000 / filler.length));
      expect(cpuMs() - before).toBeLessThan(4000);
    }
  });
});

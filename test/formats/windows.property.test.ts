/** Generate, render, parse; the fast parser against the slow one; hostile bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { flagLetters } from "../../ingest/ecs/ecs.ts";
import { NO_VERDICT, PARSED } from "../../ingest/format.ts";
import { windows } from "../../ingest/formats/windows.ts";
import { LogRecord } from "../../ingest/record.ts";
import { type ReferenceLine, type ReferenceRecord, referenceRead } from "./reference/windows.ts";

const ZONE = "Europe/Berlin";
const STATUSES = ["parsed", "no-verdict", "foreign", "malformed", "structure"] as const;
const VERDICTS = ["none", "allow", "deny"] as const;
const DIRECTIONS = ["", "in", "out", "forward"] as const;

const record = new LogRecord();
const encoder = new TextEncoder();

function asReference(): ReferenceRecord {
  const has = record.ipVersion !== 0;
  return {
    time: Number.isNaN(record.timeMs) ? null : new Date(record.timeMs).toISOString(),
    action: record.textOf(record.action),
    verdict: VERDICTS[record.verdict],
    protocol: record.protocol,
    source: has ? formatAddress(record.source) : null,
    destination: has ? formatAddress(record.destination) : null,
    sourcePort: record.sourcePort,
    destinationPort: record.destinationPort,
    bytes: record.bytes,
    flags: record.tcpFlags < 0 ? null : flagLetters(record.tcpFlags),
    icmp: [record.icmpType, record.icmpCode],
    direction: DIRECTIONS[record.direction],
    reason: record.textOf(record.reason),
    initiator: record.sourceIsInitiator,
    outOfState: record.outOfState,
    lost: record.lostEvents,
  };
}

/** Reads lines that stand between others in a larger buffer, as in a real input. */
function read(lines: readonly (string | Uint8Array)[]): ReferenceLine[] {
  const parse = windows.open({ clock: new DeviceClock(ZONE, Date.parse("2026-12-31T12:00:00Z")) });
  return lines.map((line) => {
    const bytes = typeof line === "string" ? encoder.encode(line) : line;
    const chunk = new Uint8Array(bytes.length + 40).fill(0x39);
    chunk.set(bytes, 20);
    const status = parse(chunk, 20, 20 + bytes.length, record);
    return {
      status: STATUSES[status],
      record: status === PARSED || status === NO_VERDICT ? asReference() : null,
    };
  });
}

const COLUMNS =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path".split(
    " ",
  );

const pad = (value: number) => String(value).padStart(2, "0");
const number = (max: number) => fc.integer({ min: 0, max }).map(String);
const orNone = (values: fc.Arbitrary<string>) => fc.oneof({ weight: 4, arbitrary: values }, fc.constant("-"));
const ipv4 = fc.ipV4();
const ipv6 = fc.tuple(fc.ipV6(), fc.constantFrom("", "", "%12", "%eth0")).map(([address, zone]) => address + zone);
/** One packet's columns by name; most are what Windows would write, some are not. */
const packet = fc.record({
  date: fc
    .record({ month: fc.integer({ min: 1, max: 13 }), day: fc.integer({ min: 1, max: 29 }) })
    .map(({ month, day }) => `2026-${pad(month)}-${pad(day)}`),
  time: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
    // The hour that daylight saving skips is no time at all, and luxon and the log disagree about it.
    .map(([hour, minute, second]) => `${pad(hour === 2 ? 4 : hour)}:${pad(minute)}:${pad(second)}`),
  action: fc.constantFrom(
    "DROP",
    "DROP",
    "ALLOW",
    "ALLOW",
    "OPEN",
    "OPEN-INBOUND",
    "CLOSE",
    "INFO-EVENTS-LOST",
    "BLOCK",
  ),
  protocol: fc.constantFrom(
    "TCP",
    "TCP",
    "UDP",
    "UDP",
    "ICMP",
    "icmpv6",
    "2",
    "58",
    "6",
    "132",
    "255",
    "256",
    "-",
    "??",
  ),
  addresses: fc.oneof(fc.tuple(ipv4, ipv4), fc.tuple(ipv6, ipv6), fc.tuple(ipv4, ipv6), fc.constant(["-", "-"])),
  "src-port": orNone(number(70000)),
  "dst-port": orNone(number(65535)),
  size: orNone(number(3000)),
  tcpflags: fc.constantFrom("-", "S", "A", "AP", "R", "RA", "SEW", "FA", "0", "Q"),
  tcpsyn: orNone(number(99)),
  tcpack: orNone(number(99)),
  tcpwin: orNone(number(99)),
  icmptype: orNone(number(260)),
  icmpcode: orNone(number(20)),
  info: fc.constantFrom("-", "-", "12", "word"),
  path: fc.constantFrom("RECEIVE", "SEND", "FORWARD", "UNKNOWN", "-", "SEN"),
  pid: number(99999),
});
type Packet = typeof packet extends fc.Arbitrary<infer Generated> ? Generated : never;

const header = fc.oneof(
  { weight: 3, arbitrary: fc.constant(COLUMNS) },
  { weight: 2, arbitrary: fc.constant([...COLUMNS, "pid"]) },
  fc.shuffledSubarray([...COLUMNS, "pid"], { minLength: 18 }),
  fc
    .shuffledSubarray(["date", "time", "protocol", "src-port", "dst-port", "size", "tcpflags", "info", "path", "x-new"])
    .map((some) => ["action", "src-ip", "dst-ip", ...some]),
);
const blanks = fc.constantFrom(" ", " ", " ", "  ", "\t");

function render(packet: Packet, columns: readonly string[], blank: string): string {
  const [source, destination] = packet.addresses;
  const values: Record<string, unknown> = { ...packet, "src-ip": source, "dst-ip": destination };
  return columns.map((name) => String(values[name] ?? "x")).join(blank);
}

/** A file: blocks of a header (or none, at the start) and rows, with padding and blank lines between. */
const file = fc
  .array(
    fc.record({
      columns: header,
      zone: fc.constantFrom("", "#Time Format: Local", "#Time Format: UTC"),
      rows: fc.array(fc.record({ packet, blank: blanks, extra: fc.constantFrom("", " 1234") }), { maxLength: 4 }),
      padding: fc.constantFrom("", "\0\0\0", "\r", "  "),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((blocks) => fc.record({ blocks: fc.constant(blocks), headless: fc.boolean() }))
  .map(({ blocks, headless }) =>
    blocks.flatMap(({ columns, zone, rows, padding }, index) => {
      const isHeadless = headless && index === 0;
      const head = isHeadless
        ? []
        : ["#Version: 1.5", zone || "#Software: x", `#Fields: ${columns.join(" ")}`, padding];
      const order = isHeadless ? COLUMNS : columns;
      return [
        ...head,
        ...rows.map(({ packet, blank, extra }) => `${padding}${render(packet, order, blank)}${extra}${padding}`),
      ];
    }),
  );

describe("windows", () => {
  it("reads what the slow parser reads", () => {
    fc.assert(
      fc.property(file, (lines) => {
        expect(read(lines)).toEqual(referenceRead(lines, ZONE));
      }),
      { numRuns: 3000 },
    );
  });

  it("returns a rendered packet", () => {
    fc.assert(
      fc.property(packet, fc.constantFrom("DROP", "ALLOW"), (generated, action) => {
        const whole: Packet = {
          ...generated,
          action,
          protocol: "UDP",
          date: "2026-07-03",
          path: "RECEIVE",
          addresses: ["198.51.100.9", "192.168.10.5"],
          "src-port": "40001",
        };
        const line = render(whole, COLUMNS, " ");
        const [result] = read([line]);
        expect(result?.status).toBe("parsed");
        expect(result?.record).toMatchObject({
          verdict: action === "DROP" ? "deny" : "allow",
          source: "198.51.100.9",
          destination: "192.168.10.5",
          sourcePort: 40001,
          destinationPort: whole["dst-port"] === "-" ? -1 : Number(whole["dst-port"]),
          protocol: 17,
          direction: "in",
        });
      }),
    );
  });

  it("gives a status for any bytes", () => {
    const lines = windows.samples.map((sample) => encoder.encode(sample));
    fc.assert(
      fc.property(
        fc.constantFrom(...lines),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.nat(),
        (line, edits, cut) => {
          const bytes = line.slice(0, cut % (line.length + 1));
          for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const [result] = read([bytes]);
          expect(STATUSES).toContain(result?.status);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

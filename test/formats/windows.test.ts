/** The traps of pfirewall.log, one by one. */
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { flagLetters } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { windows } from "../../ingest/formats/windows.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  LogRecord,
  PHASE_END,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../../ingest/record.ts";
import { cpuMs } from "../cpu-time.ts";

const FIELDS =
  "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path";
const encoder = new TextEncoder();

/** Reads the lines as one file and returns the status and record of the last. */
function readFile(lines: readonly (string | Uint8Array)[], zone = "UTC"): { status: LineStatus; record: LogRecord } {
  const parse = windows.open({ clock: new DeviceClock(zone, Date.parse("2026-12-31T12:00:00Z")) });
  const record = new LogRecord();
  let status: LineStatus = STRUCTURE;
  for (const line of lines) {
    const bytes = typeof line === "string" ? encoder.encode(line) : line;
    status = parse(bytes, 0, bytes.length, record);
  }
  return { status, record };
}

const row = (action: string, rest: string) => `2026-07-03 19:10:30 ${action} ${rest}`;
const drop = (flags: string, protocol = "TCP") =>
  row("DROP", `${protocol} 198.51.100.9 192.168.10.5 40001 5061 52 ${flags} 1 0 64240 - - - RECEIVE`);

describe("rows", () => {
  it("reads a dropped packet", () => {
    const { status, record } = readFile([FIELDS, drop("S")]);
    expect(status).toBe(PARSED);
    expect(record.verdict).toBe(VERDICT_DENY);
    expect(record.textOf(record.action)).toBe("DROP");
    expect(new Date(record.timeMs).toISOString()).toBe("2026-07-03T19:10:30.000Z");
    expect([formatAddress(record.source), formatAddress(record.destination)]).toEqual(["198.51.100.9", "192.168.10.5"]);
    expect([record.sourcePort, record.destinationPort, record.protocol, record.bytes]).toEqual([40001, 5061, 6, 52]);
    expect(record).toMatchObject({ direction: DIRECTION_IN, sourceIsInitiator: false, outOfState: false });
  });

  it.each([
    ["S", "S", false],
    ["SEW", "SEC", false],
    ["A", "A", true],
    ["AP", "PA", true],
    ["R", "R", true],
    ["SA", "SA", true],
    ["-", null, false],
    ["0", null, false],
  ])("flags %s are %s, out of state: %s", (flags, letters, outOfState) => {
    const { record } = readFile([drop(flags)]);
    expect(record.tcpFlags < 0 ? null : flagLetters(record.tcpFlags)).toBe(letters);
    expect(record.outOfState).toBe(outOfState);
  });

  it.each([
    ["ALLOW TCP 192.168.10.5 203.0.113.7 50001 443 0 - 0 0 0 - - - SEND", DIRECTION_OUT],
    ["ALLOW UDP 198.51.100.9 192.168.10.5 40001 5060 0 - - - - - - - RECEIVE", DIRECTION_IN],
    ["ALLOW UDP 10.0.0.1 10.1.0.1 1 2 0 - - - - - - - FORWARD", DIRECTION_FORWARD],
    ["ALLOW UDP 10.0.0.1 10.1.0.1 1 2 0 - - - - - - - UNKNOWN", DIRECTION_UNKNOWN],
    ["OPEN TCP 192.168.10.5 203.0.113.7 1606 445 - - - - - - - - -", DIRECTION_OUT],
    ["OPEN-INBOUND TCP 198.51.100.9 192.168.10.5 1606 445 - - - - - - - - -", DIRECTION_IN],
  ])("an allowed connection names its opener: %s", (rest, direction) => {
    const { status, record } = readFile([`2026-07-03 19:10:30 ${rest}`]);
    expect(status).toBe(PARSED);
    expect(record).toMatchObject({
      verdict: VERDICT_ALLOW,
      sourceIsInitiator: true,
      outOfState: false,
      direction,
      bytes: -1,
    });
  });

  it("gives no verdict to XP's CLOSE", () => {
    const { status, record } = readFile([row("CLOSE", "UDP 192.168.10.5 203.0.113.7 1027 53 - - - - - - - - -")]);
    expect(status).toBe(NO_VERDICT);
    expect(record).toMatchObject({ phase: PHASE_END, sourceIsInitiator: false, destinationPort: 53 });
  });

  it("counts lost events", () => {
    const { status, record } = readFile([row("INFO-EVENTS-LOST", "- - - - - - - - - - - - 59 -")]);
    expect(status).toBe(NO_VERDICT);
    expect(record).toMatchObject({ lostEvents: 59, ipVersion: 0 });
    expect(readFile([row("INFO-EVENTS-LOST", "- - - - - - - - - - - - - -")]).status).toBe(MALFORMED);
  });

  it.each([
    ["ICMP", "192.0.2.1", "192.0.2.2", 1, 8],
    ["ICMP", "2001:db8::1", "ff02::1:ff00:1", 58, 135],
    ["58", "fe80::1%12", "ff02::1", 58, 134],
    ["2", "192.0.2.1", "224.0.0.22", 2, -1],
    ["gre", "192.0.2.1", "192.0.2.2", 47, -1],
  ])("protocol %s between %s and %s", (protocol, source, destination, number, type) => {
    const line = row(
      "DROP",
      `${protocol} ${source} ${destination} - - 60 - - - - ${type < 0 ? "-" : type} 0 - RECEIVE`,
    );
    const { status, record } = readFile([line]);
    expect(status).toBe(PARSED);
    expect(record).toMatchObject({ protocol: number, icmpType: type, sourcePort: -1, destinationPort: -1 });
  });

  it.each([
    [`${drop("S")} 4`, PARSED],
    [drop("S").replace(" RECEIVE", ""), MALFORMED],
    [drop("S").slice(0, 60), MALFORMED],
    [drop("Q"), MALFORMED],
    [drop("S").replace("192.168.10.5", "2001:db8::1"), MALFORMED],
    [drop("S").replace("5061", "65536"), MALFORMED],
    [drop("S").replace("19:10:30", "24:10:30"), MALFORMED],
    [row("BLOCK", "TCP 192.0.2.1 192.0.2.2 1 2 0 - - - - - - - SEND"), MALFORMED],
    ["something else", MALFORMED],
  ])("under a header, %s has status %i", (line, status) => {
    expect(readFile([FIELDS, line]).status).toBe(status);
  });

  it.each([
    "something else",
    "Jul  3 19:10:30 fw kernel: IN=eth0",
    "2026-07-03 19:10:30 fw kernel: IN=eth0",
    '{"EventID":5152}',
  ])("without a header, %s is another program's", (line) => {
    expect(readFile([line]).status).toBe(FOREIGN);
  });

  it.each(["", "   ", "\0\0\0\0", "\r", "#Version: 1.5", "\ufeff#Software: Microsoft Windows Firewall"])(
    "%j is structure",
    (line) => {
      expect(readFile([line]).status).toBe(STRUCTURE);
    },
  );

  it("strips NUL padding, carriage returns and a byte order mark", () => {
    for (const line of [`\0\0\0${drop("S")}\r`, `${drop("S")}\0\0`, `\ufeff${drop("S")}`, `\ufeff${FIELDS}`])
      expect([PARSED, STRUCTURE]).toContain(readFile([line]).status);
  });

  it("finds the row in a collector's envelope", () => {
    for (const lead of ["<13>Jul  3 19:10:31 PBX01 pfirewall: ", "<13>1 2026-07-03T19:10:31Z PBX01 fw 4 - - "]) {
      const { status, record } = readFile([lead + drop("S")]);
      expect(status).toBe(PARSED);
      expect(record.textOf(record.observer)).toBe("PBX01");
      expect(new Date(record.timeMs).toISOString()).toBe("2026-07-03T19:10:30.000Z");
    }
    expect(readFile([`Jul  3 19:10:31 ${drop("S")}`]).status).toBe(PARSED);
  });

  it.each([
    ["2026-07-03 19:10:31\tLocal0.Info\tPBX01\t", "PBX01"],
    ["2026 Jul 03 19:10:31 (PBX01) 192.0.2.5->C:\\pfirewall.log ", "PBX01"],
    ["2026-07-03T19:10:31.5Z stdout F ", ""],
    ["1783098630118\t2026-07-03T17:10:30.118Z\t", ""],
    ["pfirewall.log.old:12:", ""],
  ])("finds it behind %j", (lead, host) => {
    const { status, record } = readFile([lead + drop("S")]);
    expect(status).toBe(PARSED);
    expect(record.textOf(record.observer)).toBe(host);
    expect(new Date(record.timeMs).toISOString()).toBe("2026-07-03T19:10:30.000Z");
  });

  it.each(["Jul  3 19:10:31 relay web: said ", "whoever says "])("finds none behind %j", (lead) => {
    expect(readFile([lead + drop("S")]).status).toBe(FOREIGN);
  });
});

describe("headers", () => {
  it("takes columns in any order, extra and missing ones", () => {
    const { status, record } = readFile([
      "#Fields: path dst-port x-new src-port dst-ip src-ip protocol action time date",
      "SEND 5060 whatever 5061 203.0.113.7 192.168.10.5 UDP ALLOW 19:10:30 2026-07-03",
    ]);
    expect(status).toBe(PARSED);
    expect(formatAddress(record.source)).toBe("192.168.10.5");
    expect(record).toMatchObject({ sourcePort: 5061, destinationPort: 5060, protocol: 17, bytes: -1 });
  });

  it("takes the last header, and a row without the pid that it names", () => {
    const lines = ["#Fields: action src-ip dst-ip", "ALLOW 192.0.2.1 192.0.2.2", `${FIELDS} pid`, drop("S")];
    expect(readFile(lines.slice(0, 2)).status).toBe(PARSED);
    expect(readFile(lines).status).toBe(PARSED);
  });

  it("honours the time format, until the next header", () => {
    const local = readFile([FIELDS, drop("S")], "Europe/Berlin").record.timeMs;
    const utc = readFile(["#Time Format: UTC", FIELDS, drop("S")], "Europe/Berlin").record.timeMs;
    const again = readFile(["#Time Format: UTC", drop("S"), "#Time Format: Local", drop("S")], "Europe/Berlin");
    expect(utc - local).toBe(2 * 3_600_000);
    expect(again.record.timeMs).toBe(local);
  });

  it("leaves another program's log of the same style alone", () => {
    const lines = ["#Fields: date time s-ip cs-method cs-uri-stem", "2026-07-03 19:10:30 192.0.2.1 GET /"];
    expect(readFile(lines).status).toBe(FOREIGN);
    expect(windows.sniff(encoder.encode(lines.join("\n")))).toBe(0);
  });
});

describe("sniff", () => {
  it.each([
    [`${FIELDS}\n\n`, 1],
    [`${drop("S")}\r\n${drop("A")}\r\n`, 1],
    [`${drop("S")}\nsomething\n`, 0.5],
    ["something\n", 0],
    ["", 0],
  ])("%j scores %d", (text, score) => {
    expect(windows.sniff(encoder.encode(text))).toBe(score);
  });
});

it("reads a line of ten megabytes in one pass", () => {
  for (const filler of ["-", " -", " ", "\0", "1", "DROP ", "::"]) {
    const before = cpuMs();
    readFile([row("DROP", filler.repeat(10_000_000 / filler.length)), filler.repeat(10_000_000 / filler.length)]);
    expect(cpuMs() - before).toBeLessThan(2000);
  }
});

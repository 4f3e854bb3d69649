import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { DateTime } from "luxon";
import { afterAll, describe, expect, it } from "vitest";
import type { ZoneRule } from "../../ingest/clocks/clock-zones.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { countFlows } from "../../ingest/flows/count.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { SELECT_ALL } from "../flows/select-all.ts";
import { payload, readAll, times } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-zones-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RULES: ZoneRule[] = [
  { name: "berlin", platform: "pfsense", zone: "Europe/Berlin" },
  { name: "Kolkata", platform: "opnsense", zone: "Asia/Kolkata" },
  { name: "branch", platform: "fortigate", zone: "America/New_York" },
  { name: "server", platform: "windows", zone: "Europe/Lisbon" },
  { name: "plain", platform: "iptables", zone: null },
];

async function timesOf(name: string, text: string): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return times(await readAll([file], { zone: "UTC", zones: RULES }));
}

describe("a zone per firewall", () => {
  it("tells the firewalls in a relay's file apart by their names", async () => {
    const line = (host: string) => `Jul  5 10:00:00 ${host} filterlog[1]: ${payload()}\n`;
    expect(await timesOf("relay.log", ["berlin", "kolkata", "plain", "unknown", "BERLIN"].map(line).join(""))).toEqual([
      "2026-07-05T08:00:00.000Z",
      "2026-07-05T04:30:00.000Z",
      "2026-07-05T10:00:00.000Z",
      "2026-07-05T10:00:00.000Z",
      "2026-07-05T08:00:00.000Z",
    ]);
  });

  it("holds for nameless lines where there is one firewall of the platform", async () => {
    const header = "#Version: 1.5\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size\n";
    const line = "2026-07-05 10:00:00 DROP UDP 203.0.113.9 192.168.10.5 5080 5060 440\n";
    expect(await timesOf("pfirewall.log", header + line)).toEqual(["2026-07-05T09:00:00.000Z"]);
  });

  it("holds for all virtual domains of a FortiGate, unless one has a clock of its own", async () => {
    const line = (device: string, domain: string) =>
      `date=2026-07-05 time=10:00:00 devname="${device}" logid="0000000013" type="traffic" subtype="forward" vd="${domain}" srcip=192.168.10.5 srcport=5060 dstip=203.0.113.7 dstport=5060 proto=17 action="accept"\n`;
    const rules: ZoneRule[] = [...RULES, { name: "hub/asia", platform: "fortigate", zone: "Asia/Kolkata" }];
    const file = join(folder, "domains.log");
    writeFileSync(file, line("branch", "voice") + line("hub", "asia") + line("hub", "root") + line("branch", "root"));
    expect(times(await readAll([file], { zone: "UTC", zones: rules }))).toEqual([
      "2026-07-05T14:00:00.000Z",
      "2026-07-05T04:30:00.000Z",
      "2026-07-05T10:00:00.000Z",
      "2026-07-05T14:00:00.000Z",
    ]);
  });

  it("leaves times alone that carry their own zone", async () => {
    const line = `<134>1 2026-07-05T10:00:00+02:00 kolkata filterlog 1 - - ${payload()}\n`;
    expect(await timesOf("own.log", line)).toEqual(["2026-07-05T08:00:00.000Z"]);
  });

  it("holds on several threads too", async () => {
    const hosts = ["berlin", "kolkata", "plain"];
    const text = Array.from({ length: 900 }, (_, i) => `Jul  5 10:00:00 ${hosts[i % 3]} filterlog[1]: ${payload()}\n`);
    const file = join(folder, "threads.log");
    writeFileSync(file, text.join(""));
    const { table } = await countFlows({
      inputs: await findInputs([file], Date.UTC(2026, 10, 21)),
      selection: SELECT_ALL,
      zone: "UTC",
      zones: RULES,
      only: null,
      stdin: Readable.from([]),
      threads: 3,
      minPieceBytes: 10_000,
      onUnreadable: (error) => {
        throw error;
      },
    });
    const first = [...table.flows()].map((flow) => [flow.context.observer, new Date(flow.firstMs).toISOString()]);
    expect(first.sort()).toEqual([
      ["berlin", "2026-07-05T08:00:00.000Z"],
      ["kolkata", "2026-07-05T04:30:00.000Z"],
      ["plain", "2026-07-05T10:00:00.000Z"],
    ]);
  });

  it("reads any mixture as each firewall's lines alone", async () => {
    const hosts = ["berlin", "kolkata", "plain", "unknown"];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...hosts), fc.nat(59)), { minLength: 1 }), async (rows) => {
        const line = ([host, minute]: [string, number]) =>
          `Jul  5 10:${String(minute).padStart(2, "0")}:00 ${host} filterlog[1]: ${payload()}\n`;
        const mixed = await timesOf("mixed.log", rows.map(line).join(""));
        for (const host of hosts) {
          const own = rows.filter(([name]) => name === host);
          const alone = own.length === 0 ? [] : await timesOf("alone.log", own.map(line).join(""));
          expect(mixed.filter((_, i) => rows[i]?.[0] === host)).toEqual(alone);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("DeviceClock", () => {
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "UTC",
    "America/Sao_Paulo",
  ];
  const minute = fc.integer({ min: Date.UTC(2015, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });

  it("gives back every moment that its zone does not repeat, and the earlier of two", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (zone, minutes) => {
        const local = DateTime.fromMillis(minutes * 60_000, { zone });
        const clock = new DeviceClock(zone, Date.UTC(2040, 0, 1));
        const ms = clock.fromLocal(local.year, local.month, local.day, local.hour, local.minute, 0);
        const earliest = Math.min(...local.getPossibleOffsets().map((one) => one.toMillis()));
        expect(ms).toBe(earliest);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads both sides of a change of clocks, in spring and in autumn", () => {
    const clock = new DeviceClock("Europe/Berlin", Date.UTC(2027, 0, 1));
    const at = (month: number, day: number, hour: number, minutes: number) =>
      new Date(clock.fromYearless(month, day, hour, minutes, 0)).toISOString().slice(0, 16);
    expect([at(3, 29, 1, 59), at(3, 29, 3, 0)]).toEqual(["2026-03-29T00:59", "2026-03-29T01:00"]);
    expect([at(10, 25, 1, 59), at(10, 25, 2, 30), at(10, 25, 3, 0)]).toEqual([
      "2026-10-24T23:59",
      "2026-10-25T00:30",
      "2026-10-25T02:00",
    ]);
  });

  it("finds the year of any date in the year before its reference", () => {
    const back = fc.integer({ min: 0, max: 363 * 1440 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, back, (zone, reference, before) => {
        const local = DateTime.fromMillis((reference - before) * 60_000, { zone });
        const clock = new DeviceClock(zone, reference * 60_000);
        const ms = clock.fromYearless(local.month, local.day, local.hour, local.minute, 0);
        expect(DateTime.fromMillis(ms, { zone }).year).toBe(local.year);
      }),
      { numRuns: 3000 },
    );
  });

  it("moves into a new year with a log that grows", () => {
    const clock = new DeviceClock("UTC", Date.UTC(2026, 11, 31, 23));
    const at = () => new Date(clock.fromYearless(1, 3, 0, 0, 0)).getUTCFullYear();
    expect(at()).toBe(2026);
    clock.advanceTo(Date.UTC(2027, 0, 3));
    expect(at()).toBe(2027);
  });
});

/** Host names learned from records: what counts, and that neither order nor split nor a flood of addresses changes it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AddressWords, addressFromText } from "../../ingest/address.ts";
import { type FlowSelection, FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { HostNames } from "../../ingest/flows/host-names.ts";
import {
  INSPECTION_DNS,
  INSPECTION_NONE,
  INSPECTION_WEB_FILTER,
  type Inspection,
  LogRecord,
  type Verdict,
} from "../../ingest/record.ts";
import { SELECTION } from "./records.ts";

const PBX = "192.168.10.5";
const selection: FlowSelection = { ...SELECTION, hostNames: ["cloud.example.net", "example.org"] };

interface Line {
  timeMs: number;
  name: string;
  /** The answer of a DNS record; else the session's destination. */
  resolved?: string;
  destination?: string;
  source?: string;
  inspection?: Inspection;
  inspectionVerdict?: Verdict;
}

function recordOf({ timeMs, name, resolved, destination, source, inspection, inspectionVerdict }: Line): LogRecord {
  const record = new LogRecord();
  const text = new TextEncoder().encode(`${name}${resolved ?? ""}`);
  record.reset(text);
  record.timeMs = timeMs;
  record.ipVersion = 4;
  record.source.set(addressFromText(source ?? PBX) as AddressWords);
  record.destination.set(addressFromText(destination ?? "192.0.2.53") as AddressWords);
  record.hostName.set(0, name.length);
  if (resolved !== undefined) record.resolved.set(name.length, text.length);
  record.inspection = inspection ?? (resolved === undefined ? INSPECTION_WEB_FILTER : INSPECTION_DNS);
  record.inspectionVerdict = inspectionVerdict ?? 1;
  return record;
}

function namesOf(lines: readonly Line[], limits = {}): HostNames {
  const names = new HostNames(new FlowSelector(selection), limits);
  lines.forEach((line, index) => {
    names.learn(recordOf(line), 0, Math.round(line.timeMs) + 1, index);
  });
  return names;
}

const shown = (names: HostNames) =>
  names.all().map(({ address, name, from, timeMs }) => `${address} ${name} ${from} ${timeMs}`);

describe("Learned host names", () => {
  it.each<[string, Line, string[]]>([
    [
      "every address of an answer",
      { timeMs: 1, name: "cloud.example.net", resolved: "203.0.113.1, 203.0.113.2,2001:db8::7" },
      [
        "2001:db8::7 cloud.example.net dns 1",
        "203.0.113.1 cloud.example.net dns 1",
        "203.0.113.2 cloud.example.net dns 1",
      ],
    ],
    [
      "a host below the name, in any case",
      { timeMs: 1, name: "A.b.EXAMPLE.org.", resolved: "203.0.113.1" },
      ["203.0.113.1 example.org dns 1"],
    ],
    ["no name that only ends alike", { timeMs: 1, name: "notexample.org", resolved: "203.0.113.1" }, []],
    [
      "an alias in an answer is passed over",
      { timeMs: 1, name: "example.org", resolved: "cdn.example.com 203.0.113.1" },
      ["203.0.113.1 example.org dns 1"],
    ],
    ["no answer of a filter", { timeMs: 1, name: "example.org", resolved: "203.0.113.1", inspectionVerdict: 2 }, []],
    ["no inside address", { timeMs: 1, name: "example.org", resolved: "10.0.0.1, 192.168.10.5" }, []],
    [
      "a session's name",
      { timeMs: 1, name: "example.org", destination: "203.0.113.1" },
      ["203.0.113.1 example.org session 1"],
    ],
    [
      "another name of a session of a deployed host",
      { timeMs: 1, name: "example.com", destination: "203.0.113.1" },
      ["203.0.113.1 null session 1"],
    ],
    [
      "no other name of anybody else's session",
      { timeMs: 1, name: "example.com", destination: "203.0.113.1", source: "192.168.99.9" },
      [],
    ],
    [
      "no other name that the device made up",
      { timeMs: 1, name: "example.com", destination: "203.0.113.1", inspection: INSPECTION_NONE },
      [],
    ],
    ["no address in place of a name", { timeMs: 1, name: "203.0.113.1", destination: "203.0.113.1" }, []],
    ["no name for a deployed host", { timeMs: 1, name: "example.org", destination: PBX, source: "203.0.113.7" }, []],
  ])("%s", (_, line, expected) => {
    expect(shown(namesOf([line]))).toEqual(expected);
  });

  it("prefers DNS answers, then the earliest line", () => {
    const lines: Line[] = [
      { timeMs: 5, name: "example.org", resolved: "203.0.113.1" },
      { timeMs: 1, name: "example.org", destination: "203.0.113.1" },
      { timeMs: 3, name: "example.org", resolved: "203.0.113.1" },
    ];
    expect(shown(namesOf(lines))).toEqual(["203.0.113.1 example.org dns 3"]);
    expect(namesOf(lines).all()[0]).toMatchObject({ line: 4, offset: 2 });
  });

  const lineArbitrary = fc.record({
    timeMs: fc.integer({ min: 0, max: 50 }),
    name: fc.constantFrom("cloud.example.net", "x.example.org", "example.com", "news.example.com"),
    destination: fc.integer({ min: 1, max: 60 }).map((host) => `203.0.113.${host}`),
  });

  it("is the same in any order, in one table or merged from several, however few addresses are kept", () => {
    const cases = fc.tuple(
      fc.array(lineArbitrary, { maxLength: 120 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 120, maxLength: 120 }),
      fc.constantFrom(3, 10, 1000),
    );
    fc.assert(
      fc.property(cases, ([lines, homes, limit]) => {
        const limits = { maxWaited: limit, maxOthers: limit };
        const whole = shown(namesOf(lines, limits));
        expect(shown(namesOf([...lines].reverse(), limits))).toEqual(whole);
        const merged = namesOf([], limits);
        for (const home of [2, 0, 1]) {
          const part = namesOf(
            lines.filter((_, i) => homes[i] === home),
            limits,
          );
          merged.absorb(structuredClone(part.all()), () => 0);
        }
        expect(shown(merged)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });
});

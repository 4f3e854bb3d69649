/**
 * Our readers against real logs and, where their publishers give any, against the results expected there. Every field that
 * differs stands in DISAGREEMENTS with the reason; one more or one fewer fails.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { type LogFormat, PARSED } from "../../ingest/format.ts";
import { windows } from "../../ingest/formats/windows.ts";
import { windowsEvents } from "../../ingest/formats/windows-events.ts";
import { RecordSplitter } from "../../ingest/inputs/lines.ts";
import { DIRECTION_IN, LogRecord, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { Agreement } from "./agreement.ts";
import { referenceRead } from "./reference/windows.ts";

const corpora = join(import.meta.dirname, "../../../shared/corpora");
const isThere = existsSync(corpora);
if (!isThere) console.info("corpora-windows: ../shared/corpora is absent, nothing to compare with");

const STATUS_NAMES = ["parsed", "no-verdict", "foreign", "malformed", "structure"] as const;

function read(format: LogFormat, path: string, visit: (status: number, text: string, record: LogRecord) => void): void {
  const bytes = new Uint8Array(readFileSync(join(corpora, path)));
  const parse = format.open({ clock: new DeviceClock("UTC", Date.now()) });
  const record = new LogRecord();
  const take = (chunk: Uint8Array, start: number, end: number) => {
    const status = parse(chunk, start, end, record);
    visit(status, new TextDecoder().decode(chunk.subarray(start, end)), record);
  };
  const splitter = new RecordSplitter({ record: take, tooLong: () => expect.unreachable() }, format.recordEnd ?? null);
  splitter.push(bytes);
  splitter.end();
}

function countStatuses(format: LogFormat, path: string): Record<string, number> {
  const counts: Record<string, number> = {};
  read(format, path, (status) => {
    const name = STATUS_NAMES[status] as string;
    counts[name] = (counts[name] ?? 0) + 1;
  });
  return counts;
}

describe.skipIf(!isThere)("pfirewall.log", () => {
  it.each([
    ["betahydri-pfirewall/pfirewall.log", { parsed: 16_807, "no-verdict": 2, structure: 5 }],
    ["plaso-winfirewall/windows_firewall.log", { parsed: 11, "no-verdict": 4, structure: 4 }],
    ["pulse-pfirewall/sample-pfirewall.log", { parsed: 97, structure: 4 }],
  ])("%s is read whole, and as the slow parser reads it", (path, counts) => {
    expect(countStatuses(windows, path)).toEqual(counts);
    const lines = readFileSync(join(corpora, path), "utf8").replace(/\n$/, "").split("\n");
    const slow = referenceRead(lines, "UTC");
    let line = 0;
    read(windows, path, (status, text, record) => {
      const { status: expected, record: fields } = slow[line++] as (typeof slow)[0];
      expect(STATUS_NAMES[status], text).toBe(expected);
      if (!fields) return;
      const has = record.ipVersion !== 0;
      expect(
        [
          new Date(record.timeMs).toISOString(),
          has ? formatAddress(record.source) : null,
          has ? formatAddress(record.destination) : null,
          record.sourcePort,
          record.destinationPort,
          record.protocol,
          record.bytes,
          record.outOfState,
          record.lostEvents,
        ],
        text,
      ).toEqual([
        fields.time,
        fields.source,
        fields.destination,
        fields.sourcePort,
        fields.destinationPort,
        fields.protocol,
        fields.bytes,
        fields.outOfState,
        fields.lost,
      ]);
    });
    expect(line).toBe(lines.length);
  });
});

describe.skipIf(!isThere)("filtering platform events", () => {
  it("agrees with NXLog's structured fields (otrf-security-datasets)", () => {
    const counts: Record<string, number> = {};
    const differences: string[] = [];
    const agreement = new Agreement("otrf-security-datasets: NXLog's fields");
    read(windowsEvents, "otrf-security-datasets/wfp-sample.jsonl", (status, text, record) => {
      const event = JSON.parse(text);
      const name = `${event.EventID} ${STATUS_NAMES[status]}`;
      counts[name] = (counts[name] ?? 0) + 1;
      const isIcmp = event.Protocol === "1" || event.Protocol === "58";
      const isIn = record.direction === DIRECTION_IN;
      const port = (text: string | undefined) => (isIcmp || text === undefined ? -1 : Number(text));
      const expected: Record<string, unknown> = {
        time: Date.parse(event.TimeCreated ?? `${event.EventTime.replace(" ", "T")}Z`),
        protocol: Number(event.Protocol),
        sourcePort: port(event.SourcePort),
        destinationPort: port(event.DestPort),
        host: event.Hostname,
        application: event.Application === "-" ? "" : event.Application,
        rule: event.FilterRTID,
        reason: event.FilterOrigin ?? "",
        icmpType: isIcmp ? Number(isIn ? event.DestPort : event.SourcePort) : -1,
      };
      const actual: Record<string, unknown> = {
        time: Math.trunc(record.timeMs),
        protocol: record.protocol,
        sourcePort: record.sourcePort,
        destinationPort: record.destinationPort,
        host: record.textOf(record.observer),
        application: record.textOf(record.application),
        rule: record.textOf(record.ruleId),
        reason: record.textOf(record.reason),
        icmpType: record.icmpType,
      };
      if (status === PARSED) {
        expected.source = event.SourceAddress;
        expected.destination = event.DestAddress;
        expected.isIn = event.Direction === "%%14592";
        actual.source = formatAddress(record.source);
        actual.destination = formatAddress(record.destination);
        actual.isIn = isIn;
      }
      for (const field of Object.keys(expected)) {
        const isSame = actual[field] === expected[field];
        agreement.take(field, isSame ? null : "unexplained");
        if (!isSame) differences.push(`${field}: ${actual[field]}, not ${expected[field]}`);
      }
    });
    expect(counts).toEqual({
      "5152 parsed": 15,
      "5154 no-verdict": 5,
      "5156 parsed": 799,
      "5157 parsed": 7,
      "5158 no-verdict": 674,
    });
    expect(agreement.compared).toBe(15_963);
    expect(differences).toEqual([]);
    agreement.expectAsWritten();
  });

  /** What open-xp-rules expects otherwise than we read, and why we stay with ours. */
  const DISAGREEMENTS: Record<string, Record<string, string>> = {
    "5156_WFP_has_permitted_connection 1": {
      "src.ip": "it keeps the event's order: its source is a subnet's broadcast address, from which nobody sends",
      "dst.ip": "the other end of the same",
    },
    "5157_WFP_blocked_a_connection 1": {
      "src.ip": "as above: a NetBIOS broadcast that the host received",
      "dst.ip": "the other end of the same",
    },
  };

  it("agrees with open-xp-rules but for the orientation of old inbound events", () => {
    const folder = join(corpora, "open-xp-rules");
    const found: Record<string, string[]> = {};
    const agreement = new Agreement("open-xp-rules: their normalised events");
    for (const name of readdirSync(folder).filter((file) => /^515\d.*_raw_/.test(file))) {
      const normalised = name.replace("_raw_", "_norm_").replace(".txt", ".json");
      const expected = JSON.parse(readFileSync(join(folder, normalised), "utf8"));
      read(windowsEvents, `open-xp-rules/${name}`, (status, _, record) => {
        expect(status).toBe(PARSED);
        const application = record.textOf(record.application);
        const actual: Record<string, unknown> = {
          action: record.verdict === VERDICT_ALLOW ? "allow" : record.verdict === VERDICT_DENY ? "deny" : "none",
          direction: record.direction === DIRECTION_IN ? "ingress" : "egress",
          "src.ip": formatAddress(record.source),
          "src.port": record.sourcePort,
          "dst.ip": formatAddress(record.destination),
          "dst.port": record.destinationPort,
          protocol: String(record.protocol),
          msgid: record.textOf(record.action),
          "subject.id": record.textOf(record.ruleId),
          time: new Date(Math.trunc(record.timeMs)).toISOString(),
          host: record.textOf(record.observer).toLowerCase(),
          application: application.toLowerCase(),
        };
        const wanted = {
          ...expected,
          "src.ip": canonical(expected["src.ip"]),
          "dst.ip": canonical(expected["dst.ip"]),
          host: expected["event_src.fqdn"] ?? expected["event_src.hostname"],
          application: expected["object.process.fullpath"] ?? expected["object.process.name"].toLowerCase(),
        };
        const id = name.replace(/_raw_(\d+)\.txt$/, " $1");
        const fields = Object.keys(actual).filter((field) => actual[field] !== wanted[field]);
        for (const field of Object.keys(actual))
          agreement.take(field, fields.includes(field) ? (DISAGREEMENTS[id]?.[field] ?? "unexplained") : null);
        if (fields.length > 0) found[id] = fields;
      });
    }
    expect(agreement.compared).toBe(8 * 12);
    expect(found).toEqual(
      Object.fromEntries(Object.entries(DISAGREEMENTS).map(([id, fields]) => [id, Object.keys(fields)])),
    );
    agreement.expectAsWritten();
  });

  it("leaves the firewall's policy events (4946-4950) to others", () => {
    const folder = join(corpora, "open-xp-rules");
    for (const name of readdirSync(folder).filter((file) => /^49\d\d.*_raw_/.test(file)))
      expect(countStatuses(windowsEvents, `open-xp-rules/${name}`)).toEqual({ foreign: 1 });
  });
});

/** Without the zeros that RFC 5952 leaves out. */
function canonical(address: string): string {
  return address.replace(/\b0+(?=[0-9a-f])/g, "");
}

/**
 * FortiGate lines that others published, held against their own readings, field by field. Every difference is in a table
 * here with its reason; an unexplained one fails, and so does a reason that no longer applies.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { fortigate } from "../../ingest/formats/fortigate.ts";
import { LogRecord } from "../../ingest/record.ts";
import { Agreement } from "./agreement.ts";

// biome-ignore lint/suspicious/noExplicitAny: documents are compared by path
type Document = any;

const corpora = join(import.meta.dirname, "../../../shared/corpora");
const isPresent = existsSync(corpora);
const STATUS_NAMES = {
  [PARSED]: "parsed",
  [NO_VERDICT]: "noVerdict",
  [FOREIGN]: "foreign",
  [MALFORMED]: "malformed",
  [STRUCTURE]: "structure",
};

function read(line: string): { status: string; document: Document } {
  const record = new LogRecord();
  const bytes = new TextEncoder().encode(line);
  const clock = new DeviceClock("UTC", Date.parse("2026-11-21T00:00:00Z"));
  const status = fortigate.open({ clock })(bytes, 0, bytes.length, record);
  return { status: STATUS_NAMES[status], document: ecsDocument(record, { line: 1, format: "fortigate" }) };
}

function filesOf(folder: string, suffix: string): string[] {
  return readdirSync(join(corpora, folder))
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => readFileSync(join(corpora, folder, name), "utf8"));
}

const linesOf = (folder: string) =>
  filesOf(folder, ".log")
    .flatMap((text) => text.split("\n"))
    .filter(Boolean);

interface CriblEvent {
  _raw: string;
  _time: number;
}

/** Cribl keeps each line inside JSON; such a file would be a format of its own. */
const criblEvents = () => filesOf("cribl-fortigate", ".json").flatMap((text): CriblEvent[] => JSON.parse(text));

function countStatuses(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const { status } = read(line);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

function valueAt(document: Document, path: string): unknown {
  return path.split(".").reduce((value, key) => value?.[key], document);
}

/** Elastic's name of each field, and ours where it differs. */
const elasticFields: readonly (readonly [theirs: string, ours: string])[] = [
  ["@timestamp", "@timestamp"],
  ["event.start", "@timestamp"],
  ["event.action", "event.action"],
  ["fortinet.firewall.action", "event.action"],
  ["event.type", "event.type"],
  ["message", "event.reason"],
  ["source.ip", "source.ip"],
  ["source.port", "source.port"],
  ["destination.ip", "destination.ip"],
  ["destination.port", "destination.port"],
  ["url.domain", "destination.domain"],
  ["network.iana_number", "network.iana_number"],
  ["network.transport", "network.transport"],
  ["network.application", "network.application"],
  ["network.direction", "network.direction"],
  ["observer.ingress.interface.name", "observer.ingress.interface.name"],
  ["observer.egress.interface.name", "observer.egress.interface.name"],
  ["observer.name", "observer.name"],
  ["observer.product", "observer.product"],
  ["observer.type", "observer.type"],
  ["observer.vendor", "observer.vendor"],
  ["rule.id", "rule.id"],
  ["fortinet.firewall.poluuid", "rule.uuid"],
  ["fortinet.firewall.sessionid", "ringfence.session_id"],
];

/** By Elastic's field: in how many documents we differ, and why. */
const explanations: Record<string, { documents: number; why: string }> = {
  "@timestamp": {
    documents: 2,
    why: "Elastic takes date and time (one without a zone, as UTC; the other 14 days after its eventtime); eventtime is UTC and exact, and is what its own event.start holds",
  },
  "event.start": { documents: 1, why: "Elastic cuts to milliseconds; the line has nanoseconds, we keep microseconds" },
  "event.action": {
    documents: 2,
    why: "Elastic takes the eventtype; the firewall's word is `action` (its fortinet.firewall.action)",
  },
  "event.type": {
    documents: 2,
    why: "Elastic calls `pass` allowed and `detected` nothing; a profile is not the policy, so ours has no verdict, and inspection_verdict=allow for both",
  },
  message: {
    documents: 1,
    why: "Elastic has the free text of an attack; our reason is its name, which the text repeats",
  },
  "network.application": {
    documents: 2,
    why: "ECS wants lower case; Elastic has none where only the service is known",
  },
  "network.direction": {
    documents: 2,
    why: "FortiOS's direction is the packet's within its session, not the firewall's side; ours is left out for forwarded traffic",
  },
};

const asInstant = (value: unknown) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)
    ? new Date(value).toISOString() + (/\.\d{3}(\d{3})/.exec(value)?.[1] ?? "")
    : value;

describe.skipIf(!isPresent)("corpora: FortiGate (skipped where ../shared/corpora is absent)", () => {
  it("reads every traffic and security line, and leaves events", () => {
    expect(countStatuses(linesOf("elastic-fortigate"))).toEqual({ noVerdict: 3 });
    expect(countStatuses(linesOf("crowdsec-hub/fortinet-vpn-bf"))).toEqual({ foreign: 9 });
  });

  it("detects the format", () => {
    for (const folder of ["elastic-fortigate", "crowdsec-hub/fortinet-vpn-bf"])
      expect(fortigate.sniff(new TextEncoder().encode(linesOf(folder).join("\n")))).toBe(1);
  });

  it("agrees with Elastic's documents, or says why not", () => {
    const documents = (filesOf("elastic-fortigate", ".jsonl")[0] as string).split("\n").filter(Boolean);
    const differing: Record<string, number> = {};
    const agreement = new Agreement("elastic-fortigate: Elastic's FortiGate integration");
    for (const text of documents) {
      const theirs: Document = JSON.parse(text);
      const { document: ours } = read(theirs.event.original);
      for (const [theirPath, ourPath] of elasticFields) {
        const expected = valueAt(theirs, theirPath);
        const actual = valueAt(ours, ourPath);
        if (expected === undefined && (actual === undefined || theirPath.startsWith("fortinet."))) continue;
        const isSame = JSON.stringify(asInstant(actual)) === JSON.stringify(asInstant(expected));
        if (!isSame) differing[theirPath] = (differing[theirPath] ?? 0) + 1;
        agreement.take(theirPath, isSame ? null : (explanations[theirPath]?.why ?? "unexplained"));
      }
    }
    expect(agreement.compared).toBeGreaterThan(35);
    expect(differing).toEqual(
      Object.fromEntries(Object.entries(explanations).map(([path, { documents }]) => [path, documents])),
    );
    agreement.expectAsWritten();
  });

  it("reads the lines inside Cribl's JSON; those with impossible addresses are malformed", () => {
    const events = criblEvents();
    expect(countStatuses(events.map((event) => event._raw))).toEqual({
      parsed: 12,
      noVerdict: 1,
      foreign: 6,
      malformed: 11,
    });
    for (const { _raw: line } of events) {
      const isEvent = /\btype="?event\b/.test(line);
      const impossible = [...line.matchAll(/\b(?:src|dst|tran)ip=(\S+)/g)].some((match) => !isIP(match[1] as string));
      const sound = /\bsubtype="?sniffer\b/.test(line) ? "noVerdict" : "parsed";
      expect(read(line).status, line).toBe(isEvent ? "foreign" : impossible ? "malformed" : sound);
    }
  });

  it("agrees with Cribl's times where Cribl read one", () => {
    const reasons = new Map([
      [
        8 * 3600 + 30 * 60 + 35,
        "Cribl took the relay's time, in its own zone of UTC-8, for lines whose eventtime is half an hour older in UTC",
      ],
      [2_105_726, "Cribl gave one moment, that of its own reading, to all lines that have a date without a zone"],
    ]);
    const agreement = new Agreement("cribl-fortigate: Cribl's pack");
    for (const { _raw, _time } of criblEvents()) {
      const { status, document } = read(_raw);
      if (status !== "parsed" && status !== "noVerdict") continue;
      const difference = Math.round(_time - Date.parse(document["@timestamp"]) / 1000);
      expect([...reasons.keys()]).toContain(difference);
      agreement.take("_time", reasons.get(difference) as string);
    }
    agreement.expectAsWritten();
  });

  it("agrees with CrowdSec's reading: VPN log-ins are events", () => {
    const asserted = readFileSync(join(corpora, "crowdsec-hub/fortinet-vpn-bf/parser.assert"), "utf8");
    const types = [...asserted.matchAll(/\["fortinet"\]\["type"\] == "(\w+)"/g)].map((match) => match[1]);
    expect(new Set(types)).toEqual(new Set(["event"]));
  });
});

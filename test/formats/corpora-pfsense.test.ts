/**
 * pfSense and OPNsense lines that others published, held against their own readings, field by field. Every difference is
 * in a table here with its reason; an unexplained one fails, and so does a reason that no longer applies.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { pfsense } from "../../ingest/formats/pfsense.ts";
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

/** Reads one line with the zone in which Elastic ran its own tests. */
function read(line: string): { status: string; document: Document } {
  const record = new LogRecord();
  const bytes = new TextEncoder().encode(line);
  const clock = new DeviceClock("UTC-4", Date.parse("2026-11-21T00:00:00Z"));
  const status = pfsense.open({ clock })(bytes, 0, bytes.length, record);
  return { status: STATUS_NAMES[status], document: ecsDocument(record, { line: 1, format: "pfsense" }) };
}

function valueAt(document: Document, path: string): unknown {
  return path.split(".").reduce((value, key) => value?.[key], document);
}

interface Difference {
  line: string;
  field: string;
  ours: unknown;
  theirs: unknown;
}

interface Explanation {
  field: string;
  why: string;
  applies(difference: Difference): boolean;
}

/** Fails on unexplained differences, on explanations that explain nothing, and where AGREEMENT.md says otherwise. */
function expectExplained(
  title: string,
  comparisons: readonly Difference[],
  explanations: readonly Explanation[],
  isSame: (comparison: Difference) => boolean,
): void {
  const agreement = new Agreement(title);
  const unused = new Set(explanations);
  const unexplained = comparisons.filter((comparison) => {
    const explanation = isSame(comparison)
      ? null
      : explanations.find((one) => one.field === comparison.field && one.applies(comparison));
    if (explanation) unused.delete(explanation);
    agreement.take(comparison.field, explanation?.why ?? null);
    return explanation === undefined;
  });
  expect(unexplained).toEqual([]);
  agreement.expectAsWritten();
  expect([...unused].map((explanation) => explanation.why)).toEqual([]);
}

describe.skipIf(!isPresent)("corpora: pfSense (skipped where ../shared/corpora is absent)", () => {
  const linesOf = (folder: string) =>
    readdirSync(join(corpora, folder))
      .filter((name) => name.endsWith(".log"))
      .sort()
      .flatMap((name) => readFileSync(join(corpora, folder, name), "utf8").split("\n"))
      .filter((line) => line !== "");

  it.each([
    ["elastic-pfsense", { parsed: 36, foreign: 2 }],
    ["template-log-parser-pfsense", { parsed: 34, foreign: 5 }],
    ["crowdsec-hub/pf-logs", { parsed: 9 }],
    ["crowdsec-hub/pf-scan-multi-port", { parsed: 16 }],
    ["crowdsec-hub/pfsense-rfc5424-filterlog", { parsed: 4 }],
  ])("%s: reads every filterlog line and leaves the others", (folder, expected) => {
    const counts: Record<string, number> = {};
    for (const line of linesOf(folder)) {
      const { status } = read(line);
      counts[status] = (counts[status] ?? 0) + 1;
      if (status !== "parsed") expect(line).not.toContain("filterlog");
    }
    expect(counts).toEqual(expected);
  });

  it("agrees with Elastic's pfSense integration", () => {
    const fields = [
      "@timestamp",
      "event.action",
      "event.reason",
      "event.kind",
      "event.category",
      "event.type",
      "source.ip",
      "source.port",
      "destination.ip",
      "destination.port",
      "network.type",
      "network.transport",
      "network.iana_number",
      "network.direction",
      "network.bytes",
      "observer.name",
      "observer.type",
      "observer.vendor",
      "observer.ingress.interface.name",
      "rule.id",
    ];
    const documents = readFileSync(join(corpora, "elastic-pfsense/expected-ecs.jsonl"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((text): Document => JSON.parse(text))
      .filter((document) => document.event.provider === "filterlog");
    expect(documents.length).toBe(8);
    const comparisons = documents.flatMap((theirs) => {
      const { document: ours } = read(theirs.event.original);
      return fields
        .map((field) => ({
          line: theirs.event.original,
          field,
          ours: valueAt(ours, field),
          theirs: valueAt(theirs, field),
        }))
        .filter(({ ours, theirs }) => ours !== undefined || theirs !== undefined);
    });
    const isSame = ({ ours, theirs }: Difference) => JSON.stringify(ours) === JSON.stringify(theirs);
    const isSameInstant = (ours: unknown, theirs: unknown) =>
      String(ours).slice(0, 23) === new Date(String(theirs)).toISOString().slice(0, 23);
    const explanations: Explanation[] = [
      {
        field: "@timestamp",
        why: "The same instant: theirs keeps the offset or drops the microseconds.",
        applies: ({ ours, theirs }) => isSameInstant(ours, theirs),
      },
      {
        field: "@timestamp",
        why: "BSD dates have no year: theirs is the year in which their test ran, ours that of the reference.",
        applies: ({ line, ours, theirs }) =>
          !line.startsWith("<134>1 ") &&
          String(ours).slice(5, 19) === new Date(String(theirs)).toISOString().slice(5, 19),
      },
      {
        field: "network.bytes",
        why: "IPv6: theirs is the payload's length, ours the packet's.",
        applies: ({ line, ours, theirs }) => line.includes(",6,0x") && ours === (theirs as number) + 40,
      },
      {
        field: "network.direction",
        why: "Theirs leaves `in` untranslated for ICMP; ECS has no such word.",
        applies: ({ ours, theirs }) => ours === "inbound" && theirs === "in",
      },
      {
        field: "observer.ingress.interface.name",
        why: "Theirs calls the interface of an outbound packet ingress; ours is egress.",
        applies: ({ line, ours }) => line.includes(",out,") && ours === undefined,
      },
      {
        field: "observer.vendor",
        why: "Theirs calls OPNsense's vendor netgate too; a rule label tells it.",
        applies: ({ ours }) => ours === "Deciso",
      },
    ];
    expectExplained("elastic-pfsense: Elastic's pfSense integration", comparisons, explanations, isSame);
  });

  it("agrees with CrowdSec's pf parser", () => {
    const pathOf: Record<string, string> = {
      action: "event.action",
      reason: "event.reason",
      src_ip: "source.ip",
      dst_ip: "destination.ip",
      src_port: "source.port",
      dst_port: "destination.port",
      tracker: "rule.id",
      ip4_proto: "network.transport",
      ip6_proto: "network.transport",
      ip4_proto_id: "network.iana_number",
      ip6_proto_id: "network.iana_number",
      ip4_id: "ringfence.ip_id",
      length: "network.bytes",
      tcp_flags: "ringfence.tcp_flags",
    };
    const assertion = /"s01-parse"\]\["firewallservices\/pf-logs"\]\[(\d+)\]\.Evt\.Parsed\["(\w+)"\] == "(.*)"$/;
    const comparisons: Difference[] = [];
    for (const folder of ["pf-logs", "pf-scan-multi-port", "pfsense-rfc5424-filterlog"]) {
      const lines = linesOf(`crowdsec-hub/${folder}`);
      for (const text of readFileSync(join(corpora, "crowdsec-hub", folder, "parser.assert"), "utf8").split("\n")) {
        const match = assertion.exec(text);
        const path = match && pathOf[match[2] as string];
        if (!path) continue;
        const line = lines[Number(match[1])] as string;
        const ours = valueAt(read(line).document, path);
        comparisons.push({ line, field: path, ours, theirs: match[3] });
      }
    }
    expect(comparisons.length).toBeGreaterThan(100);
    const explanations: Explanation[] = [
      {
        field: "network.bytes",
        why: "IPv6: theirs is the payload's length, ours the packet's.",
        applies: ({ line, ours, theirs }) => line.includes(",6,0x") && ours === Number(theirs) + 40,
      },
    ];
    const isSame = ({ ours, theirs }: Difference) => String(ours) === theirs;
    expectExplained("crowdsec-hub: CrowdSec's pf parser", comparisons, explanations, isSame);
  });
});

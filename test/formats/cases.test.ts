/**
 * Golden cases: `cases/<format>/<case>/input.log` parsed with its format must give `expected.ndjson`, one ECS document a
 * record, and the line counts of `expected-counts.json`. `UPDATE_GOLDEN=1` writes both; read them before you keep them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CR, findByte, LF, SPACE } from "../../ingest/bytes.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, type LogFormat, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { formats } from "../../ingest/formats.ts";
import { LogRecord } from "../../ingest/record.ts";

interface CaseOptions {
  /** Zone of the device; UTC by default. */
  zone?: string;
  /** Newest moment that the log can hold, for dates without a year. */
  reference?: string;
  /** False where the input is too odd for detection to be sure of it. */
  sniff?: boolean;
}

const REFERENCE = "2026-11-21T00:00:00Z";
const HEAD_BYTES = 65_536;
const COUNT_NAMES = {
  [PARSED]: "parsed",
  [NO_VERDICT]: "noVerdict",
  [FOREIGN]: "foreign",
  [MALFORMED]: "malformed",
  [STRUCTURE]: "structure",
} as const;

const casesFolder = join(import.meta.dirname, "cases");
const formatsFolder = join(import.meta.dirname, "../../ingest/formats");
const isUpdate = process.env.UPDATE_GOLDEN === "1";

function clockOf(options: CaseOptions): DeviceClock {
  return new DeviceClock(options.zone ?? "UTC", Date.parse(options.reference ?? REFERENCE));
}

/** Calls `visit` for each record: a line, or what `recordEnd` says. */
function eachRecord(
  format: LogFormat,
  bytes: Uint8Array,
  visit: (start: number, end: number, line: number) => void,
): void {
  let line = 1;
  for (let start = 0; start < bytes.length; ) {
    const lineEnd = findByte(bytes, LF, start, bytes.length);
    const recordEnd = format.recordEnd?.(bytes, start, bytes.length) ?? lineEnd + 1;
    const next = recordEnd <= start ? bytes.length : Math.min(recordEnd, bytes.length);
    let from = start;
    while (format.recordEnd && from < next && (bytes[from] as number) <= SPACE) if (bytes[from++] === LF) line++;
    let end = next;
    if (bytes[end - 1] === LF) end--;
    if (end > from && bytes[end - 1] === CR) end--;
    visit(from, end, line);
    for (let i = from; i < next; i++) if (bytes[i] === LF) line++;
    start = next;
  }
}

function runCase(format: LogFormat, bytes: Uint8Array, options: CaseOptions) {
  const counts = { parsed: 0, noVerdict: 0, foreign: 0, malformed: 0, structure: 0 };
  const documents: string[] = [];
  const record = new LogRecord();
  const parse = format.open({ clock: clockOf(options) });
  eachRecord(format, bytes, (start, end, line) => {
    const status = parse(bytes, start, end, record);
    counts[COUNT_NAMES[status]]++;
    if (status === PARSED || status === NO_VERDICT) {
      documents.push(JSON.stringify(ecsDocument(record, { line, format: format.id })));
    }
  });
  return { counts, documents };
}

/** Reads the golden file, after writing it where that was asked for. */
function golden(path: string, actual: string): string {
  if (isUpdate) writeFileSync(path, actual);
  return readFileSync(path, "utf8");
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

it("registers every file under ingest/formats, and every case folder has a format", () => {
  const files = readdirSync(formatsFolder).map((name) => name.replace(/\.ts$/, ""));
  const ids = formats.map((format) => format.id);
  expect(ids.toSorted()).toEqual(files.toSorted());
  expect(ids).toEqual(expect.arrayContaining(foldersIn(casesFolder)));
});

describe.each(formats)("$id", (format) => {
  it("parses its own samples", () => {
    const record = new LogRecord();
    const parse = format.open({ clock: clockOf({}) });
    expect(format.samples.length).toBeGreaterThan(0);
    for (const sample of format.samples) {
      const bytes = new TextEncoder().encode(sample);
      expect([PARSED, NO_VERDICT, STRUCTURE], sample).toContain(parse(bytes, 0, bytes.length, record));
    }
  });

  it("is described in sentences", () => {
    for (const sentence of [...format.shows, ...format.hides, ...format.enable])
      expect(sentence).toMatch(/^[A-Z`"].*\.$/s);
    expect(format.enable.length).toBeGreaterThan(0);
    expect(format.reference).toMatch(/^https:\/\//);
  });

  for (const name of foldersIn(join(casesFolder, format.id))) {
    const folder = join(casesFolder, format.id, name);
    const bytes = new Uint8Array(readFileSync(join(folder, "input.log")));
    const optionsPath = join(folder, "options.json");
    const options: CaseOptions = existsSync(optionsPath) ? JSON.parse(readFileSync(optionsPath, "utf8")) : {};

    it(`${name}: gives the expected documents and counts`, () => {
      const { counts, documents } = runCase(format, bytes, options);
      const countsText = golden(join(folder, "expected-counts.json"), `${JSON.stringify(counts)}\n`);
      const documentsText = golden(
        join(folder, "expected.ndjson"),
        documents.map((document) => `${document}\n`).join(""),
      );
      expect(counts).toEqual(JSON.parse(countsText));
      expect(documents.map((document) => JSON.parse(document))).toEqual(
        documentsText
          .split("\n")
          .filter(Boolean)
          .map((document) => JSON.parse(document)),
      );
    });

    it.skipIf(options.sniff === false)(`${name}: is detected`, () => {
      const head = bytes.subarray(0, HEAD_BYTES);
      const scores = formats.map((other) => ({ id: other.id, score: other.sniff(head) }));
      const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
      expect(best, JSON.stringify(scores)).toEqual({ id: format.id, score: expect.any(Number) });
      expect(best.score).toBeGreaterThan(0);
    });
  }
});

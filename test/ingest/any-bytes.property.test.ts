import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { formats } from "../../ingest/formats.ts";
import { InputReader, WHOLE_INPUT } from "../../ingest/inputs/input-reader.ts";
import { emptyReport, type InputReport } from "../../ingest/inputs/input-report.ts";
import { HEAD_BYTES } from "../../ingest/inputs/line-parsers.ts";
import { MAX_RECORD_BYTES, RecordSplitter } from "../../ingest/inputs/lines.ts";
import { payload } from "./logs.ts";

const CASES = fileURLToPath(new URL("../formats/cases", import.meta.url));

/** Lines that stand for the one before of their host, which may be in another chunk. */
const REPEATS = [
  `Jul  3 19:10:30 fw filterlog[7]: ${payload(5060)}`,
  "Jul  3 19:10:30 ap kernel: DROP IN=eth0 OUT= SRC=198.51.100.9 DST=192.0.2.10 LEN=60 TTL=57 ID=0 PROTO=UDP SPT=1 DPT=5061 LEN=40",
  "Jul  3 19:10:35 fw last message repeated 3 times",
  "Jul  3 19:10:35 fw filterlog[7]: last message repeated 1 time",
  "Jul  3 19:10:36 ap kernel: Last message 'DROP IN=eth0 OUT= SR' repeated 4 times, suppressed by syslog-ng on ap",
  "Jul  3 19:10:37 su last message repeated 2 times",
];

/** Real-looking lines of every format, headers and foreign lines included. */
const CASE_FILES = readdirSync(CASES).flatMap((format) =>
  readdirSync(join(CASES, format)).flatMap((name) => {
    const folder = join(CASES, format, name);
    return readdirSync(folder)
      .filter((file) => file.startsWith("input."))
      .map((file) => ({ format, name: `${format}/${name}`, bytes: readFileSync(join(folder, file)) }));
  }),
);
/** `journalctl -o export` with a value that is no text, and `-o verbose`; ulogd's OPRINT. */
const JOURNALS = [
  `__CURSOR=s=0f;i=1\n__REALTIME_TIMESTAMP=1783098630118004\nBLOB\n\u0004${"\0".repeat(7)}a\n\nb\nMESSAGE=${REPEATS[1]?.slice(27)}\n\n`.repeat(
    3,
  ),
  `Fri 2026-07-03 19:10:30.118004 CEST [s=0f;i=1]\n    MESSAGE=${REPEATS[1]?.slice(27)}\n    _HOSTNAME=fw\n`.repeat(3),
  "===>PACKET BOUNDARY\nraw.pktlen=60\noob.prefix=in-drop \noob.time.sec=1783098630\nip.saddr.str=203.0.113.9\nip.daddr.str=192.168.10.5\n".repeat(
    3,
  ),
];
const FILES = [
  ...CASE_FILES,
  ...JOURNALS.map((text, i) => ({ format: "iptables", name: `journal ${i}`, bytes: Buffer.from(text, "latin1") })),
  { format: "pfsense", name: "repeats", bytes: Buffer.from([...REPEATS, ...REPEATS].join("\n"), "latin1") },
];
/** Lines that others published, where they are there. */
const CORPORA = fileURLToPath(new URL("../../../shared/corpora", import.meta.url));
const PUBLISHED = existsSync(CORPORA)
  ? readdirSync(CORPORA, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(log|jsonl?|txt)$/.test(name) && !/SOURCE|_norm_/.test(name))
      .flatMap((name) => readFileSync(join(CORPORA, name), "latin1").split(/\r?\n/).slice(0, 200))
  : [];
const LINES = [...FILES.flatMap(({ bytes }) => bytes.toString("latin1").split(/\r?\n/)), ...PUBLISHED].filter(
  (line) => line.length < 3000,
);

const NOTHING = new Uint8Array(0);
const INPUT = { name: "x", path: null, modifiedMs: Date.UTC(2026, 10, 21), sizeBytes: null, named: true, once: true };

interface Outcome {
  records: string[];
  report: Pick<InputReport, "lines" | "samples" | "records" | "lineEnds" | "strayRepeats">;
}

function read(
  bytes: Uint8Array,
  cuts: readonly number[],
  only: readonly string[] | null = null,
  places = true,
): Outcome {
  const report = emptyReport(INPUT);
  const records: string[] = [];
  const head = {
    bytes: bytes.subarray(0, HEAD_BYTES),
    tail: NOTHING,
    headers: NOTHING,
    before: NOTHING,
    newestMs: INPUT.modifiedMs,
  };
  const options = { zone: "Europe/Berlin", only, sinceMs: null, untilMs: null };
  const reader = new InputReader(head, WHOLE_INPUT, 0, report, options, (record, format, { line, offset }) => {
    records.push(JSON.stringify(ecsDocument(record, { line, format: format.id, ...(places ? { offset } : {}) })));
  });
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  // A copy each time, as a stream gives: nothing may be remembered of a chunk that is gone.
  for (const [i, cut] of [...at, bytes.length].entries()) {
    const chunk = Uint8Array.from(bytes.subarray(at[i - 1] ?? 0, cut));
    reader.push(chunk);
    chunk.fill(0x58);
  }
  reader.end();
  const { lines, samples, records: byFormat, lineEnds, strayRepeats } = report;
  return { records, report: { lines, samples, records: byFormat, lineEnds, strayRepeats } };
}

function expectBalance({ report: { lines, records }, records: seen }: Outcome): void {
  expect(lines.read).toBe(lines.parsed + lines.foreign + lines.malformed + lines.structure + lines.outsideWindow);
  expect(lines.parsed).toBe(seen.length);
  expect([...records.values()].reduce((sum, count) => sum + count, 0)).toBe(seen.length);
}

const WHOLE_NUMBERS =
  /^(?:(?:source|destination|network)\.(?:bytes|packets)|event\.duration|log\.offset|ringfence\.(?:line|count|lost_events|shaper_dropped_bytes|dscp|ip_id|fragment\.offset|icmp\.(?:type|code)))$/;
const MAX_LONG = 2 ** 63;
const MAX_INTEGER = 2 ** 31;

/** Whether Elasticsearch takes the document as it is mapped (ingest/elasticsearch/shipping/template.ts). */
function expectStorable(record: string): void {
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const one of value) expect(typeof one, path).toBe("string");
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, path === "" ? key : `${path}.${key}`);
    else if (path === "@timestamp")
      expect(value).toMatch(/^(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d\.(?:\d{3}|\d{6})Z$/);
    else if (path.endsWith(".ip")) expect(isIP(value as string), `${path} ${value}`).toBeGreaterThan(0);
    else if (path.endsWith(".port")) expect(Number.isInteger(value) && (value as number) < 65_536, path).toBe(true);
    else if (WHOLE_NUMBERS.test(path)) {
      const limit = path.startsWith("ringfence.") && !/line|count|lost|bytes|ip_id/.test(path) ? MAX_INTEGER : MAX_LONG;
      expect(Number.isInteger(value) && (value as number) >= 0 && (value as number) < limit, `${path} ${value}`).toBe(
        true,
      );
    } else expect(["string", "boolean"], `${path} ${value}`).toContain(typeof value);
  };
  visit(JSON.parse(record), "");
}

const cuts = fc.array(fc.nat(1 << 20), { maxLength: 30 });
const line = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...LINES) }, fc.constantFrom(...REPEATS));
/** A real line with bytes changed, left out, doubled or put in. */
const mutated = fc
  .tuple(line, fc.array(fc.tuple(fc.nat(3000), fc.nat(3), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }))
  .map(([text, changes]) => {
    let out = text;
    for (const [at, kind, byte] of changes) {
      const i = out.length === 0 ? 0 : at % out.length;
      const letter = kind === 2 ? "" : String.fromCharCode(byte);
      out = out.slice(0, i) + letter + out.slice(kind === 0 ? i : i + 1);
      if (kind === 3) out = out.slice(0, i) + out.slice(0, i);
    }
    return out;
  });
/** The head of one line and the tail of another; a part of a line said twice; a line in a collector's document. */
const spliced = fc.oneof(
  fc
    .tuple(line, line, fc.nat(3000), fc.nat(3000))
    .map(([a, b, cutA, cutB]) => a.slice(0, cutA % (a.length + 1)) + b.slice(cutB % (b.length + 1))),
  fc.tuple(line, fc.nat(3000), fc.nat(3000)).map(([text, from, length]) => {
    const start = from % (text.length + 1);
    const part = text.slice(start, start + length);
    return text.slice(0, start) + part + part + text.slice(start + part.length);
  }),
  fc.tuple(mutated, fc.constantFrom("message", "_raw", "log")).map(([text, key]) => JSON.stringify({ [key]: text })),
);
/** Digits of any length where a line has a number. */
const renumbered = fc
  .tuple(line, fc.nat(100), fc.constantFrom("0", "-1", "65536", "99999999999", "9".repeat(19), "9".repeat(40), "1e9"))
  .map(([text, skip, number]) => {
    let left = skip % ((text.match(/\d+/g)?.length ?? 0) + 1);
    return text.replace(/\d+/g, (digits) => (left-- === 0 ? number : digits));
  });
const binary = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const text = (of: fc.Arbitrary<string>, ending: string) =>
  fc.array(of, { maxLength: 60 }).map((lines) => Buffer.from(lines.join(ending) + ending, "latin1"));

describe("any chunking", () => {
  it.each(FILES.map(({ name, bytes }) => [name, bytes] as const))("of %s gives the same records", (_name, bytes) => {
    const whole = read(bytes, []);
    expectBalance(whole);
    const each = Array.from({ length: Math.min(bytes.length, 400) }, (_, i) => i + 1);
    expect(read(bytes, each)).toEqual(whole);
    fc.assert(
      fc.property(cuts, (where) => {
        expect(read(bytes, where)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  it("of any mixture of lines, mutated or not, gives the same records and counts", () => {
    fc.assert(
      fc.property(text(fc.oneof(line, mutated, spliced, renumbered, binary), "\n"), cuts, (bytes, where) => {
        const whole = read(bytes, []);
        expectBalance(whole);
        for (const record of whole.records) expectStorable(record);
        expect(read(bytes, where)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it("of events that are no lines gives the same records and counts", () => {
    const events = FILES.filter(({ format }) => format === "windows-events").map(({ bytes }) =>
      bytes.toString("latin1"),
    );
    const part = fc.oneof(fc.constantFrom(...events), mutated, binary);
    fc.assert(
      fc.property(text(part, "\n"), cuts, fc.constantFrom(null, ["windows-events"]), (bytes, where, only) => {
        const whole = read(bytes, [], only);
        expectBalance(whole);
        expect(read(bytes, where, only)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

describe("line ends", () => {
  it("may be LF or CRLF", () => {
    // A line that ends in CR of its own is another with another end; so is an event that goes over several lines.
    const plain = fc.array(
      fc.oneof(line, mutated).filter((one) => !/[\r\n]|^[\s\0,[\]]*[{<]|5(?:15\d|447)/.test(one)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(plain, (lines) => {
        const bytes = (ending: string) => Buffer.from(lines.map((one) => one + ending).join(""), "latin1");
        const lf = read(bytes("\n"), [], null, false);
        const crlf = read(bytes("\r\n"), [], null, false);
        expect(crlf.records).toEqual(lf.records);
        expect(crlf.report.lines).toEqual(lf.report.lines);
      }),
      { numRuns: 300 },
    );
  });

  it("may be missing at the end", () => {
    fc.assert(
      fc.property(
        fc.array(
          line.filter((one) => one.length > 0),
          { minLength: 1, maxLength: 20 },
        ),
        (lines) => {
          const whole = Buffer.from(`${lines.join("\n")}\n`, "latin1");
          expect(read(whole.subarray(0, -1), []).records).toEqual(read(whole, []).records);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("what is no log", () => {
  const good = FILES.find(({ name }) => name === "pfsense/bsd")?.bytes as Buffer;
  const goodRecords = read(good, []).records.length;

  it.each([
    ["a line of 10 MB", Buffer.alloc(10 << 20, "x")],
    ["10 MB of NUL", Buffer.alloc(10 << 20)],
    ["10 MB of quotes and braces", Buffer.alloc(10 << 20, '{"<Event ')],
    [
      "a FortiGate line of 10 MB",
      Buffer.from(`date=2026-10-05 time=10:00:00 type="traffic" msg="${"a b=c ".repeat(1 << 20)}`),
    ],
    [
      "an event of 10 MB",
      Buffer.from(`<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${"<a>".repeat(3 << 20)}`),
    ],
  ])("%s between lines costs one line", (_title, bytes) => {
    const together = Buffer.concat([good, bytes, Buffer.from("\n"), good]);
    const chunks = Array.from({ length: 200 }, (_, i) => i * 65_536);
    const outcome = read(together, chunks);
    expectBalance(outcome);
    expect(outcome.records).toHaveLength(2 * goodRecords);
    expect(read(together, [])).toEqual(outcome);
  });

  it("never throws and never loses a count, with any formats forced", () => {
    const ids = fc.subarray(
      formats.map(({ id }) => id),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000, size: "max" }),
        cuts,
        fc.option(ids, { nil: null }),
        (bytes, where, only) => {
          const whole = read(bytes, [], only);
          expectBalance(whole);
          expect(read(bytes, where, only)).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("RecordSplitter with records that are no lines", () => {
  /** Records are `(...)`, closed before the next line end, or given up; everything else is a line. */
  const recordEnd = (bytes: Uint8Array, from: number, limit: number) => {
    const close = bytes[from] === 0x28 ? 0x29 : 0x0a;
    const at = bytes.subarray(from, limit).indexOf(close);
    return at < 0 ? -1 : from + at + 1;
  };

  function split(bytes: Uint8Array, cuts: readonly number[]): unknown[] {
    const seen: unknown[] = [];
    const note = (kind: string) => (chunk: Uint8Array, start: number, end: number, lineNo: number, offset: number) =>
      void seen.push([kind, lineNo, offset, kind === "long" ? 0 : end - start, chunk[start]]);
    const splitter = new RecordSplitter({ record: note("record"), tooLong: note("long") }, recordEnd);
    for (const [i, cut] of [...cuts, bytes.length].entries())
      splitter.push(Uint8Array.from(bytes.subarray(cuts[i - 1] ?? 0, cut)));
    splitter.end();
    return [...seen, splitter.lineEnds];
  }

  it("passes over what never ends, at the same place however it is cut", () => {
    const long = `(${"x\n".repeat(MAX_RECORD_BYTES / 2 + 33_000)}`;
    const bytes = Buffer.from(`(a)\nline\n${long}tail\n(b\nb)line\n`);
    const whole = split(bytes, []);
    expect(whole.filter((one) => Array.isArray(one) && one[0] === "long")).toHaveLength(1);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 10 }), (where) => {
        const sorted = where.sort((a, b) => a - b);
        expect(split(bytes, sorted)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});

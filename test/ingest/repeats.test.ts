import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { warningsOf } from "../../ingest/inputs/input-report.ts";
import { LinesBefore, REACH_BYTES } from "../../ingest/inputs/lines-before.ts";
import { LiveReader } from "../../ingest/live/live-reader.ts";
import { payload, readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-repeats-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MESSAGE = `Oct  5 10:00:00 fw filterlog[7]: ${payload()}`;
const OTHER = "Oct  5 10:00:01 ap su: hello\n";

/** Time and count of each record, and how many repeats belong to none. */
async function repeatsOf(text: string) {
  const file = join(folder, "a.log");
  writeFileSync(file, text);
  const { documents, reports } = await readAll([file]);
  const records = documents.map((document) => {
    const { count = 1 } = document.ringfence as { count?: number };
    return `${String(document["@timestamp"]).slice(11, 19)} ${count}`;
  });
  return { records, stray: reports[0]?.strayRepeats };
}

describe("a line that says how often the last message was repeated", () => {
  it.each([
    ["of the same host", `${MESSAGE}\n${OTHER}Oct  5 10:00:09 fw last message repeated 3 times`, 3],
    ["by syslogd's own name", `${MESSAGE}\nOct  5 10:00:09 fw syslogd: last message repeated 2 times`, 2],
    ["with the program", `${MESSAGE}\nOct  5 10:00:09 fw filterlog[7]: last message repeated 1 time`, 1],
    [
      "by syslog-ng",
      `${MESSAGE}\nOct  5 10:00:09 fw filterlog[99]: Last message '${payload().slice(0, 20)}' repeated 5 times, suppressed by syslog-ng on fw.example`,
      5,
    ],
    ["by rsyslog", `${MESSAGE}\nOct  5 10:00:09 fw filterlog[7]: message repeated 4 times: [ ${payload()}]`, 4],
    ["with CRLF", `${MESSAGE}\r\nOct  5 10:00:09 fw last message repeated 3 times\r`, 3],
  ])("stands for them: %s", async (_title, text, count) => {
    expect(await repeatsOf(`${text}\n`)).toEqual({ records: ["10:00:00 1", `10:00:09 ${count}`], stray: 0 });
  });

  it("speaks of the same message when it comes again", async () => {
    const again = "fw last message repeated 2 times\n";
    const text = `${MESSAGE}\nOct  5 10:00:30 ${again}Oct  5 10:02:30 ${again}`;
    expect(await repeatsOf(text)).toEqual({ records: ["10:00:00 1", "10:00:30 2", "10:02:30 2"], stray: 0 });
  });

  it.each([
    ["another host", "Oct  5 10:00:09 fw2 last message repeated 3 times", 3],
    ["another process", "Oct  5 10:00:09 fw filterlog[8]: last message repeated 3 times", 3],
    [
      "another message",
      "Oct  5 10:00:09 fw x: Last message 'hello' repeated 3 times, suppressed by syslog-ng on fw",
      3,
    ],
  ])("is not counted where the message is of %s", async (_title, line, stray) => {
    expect(await repeatsOf(`${MESSAGE}\n${line}\n`)).toEqual({ records: ["10:00:00 1"], stray });
  });

  it("is another program's where the message is", async () => {
    const text = `${MESSAGE}\nOct  5 10:00:01 fw su: hello\nOct  5 10:00:09 fw last message repeated 3 times\n`;
    expect(await repeatsOf(text)).toEqual({ records: ["10:00:00 1"], stray: 0 });
  });

  it("is not counted where the message is further back than a piece of the input is told of", async () => {
    const repeat = "Oct  5 10:00:09 fw last message repeated 3 times\n";
    const padding = (bytes: number) => `${"x".repeat(bytes - OTHER.length - 1)}\n${OTHER}`;
    const near = `${MESSAGE}\n${padding(REACH_BYTES - MESSAGE.length - 2)}${repeat}`;
    expect((await repeatsOf(`${OTHER}${near}`)).records).toHaveLength(2);
    const far = `${MESSAGE}\n${padding(REACH_BYTES - MESSAGE.length - 1)}${repeat}`;
    expect(await repeatsOf(`${OTHER}${far}`)).toEqual({ records: ["10:00:00 1"], stray: 3 });
  });

  it("speaks of a line before the place where a file is followed from", () => {
    const before = Buffer.from(`${MESSAGE}\n`);
    const start = { offset: before.length, linesBefore: 1, head: before, headers: new Uint8Array(0), before };
    const input = {
      name: "x",
      path: null,
      modifiedMs: Date.UTC(2026, 10, 21),
      sizeBytes: null,
      named: true,
      once: true,
    };
    const counts: number[] = [];
    const options = { zone: "UTC", only: null, sinceMs: null, untilMs: null };
    const reader = new LiveReader(input, 0, options, ({ count }) => counts.push(count), start);
    reader.push(Buffer.from("Oct  5 10:00:09 fw last message repeated 3 times\n"));
    reader.end();
    expect(counts).toEqual([3]);
  });

  it("that belongs to no message is warned of once for the input", () => {
    const report = { strayRepeats: 12, warnings: ["read as UTF-16LE"] } as Parameters<typeof warningsOf>[0];
    expect(warningsOf(report)).toEqual([
      "read as UTF-16LE",
      "12 repeats of messages that are not here: they are not in the counts",
    ]);
  });
});

describe("LinesBefore", () => {
  it("gives the bytes in reach, however they came", () => {
    const all = Buffer.from(Array.from({ length: 3 * REACH_BYTES }, (_, i) => i % 251));
    for (const size of [1000, REACH_BYTES - 1, REACH_BYTES, REACH_BYTES + 7, all.length]) {
      const lines = new LinesBefore(100, all.subarray(0, 100));
      for (let at = 100; at < all.length; at += size) {
        const chunk = all.subarray(at, at + size);
        lines.open(chunk);
        for (const offset of [at, at + (chunk.length >> 1), at + chunk.length]) {
          for (const length of [1, 4096, REACH_BYTES]) {
            const from = Math.max(0, offset - length);
            expect(lines.before(offset, length).equals(all.subarray(from, offset))).toBe(true);
          }
        }
        lines.keep(chunk);
      }
    }
  });
});

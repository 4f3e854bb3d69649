import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it, type Mock, vi } from "vitest";
import type { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { InputError } from "../../ingest/errors.ts";
import { type InputReport, joinReports } from "../../ingest/inputs/input-report.ts";
import { followFile } from "../../ingest/live/follow.ts";
import { LiveReader } from "../../ingest/live/live-reader.ts";
import { lineAt } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-follow-"));
afterAll(() => rmSync(folder, { recursive: true }));

const line = (port: number) => lineAt(Date.UTC(2026, 9, 5), port);
const lines = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => line(first + i)).join("");
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

let file = "";
let count = 0;
const running: { stop: () => Promise<InputReport> }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of running.splice(0)) await one.stop().catch(() => undefined);
});

/** Follows the file; `ports` are the destination ports of the records so far, `places` their lines. */
function follow({ fromStart = false, lingerMs = 10_000, onPushed = () => {} } = {}) {
  const stopping = new AbortController();
  const ports: number[] = [];
  const places: number[] = [];
  const notices: string[] = [];
  const reports: InputReport[] = [];
  const input = { name: file, path: file, modifiedMs: 0, sizeBytes: null, named: true, once: false };
  let caughtUp = 0;
  const work = followFile(file, {
    fromStart,
    signal: stopping.signal,
    pollMs: 10,
    lingerMs,
    open: (start) => {
      const options = { zone: "UTC", only: null, sinceMs: null, untilMs: null };
      const consume = (record: Parameters<typeof ecsDocument>[0], _: unknown, place: { line: number }) => {
        ports.push(record.destinationPort);
        places.push(place.line);
      };
      const reader = new LiveReader(input, 0, options, consume, start);
      return {
        push: async (bytes) => {
          reader.push(bytes);
          onPushed();
        },
        end: async (withRest) => {
          reader.end(withRest);
          reports.push(reader.report);
        },
      };
    },
    onCaughtUp: async () => {
      caughtUp++;
    },
    onNotice: (text) => notices.push(text),
  });
  const stop = async () => {
    stopping.abort();
    await work;
    return joinReports(reports);
  };
  running.push({ stop });
  const until = (wanted: number[]) => vi.waitFor(() => expect(ports).toEqual(wanted), { timeout: 5000, interval: 10 });
  const started = () => vi.waitFor(() => expect(caughtUp).toBeGreaterThan(0), { timeout: 5000, interval: 5 });
  return { ports, places, notices, stop, until, started, work };
}

function newFile(content: string | null): void {
  file = join(folder, `fw${count++}.log`);
  if (content !== null) writeFileSync(file, content);
}

/** Every read through a file's handle, to be made to fail: what a network share does that goes away. */
async function readsOfFiles() {
  const handle = await open(file, "r");
  await handle.close();
  const reads = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, "read");
  return reads as unknown as Mock<() => Promise<unknown>>;
}

describe("followFile", () => {
  it("reads what is appended, with its line numbers, and waits for whole lines", async () => {
    newFile(lines(1, 5));
    const followed = follow();
    await followed.started();
    appendFileSync(file, lines(6, 7));
    await followed.until([6, 7]);
    const next = line(8);
    appendFileSync(file, next.slice(0, 100));
    await new Promise((resume) => setTimeout(resume, 60));
    expect(followed.ports).toEqual([6, 7]);
    appendFileSync(file, next.slice(100));
    await followed.until([6, 7, 8]);
    expect(followed.places).toEqual([6, 7, 8]);
  });

  it("begins at the start of a line that is only half there", async () => {
    const half = line(2);
    newFile(line(1) + half.slice(0, 80));
    const followed = follow();
    await followed.started();
    appendFileSync(file, half.slice(80));
    await followed.until([2]);
    expect(followed.places).toEqual([2]);
  });

  it("reads from the start where that is wanted", async () => {
    newFile(lines(1, 500));
    const followed = follow({ fromStart: true });
    await followed.until(numbers(1, 500));
    appendFileSync(file, line(501));
    await followed.until(numbers(1, 501));
    expect((await followed.stop()).lines).toMatchObject({ read: 501, parsed: 501 });
  });

  it("goes over to the new file after a rename, and reads on in the old one", async () => {
    newFile(line(1));
    const followed = follow();
    await followed.started();
    renameSync(file, `${file}.1`);
    // The writer has not noticed yet.
    appendFileSync(`${file}.1`, line(2));
    await followed.until([2]);
    writeFileSync(file, line(3));
    await followed.until([2, 3]);
    appendFileSync(`${file}.1`, line(4));
    await followed.until([2, 3, 4]);
    appendFileSync(file, line(5));
    await followed.until([2, 3, 4, 5]);
    expect(followed.notices).toEqual(["was rotated: reading the new file"]);
    expect((await followed.stop()).lines).toMatchObject({ read: 4, parsed: 4 });
  });

  it("lets the old file go after a while", async () => {
    newFile(line(1));
    const followed = follow({ lingerMs: 30 });
    await followed.started();
    renameSync(file, `${file}.1`);
    writeFileSync(file, line(2));
    await followed.until([2]);
    await new Promise((resume) => setTimeout(resume, 150));
    appendFileSync(`${file}.1`, line(3));
    appendFileSync(file, line(4));
    await followed.until([2, 4]);
  });

  it("begins anew after copy and truncate", async () => {
    newFile(lines(1, 50));
    const followed = follow();
    await followed.started();
    appendFileSync(file, line(51));
    await followed.until([51]);
    copyFileSync(file, `${file}.1`);
    truncateSync(file, 0);
    appendFileSync(file, line(52));
    await followed.until([51, 52]);
    expect(followed.notices).toEqual(["was truncated: reading it from its beginning"]);
    expect(followed.places).toEqual([51, 1]);
  });

  it("sees a truncation even where the file has grown past its old size since", async () => {
    newFile(lines(1, 3));
    const followed = follow({ fromStart: true });
    await followed.until([1, 2, 3]);
    writeFileSync(file, lines(4, 20));
    await followed.until(numbers(1, 20));
  });

  // Shorter than before, longer by three bytes, and longer by far.
  it.each([10, 12, 30])("sees a truncation between two reads, with lines 10 to %i there since", async (last) => {
    newFile(lines(7, 9));
    let pushes = 0;
    const onPushed = () => {
      if (++pushes === 1) writeFileSync(file, lines(10, last));
    };
    const followed = follow({ fromStart: true, onPushed });
    await followed.until(numbers(7, last));
    expect((await followed.stop()).lines).toMatchObject({ read: last - 6, parsed: last - 6 });
  });

  it("sees a truncation where neither the size nor the time of change tells of it", async () => {
    newFile(lines(1, 3));
    utimesSync(file, 1_790_000_000, 1_790_000_000);
    const followed = follow({ fromStart: true });
    await followed.until([1, 2, 3]);
    writeFileSync(file, lines(4, 6));
    utimesSync(file, 1_790_000_000, 1_790_000_000);
    await followed.until(numbers(1, 6));
  });

  it("passes over the hole that a writer leaves which does not append", async () => {
    newFile(lines(1, 3));
    const followed = follow({ fromStart: true });
    await followed.until([1, 2, 3]);
    writeFileSync(file, Buffer.concat([Buffer.alloc(600_000), Buffer.from(lines(4, 5))]));
    await followed.until([1, 2, 3, 4, 5]);
    expect((await followed.stop()).lines).toMatchObject({ read: 5, parsed: 5, malformed: 0 });
  });

  it("finds a file that was deleted and created anew", async () => {
    newFile(line(1));
    const followed = follow();
    await followed.started();
    unlinkSync(file);
    await new Promise((resume) => setTimeout(resume, 40));
    writeFileSync(file, lines(2, 3));
    await followed.until([2, 3]);
  });

  it("waits for a file that does not exist yet, and reads it whole", async () => {
    newFile(null);
    const followed = follow();
    await followed.started();
    writeFileSync(file, lines(1, 2));
    await followed.until([1, 2]);
    expect(followed.notices).toEqual(["does not exist, or cannot be read: waiting for it", "is there now"]);
  });

  it("knows the columns of a Windows log from above", async () => {
    const header = "#Version: 1.5\r\n#Fields: date time action protocol dst-ip src-ip dst-port src-port size\r\n";
    const row = (port: number) => `2026-10-05 10:00:00 DROP UDP 192.168.10.5 203.0.113.9 ${port} 40000 440\r\n`;
    newFile(header + row(1));
    const followed = follow();
    await followed.started();
    appendFileSync(file, row(2));
    await followed.until([2]);
    expect(followed.places).toEqual([4]);
  });

  it("loses and doubles nothing over many rotations of both kinds", async () => {
    newFile(lines(1, 1));
    const followed = follow({ fromStart: true });
    await followed.until([1]);
    let next = 2;
    for (let round = 0; round < 12; round++) {
      appendFileSync(file, lines(next, next + 40));
      next += 41;
      await followed.until(numbers(1, next - 1));
      if (round % 2 === 0) renameSync(file, `${file}.${round}`);
      else truncateSync(file, 0);
    }
    const { lines: counts } = await followed.stop();
    expect(counts).toMatchObject({ read: next - 1, parsed: next - 1, malformed: 0, foreign: 0 });
  });

  it("does not read a line at the end that is still being written", async () => {
    newFile("");
    const followed = follow({ fromStart: true });
    await followed.started();
    appendFileSync(file, line(1) + line(2).slice(0, -3));
    await followed.until([1]);
    expect((await followed.stop()).lines).toMatchObject({ read: 1, parsed: 1 });
  });

  it("goes on where it was left after a read that failed", async () => {
    newFile(lines(1, 3));
    const followed = follow({ fromStart: true });
    await followed.until([1, 2, 3]);
    const reads = await readsOfFiles();
    // Until it is told: a look that comes between two others tells nothing, and the next one reads again.
    reads.mockRejectedValue(Object.assign(new Error("stale file handle"), { code: "ESTALE", syscall: "read" }));
    await vi.waitFor(() => expect(followed.notices).toHaveLength(1), { timeout: 5000 });
    reads.mockRestore();
    await vi.waitFor(() => expect(followed.notices).toHaveLength(2), { timeout: 5000 });
    appendFileSync(file, lines(4, 5));
    await followed.until([1, 2, 3, 4, 5]);
    expect(followed.places).toEqual([1, 2, 3, 4, 5]);
    expect(followed.notices).toEqual([
      "cannot be read any more: trying again",
      "can be read again: going on where it was left",
    ]);
  });

  it("reads the file that stands there when reading works again", async () => {
    newFile(lines(1, 3));
    const followed = follow({ fromStart: true });
    await followed.until([1, 2, 3]);
    const reads = await readsOfFiles();
    reads.mockRejectedValue(Object.assign(new Error("input/output error"), { code: "EIO", syscall: "read" }));
    await vi.waitFor(() => expect(followed.notices).toHaveLength(1), { timeout: 5000 });
    renameSync(file, `${file}.1`);
    writeFileSync(file, lines(4, 5));
    reads.mockRestore();
    await followed.until([1, 2, 3, 4, 5]);
    expect((await followed.stop()).lines).toMatchObject({ read: 5, parsed: 5, malformed: 0 });
  });

  it("ends where what is read cannot be taken", async () => {
    newFile(lines(1, 3));
    const refusal = Object.assign(new Error("no space left"), { code: "ENOSPC", syscall: "write" });
    const followed = follow({
      fromStart: true,
      onPushed: () => {
        throw refusal;
      },
    });
    await expect(followed.work).rejects.toBe(refusal);
  });

  it("refuses what cannot be followed", async () => {
    newFile("");
    writeFileSync(file, gzipSync(line(1)));
    await expect(follow().work).rejects.toBeInstanceOf(InputError);
    running.length = 0;
  });
});

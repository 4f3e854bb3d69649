import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { dateInName, inTimeOrder } from "../../ingest/inputs/rotation.ts";
import { payload, readAll, times } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

function place(name: string, files: Record<string, string | Uint8Array>): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(own, file), content);
  return own;
}

const SETS: [kind: string, oldestFirst: string[]][] = [
  ["newsyslog", ["filter.log.11.bz2", "filter.log.10.bz2", "filter.log.2.bz2", "filter.log.0.bz2", "filter.log"]],
  ["logrotate", ["fw.log.12.gz", "fw.log.3.gz", "fw.log.2.gz", "fw.log.1", "fw.log"]],
  ["logrotate with extension", ["fw.10.log.gz", "fw.2.log.gz", "fw.1.log", "fw.log"]],
  ["dateext", ["messages-20251228.gz", "messages-20260104.gz", "messages-20260104-13.xz", "messages"]],
  ["dateext with seconds", ["fw.log-20260104-1767500000.gz", "fw.log-20260105-1767590000", "fw.log"]],
  ["OPNsense", ["filter_20251231.log", "filter_20260101.log", "filter_20260110.log"]],
  ["dates with dashes", ["fw-2025-12-31.log.zst", "fw-2026-01-02.log"]],
  ["dates alone", ["2025-12-31.log", "2026-01-02.log"]],
  ["Windows", ["pfirewall.log.old", "pfirewall.log"]],
  ["hosts, not generations", ["10.20.0.2.log", "10.20.0.10.log"]],
];

describe("rotated sets", () => {
  it.each(SETS)("%s: oldest first", (_kind, oldestFirst) => {
    fc.assert(
      fc.property(fc.shuffledSubarray(oldestFirst, { minLength: oldestFirst.length }), (shuffled) => {
        expect(inTimeOrder(shuffled)).toEqual(oldestFirst);
      }),
    );
  });

  it("stay apart, each in its folder", () => {
    expect(inTimeOrder(["b/x.log", "a/fw10.log", "a/fw2.log.1", "a/fw2.log", "a/fw10.log.1"])).toEqual([
      "a/fw2.log.1",
      "a/fw2.log",
      "a/fw10.log.1",
      "a/fw10.log",
      "b/x.log",
    ]);
  });

  it("have dates that exist", () => {
    expect(dateInName("fw-20260230.log")).toBeNull();
    expect(dateInName("fw-20261399.log")).toBeNull();
    expect(dateInName("logs/fw-20260228-07.log.gz")).toBe(Date.UTC(2026, 1, 28, 7));
  });

  it("are found in folders and by patterns; names keep their order", async () => {
    const own = place("order", { "fw.log": "", "fw.log.1": "", "fw.log.10": "", "fw.log.2": "" });
    const inOrder = ["fw.log.10", "fw.log.2", "fw.log.1", "fw.log"];
    const found = async (...names: string[]) => (await findInputs(names, 0)).map(({ name }) => basename(name));
    expect(await found(own)).toEqual(inOrder);
    expect(await found(join(own, "fw.log*"))).toEqual(inOrder);
    expect(await found(join(own, "fw.log"), join(own, "fw.log.1"))).toEqual(["fw.log", "fw.log.1"]);
    expect(await found(join(own, "fw.log"), own)).toEqual(["fw.log", "fw.log.10", "fw.log.2", "fw.log.1"]);
  });

  it.skipIf(process.platform === "win32")("count a file once that also has a link", async () => {
    const own = place("links", { "filter_20261005.log": "x" });
    symlinkSync(join(own, "filter_20261005.log"), join(own, "latest.log"));
    expect(await findInputs([join(own, "*.log")], 0)).toHaveLength(1);
    expect(await findInputs([join(own, "latest.log"), own], 0)).toHaveLength(1);
    expect(await findInputs([own], 0)).toHaveLength(1);
  });

  it.skipIf(process.platform === "win32")(
    "are what links in a folder lead to, and files of its subfolders",
    async () => {
      const elsewhere = place("elsewhere", { "a.log": "x" });
      const own = place("tree", { "b.log": "x", ".hidden": "x" });
      mkdirSync(join(own, "sub"));
      writeFileSync(join(own, "sub", "c.log"), "x");
      symlinkSync(join(elsewhere, "a.log"), join(own, "a.log"));
      symlinkSync(join(elsewhere, "nothing"), join(own, "dangling.log"));
      symlinkSync(join(own, "round.log"), join(own, "round.log"));
      const errors: string[] = [];
      const found = await findInputs([own], 0, ({ message }) => errors.push(message));
      expect(found.map(({ name }) => basename(name))).toEqual(["a.log", "b.log", "c.log"]);
      expect(errors.join()).toMatch(/round\.log: cannot be read \(ELOOP\)/);
    },
  );
});

describe("years that dates leave out", () => {
  const line = (date: string) => `${date} fw filterlog[1]: ${payload()}\n`;
  const at = (file: string, iso: string) => utimesSync(file, new Date(iso), new Date(iso));

  it("of a set over New Year follow the files' times", async () => {
    const own = place("new-year", {
      "fw.log.2": line("Dec 30 23:00:00"),
      "fw.log.1": line("Dec 31 23:59:59") + line("Jan  1 00:00:01"),
      "fw.log": line("Jan  2 01:00:00"),
    });
    at(join(own, "fw.log.2"), "2024-12-31T00:00:00Z");
    at(join(own, "fw.log.1"), "2025-01-01T06:00:00Z");
    at(join(own, "fw.log"), "2025-01-02T06:00:00Z");
    expect(times(await readAll([own]))).toEqual([
      "2024-12-30T23:00:00.000Z",
      "2024-12-31T23:59:59.000Z",
      "2025-01-01T00:00:01.000Z",
      "2025-01-02T01:00:00.000Z",
    ]);
  });

  it("follow the time inside a gzip file, not that of the copy", async () => {
    const zipped = gzipSync(line("Dec 30 23:00:00") + line("Jan  3 10:00:00"));
    zipped.writeUInt32LE(Date.UTC(2024, 0, 4) / 1000, 4);
    const own = place("gzip", { "fw.log.1.gz": zipped });
    at(join(own, "fw.log.1.gz"), "2026-11-01T00:00:00Z");
    expect(times(await readAll([own]))).toEqual(["2023-12-30T23:00:00.000Z", "2024-01-03T10:00:00.000Z"]);
  });

  it("follow the date in a copied file's name", async () => {
    const own = place("dated", { "fw.log-20250105": line("Dec 30 23:00:00") + line("Jan  4 10:00:00") });
    at(join(own, "fw.log-20250105"), "2026-11-01T00:00:00Z");
    expect(times(await readAll([own]))).toEqual(["2024-12-30T23:00:00.000Z", "2025-01-04T10:00:00.000Z"]);
  });

  it("know leap years", async () => {
    const own = place("leap", { "fw.log": line("Feb 29 12:00:00") });
    at(join(own, "fw.log"), "2026-11-01T00:00:00Z");
    expect(times(await readAll([own]))).toEqual(["2024-02-29T12:00:00.000Z"]);
  });
});

describe("circular logs", () => {
  it("that are full are told by their last bytes", async () => {
    const line = `Oct  5 10:00:00 fw filterlog[1]: ${payload()}\n`;
    const footer = Buffer.from("CLOG\0\0\0\0\u0010\0\0\0\u0010\0\0\0\0\0\0\0");
    const own = place("clog", { "filter.log": Buffer.concat([Buffer.from(line.repeat(2000)), footer]), "b.log": line });
    const { reports } = await readAll([own]);
    expect(reports.map(({ warnings }) => warnings.join())).toEqual(["", expect.stringMatching(/circular log/)]);
    expect(reports[1]?.lines.parsed).toBe(2000);
  });
});

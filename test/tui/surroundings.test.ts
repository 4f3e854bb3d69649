import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parsedLine } from "../../cmd/tui/world/parsed-line.ts";
import { readSurroundings } from "../../cmd/tui/world/surroundings.ts";
import { sampleResult, writeSample } from "./sample-result.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-raw-"));
writeSample(folder);
const bytes = readFileSync(join(folder, "fw.log"));
const lines = bytes.toString("utf8").trimEnd().split("\n");
writeFileSync(join(folder, "fw.log.gz"), gzipSync(bytes));
const [input] = sampleResult().evidence.inputs;
const offsetOf = (line: number) => Buffer.byteLength(`${lines.slice(0, line - 1).join("\n")}${line > 1 ? "\n" : ""}`);

describe("a line in its surroundings", () => {
  it.each([
    ["a plain file, by offset", "fw.log", true],
    ["a plain file, by number", "fw.log", false],
    ["a compressed file, by offset", "fw.log.gz", true],
    ["a compressed file, by number", "fw.log.gz", false],
  ])("is read from %s", async (_, name, byOffset) => {
    for (const line of [1, 2, 700, lines.length]) {
      const place = { input: name, line, offset: byOffset ? offsetOf(line) : null, text: lines[line - 1] ?? null };
      const { lines: read, focus, note } = await readSurroundings(place, input, folder);
      expect(note).toBeNull();
      expect(read[focus]?.text).toBe(lines[line - 1]);
      for (const { line: number, text } of read) expect(text).toBe(lines[(number ?? 0) - 1]);
      expect(focus).toBe(Math.min(100, line - 1));
      expect(read.length - focus - 1).toBe(Math.min(100, lines.length - line));
    }
  });

  it("finds a line by its offset alone, while nobody knows its number yet", async () => {
    const place = { input: "fw.log", line: null, offset: offsetOf(40), text: lines[39] ?? "" };
    const { lines: read, focus, note } = await readSurroundings(place, input, folder);
    expect(read[focus]).toEqual({ line: null, offset: offsetOf(40), text: lines[39] });
    expect(read[focus + 1]?.text).toBe(lines[40]);
    expect(note).toBeNull();
  });

  it("says when the file is gone, has changed, or has become shorter", async () => {
    const gone = { input: "gone.log", line: 3, offset: 0, text: "kept" };
    expect(await readSurroundings(gone, input, folder)).toMatchObject({
      lines: [{ text: "kept" }],
      note: expect.stringContaining("is not here"),
    });
    const changed = { input: "fw.log", line: 3, offset: offsetOf(3), text: "what stood here" };
    expect((await readSurroundings(changed, input, folder)).note).toContain("has changed");
    const beyond = { input: "fw.log", line: 99_999, offset: 99_999_999, text: "x" };
    expect((await readSurroundings(beyond, input, folder)).note).toContain("no line 99999 any more");
    const none = { input: "fw.log", line: null, offset: null, text: null };
    expect((await readSurroundings(none, input, folder)).note).toContain("no line of a file");
    rmSync(join(folder, "fw.log.gz"));
  });
});

describe("the fields of a line", () => {
  it("are those of the audit's own parser", () => {
    const { format, fields } = parsedLine(lines[2] ?? "", ["windows", "pfsense"], [], "Europe/Berlin", 0);
    expect(format).toBe("pfsense");
    expect(Object.fromEntries(fields)).toMatchObject({
      "@timestamp": "2026-10-01T00:02:02Z",
      "source.ip": "203.0.113.3",
      "destination.port": "5060",
      "rule.id": "1000000103",
      "ringfence.verdict": "deny",
    });
  });

  it("are none where no format reads it", () => {
    expect(parsedLine("hello", ["pfsense", "unheard-of"], [], "Nowhere/Land", 0)).toEqual({ format: null, fields: [] });
  });

  it("need a header that stands at the file's beginning", () => {
    const head = ["#Version: 1.5", "#Fields: date time action protocol src-ip dst-ip src-port dst-port size path"];
    const line = "2026-10-01 08:00:00 DROP UDP 203.0.113.9 192.168.10.5 5060 5060 0 RECEIVE";
    const { format, fields } = parsedLine(line, ["windows"], head, "UTC", 0);
    expect(format).toBe("windows");
    expect(Object.fromEntries(fields)).toMatchObject({ "source.ip": "203.0.113.9", "ringfence.verdict": "deny" });
  });
});

/**
 * The program on the oldest Node that package.json names, whose binary is at RINGFENCE_OLDEST_NODE (`.ci/run` fetches it). A
 * log of 100,000 lines is read by several threads, whose tables of flows one of them goes on filling.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { FORMATS, fileOf, SITE } from "../bench/lines.ts";
import { main } from "../elasticsearch/program.ts";

const LINES = 100_000;
const oldest = process.env.RINGFENCE_OLDEST_NODE;
const folder = mkdtempSync(join(tmpdir(), "ringfence-oldest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the program prints there, and nothing beside it on standard error. */
function printedBy(node: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(node, [main, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe.skipIf(oldest === undefined)("the oldest Node", () => {
  const old = oldest as string;

  test("is the one that package.json asks for", () => {
    const { stdout } = spawnSync(old, ["--version"], { encoding: "utf8" });
    expect(`>=${stdout.replace(/^v(\d+\.\d+).*\s$/, "$1")}`).toBe(manifest.engines.node);
  });

  test.each(FORMATS)("audits a long log of %s as today's does", (format) => {
    const site = join(folder, "site.yaml");
    writeFileSync(site, SITE);
    const args = ["audit", fileOf(format, LINES), "--site", site, "--format", "json"];
    expect(printedBy(old, args) === printedBy(process.execPath, args)).toBe(true);
  });

  test.each([
    ["audits the bundled site", ["demo", "--verbose"]],
    ["explains a format", ["formats", "fortigate"]],
  ])("%s as today's does", (_, args) => {
    expect(printedBy(old, args)).toBe(printedBy(process.execPath, args));
  });
});

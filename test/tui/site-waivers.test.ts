import { mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { takeBack, waivedByFile, writeWaivers } from "../../cmd/tui/world/site-file.ts";
import { withWaivers } from "../../cmd/tui/world/site-waivers.ts";
import { SITE_TEXT } from "./sample-result.ts";

const WAIVER = { reason: 'known: "test" line #5', owner: "noc", expires: "2027-03-31" };
const ID = "open/agfeo/never-open/in/internet/192.168.10.5";

/** The lines of `after` that `before` has not; fails where `before` lost one. */
function addedLines(before: string, after: string): string[] {
  const rest = after.split("\n");
  for (const line of before.split("\n")) {
    const at = rest.indexOf(line);
    expect(at, `lost: ${line}`).toBeGreaterThanOrEqual(0);
    rest.splice(at, 1);
  }
  return rest;
}

describe("a waiver in a site file", () => {
  it("is added at the end of the waivers and changes no other byte", () => {
    const after = withWaivers(SITE_TEXT, [ID], WAIVER);
    expect(addedLines(SITE_TEXT, after)).toEqual([
      `  - finding: ${ID}`,
      `    reason: 'known: "test" line #5'`,
      "    owner: noc",
      "    expires: 2027-03-31",
    ]);
    expect(after.endsWith("# the end\n")).toBe(true);
    expect(parse(after).waivers[1]).toEqual({ finding: ID, ...WAIVER });
  });

  it.each([
    ["none yet", "site: A\ndeployments: [] # c\n"],
    ["none yet, no line end", "site: A\ndeployments: []"],
    ["an empty list", "site: A\nwaivers: []   # none\ndeployments: []\n"],
    ["null", "site: A\nwaivers:\ndeployments: []\n"],
    ["a flow list", 'site: A\nwaivers: [{finding: "x", reason: r, owner: o, expires: 2027-01-01}]\n'],
    ["no indent", "site: A\nwaivers:\n- finding: x\n  reason: r\n# next\ndeployments: []\n"],
    [
      "deep indent",
      "waivers:\n      - finding: x\n        reason: |\n          two\n          lines\n\n\nsite: A # c\n",
    ],
    ["last, no line end", "site: A\nwaivers:\n  - finding: x\n    reason: r"],
    ["Windows line ends", "site: A\r\nwaivers:\r\n  - finding: x\r\n    reason: r\r\nnetworks: {}\r\n"],
    ["a document end", "site: A\n...\n"],
    ["an anchor", "site: A\nwaivers:\n  - &a {finding: x, reason: r}\n  - *a\nnetworks: {}\n"],
  ])("is added where there is %s", (_, text) => {
    const after = withWaivers(text, [ID, "b"], WAIVER);
    const { waivers, ...rest } = parse(after);
    const { waivers: old, ...expected } = parse(text);
    expect(rest).toEqual(expected);
    expect(waivers).toEqual([...(old ?? []), { finding: ID, ...WAIVER }, { finding: "b", ...WAIVER }]);
    for (const comment of text.match(/#.*/g) ?? []) expect(after).toContain(comment);
    if (text.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it.each([
    ["no YAML", "site: [\n"],
    ["no site file", "- a\n"],
    ["another kind of waivers", "site: A\nwaivers: {a: b}\n"],
  ])("is refused in %s", (_, text) => {
    expect(() => withWaivers(text, [ID], WAIVER)).toThrow();
  });
});

describe("the site file on disk", () => {
  const fileWith = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), "ringfence-site-")), "site.yaml");
    writeFileSync(file, text, { mode: 0o640 });
    return file;
  };

  it("is written through links with its mode, and taken back to the byte", async () => {
    const file = fileWith(SITE_TEXT);
    const link = `${file}.link`;
    symlinkSync(file, link);
    const step = await writeWaivers(link, [ID], WAIVER);
    expect(readFileSync(file, "utf8")).toBe(step.after);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    await takeBack(link, step);
    expect(readFileSync(file, "utf8")).toBe(SITE_TEXT);
  });

  it("is left alone where somebody changed it meanwhile", async () => {
    const file = fileWith(SITE_TEXT);
    const step = await writeWaivers(file, [ID], WAIVER);
    writeFileSync(file, `${step.after}# mine\n`);
    await expect(takeBack(file, step)).rejects.toThrow("changed meanwhile");
    expect(readFileSync(file, "utf8")).toBe(`${step.after}# mine\n`);
  });

  it("says which findings its waivers accept today", async () => {
    const file = fileWith(withWaivers(SITE_TEXT, [ID], WAIVER));
    const ids = [ID, "open/agfeo/nothing-special/in", "other"];
    expect([...(await waivedByFile(file, ids, "UTC", Date.parse("2027-03-31T12:00Z"))).keys()].sort()).toEqual(
      ids.slice(0, 2),
    );
    expect((await waivedByFile(file, ids, "UTC", Date.parse("2027-04-01T00:00Z"))).size).toBe(0);
  });
});

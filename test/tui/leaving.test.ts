import { describe, expect, it } from "vitest";
import { findingMarkdown } from "../../cmd/tui/markdown.ts";
import { MAX_COPY_BYTES, osc52 } from "../../cmd/tui/world/clipboard.ts";
import { viewerCommand } from "../../cmd/tui/world/pager.ts";
import { savedText } from "../../cmd/tui/world/saving.ts";
import { sampleResult } from "./sample-result.ts";

const ESC = String.fromCharCode(27);
const { findings } = sampleResult(30);

describe("copying", () => {
  it("is OSC 52, wrapped for tmux and screen, and capped", () => {
    const plain = `${ESC}]52;c;aGk=\u0007`;
    expect(osc52("hi", {})).toBe(plain);
    expect(osc52("hi", { TMUX: "/tmp/x" })).toBe(`${plain}${ESC}Ptmux;${ESC}${ESC}]52;c;aGk=\u0007${ESC}\\`);
    expect(osc52("hi", { STY: "1" })).toBe(`${ESC}P${plain}${ESC}\\`);
    expect(osc52("x".repeat(MAX_COPY_BYTES), {})).not.toBeNull();
    expect(osc52("ü".repeat(MAX_COPY_BYTES / 2 + 1), {})).toBeNull();
  });
});

describe("the viewer", () => {
  it.each([
    [{ PAGER: "less -R" }, ["less", ["-R", "+7", "fw.log"]]],
    [{ PAGER: "", EDITOR: "vim" }, ["vim", ["+7", "fw.log"]]],
    [{ VISUAL: '"/opt/my editor/hx"', EDITOR: "vi" }, ["/opt/my editor/hx", ["+7", "fw.log"]]],
    [{ EDITOR: "code --wait" }, ["code", ["--wait", "fw.log"]]],
    [{}, ["less", ["+7", "fw.log"]]],
  ])("%j", (env, expected) => {
    expect(viewerCommand("fw.log", 7, env, false)).toEqual(expected);
  });

  it("is Notepad on Windows", () => {
    expect(viewerCommand("fw.log", null, {}, true)).toEqual(["notepad.exe", ["fw.log"]]);
  });
});

describe("saved rows", () => {
  it("are JSON with view and filter", () => {
    expect(JSON.parse(savedText("x.JSON", "open", "a", findings))).toEqual({
      view: "open",
      filter: "a",
      rows: findings,
    });
  });

  it("are CSV without control characters and formulas", () => {
    const rows = [{ ...findings[0], title: "=cmd()", host: `a${ESC}[2J` }];
    const [head, line] = savedText("x.csv", "open", "", rows).split("\r\n");
    expect(head).toContain("id,kind,severity");
    expect(line).toContain("'=cmd()");
    expect(line).not.toContain(ESC);
  });

  it("are empty where there are none", () => {
    expect(savedText("x.csv", "open", "", [])).toBe("\r\n");
  });
});

describe("a finding as Markdown", () => {
  it("holds no control character and no markup from outside", () => {
    for (const finding of findings) {
      const text = findingMarkdown({ ...finding, title: `${finding.title} <b>*x*` });
      expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      expect(text).not.toContain("<b>");
    }
  });
});

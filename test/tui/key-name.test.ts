import type { Key } from "ink";
import { describe, expect, it } from "vitest";
import { keyPresses } from "../../cmd/tui/keys/key-name.ts";
import { type MousePress, MouseReports } from "../../cmd/tui/keys/mouse-reports.ts";

const NONE = {} as Key;
const ESC = String.fromCharCode(27);

describe("a burst of keys", () => {
  it.each<[string, string, string[]]>([
    ["letters", "ab", ["a", "b"]],
    ["a control key among them", "s\u0015x.csv\r", ["s", "ctrl-u", "x", ".", "c", "s", "v", "enter"]],
    ["tab and backspace", "a\t\u007f\u0008", ["a", "tab", "backspace", "backspace"]],
    ["blanks and wide characters", "a 東", ["a", "space", "東"]],
    ["what no key types", "\u0000\u001c\u0085", []],
  ])("of %s is one press each", (_what, input, names) => {
    expect(keyPresses(input, NONE).map(({ name }) => name)).toEqual(names);
  });

  it("of two Escs takes two layers away", () => {
    expect(keyPresses("", { escape: true, meta: true } as Key).map(({ name }) => name)).toEqual(["esc", "esc"]);
  });
});

describe("reports of the mouse", () => {
  it("are taken out of what is typed, also where they come in pieces", () => {
    const presses: MousePress[] = [];
    const reports = new MouseReports((press) => presses.push(press));
    expect(reports.takenFrom(`a${ESC}[<0;10;5Mb${ESC}[<0;10;5mc`)).toBe("abc");
    expect(reports.takenFrom(`d${ESC}[<65;2`)).toBe("d");
    expect(reports.takenFrom(`00;70M${ESC}[A`)).toBe(`${ESC}[A`);
    expect(reports.takenFrom(`${ESC}[<2;1;1M${ESC}[<64;1;1M`)).toBe("");
    expect(presses).toEqual([
      { what: "click", x: 9, y: 4 },
      { what: "wheel-down", x: 199, y: 69 },
      { what: "wheel-up", x: 0, y: 0 },
    ]);
  });
});

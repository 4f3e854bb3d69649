import { describe, expect, it } from "vitest";
import { edited, textField, typed } from "../../cmd/tui/keys/text-field.ts";

const ESC = String.fromCharCode(27);

describe("a text field", () => {
  it("types at the cursor and deletes whole characters", () => {
    let field = typed(textField("ab"), "👩‍👩‍👧");
    expect(field.text).toBe("ab👩‍👩‍👧");
    field = edited(field, "backspace") ?? field;
    expect(field).toEqual({ text: "ab", at: 2 });
    field = typed(edited(field, "home") ?? field, "x");
    expect(field).toEqual({ text: "xab", at: 1 });
    expect(edited(field, "delete")).toEqual({ text: "xb", at: 1 });
    expect(edited(field, "ctrl-k")).toEqual({ text: "x", at: 1 });
    expect(edited(field, "ctrl-u")).toEqual({ text: "ab", at: 0 });
    expect(edited(field, "f5")).toBeNull();
  });

  it("takes a word away", () => {
    expect(edited(textField("severity:high  "), "ctrl-w")).toEqual({ text: "", at: 0 });
    expect(edited(textField("one two"), "ctrl-w")?.text).toBe("one ");
  });

  it("makes line ends and control characters of a paste harmless", () => {
    expect(typed(textField(""), `a\r\nb${ESC}[2Jc`).text).toBe("a b [2Jc");
  });
});

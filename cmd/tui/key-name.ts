/** Keys as one word each, whatever the terminal sends. */
import type { Key } from "ink";

export interface KeyPress {
  /** `down`, `ctrl-d`, `shift-tab`, `space`, or the character itself. */
  name: string;
  /** What it types; empty for keys that type nothing. */
  text: string;
}

/** A burst of keys may come as one input: each is a press of its own. */
export function keyPresses(input: string, key: Key): KeyPress[] {
  const special = specialName(key);
  if (special !== null) return [{ name: special, text: "" }];
  if (key.ctrl) return input === "" ? [] : [{ name: `ctrl-${input.toLowerCase()}`, text: "" }];
  if (key.meta) return [];
  return [...input].flatMap((character) => {
    if (character === "\r" || character === "\n") return { name: "enter", text: "" };
    if (character === " ") return { name: "space", text: " " };
    const code = character.codePointAt(0) as number;
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ? [] : { name: character, text: character };
  });
}

function specialName(key: Key): string | null {
  if (key.upArrow) return "up";
  if (key.downArrow) return "down";
  if (key.leftArrow) return "left";
  if (key.rightArrow) return "right";
  if (key.pageUp) return "pageup";
  if (key.pageDown) return "pagedown";
  if (key.home) return "home";
  if (key.end) return "end";
  if (key.return) return "enter";
  if (key.escape) return "esc";
  if (key.tab) return key.shift ? "shift-tab" : "tab";
  if (key.backspace) return "backspace";
  if (key.delete) return "delete";
  return null;
}

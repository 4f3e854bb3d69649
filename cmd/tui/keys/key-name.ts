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
  // Two of them at once look like one with Alt.
  if (key.escape && key.meta)
    return [
      { name: "esc", text: "" },
      { name: "esc", text: "" },
    ];
  const special = specialName(key);
  if (special !== null) return [{ name: special, text: "" }];
  if (key.ctrl) return input === "" ? [] : [{ name: `ctrl-${input.toLowerCase()}`, text: "" }];
  if (key.meta) return [];
  return [...input].flatMap((character) => {
    if (character === " ") return { name: "space", text: " " };
    const code = character.codePointAt(0) as number;
    const control = controlName(code);
    if (control !== null) return { name: control, text: "" };
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ? [] : { name: character, text: character };
  });
}

/** A control character in the middle of a burst, as the key that types it. */
function controlName(code: number): string | null {
  if (code === 0x0d || code === 0x0a) return "enter";
  if (code === 0x09) return "tab";
  if (code === 0x08 || code === 0x7f) return "backspace";
  return code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(code + 0x60)}` : null;
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

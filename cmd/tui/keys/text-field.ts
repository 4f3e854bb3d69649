/** One line of text that is being typed. */

export interface TextField {
  text: string;
  /** Index into `text` before which the next character goes. */
  at: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

export function textField(text: string): TextField {
  return { text, at: text.length };
}

/** Types text; control characters and line ends of a paste become spaces. */
export function typed({ text, at }: TextField, input: string): TextField {
  const safe = input.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return { text: text.slice(0, at) + safe + text.slice(at), at: at + safe.length };
}

/** What an editing key does; null: it is none. */
export function edited(field: TextField, key: string): TextField | null {
  const { text, at } = field;
  const removing = (from: number, to: number): TextField => ({ text: text.slice(0, from) + text.slice(to), at: from });
  switch (key) {
    case "left":
    case "ctrl-b":
      return { text, at: before(field) };
    case "right":
    case "ctrl-f":
      return { text, at: after(field) };
    case "home":
    case "ctrl-a":
      return { text, at: 0 };
    case "end":
    case "ctrl-e":
      return { text, at: text.length };
    case "backspace":
    case "ctrl-h":
      return removing(before(field), at);
    case "delete":
    case "ctrl-d":
      return removing(at, after(field));
    case "ctrl-u":
      return removing(0, at);
    case "ctrl-k":
      return removing(at, text.length);
    case "ctrl-w":
      return removing(text.slice(0, at).replace(/\S+\s*$/, "").length, at);
    default:
      return null;
  }
}

/** Where the character before the cursor begins. */
function before({ text, at }: TextField): number {
  return at - ([...segmenter.segment(text.slice(0, at))].at(-1)?.segment.length ?? 0);
}

function after({ text, at }: TextField): number {
  for (const { segment } of segmenter.segment(text.slice(at))) return at + segment.length;
  return at;
}

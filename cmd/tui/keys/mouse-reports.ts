/**
 * Takes what the mouse reports out of what the keyboard types: Ink drops such sequences. The form is SGR's
 * (`ESC [ < button ; column ; row M`), which knows windows of any width.
 */

/** Columns and rows from 0. */
export interface MousePress {
  what: "click" | "wheel-up" | "wheel-down";
  x: number;
  y: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with an escape
const REPORT = /\x1b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, not whole yet
const BEGINNING = /\x1b\[<[\d;]{0,17}$/;

/** The stream as Ink reads it, without reports; those go to `onPress`. */
export function withoutMouse(stdin: NodeJS.ReadStream, onPress: (press: MousePress) => void): NodeJS.ReadStream {
  const reports = new MouseReports(onPress);
  const read = (size?: number) => {
    const chunk: unknown = stdin.read(size);
    return chunk === null ? null : reports.takenFrom(String(chunk));
  };
  return new Proxy(stdin, {
    get(target, name) {
      if (name === "read") return read;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export class MouseReports {
  readonly #onPress: (press: MousePress) => void;
  #rest = "";

  constructor(onPress: (press: MousePress) => void) {
    this.#onPress = onPress;
  }

  /** The text without its reports. */
  takenFrom(text: string): string {
    const whole = this.#rest + text;
    this.#rest = BEGINNING.exec(whole)?.[0] ?? "";
    return whole.slice(0, whole.length - this.#rest.length).replace(REPORT, (_, button, x, y, end) => {
      const what = end === "m" ? undefined : WHATS.get(Number(button));
      if (what) this.#onPress({ what, x: Number(x) - 1, y: Number(y) - 1 });
      return "";
    });
  }
}

/** Other buttons, drags and releases do nothing. */
const WHATS: ReadonlyMap<number, MousePress["what"]> = new Map([
  [0, "click"],
  [64, "wheel-up"],
  [65, "wheel-down"],
]);

/**
 * The terminal as a session writes to it. Ink enters the alternate screen with the cursor where it was, and knows nothing
 * of mice: both are put right in the same moment in which the screen is entered or left, whatever the reason.
 */

const ENTER = "\x1b[?1049h";
const LEAVE = "\x1b[?1049l";
const HOME = "\x1b[H";
/** Buttons and wheel, in SGR's form, which knows wide windows (xterm's control sequences, "Mouse Tracking"). */
const MOUSE_ON = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF = "\x1b[?1006l\x1b[?1000l";

export function terminalScreen(stdout: NodeJS.WriteStream, mouse: boolean): NodeJS.WriteStream {
  const entering = ENTER + HOME + (mouse ? MOUSE_ON : "");
  const leaving = (mouse ? MOUSE_OFF : "") + LEAVE;
  const write = (chunk: string | Uint8Array, ...rest: []) => {
    const text = chunk === ENTER ? entering : chunk === LEAVE ? leaving : chunk;
    return stdout.write(text, ...rest);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

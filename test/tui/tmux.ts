/** A real terminal for whole-program tests: a tmux server of its own, with one pane. */
import { execFileSync, spawnSync } from "node:child_process";

export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

let started = 0;

export class Terminal {
  readonly #socket: string;

  /** Runs a shell command; when it has ended, `status N` stands on the screen. */
  constructor(command: string, { columns, rows, folder, env = {} }: TerminalOptions) {
    this.#socket = `ringfence-test-${process.pid}-${++started}`;
    const variables = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
    const line = `env -u NO_COLOR -u CI ${variables.join(" ")} ${command}; echo "status $?"; exec sleep 600`;
    this.#tmux("-f", "/dev/null", "-u", "new-session", "-d", "-x", `${columns}`, "-y", `${rows}`, "-c", folder, line);
    this.#tmux("set", "-g", "status", "off");
    this.#tmux("set", "-g", "set-clipboard", "on");
    this.resize(columns, rows);
  }

  /** Keys by tmux's names (`Enter`, `C-c`), or with a leading `"` a text to type. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      if (key.startsWith('"')) this.#tmux("send-keys", "-l", key.slice(1));
      else this.#tmux("send-keys", key);
      // Esc and the next key would be one key with Alt.
      await new Promise((resolve) => setTimeout(resolve, key === "Escape" ? 80 : 20));
    }
  }

  /** The screen as text, once it holds all of these. */
  async shows(...wanted: (string | RegExp)[]): Promise<string> {
    const until = Date.now() + 25_000;
    for (;;) {
      const screen = this.screen();
      const missing = wanted.filter((one) => (typeof one === "string" ? !screen.includes(one) : !one.test(screen)));
      if (missing.length === 0) return screen;
      if (Date.now() > until) throw new Error(`never shown: ${missing.join(", ")}\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  screen(): string {
    return this.#tmux("capture-pane", "-p");
  }

  /** With the escape sequences that colour and style it. */
  styledScreen(): string {
    return this.#tmux("capture-pane", "-p", "-e");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`);
  }

  /** Whether the alternate screen is on. */
  get isAlternate(): boolean {
    return this.#tmux("display-message", "-p", "#{alternate_on}").trim() === "1";
  }

  /** Whether the terminal's cursor is shown. */
  get hasCursor(): boolean {
    return this.#tmux("display-message", "-p", "#{cursor_flag}").trim() === "1";
  }

  /** Whether it reports clicks to the program. */
  get hasMouse(): boolean {
    return this.#tmux("display-message", "-p", "#{mouse_any_flag}").trim() === "1";
  }

  get clipboard(): string {
    return this.#tmux("show-buffer");
  }

  close(): void {
    spawnSync("tmux", ["-L", this.#socket, "kill-server"]);
  }

  #tmux(...args: string[]): string {
    return execFileSync("tmux", ["-L", this.#socket, ...args], { encoding: "utf8" });
  }
}

export interface TerminalOptions {
  columns: number;
  rows: number;
  folder: string;
  env?: Record<string, string>;
}

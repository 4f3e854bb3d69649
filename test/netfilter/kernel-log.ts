/** The kernel's messages as they come, from /dev/kmsg: `4,1234,1732118004,-;text`. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** The reader is handed a message at once; a busy machine takes longer to run it. */
const SETTLED_MS = 200;
const RECORD = /^\d+,\d+,(\d+),[^;]*;(.*)$/;
/** When the log of a case begins. */
const START_MS = Date.parse("2026-10-01T08:00:00Z");

interface KernelMessage {
  sinceBootUs: number;
  text: string;
}

export class KernelLog {
  readonly #reader: ChildProcess;
  #messages: KernelMessage[] = [];

  /** `isOwn`: which messages to keep of all that the machine writes. */
  constructor(isOwn: (text: string) => boolean) {
    // A read of Node's own would keep a thread of its pool for good.
    this.#reader = spawn("cat", ["/dev/kmsg"], { stdio: ["ignore", "pipe", "ignore"] });
    createInterface({ input: this.#reader.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const [, sinceBoot, text = ""] = RECORD.exec(line) ?? [];
      if (isOwn(text)) this.#messages.push({ sinceBootUs: Number(sinceBoot), text });
    });
  }

  /** What came since it was last asked, as a syslog daemon on a machine called fw would write it. */
  async take(): Promise<string> {
    await pause(SETTLED_MS);
    const messages = this.#messages;
    this.#messages = [];
    const firstUs = messages[0]?.sinceBootUs ?? 0;
    return messages.map((message) => syslogLine(message, firstUs)).join("");
  }

  close(): void {
    this.#reader.kill();
  }
}

function syslogLine({ sinceBootUs, text }: KernelMessage, firstUs: number): string {
  const time = new Date(START_MS + (sinceBootUs - firstUs) / 1000).toISOString();
  return `${time} fw kernel: [${(sinceBootUs / 1e6).toFixed(6)}] ${text}\n`;
}

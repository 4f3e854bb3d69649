/** The kernel's messages as they come, from /dev/kmsg: `4,1234,1732118004,-;text`. */
import { closeSync, constants, openSync, readSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** The kernel writes of a packet while it decides on it; a busy machine takes longer to decide. */
const SETTLED_MS = 200;
const RECORD = /^\d+,\d+,(\d+),[^;]*;(.*)$/m;
/** CONSOLE_EXT_LOG_MAX of kernel/printk/internal.h: longer none is. */
const LONGEST_RECORD = 8192;
/** When the log of a case begins. */
const START_MS = Date.parse("2026-10-01T08:00:00Z");

interface KernelMessage {
  sinceBootUs: number;
  text: string;
}

export class KernelLog {
  readonly #isOwn: (text: string) => boolean;
  /** Not waited at: this kernel does not always wake who does. */
  readonly #device = openSync("/dev/kmsg", constants.O_RDONLY | constants.O_NONBLOCK);
  readonly #buffer = Buffer.alloc(LONGEST_RECORD);

  /** `isOwn`: which messages to keep of all that the machine writes. */
  constructor(isOwn: (text: string) => boolean) {
    this.#isOwn = isOwn;
    this.#read();
  }

  /** What came since it was last asked, as a syslog daemon on a machine called fw would write it. */
  async take(): Promise<string> {
    await pause(SETTLED_MS);
    const messages = this.#read();
    const firstUs = messages[0]?.sinceBootUs ?? 0;
    return messages.map((message) => syslogLine(message, firstUs)).join("");
  }

  close(): void {
    closeSync(this.#device);
  }

  #read(): KernelMessage[] {
    const messages: KernelMessage[] = [];
    for (let record = this.#record(); record !== null; record = this.#record()) {
      const [, sinceBoot, text = ""] = RECORD.exec(record) ?? [];
      if (this.#isOwn(text)) messages.push({ sinceBootUs: Number(sinceBoot), text });
    }
    return messages;
  }

  /** The next one, or null where there is none yet. */
  #record(): string | null {
    try {
      return this.#buffer.toString("utf8", 0, readSync(this.#device, this.#buffer));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN") return null;
      // Others wrote so much that the kernel threw away what came next; it goes on with the oldest that is left.
      if (code === "EPIPE") return "";
      throw error;
    }
  }
}

function syslogLine({ sinceBootUs, text }: KernelMessage, firstUs: number): string {
  const time = new Date(START_MS + (sinceBootUs - firstUs) / 1000).toISOString();
  return `${time} fw kernel: [${(sinceBootUs / 1e6).toFixed(6)}] ${text}\n`;
}

/** Streams that pass for a terminal: what is typed into them, and what comes out and when. */
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";

export class FakeKeyboard extends PassThrough {
  readonly isTTY = true;
  setRawMode(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  type(text: string): void {
    this.write(text);
  }
}

export class FakeScreen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns: number;
  rows: number;
  written = "";

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(chunk: string, ...rest: unknown[]): boolean {
    this.written += chunk;
    this.emit("frame");
    const done = rest.find((one) => typeof one === "function") as (() => void) | undefined;
    done?.();
    return true;
  }
}

/** A date and a time of day in two columns (`2026-07-03`, `19:10:30`), read with the last minute remembered. */
import { parseDecimal, SPACE } from "../bytes.ts";
import type { DeviceClock } from "./device-clock.ts";
import { readIsoTime, type TimeCursor } from "./timestamps.ts";

export const DATE_BYTES = 10;
export const TIME_BYTES = 8;
const HOUR_AT = DATE_BYTES + 1;
/** `19:10:` */
const MINUTE_BYTES = 6;

export class DateColumns {
  readonly #text = new Uint8Array(DATE_BYTES + 1 + TIME_BYTES).fill(0x30);
  readonly #cursor: TimeCursor = { end: 0 };
  #clock: DeviceClock;
  #minuteMs = Number.NaN;

  constructor(clock: DeviceClock) {
    this.#clock = clock;
    this.#text[DATE_BYTES] = SPACE;
  }

  /** From now on times are of another zone. */
  setClock(clock: DeviceClock): void {
    this.#clock = clock;
    this.#minuteMs = Number.NaN;
  }

  /**
   * UTC milliseconds of the DATE_BYTES at `dateStart` and the TIME_BYTES at `timeStart`, or NaN. Thousands of lines share
   * a minute: for them only the seconds are read anew.
   */
  read(bytes: Uint8Array, dateStart: number, timeStart: number): number {
    const text = this.#text;
    let isSame = true;
    for (let i = 0; i < DATE_BYTES; i++) if (text[i] !== bytes[dateStart + i]) isSame = false;
    for (let i = 0; i < MINUTE_BYTES; i++) if (text[HOUR_AT + i] !== bytes[timeStart + i]) isSame = false;
    if (!isSame || Number.isNaN(this.#minuteMs)) {
      for (let i = 0; i < DATE_BYTES; i++) text[i] = bytes[dateStart + i] as number;
      for (let i = 0; i < MINUTE_BYTES; i++) text[HOUR_AT + i] = bytes[timeStart + i] as number;
      this.#minuteMs = readIsoTime(text, 0, text.length, this.#clock, this.#cursor);
    }
    const second = parseDecimal(bytes, timeStart + MINUTE_BYTES, timeStart + TIME_BYTES);
    return second >= 0 && second <= 60 ? this.#minuteMs + second * 1000 : Number.NaN;
  }
}

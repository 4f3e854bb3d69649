/** The envelope of the line before: most lines repeat it but for the seconds. */
import { COLON, COMMA, DASH, DIGIT_0, DOT, findByte, isDigit, OPEN_BRACKET, SPACE } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { twoDigits } from "../clocks/timestamps.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

/** Longer envelopes are not remembered. */
const MAX_REMEMBERED_BYTES = 160;

/**
 * An envelope with time and program, as it stands from the line's start to the payload. Most lines differ from the one
 * before in the seconds alone: then one comparison replaces the reading (a third of a pfSense line's cost, PERFORMANCE.md).
 */
export class LastEnvelope {
  readonly #bytes = new Uint8Array(MAX_REMEMBERED_BYTES);
  #length = 0;
  /** The payload's first byte. */
  #first = 0;
  #secondAt = 0;
  /** Just past the seconds and their fraction. */
  #timeEnd = 0;
  #minuteMs = 0;
  #hostStart = 0;
  #hostEnd = 0;
  #programStart = 0;
  #programEnd = 0;
  #clock: DeviceClock | null = null;
  #clockState = 0;
  /** Something that tells the year stood around the line. */
  #isWithin = false;

  /** `timeAt`: where the time begins. */
  keep(bytes: Uint8Array, start: number, timeAt: number, clock: DeviceClock, from: EnvelopeFields): void {
    const { payload } = from;
    const length = payload - start;
    this.#length = 0;
    // Only behind a program and its blank does nothing of the envelope depend on the payload.
    if (length > MAX_REMEMBERED_BYTES || from.program.isEmpty || bytes[payload - 1] !== SPACE) return;
    const secondAt = findByte(bytes, COLON, timeAt, payload) + ":10:".length;
    let timeEnd = secondAt + 2;
    if (bytes[timeEnd] === DOT || bytes[timeEnd] === COMMA) {
      do timeEnd++;
      while (isDigit(bytes[timeEnd]));
    }
    if (timeEnd > payload) return;
    const second = twoDigits(bytes, secondAt);
    const fractionMs = fractionAt(bytes, secondAt + 2, timeEnd);
    if (second < 0 || fractionMs < 0) return;
    for (let i = 0; i < length; i++) this.#bytes[i] = bytes[start + i] as number;
    this.#length = length;
    this.#first = bytes[payload] as number;
    this.#secondAt = secondAt - start;
    this.#timeEnd = timeEnd - start;
    this.#minuteMs = Math.round(from.timeMs - fractionMs) - second * 1000;
    this.#hostStart = from.host.start - start;
    this.#hostEnd = from.host.end - start;
    this.#programStart = from.program.start - start;
    this.#programEnd = from.program.end - start;
    this.#clock = clock;
    this.#clockState = clock.state;
    this.#isWithin = !Number.isNaN(clock.aroundMs);
  }

  /** Fills `into` if the line begins with this envelope but for the seconds. */
  repeats(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: EnvelopeFields): boolean {
    const length = this.#length;
    if (length === 0 || end - start <= length || this.#clock !== clock || this.#clockState !== clock.state)
      return false;
    const known = this.#bytes;
    const secondAt = this.#secondAt;
    const timeEnd = this.#timeEnd;
    for (let i = 0; i < secondAt; i++) if (known[i] !== bytes[start + i]) return false;
    for (let i = timeEnd; i < length; i++) if (known[i] !== bytes[start + i]) return false;
    const second = twoDigits(bytes, start + secondAt);
    const fractionMs = fractionAt(bytes, start + secondAt + 2, start + timeEnd);
    // A byte order mark or a blank in front of the payload belongs to the envelope, and so may what looks like structured data.
    const first = bytes[start + length] as number;
    if (second < 0 || second > 60 || fractionMs < 0 || first === 0xef || first === SPACE) return false;
    if (first !== this.#first && (first === OPEN_BRACKET || first === DASH)) return false;
    const isWithin = !Number.isNaN(clock.aroundMs);
    if (isWithin !== this.#isWithin || (isWithin && !clock.allows(this.#minuteMs))) return false;
    into.timeMs = this.#minuteMs + second * 1000 + fractionMs;
    into.payload = start + length;
    if (this.#hostEnd > this.#hostStart) into.host.set(start + this.#hostStart, start + this.#hostEnd);
    else into.host.set(0, 0);
    into.program.set(start + this.#programStart, start + this.#programEnd);
    return true;
  }
}

/** Milliseconds of what stands between the seconds and `end`: nothing, or a dot or comma and digits; else -1. */
function fractionAt(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  const separator = bytes[start];
  if ((separator !== DOT && separator !== COMMA) || end - start > 7) return -1;
  let micros = 0;
  for (let i = start + 1; i < start + 7; i++) {
    const digit = i < end ? (bytes[i] as number) - DIGIT_0 : 0;
    if (digit < 0 || digit > 9) return -1;
    micros = micros * 10 + digit;
  }
  return micros / 1000;
}

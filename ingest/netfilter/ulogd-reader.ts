/** ulogd's packets as its output plugins lay them out: JSON's objects, GPRINT's lines and OPRINT's entries of `key=value`. */
import { ascii, COMMA, CR, EQUALS, findByte, findBytes, LF } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { FOREIGN, type LineStatus, MALFORMED } from "../format.ts";
import { JSON_BROKEN, JSON_END, JSON_LITERAL, JSON_STRING, JsonScanner } from "../lexing/json-scan.ts";
import { Scratch } from "../lexing/scratch.ts";
import type { LogRecord, Span } from "../record.ts";
import type { PrefixReader } from "./prefix.ts";
import { ULOGD_IPV4_DESTINATION, ULOGD_IPV4_SOURCE, ULOGD_PREFIX, ulogdKey } from "./ulogd-fields.ts";
import { UlogdPacket } from "./ulogd-packet.ts";

/** What GPRINT prints behind the prefix, which may hold commas. */
const BEHIND_PREFIX = ascii(",oob.");

export class UlogdReader {
  readonly #scanner = new JsonScanner();
  readonly #scratch = new Scratch();
  readonly #packet: UlogdPacket;

  constructor(clock: DeviceClock, prefixes: PrefixReader) {
    this.#packet = new UlogdPacket(clock, prefixes);
  }

  /** Reads JSON's object at `start`. `host`: as a header in front names it, for documents that do not. */
  readObject(bytes: Uint8Array, start: number, end: number, host: Span, into: LogRecord): LineStatus {
    this.#packet.clear();
    this.#scratch.clear();
    const scanner = this.#scanner;
    scanner.open(bytes, start, end);
    for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
      if (event === JSON_BROKEN) return MALFORMED;
      if (scanner.depth === 1 && (event === JSON_STRING || event === JSON_LITERAL)) this.#takeValue(bytes, into);
    }
    const status = this.#packet.finish(this.#scratch.bytes, into);
    if (into.observer.isEmpty && !host.isEmpty && status !== FOREIGN && status !== MALFORMED) {
      const hostStart = this.#scratch.appendJson(bytes, host.start, host.end);
      into.text = this.#scratch.bytes;
      into.observer.set(hostStart, this.#scratch.length);
    }
    return status;
  }

  #takeValue(bytes: Uint8Array, into: LogRecord): void {
    const { keyStart, keyEnd, valueStart, valueEnd } = this.#scanner;
    const { field, flag } = ulogdKey(bytes, keyStart, keyEnd);
    const text = this.#packet.textOf(field, into);
    if (text === null) this.#packet.take(field, flag, bytes, valueStart, valueEnd, into);
    else {
      const start = this.#scratch.appendJson(bytes, valueStart, valueEnd);
      text.set(start, this.#scratch.length);
    }
  }

  /** Reads `key=value`, apart by commas (GPRINT) or line ends (OPRINT). */
  readPairs(bytes: Uint8Array, start: number, end: number, host: Span, into: LogRecord): LineStatus {
    const packet = this.#packet;
    packet.clear();
    const separator = findByte(bytes, LF, start, end) < end ? LF : COMMA;
    for (let at = start; at < end; ) {
      let valueEnd = findByte(bytes, separator, at, end);
      let next = valueEnd + 1;
      const keyEnd = findByte(bytes, EQUALS, at, valueEnd);
      const { field, flag } = ulogdKey(bytes, at, keyEnd);
      const text = packet.textOf(field, into);
      if (field === ULOGD_PREFIX && separator === COMMA) {
        const behind = findBytes(bytes, BEHIND_PREFIX, keyEnd, end);
        valueEnd = behind < 0 ? end : behind;
        next = valueEnd + 1;
      }
      if (valueEnd > at && bytes[valueEnd - 1] === CR) valueEnd--;
      // OPRINT turns the bytes of such an address round.
      const isTurned = separator === LF && (field === ULOGD_IPV4_SOURCE || field === ULOGD_IPV4_DESTINATION);
      if (text !== null) text.set(keyEnd + 1, valueEnd);
      else if (!isTurned) packet.take(field, flag, bytes, keyEnd + 1, valueEnd, into);
      at = next;
    }
    const status = packet.finish(bytes, into);
    if (into.observer.isEmpty) into.observer.set(host.start, host.end);
    return status;
  }
}

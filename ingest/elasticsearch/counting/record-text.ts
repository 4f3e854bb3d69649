/** Puts texts that come from elsewhere than a log line behind a record's spans. */
import { parseAddress } from "../../address.ts";
import { LONE_DESTINATION, LONE_SOURCE, type LogRecord, type Span } from "../../record.ts";

export class RecordText {
  #bytes = new Uint8Array(1024);
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** Resets the record to speak of texts that are put here. */
  begin(record: LogRecord): void {
    this.#length = 0;
    record.reset(this.#bytes);
  }

  put(record: LogRecord, span: Span, text: string): void {
    if (text === "") return;
    const needed = this.#length + text.length * 3;
    if (needed > this.#bytes.length) {
      const bytes = new Uint8Array(needed * 2);
      bytes.set(this.#bytes);
      this.#bytes = bytes;
      record.text = bytes;
    }
    const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    span.set(this.#length, this.#length + written);
    this.#length += written;
  }
}

const encoder = new TextEncoder();

/** Reads an address from text; 0 where it is none. */
export function readAddress(text: string, into: LogRecord["source"]): 0 | 4 | 6 {
  if (text === "") return 0;
  const bytes = encoder.encode(text);
  return parseAddress(bytes, 0, bytes.length, into);
}

/** Both addresses of the record and the translated destination; false where one of the first two is wrong. */
export function readAddresses(record: LogRecord, source: string, destination: string, nat: string): boolean {
  if (source === "" && destination === "") return true;
  if (destination === "") {
    record.loneAddress = LONE_SOURCE;
    return readAddress(source, record.source) !== 0;
  }
  if (source === "") {
    record.loneAddress = LONE_DESTINATION;
    return readAddress(destination, record.destination) !== 0;
  }
  const version = readAddress(source, record.source);
  if (version === 0 || readAddress(destination, record.destination) !== version) return false;
  record.ipVersion = version;
  record.hasDestinationNat = readAddress(nat, record.destinationNat) !== 0;
  return true;
}

/** The addresses of a DNS record's answer. */
import { type AddressWords, parseAddress } from "../address.ts";
import { COMMA, SEMICOLON, SPACE } from "../bytes.ts";
import type { LogRecord } from "../record.ts";

/** Visits each address in turn, in words that the next one overwrites; what is none (an alias, say) is passed over. */
export function visitResolved({ text, resolved }: LogRecord, visit: (address: AddressWords) => void): void {
  const address = new Uint32Array(4);
  for (let start = resolved.start; start < resolved.end; ) {
    let end = start;
    while (end < resolved.end && !isSeparator(text[end] as number)) end++;
    if (end > start && parseAddress(text, start, end, address) !== 0) visit(address);
    start = end + 1;
  }
}

function isSeparator(byte: number): boolean {
  return byte === COMMA || byte === SPACE || byte === SEMICOLON;
}

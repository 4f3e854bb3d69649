/** Text between the tags of XML and HTML. */
import {
  APOSTROPHE,
  ascii,
  equals,
  findByte,
  GREATER,
  HASH,
  LESS,
  parseDecimal,
  parseHex,
  QUOTE,
  SEMICOLON,
} from "../bytes.ts";
import { writeUtf8 } from "./json-scan.ts";

export const AMPERSAND = 0x26;
const ENTITIES: readonly { name: Uint8Array; byte: number }[] = [
  { name: ascii("lt"), byte: LESS },
  { name: ascii("gt"), byte: GREATER },
  { name: ascii("amp"), byte: AMPERSAND },
  { name: ascii("quot"), byte: QUOTE },
  { name: ascii("apos"), byte: APOSTROPHE },
];
/** The longest entity is a code point in decimal: `&#1114111;`. */
const MAX_ENTITY_BYTES = 10;

/** Writes the text of `[start, end)` to `into` at `at`, which must have room for as many bytes; returns the index after it. */
export function unescapeXml(bytes: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte !== AMPERSAND) {
      into[to++] = byte;
      continue;
    }
    const close = findByte(bytes, SEMICOLON, i, Math.min(end, i + MAX_ENTITY_BYTES));
    const code = bytes[close] === SEMICOLON && close < end ? entityAt(bytes, i + 1, close) : -1;
    if (code < 0) into[to++] = byte;
    else {
      to = writeUtf8(code, into, to);
      i = close;
    }
  }
  return to;
}

/** Code point of the entity's inside, or -1. */
function entityAt(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === HASH) {
    const isHex = ((bytes[start + 1] as number) | 0x20) === 0x78;
    const code = isHex ? parseHex(bytes, start + 2, end) : parseDecimal(bytes, start + 1, end);
    return code > 0x10ffff ? -1 : code;
  }
  for (const { name, byte } of ENTITIES) if (equals(bytes, name, start, end)) return byte;
  return -1;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  JSON_BROKEN,
  JSON_CLOSE_ARRAY,
  JSON_CLOSE_OBJECT,
  JSON_END,
  JSON_LITERAL,
  JSON_NULL,
  JSON_OPEN_ARRAY,
  JSON_OPEN_OBJECT,
  JSON_STRING,
  JsonScanner,
  jsonObjectEnd,
  unescapeJson,
} from "../../ingest/lexing/json-scan.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function unescaped(bytes: Uint8Array, start: number, end: number): string {
  const into = new Uint8Array(end - start);
  return decoder.decode(into.subarray(0, unescapeJson(bytes, start, end, into, 0)));
}

/** Rebuilds the value from what the scanner says; undefined where it is broken. */
function rebuild(text: string): unknown {
  const bytes = encoder.encode(text);
  const scanner = new JsonScanner();
  scanner.open(bytes, 0, bytes.length);
  const root: unknown[] = [];
  const stack: { add: (key: string, value: unknown) => void }[] = [{ add: (_, value) => root.push(value) }];
  const into = (container: object): { add: (key: string, value: unknown) => void } => ({
    add: (key, value) => {
      if (Array.isArray(container)) container.push(value);
      else Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
    },
  });
  for (;;) {
    const event = scanner.next();
    if (event === JSON_END) return root[0];
    if (event === JSON_BROKEN) return undefined;
    const key = unescaped(bytes, scanner.keyStart, scanner.keyEnd);
    const top = stack.at(-1) as (typeof stack)[0];
    if (event === JSON_CLOSE_ARRAY || event === JSON_CLOSE_OBJECT) stack.pop();
    else if (event === JSON_OPEN_ARRAY || event === JSON_OPEN_OBJECT) {
      const container = event === JSON_OPEN_ARRAY ? [] : {};
      top.add(key, container);
      stack.push(into(container));
    } else if (event === JSON_STRING) top.add(key, unescaped(bytes, scanner.valueStart, scanner.valueEnd));
    else if (event === JSON_NULL) top.add(key, null);
    else if (event === JSON_LITERAL)
      top.add(key, JSON.parse(decoder.decode(bytes.subarray(scanner.valueStart, scanner.valueEnd))));
  }
}

describe("JsonScanner", () => {
  it("sees what JSON.parse sees, compact or pretty", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: "binary" }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(rebuild(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1500 },
    );
  });

  it.each(["", "{", '{"a"', '{"a":', '{"a":1', '{"a" 1}', '{"a":1 "b":2}', "{]", "[}", '["a', "}", "[".repeat(65)])(
    "%s is broken",
    (text) => {
      expect(rebuild(text)).toBeUndefined();
    },
  );

  it("stops for any bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'{}[]",:\\u1a \n'), { maxLength: 60 }), (characters) => {
        rebuildAny(encoder.encode(characters.join("")));
      }),
      { numRuns: 3000 },
    );
  });
});

function rebuildAny(bytes: Uint8Array): void {
  const scanner = new JsonScanner();
  scanner.open(bytes, 0, bytes.length);
  for (let steps = 0; scanner.next() > JSON_BROKEN; steps++) expect(steps).toBeLessThanOrEqual(bytes.length);
}

describe("unescapeJson", () => {
  it.each([
    ["\\u00fc\\n\\/", "ü\n/"],
    ["\\ud83d\\ude00", "😀"],
    ["\\ud83d x", "\ufffd x"],
    ["\\udc00", "\ufffd"],
    ["\\x\\u12", "\\x\\u12"],
    ["a\\", "a\\"],
  ])("%s is %j", (escaped, text) => {
    const bytes = encoder.encode(escaped);
    expect(unescaped(bytes, 0, bytes.length)).toBe(text);
  });
});

describe("jsonObjectEnd", () => {
  const end = (text: string) => jsonObjectEnd(encoder.encode(text), 0, encoder.encode(text).length);

  it("finds the brace that closes the object", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(end(`${text}\n{"next":1}`)).toBe(encoder.encode(text).length);
        expect(end(text.slice(0, -1))).toBe(-1);
      }),
    );
  });

  it.each([
    ['{"a":"cut\n{"b":1}', 10],
    ['{"a":1\n{"b":1}', 7],
    ['{"a":"cut\\\n{"b":1}', 11],
    ['{"a":\n{"b":1}}', 14],
  ])("%j ends at %i", (text, at) => {
    expect(end(text)).toBe(at);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AddressWords,
  addressFromText,
  type Prefix,
  prefixContains,
  prefixFromText,
} from "../../ingest/address.ts";
import { PrefixIndex, prefixesOverlap } from "../../ingest/prefix-index.ts";

/** Few addresses, so that blocks meet; `::a.b.c.d` has the words of an IPv4 address but for one. */
const address = fc
  .tuple(fc.constantFrom("10.0.", "::10.0.", "2001:db8::10.0."), fc.nat(3), fc.nat(9))
  .map(([head, third, fourth]) => `${head}${third}.${fourth}`);
const block = fc
  .tuple(address, fc.constantFrom(0, 1, 2, 8, 16, 32))
  .map(([text, wider]) => prefixFromText(`${text}/${(text.includes(":") ? 128 : 32) - wider}`) as Prefix);

describe("blocks that hold an address", () => {
  it("are those that hold it when each is asked", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), address, (prefixes, text) => {
        const words = addressFromText(text) as AddressWords;
        const holding = prefixes.flatMap((prefix, at) => (prefixContains(prefix, words) ? [at] : []));
        const index = new PrefixIndex(prefixes);
        expect(index.all(words)).toEqual(holding);
        expect(index.first(words)).toBe(holding[0] ?? -1);
      }),
    );
  });

  it("overlap where one address is in both", () => {
    fc.assert(
      fc.property(block, block, address, (one, other, text) => {
        const words = addressFromText(text) as AddressWords;
        if (prefixContains(one, words) && prefixContains(other, words)) expect(prefixesOverlap(one, other)).toBe(true);
        expect(prefixesOverlap(one, other)).toBe(prefixesOverlap(other, one));
      }),
    );
  });
});

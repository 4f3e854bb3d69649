import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromText, prefixContains, prefixFromText } from "../../ingest/address.ts";
import { blocksOf } from "../../rules/site/host-blocks.ts";

const octets = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 60, size: "max" });
const holds = (blocks: readonly string[], address: string) =>
  blocks.some((block) =>
    prefixContains(
      prefixFromText(block) as never,
      addressFromText(address) as NonNullable<ReturnType<typeof addressFromText>>,
    ),
  );

describe("blocks of hosts", () => {
  it("hold every host and no other that was seen", () => {
    fc.assert(
      fc.property(octets, fc.func(fc.boolean()), (all, isOwn) => {
        const seen = all.map((octet) => `10.20.0.${octet}`);
        const own = seen.filter((host) => isOwn(host));
        const blocks = blocksOf(own, new Map([["10.20.0.0/24", new Set(seen)]]));
        for (const host of seen) expect(holds(blocks, host), host).toBe(own.includes(host));
        expect(blocks.length).toBeLessThanOrEqual(own.length);
      }),
    );
  });

  it("keep addresses of no block as they are", () => {
    expect(blocksOf(["fd00::5", "10.1.1.1"], new Map([["10.1.1.0/24", new Set(["10.1.1.1"])]]))).toEqual([
      "10.1.1.1",
      "fd00::5",
    ]);
  });
});

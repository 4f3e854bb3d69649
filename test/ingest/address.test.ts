import { describe, expect, it } from "vitest";
import { addressFromText, type Prefix, prefixContains, prefixFromText } from "../../ingest/address.ts";

describe("a prefix", () => {
  it.each([
    ["::/0", "2001:db8::1", true],
    ["::/0", "10.0.0.1", false],
    ["::/64", "::1", true],
    ["::/64", "192.0.2.1", false],
    ["0.0.0.0/0", "192.0.2.1", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["0.0.0.0/0", "::1", false],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["192.0.2.128/25", "192.0.2.128", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
  ])("%s and %s", (prefix, address, isIn) => {
    expect(prefixContains(prefixFromText(prefix) as Prefix, addressFromText(address) as Uint32Array)).toBe(isIn);
  });
});

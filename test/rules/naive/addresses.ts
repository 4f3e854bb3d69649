/** Addresses as numbers, the slow way: text in, arithmetic on big integers. */

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function addressOf(text: string): Address {
  if (!text.includes(":"))
    return { bits: 32, value: text.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) };
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
}

/** Whether the address lies in the block, `10.0.0.0/8` or a single address. */
export function within(address: string, block: string): boolean {
  const [base = "", length] = block.split("/");
  const a = addressOf(address);
  const b = addressOf(base);
  if (a.bits !== b.bits) return false;
  const rest = BigInt(length === undefined ? 0 : b.bits - Number(length));
  return a.value >> rest === b.value >> rest;
}

export function isMulticast(address: string): boolean {
  return within(address, "224.0.0.0/4") || within(address, "ff00::/8") || address === "255.255.255.255";
}

/** How much of an address the block fixes, on one scale for both versions. */
export function narrowness(block: string): number {
  const [base = "", length] = block.split("/");
  const { bits } = addressOf(base);
  return 128 - bits + (length === undefined ? bits : Number(length));
}

/** The first address of a block. */
export function baseOf(block: string): string {
  return block.split("/")[0] as string;
}

export function isIpv6(address: string): boolean {
  return address.includes(":");
}

/** RFC 1918, 6598, 3927, 1122; RFC 4193, 4291. */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1",
];

export function isPrivate(address: string): boolean {
  return PRIVATE.some((block) => within(address, block));
}

/** Hosts as the blocks that a site file would name. */

/**
 * Blocks up to a /24 that hold the hosts and nobody else who was seen, as wide as the hosts in them spread.
 * `seen`: all IPv4 hosts by their /24; addresses of no such block stay as they are.
 */
export function blocksOf(hosts: readonly string[], seen: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Set(hosts);
  const blocks: string[] = [];
  for (const [block, members] of seen) {
    const own = [...members].filter((host) => left.has(host));
    const others = [...members].filter((host) => !left.has(host));
    const network = block.slice(0, block.lastIndexOf("."));
    for (const [low, size] of covering(own.map(lastOctet), others.map(lastOctet), 0, 256))
      blocks.push(size === 1 ? `${network}.${low}` : `${network}.${low}/${32 - Math.log2(size)}`);
    for (const host of own) left.delete(host);
  }
  return [...blocks, ...left].sort();
}

function lastOctet(address: string): number {
  return Number(address.slice(address.lastIndexOf(".") + 1));
}

/** Blocks between `low` and `low + size` that hold all of `own` and none of `others`. */
function covering(
  own: readonly number[],
  others: readonly number[],
  low: number,
  size: number,
): [low: number, size: number][] {
  const isIn = (octet: number) => octet >= low && octet < low + size;
  const inside = own.filter(isIn);
  if (inside.length < 2) return inside.map((octet) => [octet, 1]);
  const half = size / 2;
  const [lower, upper] = [covering(own, others, low, half), covering(own, others, low + half, half)];
  return lower.length > 0 && upper.length > 0 && !others.some(isIn) ? [[low, size]] : [...lower, ...upper];
}

/** Ports as inclusive ranges, and how they are written. */

export type PortRanges = readonly (readonly [low: number, high: number])[];

/** The same ports, sorted, with no port in two ranges and none that adjoin. */
export function mergedRanges(ranges: PortRanges): [low: number, high: number][] {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** Single ports as ranges. */
export function portRanges(ports: readonly number[]): [low: number, high: number][] {
  return mergedRanges(ports.map((port) => [port, port]));
}

/** `80, 443, 5064-5127`, or with other signs between the ports and in a range. */
export function formatRanges(ranges: PortRanges, between = ", ", through = "-"): string {
  return ranges.map(([low, high]) => (low === high ? `${low}` : `${low}${through}${high}`)).join(between);
}

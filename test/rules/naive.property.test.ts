/**
 * The whole program held against a naive matcher that goes row by row over single events: generated sites with all
 * catalogs, logs in four formats, NAT and IPv6, in any order and cut into several files.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { verdictsOn } from "./naive/against.ts";
import { eventsArbitrary, siteArbitrary } from "./naive/arbitrary.ts";

const RUNS = Number(process.env.NAIVE_RUNS ?? 120);
const TIMEOUT_MS = 600_000;

test(
  "judges as somebody who reads line by line and row by row",
  async () => {
    const scenes = siteArbitrary().chain((site) =>
      fc.record({ site: fc.constant(site), events: eventsArbitrary(site), pieces: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(scenes, async ({ site, events, pieces }) => {
        const { program, naive } = await verdictsOn(site, events, pieces);
        expect(program).toEqual(naive);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

/** V8's nursery: where objects are born, before those that live on are moved elsewhere. */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const JUDGING_MB = 8;
const MEGABYTE = 1 << 20;
/** Objects of half a megabyte together, and how many times at most they are made. */
const OBJECTS = 10_000;
const MAX_ROUNDS = 40;

/**
 * No nursery grows any more. It would take more memory than the flows, up to 130 MB, and be no faster. The flag is read
 * whenever one would grow; the one for its maximum works from the command line only.
 */
export function keepNurseriesSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Gives this thread's nursery its size before flows are judged, when nearly everything that is born lives on: waiting for
 * the counting threads has shrunk it to 1 MB, which would be emptied 600 times (test/bench/PERFORMANCE.md). A nursery grows
 * when more lives on than it holds.
 */
export function sizeNursery(): void {
  setFlagsFromString(`--semi-space-growth-factor=${JUDGING_MB}`);
  let living: object[] = [];
  for (let round = 0; round < MAX_ROUNDS && nurseryBytes() < JUDGING_MB * MEGABYTE; round++)
    living = Array.from({ length: OBJECTS }, () => ({ before: living.length }));
  keepNurseriesSmall();
}

function nurseryBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
}

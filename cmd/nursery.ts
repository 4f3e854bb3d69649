/** V8's nursery: where objects are born, before those that live on are moved elsewhere. */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const NURSERY_MB = 16;
const THREAD_NURSERY_MB = 4;
const MEGABYTE = 1 << 20;
/** Objects of half a megabyte together, and how many times at most they are made. */
const OBJECTS = 10_000;
const MAX_ROUNDS = 40;

/**
 * Gives the nurseries of threads to come their size: what counting leaves is little, but the modules that it needs are
 * born in them. The flag is read when a thread starts.
 */
export function sizeThreadNurseries(): void {
  setFlagsFromString(`--min-semi-space-size=${THREAD_NURSERY_MB}`);
}

/**
 * Gives this thread's nursery its size before flows are judged. Nearly everything that is born then lives on. Waiting for
 * the counting threads has shrunk it to 1 MB, which would be emptied 600 times; left alone it would grow to 130 MB, no
 * faster, and the largest part of what an audit takes. The flag for its maximum works from the command line only; the one
 * for its growth is read whenever it grows, which it does when more lives on than it holds (test/bench/PERFORMANCE.md).
 */
export function sizeNursery(): void {
  setFlagsFromString(`--semi-space-growth-factor=${NURSERY_MB}`);
  let living: object[] = [];
  for (let round = 0; round < MAX_ROUNDS && nurseryBytes() < NURSERY_MB * MEGABYTE; round++)
    living = Array.from({ length: OBJECTS }, () => ({ before: living.length }));
  setFlagsFromString("--semi-space-growth-factor=1");
}

function nurseryBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
}

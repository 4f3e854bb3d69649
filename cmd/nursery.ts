/** V8's nursery: where objects are born, before those that live on are moved elsewhere. */
import { setFlagsFromString } from "node:v8";

/**
 * Keeps the nursery at the size that it has by now, 16 MB after loading. While flows are judged nearly everything that is
 * born lives on, and V8 lets it grow to 130 MB: no faster, and the largest part of what an audit takes. The flag for its
 * maximum works from the command line only; this one is read whenever it would grow.
 */
export function keepNurserySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

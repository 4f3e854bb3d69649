/** All document layouts, each document of the first that knows it. A new layout costs one file under `layouts/` and one line here. */
import type { Layout } from "./layout.ts";
import { ringfence } from "./layouts/ringfence.ts";

export const layouts: readonly Layout[] = [ringfence];

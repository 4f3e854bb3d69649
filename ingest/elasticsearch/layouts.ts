/** All document layouts, each document of the first that knows it. A new layout costs one file under `layouts/` and one line here. */
import type { Layout } from "./layout.ts";
import { fortigate } from "./layouts/fortigate.ts";
import { iptables } from "./layouts/iptables.ts";
import { pfsense } from "./layouts/pfsense.ts";
import { ringfence } from "./layouts/ringfence.ts";
import { windows, windowsRaw } from "./layouts/windows.ts";

export const layouts: readonly Layout[] = [ringfence, pfsense, fortigate, iptables, windows, windowsRaw];

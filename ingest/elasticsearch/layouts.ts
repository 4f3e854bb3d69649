/** All document layouts, each document of the first that knows it. A new layout costs one file under `layouts/` and one line here. */
import type { PrefixVerdict } from "../format.ts";
import type { Layout } from "./layout.ts";
import { fortigate } from "./layouts/fortigate.ts";
import { iptables, withPrefixVerdicts } from "./layouts/iptables.ts";
import { pfsense } from "./layouts/pfsense.ts";
import { ringfence } from "./layouts/ringfence.ts";
import { windows, windowsRaw } from "./layouts/windows.ts";

export const layouts: readonly Layout[] = [ringfence, pfsense, fortigate, iptables, windows, windowsRaw];

/** The same where the user says what netfilter log prefixes mean. */
export function layoutsWith(prefixVerdicts: readonly PrefixVerdict[]): readonly Layout[] {
  if (prefixVerdicts.length === 0) return layouts;
  return layouts.map((layout) => (layout === iptables ? withPrefixVerdicts(prefixVerdicts) : layout));
}

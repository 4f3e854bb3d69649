/** Lines of the rule that denies what no other rule names: without them, silence says nothing of what is closed. */
import type { Flow } from "../../ingest/flows/flow.ts";
import { INSPECTION_NONE, VERDICT_DENY } from "../../ingest/record.ts";

/** pfSense numbers its own rules (etc/inc/filter.inc): default deny, IPv4 in and out, IPv6 in and out. */
const PFSENSE_TRACKERS: ReadonlySet<string> = new Set(["1000000103", "1000000104", "1000000105", "1000000106"]);
/** OPNsense's label of "Default deny / state violation rule", the digest of its definition; it may change with the version. */
const OPNSENSE_LABEL = "02f4bab031b57d1e30553ce08e0ec131";
const TRACKER = /^[1-9]\d*$/;
/** FortiGate's implicit deny; its local-in policies have that number too, and no interface to leave by. */
const FORTIGATE_POLICY = "0";
const NO_INTERFACE = /^(unknown.*)?$/i;

/** Whether a denial was the default one; null: it was none, or the line does not tell which rule denied. */
export function isDefaultDeny({ verdict, inspection, context }: Flow): boolean | null {
  if (verdict !== VERDICT_DENY || inspection !== INSPECTION_NONE) return null;
  const { platform, ruleId, egress } = context;
  if (platform === "pfsense") {
    if (PFSENSE_TRACKERS.has(ruleId) || ruleId === OPNSENSE_LABEL) return true;
    return TRACKER.test(ruleId) ? false : null;
  }
  if (platform !== "fortigate" || ruleId === "") return null;
  return ruleId === FORTIGATE_POLICY && !NO_INTERFACE.test(egress);
}

/** Who made the device that wrote a record, and which product it is: ECS `observer.vendor` and `observer.product`. */
import { DIGIT_0 } from "../bytes.ts";
import type { LogFormat, Platform } from "../format.ts";
import type { LogRecord } from "../record.ts";

export interface Product {
  vendor: string;
  product: string;
}

/** In the spelling of Elastic's own integrations, where there is one, so that existing dashboards find them. */
const PRODUCTS: Record<Platform, Product> = {
  pfsense: { vendor: "netgate", product: "pfSense" },
  opnsense: { vendor: "Deciso", product: "OPNsense" },
  fortigate: { vendor: "Fortinet", product: "Fortigate" },
  iptables: { vendor: "Linux", product: "Netfilter" },
  windows: { vendor: "Microsoft", product: "Windows Firewall" },
};

/** Of a format that is one maker's the maker's, else the platform's. */
export function productOf(format: LogFormat | undefined, platform: Platform | undefined): Product | undefined {
  return format?.product ?? (platform === undefined ? undefined : PRODUCTS[platform]);
}

/** OPNsense's rule labels: 32 hexadecimal digits, or a UUID. */
const OPNSENSE_LABEL = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const SHORTEST_LABEL = 32;
const OPNSENSE_NAME = /opnsense/i;

/**
 * pfSense and OPNsense share one format; only OPNsense has labels for rules. Rules without a label have `0` there, as
 * some of pfSense's do: the name that an OPNsense has until it gets another then tells.
 */
export function platformOf(record: LogRecord, format: LogFormat | undefined): Platform | undefined {
  const platform = format?.platform;
  if (platform !== "pfsense") return platform;
  const { start, end } = record.ruleId;
  // Of pfSense's trackers, which are shorter, no text is made.
  if (end - start >= SHORTEST_LABEL) return OPNSENSE_LABEL.test(record.textOf(record.ruleId)) ? "opnsense" : platform;
  const isUnlabelled = end - start === 1 && record.text[start] === DIGIT_0;
  return isUnlabelled && OPNSENSE_NAME.test(record.textOf(record.observer)) ? "opnsense" : platform;
}

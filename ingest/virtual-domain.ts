/**
 * FortiGate's virtual domains. Each has policies, interfaces and a session table of its own, and traffic may pass two of
 * one device, one after another: each is a firewall of its own, called `device/domain`. `root`, which every device has,
 * goes by the device's name alone.
 * https://docs.fortinet.com/document/fortigate/7.4.3/administration-guide/597696/vdom-overview
 */
import type { Platform } from "./format.ts";

export const ROOT_DOMAIN = "root";
export const DOMAIN_MARK = "/";

/** The virtual domain in a firewall's name; empty: none. FortiOS allows no slash in a device's name. */
export function domainOf(name: string, platform: Platform): string {
  const mark = platform === "fortigate" ? name.indexOf(DOMAIN_MARK) : -1;
  return mark < 0 ? "" : name.slice(mark + 1);
}

/** Names by which a site may call the firewall that lines name, in lower case, most exact first. */
export function namesOf(observer: string, platform: Platform): string[] {
  const name = observer.toLowerCase();
  if (platform !== "fortigate" || name === "") return [name];
  const domain = domainOf(name, platform);
  return domain === "" ? [name, name + DOMAIN_MARK + ROOT_DOMAIN] : [name, name.slice(0, -domain.length - 1)];
}

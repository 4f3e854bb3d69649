/** Which zone's clock a line was written by, where a site's firewalls differ: by the name in the line, or the platform. */
import type { LogFormat, Platform } from "../format.ts";
import { namesOf } from "../virtual-domain.ts";

/** What the user says of a firewall's clock. */
export interface ZoneRule {
  /** The firewall's name as its lines give it. */
  name: string;
  platform: Platform;
  /** As `isKnownZone`; null: the same as the others'. */
  zone: string | null;
}

/** Zone of the lines of a format that name no firewall, or one that is unknown: that of the only one of its platform. */
export function zoneOfFormat(format: LogFormat, rules: readonly ZoneRule[], fallback: string): string {
  const own = rules.filter(({ platform }) => writes(platform, format.platform));
  return (own.length === 1 ? own[0]?.zone : null) ?? fallback;
}

/** Zone of a firewall that a line of the format names. */
export function zoneOfName(name: string, format: LogFormat, rules: readonly ZoneRule[], fallback: string): string {
  const named = namesOf(name, format.platform)
    .map((one) => rules.find((rule) => rule.name.toLowerCase() === one))
    .find((rule) => rule !== undefined);
  return named ? (named.zone ?? fallback) : zoneOfFormat(format, rules, fallback);
}

/** OPNsense writes pfSense's format. */
function writes(platform: Platform, format: Platform): boolean {
  return platform === format || (platform === "opnsense" && format === "pfsense");
}

/**
 * How severe findings are and how sure: the only place where a level stands, for the judgement, for `ringfence checks
 * explain` and for the table in ARCHITECTURE.md. What a check says of itself stands in its meta.
 */
import type { Confidence, FindingKind, Severity } from "./result.ts";

export interface Rating<Level> {
  kind: FindingKind;
  when: string;
  level: Level;
}

const blocked = <Level>(when: string, level: Level): Rating<Level> => ({ kind: "blocked-but-required", when, level });
const open = <Level>(when: string, level: Level): Rating<Level> => ({ kind: "open-but-unneeded", when, level });
const anomaly = <Level>(when: string, level: Level): Rating<Level> => ({ kind: "inspection-anomaly", when, level });

/** What it costs if nobody acts. */
export const SEVERITY = {
  required: blocked<Severity>("the vendor requires it", "high"),
  allOutbound: blocked<Severity>("the vendor wants all outbound traffic allowed", "high"),
  recommended: blocked<Severity>("the vendor recommends it", "medium"),
  conditional: blocked<Severity>("a feature in use needs it", "medium"),
  forbiddenFromInternet: open<Severity>("the vendor forbids it, open to the Internet", "critical"),
  forbiddenFromProvider: open<Severity>("the vendor forbids it, open to the provider", "high"),
  restricted: open<Severity>("restricted to the provider or a VPN, open to the Internet", "high"),
  fromInternet: open<Severity>("nothing asks for it, open to the Internet", "high"),
  fromProvider: open<Severity>("nothing asks for it, open to the provider", "medium"),
  fromInside: open<Severity>("nothing asks for it, open to DMZ, VPN or inside", "low"),
  othersService: open<Severity>("the vendor lists it for telephones and users, open to the provider", "low"),
  forAnybody: open<Severity>("listed for anybody by a vendor silent on the Internet, open to the Internet", "medium"),
  conditionFromInternet: open<Severity>("its condition is not stated by the site, open to the Internet", "medium"),
  conditionFromProvider: open<Severity>("its condition is not stated by the site, open to the provider", "low"),
  conditionFromInside: open<Severity>("its condition is not stated by the site, open to DMZ, VPN or inside", "info"),
} as const;

/** How sure the logs make it. */
export const CONFIDENCE = {
  denied: blocked<Confidence>("the firewall says that it denied, and who sent it is known", "high"),
  deniedPartner: blocked<Confidence>("an Internet peer sent it that the site also talks to", "medium"),
  deniedInDmz: blocked<Confidence>("an address in the DMZ sent it that no role names", "medium"),
  deniedGuessedHost: blocked<Confidence>("the host behind an outside address is only likely", "medium"),
  deniedUnnamed: blocked<Confidence>("the vendor names a host, and the log only an address", "medium"),
  deniedUnsure: blocked<Confidence>("the row's condition is not stated, or the vendor is unsure", "medium"),
  deniedAssumed: blocked<Confidence>("that it was denied is guessed from a netfilter prefix", "medium"),
  allowed: open<Confidence>("the log names who opened it, or the port is one that the vendor lists", "high"),
  allowedGuessed: open<Confidence>("who opened it is only guessed from ports", "medium"),
  allowedAssumed: open<Confidence>("that it was allowed is guessed from a netfilter prefix", "medium"),
  named: anomaly<Confidence>("the firewall itself names the cause, or so many lines leave no other", "high"),
  shown: anomaly<Confidence>("several lines together show it", "medium"),
  likely: anomaly<Confidence>("few lines, or another cause is as likely", "low"),
} as const;

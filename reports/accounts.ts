/** Where everything counted went, as lines for every format: so many packets, and what they mean. */
import type { AccountResult, AuditResult, NoiseResult, TrafficMeaning, UnaskedDenial } from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import { number } from "./words.ts";

export interface Account {
  packets: number;
  /** What became of them, and what that means; reads on from the number. */
  text: string;
}

/** The gravest first, and all of them together last; empty where nothing was counted. */
export function accountsIn({ accounting, noise }: AuditResult): Account[] {
  const known = accounting.length > 0 ? accounting : toldByNoise(noise);
  const accounts = known.map(({ meaning, packets }) => ({ packets, text: textOf(meaning, noise) }));
  if (accounting.length === 0) return accounts;
  const total = accounting.reduce((sum, { packets }) => sum + packets, 0);
  return [...accounts, { packets: total, text: phrases.accounts.total }];
}

/** What audits told of before they accounted for everything. */
function toldByNoise({ scannerDenials, outOfStateDenials, unrelated }: NoiseResult): AccountResult[] {
  const told: AccountResult[] = [
    { meaning: "scanner", packets: scannerDenials.packets },
    { meaning: "out-of-state", packets: outOfStateDenials.packets },
    { meaning: "unrelated", packets: unrelated.packets },
  ];
  return told.filter(({ packets }) => packets > 0);
}

function textOf(meaning: TrafficMeaning, { scannerDenials, unaskedDenials }: NoiseResult): string {
  const { meanings, most, sources } = phrases.accounts;
  if (meaning === "scanner") return `${meanings.scanner} (${sources(scannerDenials.sources)})`;
  const { most: services } = unaskedDenials;
  if (meaning === "unasked" && services.length > 0) return `${meanings.unasked}; ${most(services.map(serviceText))}`;
  return meanings[meaning];
}

/** `10.20.0.10 → the Internet, tcp 443 (12)` */
function serviceText({ host, direction, peerZone, transport, port, packets }: UnaskedDenial): string {
  const zone = phrases.zones[peerZone];
  const [from, to] = direction === "in" ? [zone, host] : [host, zone];
  return `${from} → ${to}, ${transport}${port === null ? "" : ` ${port}`} (${number(packets)})`;
}

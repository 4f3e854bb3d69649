/** What the logs could show at all: per firewall, whether allowed and denied traffic is logged, and the window. */
import type { Flow } from "../ingest/flow.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../ingest/record.ts";
import { unitOf } from "./finding.ts";
import type { Traffic } from "./judged-flow.ts";
import { howToLog } from "./logging-advice.ts";
import { joined, type Message, say } from "./message.ts";
import type { CountUnit, PlatformName } from "./result.ts";
import type { Firewall } from "./site.ts";

export interface FirewallEvidence {
  name: string;
  platform: PlatformName;
  unit: CountUnit;
  allowed: number;
  denied: number;
  lostEvents: number;
  firstMs: number;
  lastMs: number;
}

export interface Evidence {
  firewalls: FirewallEvidence[];
  /** NaN where no record carries a time. */
  firstMs: number;
  lastMs: number;
}

export function gatherEvidence(traffic: Traffic): Evidence {
  const byName = new Map<string, FirewallEvidence & { units: Set<"packets" | "sessions"> }>();
  const seen: boolean[] = [];
  const add = (flow: Flow, firewall: Firewall | null, name: string) => {
    // A packet to an outside address may have been judged for several hosts; it is still one packet.
    if (seen[flow.index]) return;
    seen[flow.index] = true;
    let evidence = byName.get(name);
    if (!evidence) {
      const platform = firewall?.platform ?? flow.context.platform;
      evidence = {
        name,
        platform,
        unit: "packets",
        units: new Set(),
        allowed: 0,
        denied: 0,
        lostEvents: 0,
        firstMs: Number.NaN,
        lastMs: Number.NaN,
      };
      byName.set(name, evidence);
    }
    evidence.units.add(flow.context.unit);
    if (flow.verdict === VERDICT_ALLOW) evidence.allowed += flow.count;
    else if (flow.verdict === VERDICT_DENY) evidence.denied += flow.count;
    evidence.lostEvents += flow.lostEvents;
    if (!(evidence.firstMs <= flow.firstMs) && !Number.isNaN(flow.firstMs)) evidence.firstMs = flow.firstMs;
    if (!(evidence.lastMs >= flow.lastMs) && !Number.isNaN(flow.lastMs)) evidence.lastMs = flow.lastMs;
  };
  for (const { flow, firewall, firewallName } of traffic.judged) add(flow, firewall, firewallName);
  for (const { flow, firewall, firewallName } of traffic.other) add(flow, firewall, firewallName);
  const firewalls = [...byName.values()]
    .map(({ units, ...evidence }) => ({ ...evidence, unit: unitOf(units) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const times = (pick: (evidence: FirewallEvidence) => number) => firewalls.map(pick).filter((ms) => !Number.isNaN(ms));
  const first = times(({ firstMs }) => firstMs);
  const last = times(({ lastMs }) => lastMs);
  return {
    firewalls,
    firstMs: first.length > 0 ? Math.min(...first) : Number.NaN,
    lastMs: last.length > 0 ? Math.max(...last) : Number.NaN,
  };
}

/** Why traffic that no line shows cannot be called open or closed, and which switch would show it. */
export function silenceReason(evidence: Evidence): Message {
  if (evidence.firewalls.length === 0) return say`no line of the logs was recognised`;
  const silent = evidence.firewalls.filter(({ allowed }) => allowed === 0);
  if (silent.length === evidence.firewalls.length) {
    const how = silent.map(({ name, platform }) => joined([name, howToLog(platform, "allows")], ": "));
    return say`allowed traffic is not logged; to see it: ${joined(how, "; ")}`;
  }
  const rest = silent.map(
    ({ name, platform }) => say`${name} logs no allowed traffic (${howToLog(platform, "allows")})`,
  );
  return joined([say`no such traffic in the window of the logs`, ...rest], "; ");
}

/** What the logs could show at all: per firewall, whether allowed and denied traffic is logged, and the window. */
import type { Flow, FlowActivity } from "../../ingest/flows/flow.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { unitOf } from "../findings/count-unit.ts";
import { joined, type Message, say } from "../messages/message.ts";
import { HOUR_MS } from "../messages/times.ts";
import type { CountUnit, InputResult, PlatformName } from "../result.ts";
import type { Firewall, Site } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import type { Traffic } from "../traffic/judged-flow.ts";
import { isDefaultDeny } from "./default-deny.ts";
import { byPlatform } from "./firewall-groups.ts";
import { type Gap, gapsIn } from "./gaps.ts";
import { type LogLimit, logLimitOf } from "./log-limit.ts";
import { howToLog } from "./logging-advice.ts";

export interface FirewallEvidence {
  name: string;
  platform: PlatformName;
  unit: CountUnit;
  allowed: number;
  denied: number;
  /** Whether what no rule names was seen denied; null: the log cannot tell. */
  logsDefaultDeny: boolean | null;
  lostEvents: number;
  firstMs: number;
  lastMs: number;
  gaps: Gap[];
  hours: Hour[];
  /** How many denials a limit lets it write of; null: nothing shows one. */
  logLimit: LogLimit | null;
}

/** What a firewall decided in one hour. */
export interface Hour {
  startMs: number;
  allowed: number;
  denied: number;
}

export interface Evidence {
  firewalls: FirewallEvidence[];
  /** NaN where no record carries a time. */
  firstMs: number;
  lastMs: number;
  /** Lines that the chosen window leaves out. */
  outsideWindow: number;
}

/** While flows are counted. */
type Counted = Omit<FirewallEvidence, "unit" | "gaps" | "hours" | "logLimit"> & {
  units: Set<"packets" | "sessions">;
  deniedFlows: number;
  /** Nothing but netfilter lines that were lost: any Linux host loses some, such as the one that collects the logs. */
  isLosses: boolean;
};

export function gatherEvidence(
  traffic: Traffic,
  activity: readonly FlowActivity[],
  inputs: readonly InputResult[],
): Evidence {
  const byName = new Map<string, Counted>();
  let counted = -1;
  const add = (flow: Flow, firewall: Firewall | null, name: string) => {
    // A packet to an outside address may have been judged for several hosts, one after another; it is still one packet.
    if (flow.index === counted) return;
    counted = flow.index;
    let evidence = byName.get(name);
    if (!evidence) {
      const platform = firewall?.platform ?? flow.context.platform;
      evidence = {
        name,
        platform,
        units: new Set(),
        deniedFlows: 0,
        isLosses: true,
        allowed: 0,
        denied: 0,
        logsDefaultDeny: null,
        lostEvents: 0,
        firstMs: Number.NaN,
        lastMs: Number.NaN,
      };
      byName.set(name, evidence);
    }
    if (flow.lostEvents === 0 || firewall !== null || evidence.platform !== "iptables") evidence.isLosses = false;
    evidence.units.add(flow.context.unit);
    if (flow.verdict === VERDICT_ALLOW) evidence.allowed += flow.count;
    else if (flow.verdict === VERDICT_DENY) {
      evidence.denied += flow.count;
      evidence.deniedFlows++;
    }
    if (evidence.logsDefaultDeny !== true) evidence.logsDefaultDeny = isDefaultDeny(flow) ?? evidence.logsDefaultDeny;
    evidence.lostEvents += flow.lostEvents;
    if (!(evidence.firstMs <= flow.firstMs) && !Number.isNaN(flow.firstMs)) evidence.firstMs = flow.firstMs;
    if (!(evidence.lastMs >= flow.lastMs) && !Number.isNaN(flow.lastMs)) evidence.lastMs = flow.lastMs;
  };
  for (const { flow, firewall, firewallName } of traffic.judged) add(flow, firewall, firewallName);
  for (const { flow, firewall, firewallName } of traffic.other) add(flow, firewall, firewallName);
  const hours = hoursByFirewall(traffic, activity);
  const firewalls = [...byName.values()]
    .filter(({ isLosses }) => !isLosses)
    .map(({ units, deniedFlows, isLosses: _, ...evidence }) => {
      const own = hours.get(evidence.name) ?? [];
      const decisions = decisionsIn(own);
      return {
        ...evidence,
        unit: unitOf(units),
        gaps: gapsIn(summed(own), zoneOf(evidence.name, traffic.site)),
        hours: decisions,
        logLimit: logLimitOf(
          evidence.platform,
          decisions.map(({ denied }) => denied),
          deniedFlows,
        ),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const times = (pick: (evidence: FirewallEvidence) => number) => firewalls.map(pick).filter((ms) => !Number.isNaN(ms));
  const first = times(({ firstMs }) => firstMs);
  const last = times(({ lastMs }) => lastMs);
  return {
    firewalls,
    firstMs: first.length > 0 ? Math.min(...first) : Number.NaN,
    lastMs: last.length > 0 ? Math.max(...last) : Number.NaN,
    outsideWindow: inputs.reduce((sum, { lines }) => sum + lines.outsideWindow, 0),
  };
}

/** Of the firewall's clock. */
function zoneOf(name: string, { firewalls, timezone }: Site): string {
  return firewalls.find((firewall) => firewall.name === name)?.timezone ?? timezone;
}

function hoursByFirewall({ site }: Traffic, activity: readonly FlowActivity[]): Map<string, FlowActivity[]> {
  const zones = new Zones(site);
  return Map.groupBy(activity, ({ context }) => zones.nameOf(context));
}

/** Counts by hour, whatever the verdict. */
function summed(activity: readonly FlowActivity[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { hours } of activity) for (const [hour, count] of hours) sums.set(hour, (sums.get(hour) ?? 0) + count);
  return sums;
}

/** Hours with something allowed or denied, ascending. */
function decisionsIn(activity: readonly FlowActivity[]): Hour[] {
  const allowed = summed(activity.filter(({ verdict }) => verdict === VERDICT_ALLOW));
  const denied = summed(activity.filter(({ verdict }) => verdict === VERDICT_DENY));
  return [...new Set([...allowed.keys(), ...denied.keys()])]
    .sort((a, b) => a - b)
    .map((hour) => ({
      startMs: hour * HOUR_MS,
      allowed: allowed.get(hour) ?? 0,
      denied: denied.get(hour) ?? 0,
    }));
}

/** Why traffic that no line shows cannot be called open or closed, and which switch would show it. */
export function silenceReason({ firewalls, outsideWindow }: Evidence): Message {
  if (firewalls.length === 0)
    return outsideWindow > 0
      ? say`no line of the logs lies in the chosen window`
      : say`no line of the logs was recognised`;
  const silent = firewalls.filter(logsNoAllows);
  const hidden = hiddenDenials(firewalls);
  if (silent.length === firewalls.length) {
    const how = byPlatform(silent).map(({ names, platform }) => joined([names, howToLog(platform, "allows")], ": "));
    return joined([say`allowed traffic is not logged; to see it: ${joined(how, "; ")}`, ...hidden], "; ");
  }
  const rest = byPlatform(silent).map(({ names, isOne, platform }) =>
    isOne
      ? say`${names} logs no allowed traffic (${howToLog(platform, "allows")})`
      : say`${names} log no allowed traffic (${howToLog(platform, "allows")})`,
  );
  return joined([say`no such traffic in the window of the logs`, ...rest, ...hidden], "; ");
}

/** At which firewalls traffic may have been denied without a line, with the switches that show it. */
export function hiddenDenials(firewalls: readonly FirewallEvidence[]): Message[] {
  return [
    ...byPlatform(firewalls.filter(logsNoDenials)).map(({ names, isOne, platform }) =>
      isOne
        ? say`${names} logs no denied traffic (${howToLog(platform, "denies")})`
        : say`${names} log no denied traffic (${howToLog(platform, "denies")})`,
    ),
    ...byPlatform(firewalls.filter(hidesDefaultDeny)).map(({ names, isOne, platform }) =>
      isOne
        ? say`${names} shows no line of its default deny (${howToLog(platform, "defaultDeny")})`
        : say`${names} show no line of their default deny (${howToLog(platform, "defaultDeny")})`,
    ),
    ...firewalls
      .filter(({ logLimit }) => logLimit !== null)
      .map(({ name }) => say`${name} writes of some of its denials only`),
  ];
}

export function logsNoAllows({ allowed }: FirewallEvidence): boolean {
  return allowed === 0;
}

export function logsNoDenials({ denied }: FirewallEvidence): boolean {
  return denied === 0;
}

/** Denials are logged, but none of what no rule names. */
export function hidesDefaultDeny({ denied, logsDefaultDeny }: FirewallEvidence): boolean {
  return denied > 0 && logsDefaultDeny === false;
}

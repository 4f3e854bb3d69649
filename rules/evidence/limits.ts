/** What the evidence of an audit cannot show, said before anything is concluded from it. */
import type { HostName } from "../../ingest/flows/flow.ts";
import type { Undeclared } from "../findings/undeclared.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { HOUR_MS, type Times } from "../messages/times.ts";
import type { InputResult } from "../result.ts";
import type { Site } from "../site/site.ts";
import { deniedAfterTranslation } from "../traffic/denied-after-translation.ts";
import type { Traffic } from "../traffic/judged-flow.ts";
import { learnedLimits } from "../traffic/learned-names.ts";
import { ownOutsidePeers } from "../traffic/own-outside-peers.ts";
import { unnamedOutside } from "../traffic/unnamed-outside.ts";
import { unnamedSpeech } from "../traffic/unnamed-speech.ts";
import { type Evidence, type FirewallEvidence, hidesDefaultDeny, logsNoAllows, logsNoDenials } from "./evidence.ts";
import { byPlatform } from "./firewall-groups.ts";
import type { Gap } from "./gaps.ts";
import { howToLog } from "./logging-advice.ts";
import { unseenLimits } from "./seen-systems.ts";
import { unreadActions } from "./unread-actions.ts";
import { unreadPrefixes } from "./unread-prefixes.ts";
import { unseenFirewalls } from "./unseen-firewalls.ts";

/** Gaps of further firewalls are counted; the result's table of firewalls holds them all. */
const MOST_SILENT = 6;

/** For so long a registration lasts where neither side asks for less (RFC 3261, section 10.2). */
const REGISTRATION_MS = HOUR_MS;
const MINUTE_MS = 60_000;

interface Limited {
  traffic: Traffic;
  /** By deployment: whether lines name a host of it. */
  seen: readonly boolean[];
  evidence: Evidence;
  inputs: readonly InputResult[];
  hostNames: readonly HostName[];
  undeclared: Undeclared;
  /** Public peers were folded into prefixes. */
  folded: boolean;
  times: Times;
}

/** In the order in which they are read. */
export function limitsOf({
  traffic,
  seen,
  evidence,
  inputs,
  hostNames,
  undeclared,
  folded,
  times,
}: Limited): Message[] {
  const limits: Message[] = [];
  if (evidence.firewalls.length === 0)
    limits.push(
      evidence.outsideWindow > 0
        ? say`No line lies in the chosen window (${evidence.outsideWindow} outside it): nothing can be said of any requirement.`
        : say`No line was recognised: nothing can be said of any requirement.`,
    );
  limits.push(...loggingLimits(evidence.firewalls), ...gapLimits(evidence.firewalls, times));
  if (evidence.firewalls.length > 0 && Number.isNaN(evidence.firstMs))
    limits.push(say`No record carries a time: the window is unknown.`);
  else if (evidence.lastMs - evidence.firstMs < REGISTRATION_MS)
    limits.push(
      say`The lines cover ${amount(minutesOf(evidence), "minute")}: telephones and trunks may register as seldom as once an hour, so what is not seen may be in use all the same.`,
    );
  if (folded)
    limits.push(
      say`There were so many distinct peers that addresses were folded into prefixes; counts are complete. Phone systems that nobody declared were not looked for.`,
    );
  if (undeclared.cut > 0)
    limits.push(say`${undeclared.cut} more hosts than are listed behave like phone systems that nobody declared.`);
  limits.push(...lookUpLimits(traffic.site, times), ...learnedLimits(hostNames, inputs));
  const rejected = inputs.reduce((sum, { lines }) => sum + lines.malformed, 0);
  if (rejected > 0)
    limits.push(say`${amount(rejected, "line")} could not be read; samples are listed with their input.`);
  if (evidence.firewalls.length > 0) limits.push(...unseenFirewalls(traffic), ...unseenLimits(traffic, seen));
  return [
    ...limits,
    ...ownOutsidePeers(traffic),
    ...unnamedOutside(traffic),
    ...unnamedSpeech(traffic),
    ...deniedAfterTranslation(traffic),
    ...unreadPrefixes(traffic),
    ...unreadActions(traffic),
  ];
}

function minutesOf({ firstMs, lastMs }: Evidence): number {
  return Math.max(1, Math.round((lastMs - firstMs) / MINUTE_MS));
}

function loggingLimits(firewalls: readonly FirewallEvidence[]): Message[] {
  return [
    ...byPlatform(firewalls.filter(logsNoAllows)).map(({ names, isOne, platform }) =>
      isOne
        ? say`${names} logs no allowed traffic: what is open there cannot be seen. To see it: ${howToLog(platform, "allows")}.`
        : say`${names} log no allowed traffic: what is open there cannot be seen. To see it: ${howToLog(platform, "allows")}.`,
    ),
    ...byPlatform(firewalls.filter(logsNoDenials)).map(({ names, isOne, platform }) =>
      isOne
        ? say`${names} logs no denied traffic: what is blocked there cannot be seen. To see it: ${howToLog(platform, "denies")}.`
        : say`${names} log no denied traffic: what is blocked there cannot be seen. To see it: ${howToLog(platform, "denies")}.`,
    ),
    ...byPlatform(firewalls.filter(hidesDefaultDeny)).map(({ names, isOne, platform }) =>
      isOne
        ? say`${names} shows no line of its default deny: what no rule names may be blocked there unseen. To see it: ${howToLog(platform, "defaultDeny")}.`
        : say`${names} show no line of their default deny: what no rule names may be blocked there unseen. To see it: ${howToLog(platform, "defaultDeny")}.`,
    ),
    ...firewalls.flatMap(({ name, logLimit }) =>
      logLimit === null
        ? []
        : [
            say`${name} wrote of ${logLimit.perMinute} denied packets a minute and no more, in ${logLimit.fullHours} hours without a pause: a limit in its LOG rules keeps the others out of the log. So counts are too low, and what is not seen may have been denied. To see it: take the limit out (-m limit, limit rate), or for UFW: ufw logging high.`,
          ],
    ),
  ];
}

/** The longest silences, in the order of the firewalls. */
function gapLimits(firewalls: readonly FirewallEvidence[], times: Times): Message[] {
  const silent = firewalls.filter(({ gaps }) => gaps.length > 0);
  const longest = new Set(silent.toSorted((a, b) => silentHours(b.gaps) - silentHours(a.gaps)).slice(0, MOST_SILENT));
  const more = silent.length - longest.size;
  return [
    ...silent.filter((one) => longest.has(one)).map(({ name, gaps }) => gapText(name, gaps, times)),
    ...(more > 0
      ? [say`Firewalls that wrote nothing at times at which they otherwise do, but for shorter: ${more}.`]
      : []),
  ];
}

function silentHours(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, gap) => sum + (gap.toMs - gap.fromMs) / HOUR_MS, 0);
}

function gapText(name: string, gaps: readonly Gap[], times: Times): Message {
  const [{ fromMs, toMs }] = gaps as readonly [Gap, ...Gap[]];
  const [from, to] = [times.said(fromMs), times.said(toMs)];
  return gaps.length > 1
    ? say`${name} wrote nothing in ${gaps.length} gaps of ${silentHours(gaps)} hours together, the longest from ${from} to ${to}, though at that time of day it otherwise does: what happened then cannot be seen.`
    : say`${name} wrote nothing from ${from} to ${to}, though at that time of day it otherwise does: what happened then cannot be seen.`;
}

/** Names that were looked up today, and not when the logs were written. */
function lookUpLimits({ lookUp }: Site, times: Times): Message[] {
  if (!lookUp) return [];
  const { names, failed, atMs } = lookUp;
  const at = times.said(atMs);
  return [
    ...(names.length > 0
      ? [
          say`${names.length} host names of the vendors were looked up at ${at} (${listOf(names)}): when the logs were written they may have stood for other addresses.`,
        ]
      : []),
    ...(failed.length > 0 ? [say`${listOf(failed)} could not be looked up.`] : []),
  ];
}

/** What the logs show at all: limits, coverage, charts, and where all traffic went. */
import type { PhoneSystemSign, TrafficMeaning } from "../../../rules/result.ts";
import { counted, number } from "./counting.ts";

export const evidence = {
  noTimes: "No log line carries a time.",
  nothingInWindow: "No log line lies in the chosen window.",
  limits: "Limits of this evidence",
  noLimits: "The logs themselves name no limit.",
  moreFirewalls: (count: number) =>
    `And ${counted(count, "more firewall")} with less traffic; the JSON report lists them all.`,
  lost: (name: string, count: number) => `${name} says that it lost ${counted(count, "log event")}.`,
  notSeenNote:
    "Silence proves nothing: this traffic may be open, blocked, or simply not used. Grouped by the reason why the logs do not tell.",
  manualNote: (state: string) => `What is marked “${state}” no log can answer; a person has to.`,
  statements: (count: number) => counted(count, "statement"),
  allSeen: "Every requirement and policy that applies left a trace in the logs.",
  coverageNote: (count: number) =>
    `Each of the ${counted(count, "requirement")} in the vendors' documents, with what the logs show of it.`,
  noCoverage: "No catalog was used, so there is no requirement to cover.",
  proven: (open: number, applicable: number) =>
    `${number(open)} of ${number(applicable)} applicable requirements seen open`,
  notApplicableComponents: (count: number, names: string) =>
    `${counted(count, "component")} with nothing that applies here: ${names}.`,
  chart: {
    activity: "When it happened",
    activityNote: (bucket: string) =>
      `One column stands for one ${bucket}; all charts share one time axis, each has its own height.`,
    busiest: (peak: string, bucket: string) => `up to ${peak} in one ${bucket}`,
    outside: (count: string) => `${count} outside of the time axis`,
    strays: (name: string, count: string, days: string) =>
      `${name}: ${count} dated ${days}, far from nearly all others. Its clock may have been wrong; charts over time do not show this.`,
    activityText: (from: string, to: string, peak: string) =>
      `Column chart of counts from ${from} to ${to}; ${peak} in the busiest column.`,
    denied: "Denied by the firewall",
    allowed: "Allowed by the firewall",
    needed: (count: string) => `Needed by the phone system: ${count}.`,
    unneeded: (count: string) => `To the phone system without need: ${count}.`,
    others: (count: string) => `All else: ${count}.`,
    components: "Requirement states by component",
    hour: "hour",
    hours: (count: number) => `${number(count)}-hour span`,
    peak: (count: number, hours: number, when: string) =>
      `by ${hours === 1 ? "hour" : `${number(hours)} hours`}; ${number(count)} in the busiest, from ${when}`,
  },
  undeclared: {
    hosts: (count: number) => counted(count, "host"),
    at: (zone: string, firewalls: string) => ` in ${zone}, at ${firewalls}`,
    signs: {
      "answers-sip": "answers SIP",
      "receives-sip": "is sent SIP, and the log does not show whether it answers",
      "calls-sip": "calls SIP outside",
      "carries-rtp": "carries what looks like audio, in both directions",
    } satisfies Record<PhoneSystemSign, string>,
    on: (ports: string, count: string) => `${ports}: ${count}`,
    with: (zones: readonly string[]) => `with ${zones.join(" and ")}`,
    note: "These inside hosts behave like phone systems, and the site binds them to no role: nothing was held against a vendor's list for them.",
    host: "Host",
    signsTitle: "What it does",
    seen: "Seen",
    proposal: "What to do",
  },
  accounts: {
    caption: "Packets and sessions by what they mean",
    /** What became of so many packets and sessions; the number stands before it. */
    meanings: {
      refused: "denied, though the vendor asks for it and somebody who may have it sent it",
      unneeded: "allowed toward a deployed host, though the vendor does not ask for it",
      inspection: "dropped or reported by an inspection engine, or for a reason of the firewall's own, not by a rule",
      "return-leg": "denied on the way back of a conversation that was allowed",
      needed: "allowed, and the vendor asks for it",
      scanner: "denied to strangers that no one here talks to: scanners, and a control that works",
      "out-of-state": "denied out of state: remains of connections that were over, not refused ones",
      unasked: "denied between a deployed host and those who may talk to it, and the vendor does not ask for it",
      neutral: "allowed, and no exposure: the deployed host opened it, or it has no port",
      "no-verdict": "logged without a verdict",
      unrelated: "of no phone system of this site, allowed or denied",
    } satisfies Record<TrafficMeaning, string>,
    sources: (count: number) => counted(count, "Internet host"),
    most: (services: readonly string[]) => `the most: ${services.join("; ")}`,
    total: "counted in all",
    none: "No traffic was counted.",
  },
} as const;

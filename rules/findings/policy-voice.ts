/** Policies on how the firewall treats calls that it lets through: SIP helpers, inspection, timeouts, marks. */
import type { Policy } from "../../catalogs/catalog.ts";
import { UDP } from "../../ingest/protocols.ts";
import {
  INSPECTION_CONNTRACK,
  INSPECTION_DOS,
  INSPECTION_NONE,
  type Inspection,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../../ingest/record.ts";
import { silenceReason } from "../evidence/evidence.ts";
import { howToLog, type LoggingAdvice } from "../evidence/logging-advice.ts";
import { amount, joined, listOf, type Message, say } from "../messages/message.ts";
import type { PlatformName } from "../result.ts";
import { isInside } from "../site/parties.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { carriesMedia, carriesSignalling, VOICE_MARKS } from "../traffic/voice.ts";
import { findingsById, isOwn, ownFindings, type Scene, seeFindings, type Verdict, violatedBy } from "./policy-scene.ts";
import { policyNamesHost, policyNamesSender } from "./policy-scope.ts";

const ALG_CHECKS: ReadonlySet<string | null> = new Set(["sip-alg-active", "sip-alg-drops"]);
/** Firewalls without any SIP helper of their own. */
const WITHOUT_HELPER: ReadonlySet<PlatformName> = new Set(["pfsense", "opnsense", "windows"]);

/** As the checks found: at the deployment's own hosts, or at anybody's behind a firewall that carries their traffic. */
export function judgeAlg(scene: Scene): Verdict {
  const firewalls = firewallsOf(scene);
  const found = findingsById(
    scene,
    (draft) =>
      ALG_CHECKS.has(draft.check) &&
      (isOwn(draft, scene.deployment) || [...draft.firewalls.keys()].some((name) => firewalls.has(name))),
  );
  if (found.length > 0) return violatedBy(found);
  if (firewalls.size === 0) return { state: "not-seen", reason: silenceReason(scene.evidence) };
  if ([...firewalls.values()].every((platform) => WITHOUT_HELPER.has(platform))) {
    return {
      state: "upheld",
      reason: say`${listOf(firewalls.keys())}: no built-in SIP helper; a proxy that was added, or another router on the way, would not show in these logs`,
    };
  }
  return {
    state: "not-seen",
    reason: say`no line of a SIP helper, and one that changes packets silently leaves none: look at the settings, or see its lines with ${switches(firewalls, "alg")}`,
  };
}

export function judgeInspection(policy: Policy, scene: Scene): Verdict {
  const inspected = scene.flows.filter(
    (judged) => isContentInspection(judged.flow.inspection) && policyNamesHost(policy, scene.traffic.site, judged),
  );
  const stopped = inspected.filter(
    ({ flow }) => flow.inspectionVerdict === VERDICT_DENY || flow.verdict === VERDICT_DENY,
  );
  if (inspected.length > 0) {
    return {
      state: "violated",
      reason: say`inspection engines looked into ${amount(inspected.length, "flow")} of its hosts and stopped ${stopped.length} of them`,
    };
  }
  const firewalls = firewallsOf(scene);
  if (firewalls.size === 0) return { state: "not-seen", reason: silenceReason(scene.evidence) };
  return {
    state: "not-seen",
    reason: say`no line of an inspection engine, and one that only watches leaves none by default; to see them: ${switches(firewalls, "inspection")}`,
  };
}

const TIMEOUT_CHECKS: ReadonlySet<string | null> = new Set(["udp-binding-expired", "out-of-state-voice"]);
/** A single session may have been ended by hand, or by a change of the rules. */
const ENOUGH_SESSIONS = 3;
/** Durations are logged in whole seconds. */
const ROUNDING_MS = 1000;

/**
 * UDP has no end: a firewall ends its sessions only when they were idle for its timeout, so the shortest one lasted at
 * least that long, and the timeout is no longer than it.
 */
export function judgeTimeouts(policy: Policy, scene: Scene): Verdict {
  const found = ownFindings(scene, ({ check }) => TIMEOUT_CHECKS.has(check));
  if (found.length > 0) return violatedBy(found);
  const timed = scene.flows.filter(
    (judged) =>
      judged.flow.protocol === UDP &&
      judged.flow.verdict === VERDICT_ALLOW &&
      carriesSignalling(judged) &&
      !Number.isNaN(judged.flow.shortestSessionMs) &&
      policyNamesHost(policy, scene.traffic.site, judged),
  );
  const sessions = timed.reduce((sum, { flow }) => sum + flow.count, 0);
  if (sessions < ENOUGH_SESSIONS) {
    return {
      state: "not-seen",
      reason: say`the logs tell of no expired conversation, and not how long UDP sessions of SIP last (FortiGate's session ends do: ${howToLog("fortigate", "allows")}); compare the timeout on the device`,
    };
  }
  const shortestMs = timed.reduce(
    (least, { flow }) => Math.min(least, flow.shortestSessionMs),
    Number.POSITIVE_INFINITY,
  );
  const where = listOf(
    timed.filter(({ flow }) => flow.shortestSessionMs === shortestMs).map(({ firewallName }) => firewallName),
  );
  const seen = say`of ${amount(sessions, "session")} of SIP over UDP the shortest lasted ${shortestMs / 1000} seconds (${where}), so the timeout there is no longer`;
  if (policy.seconds === null) {
    return {
      state: "manual",
      reason: say`the vendor gives no number; ${seen}: hold it against the keepalive interval`,
    };
  }
  return shortestMs + ROUNDING_MS < policy.seconds * 1000
    ? { state: "violated", reason: say`the vendor wants ${policy.seconds} seconds at least; ${seen}` }
    : {
        state: "upheld",
        reason: say`the vendor wants ${policy.seconds} seconds at least, and of ${amount(sessions, "session")} of SIP over UDP none ended sooner`,
      };
}

export function judgeQos(policy: Policy, scene: Scene): Verdict {
  const lost = ownFindings(scene, ({ check }) => check === "dscp-lost");
  const inside = lost.filter(({ peerZone }) => isInside(peerZone) && peerZone !== "vpn");
  if (inside.length > 0) return violatedBy(inside);
  if (lost.length > 0) {
    return {
      state: "manual",
      reason: say`marks are cleared on the way outside, where they usually have no effect: ${seeFindings(lost)}`,
    };
  }
  const sent = scene.flows.filter(
    (judged) => isMarkable(judged) && policyNamesSender(policy, scene.deployment, judged),
  );
  if (sent.length === 0) {
    return {
      state: "not-seen",
      reason: say`no audio of its hosts is logged with its mark; pf and netfilter log it (${howToLog("pfsense", "allows")}), FortiGate and Windows do not`,
    };
  }
  const unmarked = sent.filter(({ flow }) => !VOICE_MARKS.has(flow.dscp));
  const where = listOf(sent.map(({ firewallName }) => firewallName));
  if (unmarked.length > 0) {
    const hosts = listOf(unmarked.map(({ sender }) => sender?.text ?? ""));
    const reason = say`audio of ${hosts} reaches ${where} without a mark (${amount(unmarked.length, "conversation")} of ${sent.length}): the firewall cannot have cleared it, so look at the sender and the switches before it`;
    // Who does not send the mark breaks a statement on what its sender does; the network's part cannot be judged then.
    return { state: policy.component === null ? "manual" : "violated", reason };
  }
  const marks = listOf(sent.map(({ flow }) => VOICE_MARKS.get(flow.dscp) as string));
  if (leavesMarked(scene.traffic, sent))
    return { state: "upheld", reason: say`audio is marked ${marks} on both sides of ${where}` };
  return policy.component === null
    ? {
        state: "manual",
        reason: say`audio reaches ${where} marked ${marks}; how it leaves is not logged: ${howToLog("pfsense", "allows")}, on the outward interface`,
      }
    : { state: "upheld", reason: say`audio reaches ${where} marked ${marks}` };
}

/** Audio of a deployed host where it comes in, with a mark in the log or the lack of one. */
function isMarkable(judged: JudgedFlow): boolean {
  const { flow, sender } = judged;
  const isSeen = flow.verdict === VERDICT_ALLOW && flow.dscp >= 0 && flow.context.ingress !== "";
  return isSeen && sender !== null && carriesMedia(judged);
}

/** Whether some of these conversations is seen with a mark where it leaves the firewall, translated or not. */
function leavesMarked({ judged, other }: Traffic, sent: readonly JudgedFlow[]): boolean {
  const keyOf = ({ responderId, responderPort, reply }: JudgedFlow["flow"]) =>
    `${responderId}|${responderPort}|${reply}`;
  const known = new Set(sent.map(({ flow }) => keyOf(flow)));
  return [...judged, ...other].some(
    ({ flow }) =>
      flow.verdict === VERDICT_ALLOW &&
      flow.context.ingress === "" &&
      flow.context.egress !== "" &&
      VOICE_MARKS.has(flow.dscp) &&
      known.has(keyOf(flow)),
  );
}

/** Firewalls that carry the deployment's traffic, by name; all of them where none is seen to. */
function firewallsOf({ flows, evidence }: Scene): Map<string, PlatformName> {
  const carrying = new Set(flows.map(({ firewallName }) => firewallName));
  const firewalls = evidence.firewalls
    .filter(({ name }) => carrying.size === 0 || carrying.has(name))
    .map(({ name, platform }): [string, PlatformName] => [name, platform]);
  return new Map(firewalls.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

function switches(firewalls: ReadonlyMap<string, PlatformName>, what: keyof LoggingAdvice): Message {
  return joined(
    [...firewalls].map(([name, platform]) => joined([name, howToLog(platform, what)], ": ")),
    "; ",
  );
}

/** Engines that look into what packets carry; connection tracking and flood sensors do not. */
function isContentInspection(inspection: Inspection): boolean {
  return inspection !== INSPECTION_NONE && inspection !== INSPECTION_CONNTRACK && inspection !== INSPECTION_DOS;
}

/** The state of a requirement, and why: open, blocked, both, not seen, or nothing that this site's logs could show. */
import { type Evidence, silenceReason } from "../evidence/evidence.ts";
import type { RequirementRow } from "../matching/requirement-rows.ts";
import { amount, type Message, say } from "../messages/message.ts";
import { vendorText } from "../messages/vendor-text.ts";
import type { RequirementResult, RequirementState } from "../result.ts";
import { isInside } from "../site/parties.ts";
import type { Deployment } from "../site/site.ts";
import type { Traffic } from "../traffic/judged-flow.ts";
import { namesOf } from "./requirement-words.ts";

/** A requirement's part of the result, its texts not yet put into words of one language. */
export type RequirementVerdict = Omit<RequirementResult, "application" | "reason"> & {
  application: Message;
  reason: Message | null;
};

/** What was counted of a requirement. */
export interface Tally {
  allowed: number;
  denied: number;
  /** Some of it went to addresses that only the port ties to the vendor's host. */
  guessed: boolean;
  /** Of both: all that outside peers or the system itself sent, and so did not come from inside alone. */
  beyondInside: number;
  /** Denied packets of Internet peers that nothing tells from scanners. */
  strangers: number;
}

export function emptyTally(): Tally {
  return { allowed: 0, denied: 0, guessed: false, beyondInside: 0, strangers: 0 };
}

/** What the logs say of a requirement. */
export function requirementVerdict(
  traffic: Traffic,
  row: RequirementRow,
  tally: Tally,
  evidence: Evidence,
): RequirementVerdict {
  const { requirement, deployment } = row;
  const { catalog } = traffic.site.deployments[deployment] as Deployment;
  const { state, reason } = stateOf(row, tally, evidence);
  return {
    catalog: catalog.id,
    deployment,
    id: requirement.id,
    section: requirement.section,
    component: requirement.component,
    direction: requirement.direction,
    application: vendorText(catalog, requirement.application),
    transport: requirement.transport,
    localPorts: requirement.localPorts,
    remote: requirement.remote,
    remotePorts: requirement.remotePorts,
    scope: requirement.scope,
    strength: requirement.strength,
    state,
    allowed: tally.allowed,
    denied: tally.denied,
    reason,
  };
}

function stateOf(
  row: RequirementRow,
  tally: Tally,
  evidence: Evidence,
): { state: RequirementState; reason: Message | null } {
  const { requirement } = row;
  if (row.applies === false)
    return { state: "not-applicable", reason: say`its condition does not hold: ${requirement.when ?? ""}` };
  if (row.remoteKind === "localhost")
    return { state: "not-applicable", reason: say`both ends are the same host: no firewall sees it` };
  const absent = absentParty(row);
  if (absent) return { state: "not-applicable", reason: say`not deployed: the site binds no address to ${absent}` };
  const reason =
    row.remoteKind === "host" && tally.guessed
      ? say`as far as the port tells: the logs do not name ${namesOf(requirement.remote)}`
      : requirement.scope === "wan" && tally.beyondInside === 0
        ? tally.allowed > 0
          ? say`from inside: no line shows whether it is open from the Internet too`
          : say`from inside: no line shows whether it is blocked from the Internet too`
        : null;
  if (tally.allowed > 0 && tally.denied > 0) {
    return {
      state: "intermittent",
      reason: say`allowed for some traffic and denied for other; see the finding for which`,
    };
  }
  if (tally.denied > 0) return { state: "blocked", reason };
  if (tally.allowed > 0) return { state: "open", reason };
  if (requirement.localPorts === "unknown" || requirement.remotePorts === "unknown") {
    return { state: "manual", reason: say`the vendor does not state the ports` };
  }
  const unseen = notSeenReason(row, evidence);
  return {
    state: "not-seen",
    reason:
      tally.strangers > 0
        ? say`${unseen}; ${amount(tally.strangers, "attempt")} of unknown Internet addresses denied: scanners, or those whom it is meant for`
        : unseen,
  };
}

/** The party without which the row cannot happen at this site, or null. */
function absentParty(row: RequirementRow): string | null {
  if (row.component.bindings.length === 0 && row.component.unbound === "absent") return row.component.id;
  if (row.remoteKind === "party" && row.remote.bindings.length === 0 && row.remote.unbound === "absent")
    return row.remote.id;
  return null;
}

function notSeenReason(row: RequirementRow, evidence: Evidence): Message {
  const { component, remote, remoteKind } = row;
  if (component.bindings.length === 0 && (remoteKind !== "party" || remote.bindings.length === 0)) {
    return say`the site binds no address to ${component.id}, so its traffic cannot be told from other hosts'; bind it in the site file`;
  }
  const silence = silenceReason(evidence);
  const inside =
    remoteKind === "party" &&
    (remote.bindings.length > 0 || isInside(remote.unbound === "internal" ? "internal" : "internet"));
  return inside && row.requirement.scope === "lan"
    ? say`${silence}; traffic between hosts of one network does not cross the firewall`
    : silence;
}

/** Whom a piece of evidence concerns, in the form in which checks report it. */
import type { CheckClaim, CheckReport, CheckSubject } from "./check.ts";
import { witness } from "./finding.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { shownAddress } from "./shown-address.ts";

/** A flow that concerns no deployed host by itself. */
export type OtherFlow = Traffic["other"][number];

export function subjectOf(judged: JudgedFlow): CheckSubject {
  return {
    ...witness(judged),
    host: judged.host.text,
    deployment: judged.host.deployment,
    direction: judged.hostIsInitiator ? "out" : "in",
    peerZone: judged.peer.zone,
  };
}

/** Evidence about the firewall itself: its name stands where a host would. */
export function unconcernedSubject(other: OtherFlow): CheckSubject {
  const { flow, firewall, firewallName } = other;
  return {
    flow,
    firewall,
    firewallName,
    port: flow.responderPort,
    peer: shownAddress(flow.initiator, flow),
    host: firewallName,
    deployment: null,
    direction: "in",
    peerZone: "internal",
  };
}

/** A flow at the firewall's outside address that belongs to a deployed host's conversation. */
export function attributedSubject(other: OtherFlow, conversation: JudgedFlow): CheckSubject {
  return {
    ...unconcernedSubject(other),
    host: conversation.host.text,
    deployment: conversation.host.deployment,
    direction: conversation.hostIsInitiator ? "out" : "in",
    peerZone: conversation.peer.zone,
  };
}

/** Evidence for one finding, whatever order it was read in. */
export interface Group<T extends CheckSubject = CheckSubject> {
  subjects: readonly [T, ...T[]];
  /** Packets or sessions of all of it. */
  count: number;
}

/**
 * Reports subjects that belong to one finding with one claim made of all of them, so that its words do not depend on the
 * order of the evidence; null: the evidence does not suffice.
 */
export function reportGrouped<T extends CheckSubject>(
  subjects: readonly T[],
  report: CheckReport,
  claimOf: (group: Group<T>) => CheckClaim | null,
): void {
  for (const group of groupsOf(subjects)) {
    const claim = claimOf(group);
    if (claim) for (const subject of group.subjects) report(claim, subject);
  }
}

function groupsOf<T extends CheckSubject>(subjects: readonly T[]): Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const subject of subjects) {
    const key = `${subject.deployment}|${subject.host}|${subject.direction}|${subject.peerZone}`;
    const group = groups.get(key);
    if (group) group.push(subject);
    else groups.set(key, [subject]);
  }
  return [...groups.values()].map((members) => ({ subjects: members, count: countOf(members) }));
}

/** A packet that may be meant for several hosts is still one packet. */
function countOf(subjects: readonly CheckSubject[]): number {
  const counts = new Map(subjects.map(({ flow }) => [flow.index, flow.count]));
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

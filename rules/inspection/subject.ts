/** Whom a piece of evidence concerns, in the form in which checks report it. */
import type { CheckClaim, CheckReport, CheckSubject } from "../check.ts";
import { type Witness, witness } from "../findings/finding.ts";
import { shownAddress } from "../messages/shown-address.ts";
import type { JudgedFlow, SeenFlow } from "../traffic/judged-flow.ts";

export function subjectOf(judged: JudgedFlow): CheckSubject {
  return { ...witness(judged), ...concernOf(judged) };
}

function concernOf({ host, hostIsInitiator, peer }: JudgedFlow): Omit<CheckSubject, keyof Witness> {
  return {
    host: host.text,
    deployment: host.deployment,
    direction: hostIsInitiator ? "out" : "in",
    peerZone: peer.zone,
  };
}

/** Evidence about the firewall itself: its name stands where a host would. */
export function unconcernedSubject(other: SeenFlow): CheckSubject {
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
export function attributedSubject(other: SeenFlow, conversation: JudgedFlow): CheckSubject {
  return { ...unconcernedSubject(other), ...concernOf(conversation) };
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

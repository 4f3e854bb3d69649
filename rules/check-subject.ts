/** Whom a piece of evidence concerns, in the form in which checks report it. */
import type { Flow } from "../ingest/flow.ts";
import type { CheckSubject } from "./check.ts";
import { witness } from "./finding.ts";
import type { JudgedFlow } from "./judged-flow.ts";
import { peerText } from "./meaning.ts";
import type { Firewall } from "./site.ts";

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
export function unconcernedSubject(other: {
  flow: Flow;
  firewall: Firewall | null;
  firewallName: string;
}): CheckSubject {
  const { flow, firewall, firewallName } = other;
  return {
    flow,
    firewall,
    firewallName,
    port: flow.responderPort,
    peer: peerText(flow.initiator, flow),
    host: firewallName,
    deployment: null,
    direction: "in",
    peerZone: "internal",
  };
}

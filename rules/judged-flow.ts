/** A flow as a site sees it: the seam between judging traffic and everything that speaks of it. */
import type { Flow } from "../ingest/flow.ts";
import type { Match, Side } from "./match.ts";
import type { RequirementRow } from "./requirement-rows.ts";
import type { TrafficMeaning } from "./result.ts";
import type { Firewall, Site } from "./site.ts";

/** What a permission or a denial at a deployed host means. */
export type Meaning = Exclude<TrafficMeaning, "unrelated">;

/** A host that the site binds. */
export interface Host {
  deployment: number;
  /** As the site writes it. */
  text: string;
}

export interface JudgedFlow {
  flow: Flow;
  firewall: Firewall | null;
  /** The firewall's name: the site's, else the device's own, else the platform. */
  firewallName: string;
  /** The deployed host of the two sides; the responder where both are. */
  host: Host;
  /** The same address as further deployments bind it; see `viewsOf`. */
  alsoHosts: readonly Host[];
  /** The packet named an outside address of the firewall, and only its port tells which host it was meant for. */
  hostGuessed: boolean;
  hostIsInitiator: boolean;
  peer: Side;
  /** The peer's address as shown; a folded one as the prefix that it stands for. */
  peerText: string;
  /** Same number: the same host, peer, protocol and port. */
  conversation: number;
  /** The deployed host that sent the packets counted; null: a peer did. */
  sender: Host | null;
  /** Responder's port after any translation; -1: none. */
  port: number;
  /** Best first; includes rows whose condition does not hold or whose scope excludes the peer. */
  matches: Match[];
  /** Those of `matches` that apply and are in scope. */
  serves: Match[];
  meaning: Meaning;
}

/** The flow as each deployment sees it that binds the address of its host: one server may run several vendors' systems. */
export function viewsOf(judged: JudgedFlow): JudgedFlow[] {
  return [judged, ...judged.alsoHosts.map((host) => ({ ...judged, host }))];
}

/** The flow as that deployment sees it, or null where its host is none of the deployment's. */
export function viewOf(judged: JudgedFlow, deployment: number): JudgedFlow | null {
  if (judged.host.deployment === deployment) return judged;
  const host = judged.alsoHosts.find((one) => one.deployment === deployment);
  return host ? { ...judged, host } : null;
}

export interface Traffic {
  site: Site;
  rows: RequirementRow[];
  judged: JudgedFlow[];
  /** Flows that concern no deployed host, for checks of the firewall itself. */
  other: {
    flow: Flow;
    firewall: Firewall | null;
    firewallName: string;
    meaning: Extract<TrafficMeaning, "scanner" | "out-of-state" | "unrelated">;
  }[];
  scanners: { packets: number; sources: Set<string> };
  outOfStatePackets: number;
  unrelatedPackets: number;
}

/** A flow as a site sees it: the seam between judging traffic and everything that speaks of it. */
import type { Flow } from "../../ingest/flows/flow.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import type { Match, Side } from "../matching/match.ts";
import type { RequirementRow } from "../matching/requirement-rows.ts";
import { isOfPrefix, shownPrefix } from "../messages/shown-address.ts";
import type { TrafficMeaning } from "../result.ts";
import type { Firewall, Site } from "../site/site.ts";

/** What a permission or a denial at a deployed host means. */
export type Meaning = Exclude<TrafficMeaning, "unrelated">;

/** A host that the site binds. */
export interface Host {
  deployment: number;
  /** As the site writes it. */
  text: string;
}

/** Equal for the same host of the same deployment. */
export function hostKey({ deployment, text }: Host): string {
  return `${deployment}|${text}`;
}

/** Who wrote a line: the site's firewall where it is known. */
export interface Device {
  firewall: Firewall | null;
  /** The firewall's name: the site's, else the device's own, else the platform. */
  firewallName: string;
}

/** A flow that concerns no deployed host. */
export class SeenFlow implements Device {
  readonly flow: Flow;
  readonly device: Device;
  meaning: Extract<TrafficMeaning, "scanner" | "inspection" | "out-of-state" | "return-leg" | "unrelated"> =
    "unrelated";

  constructor(flow: Flow, device: Device) {
    this.flow = flow;
    this.device = device;
  }

  get firewall(): Firewall | null {
    return this.device.firewall;
  }

  get firewallName(): string {
    return this.device.firewallName;
  }
}

/**
 * All that flows have in common that differ in their peer, and in ports that no requirement tells apart: a week of
 * scanners and calls shares a few dozens of these.
 */
export interface Encounter extends Device {
  /** The deployed host of the two sides; the responder where both are. */
  host: Host;
  /** The same address as further deployments bind it; see `viewsOf`. */
  alsoHosts: readonly Host[];
  /** The packet named an outside address of the firewall, and only its port tells which host it was meant for. */
  hostGuessed: boolean;
  hostIsInitiator: boolean;
  /** The deployed host that sent the packets counted; null: a peer did. */
  sender: Host | null;
  /** Best first; includes rows whose condition does not hold or whose scope excludes the peer. */
  matches: Match[];
  /** Those of `matches` that apply and are in scope. */
  serves: Match[];
  /** The number of the conversation with this peer, whichever deployment looks at it. */
  conversationWith(peer: string, port: number): number;
}

/** A side whose text is made once. */
export interface ShownSide extends Side {
  /** The address as shown. */
  readonly text: string;
}

/** There are as many as flows, so each is small: what it shares with others is its encounter's. */
export class JudgedFlow implements Omit<Encounter, "conversationWith"> {
  readonly flow: Flow;
  readonly encounter: Encounter;
  readonly peer: ShownSide;
  /** Responder's port after any translation; -1: none. */
  readonly port: number;
  meaning: Meaning;

  constructor(flow: Flow, encounter: Encounter, peer: ShownSide, port: number, meaning: Meaning) {
    this.flow = flow;
    this.encounter = encounter;
    this.peer = peer;
    this.port = port;
    this.meaning = meaning;
  }

  get firewall(): Firewall | null {
    return this.encounter.firewall;
  }

  get firewallName(): string {
    return this.encounter.firewallName;
  }

  get host(): Host {
    return this.encounter.host;
  }

  get alsoHosts(): readonly Host[] {
    return this.encounter.alsoHosts;
  }

  get hostGuessed(): boolean {
    return this.encounter.hostGuessed;
  }

  get hostIsInitiator(): boolean {
    return this.encounter.hostIsInitiator;
  }

  get sender(): Host | null {
    return this.encounter.sender;
  }

  get matches(): Match[] {
    return this.encounter.matches;
  }

  get serves(): Match[] {
    return this.encounter.serves;
  }

  /** The peer's address as shown; a folded one as the prefix that it stands for. */
  get peerText(): string {
    const { flow, peer } = this;
    return isOfPrefix(flow) ? shownPrefix(peer.address) : peer.text;
  }

  /** Same text: the same host and peer. */
  get pair(): string {
    return `${hostKey(this.host)}|${this.peerText}`;
  }

  /** Same number: the same host, peer, protocol and port. */
  get conversation(): number {
    return this.encounter.conversationWith(this.peerText, this.port);
  }

  /** The same as another deployment sees it. */
  at(host: Host): JudgedFlow {
    return new JudgedFlow(this.flow, { ...this.encounter, host }, this.peer, this.port, this.meaning);
  }
}

/** The flow as each deployment sees it that binds the address of its host: one server may run several vendors' systems. */
export function viewsOf(judged: JudgedFlow): JudgedFlow[] {
  return [judged, ...judged.alsoHosts.map((host) => judged.at(host))];
}

/** The flow as that deployment sees it, or null where its host is none of the deployment's. */
export function viewOf(judged: JudgedFlow, deployment: number): JudgedFlow | null {
  if (judged.host.deployment === deployment) return judged;
  const host = judged.alsoHosts.find((one) => one.deployment === deployment);
  return host ? judged.at(host) : null;
}

export interface Traffic {
  site: Site;
  rows: RequirementRow[];
  judged: JudgedFlow[];
  /** Flows that concern no deployed host, for checks of the firewall itself. */
  other: SeenFlow[];
  /** Allowed packets that only answered something unneeded. */
  repliesToStrangers: ReadonlySet<JudgedFlow>;
  /** Denied audio that came before the host's own, too little to be heard. */
  firstPackets: ReadonlySet<JudgedFlow>;
  /** `sources`: by `shownKey`. */
  scanners: { packets: number; sources: Set<number | string> };
  outOfStatePackets: number;
  unrelatedPackets: number;
}

/** Whether it was allowed and is no exposure: who takes part in it has business with the host. */
export function isBusiness({ repliesToStrangers }: Pick<Traffic, "repliesToStrangers">, judged: JudgedFlow): boolean {
  return judged.flow.verdict === VERDICT_ALLOW && judged.meaning !== "unneeded" && !repliesToStrangers.has(judged);
}

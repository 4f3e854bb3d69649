/** Collects evidence into findings: one finding an id, however many flows speak for it. */
import type { Flow, LinePointer } from "../../ingest/flows/flow.ts";
import { protocolName } from "../../ingest/protocols.ts";
import type { Message, MessageValue } from "../messages/message.ts";
import type { Citation } from "../messages/vendor-text.ts";
import {
  CONFIDENCES,
  type Confidence,
  type FindingKind,
  type PlatformName,
  SEVERITIES,
  type Severity,
  type Zone,
} from "../result.ts";
import type { Firewall } from "../site/site.ts";
import type { JudgedFlow } from "../traffic/judged-flow.ts";
import { within } from "../within.ts";
import { addContext, type FindingContext } from "./finding-context.ts";
import { isWithinSet } from "./front-end.ts";

const KIND_IDS: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": "blocked",
  "open-but-unneeded": "open",
  "inspection-anomaly": "anomaly",
};

const MAX_EXAMPLES = 5;
/** So many are gathered before all but the ones to show are let go. */
const MANY_EXAMPLES = 1000;

/**
 * What a finding claims; everything else follows from its evidence. Claims of one id must agree in everything but
 * severity, with its title, reason, requirement and citation, confidence, sentBy, notes and remedyPorts, so that the order of the
 * evidence does not matter.
 */
export interface Claim {
  kind: FindingKind;
  /** The requirement, policy or check that it rests on, as its id names it. */
  subject: string;
  severity: Severity;
  confidence: Confidence;
  /** Where it names ports: a function of the ports of all the evidence. */
  title: Message | ((ports: MessageValue) => Message);
  why: Message;
  /** Who sent what was denied, as far as the evidence that makes the claim goes. */
  sentBy?: Message;
  /** Sentences that only some of the evidence supports; the finding carries all of them. */
  notes?: readonly Message[];
  catalog: string | null;
  requirement: string | null;
  policy: string | null;
  check: string | null;
  citation: Citation | null;
  /** Address or block as the site writes it, or the firewall's name where no host is concerned. */
  host: string;
  direction: "in" | "out";
  peerZone: Zone;
  /** Responder's ports that the vendor asks for, for remedies; absent: the ports of the evidence. */
  remedyPorts?: readonly (readonly [low: number, high: number])[];
  /** It is audio, which either end may begin, whatever ports make of it. */
  isMedia?: boolean;
  /** What one firewall let in, another stopped. */
  isStopped?: boolean | undefined;
  /** Some outside peers are wanted: the cure is to let in no others, not to close. */
  onlyNarrow?: boolean;
  /** The vendor wants nobody let in from outside: no exceptions are spoken of. */
  isForbidden?: boolean;
  /** Host names by which the vendor knows the peers, for remedies. */
  remedyHosts?: string;
  /** The vendor's ports for media on the host, and at its peers, for remedies. */
  mediaPorts?: readonly (readonly [low: number, high: number])[];
  peerMediaPorts?: readonly (readonly [low: number, high: number])[];
}

/** A flow that shows a claim to be true. */
export interface Witness {
  flow: Flow;
  firewall: Firewall | null;
  firewallName: string;
  /** -1: none. */
  port: number;
  peer: string;
}

export function witness(judged: JudgedFlow): Witness {
  const { flow, firewall, firewallName, port } = judged;
  return { flow, firewall, firewallName, port, peer: judged.peerText };
}

export interface FindingDraft extends Omit<Claim, "notes" | "sentBy"> {
  id: string;
  /** By their English text, as are the notes. */
  sentBy: Map<string, Message>;
  notes: Map<string, Message>;
  alsoRequiredBy: Set<string>;
  /** So is what every claim speaks of, and not only the one in whose words the finding is told. */
  isAllStopped: boolean;
  /** Since then the firewalls decided otherwise on the same traffic; null: nothing tells that it ended. */
  endedMs: number | null;
  /** Ports by transport; a transport without ports has an empty set. */
  ports: Map<string, Set<number>>;
  peers: Map<string, number>;
  count: number;
  units: Set<"packets" | "sessions">;
  firstMs: number;
  lastMs: number;
  hours: Map<number, number>;
  rules: Set<string>;
  firewalls: Map<string, PlatformName>;
  /** Each once. */
  contexts: Map<string, FindingContext>;
  /** `rank`: how severe the claim was that the line speaks for; the most severe are shown first. */
  examples: { pointer: LinePointer; firstMs: number; rank: number }[];
}

/** `blocked/swyxware/server-in-sip-udp/in/internal/10.20.0.10` */
export function findingId(claim: Claim): string {
  const parts = [
    KIND_IDS[claim.kind],
    claim.catalog ?? "firewall",
    claim.subject,
    claim.direction,
    claim.peerZone,
    claim.host,
  ];
  return parts.map((part) => part.replaceAll(/[\s/]+(?!\d)/g, "-")).join("/");
}

/** Claims that many flows make alike, each made once. */
export class SharedClaims {
  readonly #byWhole = new WeakMap<object, Map<string, Claim>>();

  /** `whole`: an object that the flows share; with `rest` it is all that the claim depends on. */
  get(whole: object, rest: string, make: () => Claim): Claim {
    const claims = this.#byWhole.get(whole) ?? new Map<string, Claim>();
    if (claims.size === 0) this.#byWhole.set(whole, claims);
    let claim = claims.get(rest);
    if (!claim) {
      claim = make();
      claims.set(rest, claim);
    }
    return claim;
  }
}

export class FindingCollector {
  readonly drafts = new Map<string, FindingDraft>();
  readonly #byClaim = new WeakMap<Claim, FindingDraft>();

  /** The only way in which judgements and checks speak: a claim, and a flow that shows it. */
  report(claim: Claim, witness: Witness): FindingDraft {
    let draft = this.#byClaim.get(claim);
    if (!draft) {
      const id = findingId(claim);
      draft = this.drafts.get(id) ?? newDraft(id, claim);
      this.drafts.set(id, draft);
      this.#byClaim.set(claim, draft);
      strengthen(draft, claim);
    }
    addEvidence(draft, witness, SEVERITIES.indexOf(claim.severity));
    return draft;
  }
}

/** A finding is as severe as its most severe evidence, in its words, and as sure as its surest. */
function strengthen(draft: FindingDraft, claim: Claim): void {
  if (speaksFirst(claim, draft)) {
    draft.severity = claim.severity;
    draft.title = claim.title;
    draft.isStopped = claim.isStopped;
    draft.why = claim.why;
    draft.requirement = claim.requirement;
    draft.citation = claim.citation;
  }
  draft.isAllStopped &&= claim.isStopped === true;
  if (CONFIDENCES.indexOf(claim.confidence) < CONFIDENCES.indexOf(draft.confidence))
    draft.confidence = claim.confidence;
  // Claims of one id may rest on different rows: what all of them ask for is to be opened.
  if (claim.remedyPorts) draft.remedyPorts = [...(draft.remedyPorts ?? []), ...claim.remedyPorts];
  if (claim.sentBy) draft.sentBy.set(claim.sentBy.text, claim.sentBy);
  for (const note of claim.notes ?? []) draft.notes.set(note.text, note);
}

/** Of equally severe claims one of what arrived, then the one whose row, then whose reason sorts first, whatever order the evidence came in. */
function speaksFirst(claim: Claim, draft: FindingDraft): boolean {
  const [rank, known] = [SEVERITIES.indexOf(claim.severity), SEVERITIES.indexOf(draft.severity)];
  if (rank !== known) return rank < known;
  if (claim.isStopped !== draft.isStopped) return draft.isStopped === true;
  const [row, knownRow] = [claim.requirement ?? "", draft.requirement ?? ""];
  return row === knownRow ? claim.why.text < draft.why.text : row < knownRow;
}

/** A finding without evidence yet. */
export function newDraft(id: string, claim: Claim): FindingDraft {
  const { remedyPorts: _, sentBy: __, ...rest } = claim;
  return {
    ...rest,
    id,
    sentBy: new Map(),
    notes: new Map(),
    alsoRequiredBy: new Set(),
    isAllStopped: claim.isStopped === true,
    endedMs: null,
    ports: new Map(),
    peers: new Map(),
    count: 0,
    units: new Set(),
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    hours: new Map(),
    rules: new Set(),
    firewalls: new Map(),
    contexts: new Map(),
    examples: [],
  };
}

function addEvidence(draft: FindingDraft, witness: Witness, rank: number): void {
  const { flow, firewallName, firewall, port, peer } = witness;
  const { context } = flow;
  const platform = firewall?.platform ?? context.platform;
  // A firewall's word on its own state names no packet.
  if (flow.protocol >= 0) {
    const transport = protocolName(flow.protocol) ?? String(flow.protocol);
    const ports = within(draft.ports, transport, () => new Set<number>());
    if (port >= 0) ports.add(port);
    draft.peers.set(peer, (draft.peers.get(peer) ?? 0) + flow.count);
  }
  draft.count += flow.count;
  draft.units.add(context.unit);
  if (flow.firstMs < draft.firstMs) draft.firstMs = flow.firstMs;
  if (flow.lastMs > draft.lastMs) draft.lastMs = flow.lastMs;
  for (const [hour, count] of flow.hours()) draft.hours.set(hour, (draft.hours.get(hour) ?? 0) + count);
  const rule = ruleName(flow);
  if (rule) draft.rules.add(rule);
  draft.firewalls.set(firewallName, platform);
  addContext(draft, witness, platform, rule);
  for (const pointer of flow.examples()) draft.examples.push({ pointer, firstMs: flow.firstMs, rank });
  if (draft.examples.length > MANY_EXAMPLES) draft.examples = earliest(draft.examples);
}

/** Those to show: of the most severe evidence the earliest. */
export function earliest(examples: FindingDraft["examples"]): FindingDraft["examples"] {
  return examples
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.firstMs || 0) - (b.firstMs || 0) ||
        a.pointer.input - b.pointer.input ||
        a.pointer.line - b.pointer.line,
    )
    .slice(0, MAX_EXAMPLES);
}

/** The rule's lasting identity: never a number that shifts when rules are added, nor one that another set of rules has too. */
function ruleName(flow: Flow): string {
  const { ruleUuid, ruleId, ruleName: name } = flow.context;
  return ruleUuid || (isWithinSet(flow.context) ? name : ruleId || name);
}

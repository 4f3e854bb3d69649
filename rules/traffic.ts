/**
 * Flows as a site sees them: which side is a deployed host, in which zone the peer lies, which requirements fit, and
 * what the denial or the permission means. Everything after this works on judged flows, never on raw ones.
 */
import {
  type AddressWords,
  formatAddress,
  isMulticastOrBroadcast,
  isPrivateAddress,
  isUnspecified,
} from "../ingest/address.ts";
import { type Flow, FOLD_PREFIX, FOLD_PRIVATE, FOLD_PUBLIC } from "../ingest/flow.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../ingest/record.ts";
import { answersOf } from "./answers.ts";
import { Conversations } from "./conversations.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { matchRows } from "./match.ts";
import { allowedMeaning, conversationKey, deniedMeaning, peerKey, peerText } from "./meaning.ts";
import { Openers } from "./openers.ts";
import { callersFrom, ownerOf, type Target, targetsOf } from "./outside-address.ts";
import { isInside } from "./parties.ts";
import { type Place, Places } from "./places.ts";
import type { PreparedSite } from "./selection.ts";
import type { Firewall } from "./site.ts";
import { Zones } from "./zones.ts";

/** A flow and the firewall that wrote its lines. */
interface Seen {
  flow: Flow;
  firewall: Firewall | null;
  firewallName: string;
}

/** The requirements that a flow fits, shared by all flows that they cannot tell apart. */
type Matches = Pick<JudgedFlow, "matches" | "serves">;

/** More than there are ways in which requirements can see an address. */
const MAX_PROFILES = 1_000_000;

/** Judges every flow; the flows may come in any order. */
export function judgeTraffic(prepared: PreparedSite, flows: Iterable<Flow>): Traffic {
  return new TrafficJudge(prepared).judge(flows);
}

class TrafficJudge {
  readonly #prepared: PreparedSite;
  readonly #zones: Zones;
  readonly #places: Places;
  /** By the profiles of both sides, then by protocol and ports. */
  readonly #matches = new Map<number, Map<number, Matches>>();
  /** Whom packets to outside addresses are meant for, once all of #seenAt is known. */
  readonly #targets = new Map<Firewall, Map<string, Map<number, Target[]>>>();
  readonly #traffic: Traffic;
  /** Deployed hosts that a firewall's own lines name, by the firewall's name. */
  readonly #seenAt = new Map<string, Set<string>>();
  readonly #conversations = new Conversations();

  constructor(prepared: PreparedSite) {
    this.#prepared = prepared;
    this.#zones = new Zones(prepared.site);
    this.#places = new Places(prepared, this.#zones);
    this.#traffic = {
      site: prepared.site,
      rows: prepared.rows,
      judged: [],
      other: [],
      scanners: { packets: 0, sources: new Set() },
      outOfStatePackets: 0,
      unrelatedPackets: 0,
    };
  }

  judge(flows: Iterable<Flow>): Traffic {
    const traffic = this.#traffic;
    const toOutside: Seen[] = [];
    for (const flow of flows) {
      const firewall = this.#zones.firewallOf(flow.context);
      const seen = { flow, firewall, firewallName: firewall?.name ?? (flow.context.observer || flow.context.platform) };
      if (this.#isToOutside(seen)) toOutside.push(seen);
      else if (!this.#judgeDirect(seen)) this.#countOther(seen);
    }
    // Only now is it known which hosts a firewall's lines show.
    const isAllowed = ({ flow }: Seen) => flow.verdict === VERDICT_ALLOW;
    for (const seen of toOutside.filter(isAllowed)) if (!this.#judgeForwarded(seen)) this.#countOther(seen);
    const open = this.#allow();
    // And only now, which conversations its hosts opened.
    const openers = new Openers(traffic.judged);
    for (const seen of toOutside) {
      if (!isAllowed(seen) && !this.#judgeForwarded(seen) && !this.#judgeReturn(seen, openers)) this.#countOther(seen);
    }
    this.#deny(open);
    return traffic;
  }

  /** Whether the packets were sent to an outside address of a firewall, not translated yet. */
  #isToOutside({ flow, firewall }: Seen): boolean {
    if (this.#prepared.site.firewalls.length === 0 || flow.destinationTranslated) return false;
    const receiver = flow.reply ? flow.initiator : flow.responder;
    return ownerOf(this.#prepared, firewall, receiver) !== null;
  }

  #judgeDirect(seen: Seen): boolean {
    const { flow, firewall } = seen;
    if (isFolded(flow.initiatorFold) || isFolded(flow.responderFold) || isMulticastOrBroadcast(flow.responder))
      return false;
    const { ingress, egress } = flow.context;
    const initiator = this.#places.at(flow.initiator, firewall, flow.reply ? egress : ingress);
    const responder = this.#places.at(flow.responder, firewall, flow.reply ? ingress : egress);
    if (initiator.host || responder.host) {
      const seenHere = within(this.#seenAt, seen.firewallName, () => new Set());
      if (initiator.host) seenHere.add(initiator.text);
      if (responder.host) seenHere.add(responder.text);
    }
    return this.#judge(seen, initiator, responder, flow.responderPort);
  }

  #judgeForwarded(seen: Seen): boolean {
    const { flow, firewall, firewallName } = seen;
    const owner = flow.reply ? null : ownerOf(this.#prepared, firewall, flow.responder);
    if (!owner) return false;
    const { egress, ingress } = flow.context;
    const initiator = this.#places.at(flow.initiator, firewall, flow.reply ? egress : ingress);
    let isJudged = false;
    for (const { address, port, guessed } of this.#targetsOf(flow, owner, firewallName))
      isJudged = this.#judge(seen, initiator, this.#places.at(address, null, ""), port, guessed) || isJudged;
    return isJudged;
  }

  #targetsOf(flow: Flow, owner: Firewall, firewallName: string): Target[] {
    const known = within(
      within(this.#targets, owner, () => new Map()),
      firewallName,
      () => new Map(),
    );
    const service = (flow.responderId * 257 + flow.protocol + 1) * 65_537 + flow.responderPort + 1;
    return within(known, service * 3 + flow.verdict, () =>
      targetsOf(
        this.#prepared,
        flow,
        owner,
        (address) => this.#seenAt.get(firewallName)?.has(formatAddress(address)) === true,
      ),
    );
  }

  /** An answer to a conversation that a deployed host opened and that was translated on the way out. */
  #judgeReturn(seen: Seen, all: Openers): boolean {
    const { flow, firewall } = seen;
    if (!flow.reply || flow.outOfState || flow.verdict !== VERDICT_DENY) return false;
    const responder = this.#places.at(flow.responder, firewall, flow.context.ingress);
    const openers = all.of(flow, seen.firewallName);
    // Where no line shows the opening, a provider still answers nobody but the host whose port it is.
    const guessed = openers.length === 0 && responder.zone === "provider";
    for (const address of guessed ? callersFrom(this.#prepared, flow) : openers)
      this.#judge(seen, this.#places.at(address, null, ""), responder, flow.responderPort, guessed);
    return guessed || openers.length > 0;
  }

  /** Adds the flow as judged, meaning still open; false where neither side is a deployed host. */
  #judge(seen: Seen, initiator: Place, responder: Place, port: number, hostGuessed = false): boolean {
    const host = responder.host ?? initiator.host;
    if (!host) return false;
    const { flow } = seen;
    const hostIsInitiator = responder.host === null;
    const peer = hostIsInitiator ? responder : initiator;
    const text = textOf(peer, flow);
    const sender = flow.reply ? responder : initiator;
    const { matches, serves } = this.#matchesOf(flow, initiator, responder, port);
    this.#traffic.judged.push({
      ...seen,
      host,
      alsoHosts: (hostIsInitiator ? initiator : responder).alsoHosts,
      hostGuessed,
      hostIsInitiator,
      peer,
      peerText: text,
      conversation: this.#conversations.numberOf(host, hostIsInitiator, text, flow.protocol, port),
      sender: sender.host,
      port,
      matches,
      serves,
      meaning: "no-verdict",
    });
    return true;
  }

  #matchesOf(flow: Flow, initiator: Place, responder: Place, port: number): Matches {
    const ports = flow.initiatorPorts;
    const sides = initiator.profile * MAX_PROFILES + responder.profile;
    const byConversation = within(this.#matches, sides, () => new Map());
    const key = (flow.protocol * 65_537 + port + 1) * 65_537 + (ports?.[0] ?? -1) + 1;
    let known = byConversation.get(key);
    if (!known) {
      const matches = matchRows(this.#prepared.rows, {
        protocol: flow.protocol,
        initiator,
        responder,
        responderPort: port,
        initiatorPorts: ports,
      });
      const serves = matches.filter((match) => match.row.applies !== false && !match.outOfScope);
      known = { matches, serves };
      byConversation.set(key, known);
    }
    return known;
  }

  /** What was allowed, and by it: who is a partner, and which conversations are open. */
  #allow(): { partners: Set<string>; conversations: Set<number> } {
    const partners = new Set<string>();
    const conversations = new Set<number>();
    const answers = answersOf(this.#traffic.judged);
    for (const judged of this.#traffic.judged) {
      if (judged.flow.verdict !== VERDICT_ALLOW) continue;
      judged.meaning = answers.has(judged) && !isInside(judged.peer.zone) ? "neutral" : allowedMeaning(judged);
      if (judged.meaning === "unneeded") continue;
      partners.add(peerKey(judged));
      conversations.add(conversationKey(judged));
    }
    return { partners, conversations };
  }

  /** What a denial means depends on what was allowed elsewhere in the logs. */
  #deny({ partners, conversations }: { partners: Set<string>; conversations: Set<number> }): void {
    const counted = new Set<number>();
    for (const judged of this.#traffic.judged) {
      const { flow } = judged;
      if (flow.verdict !== VERDICT_DENY) continue;
      judged.meaning = deniedMeaning(judged, partners, conversations);
      const isScanner = judged.meaning === "scanner";
      if (!isScanner && judged.meaning !== "out-of-state") continue;
      // A packet that could be meant for several hosts is judged for each, and is still one packet.
      const once = flow.index * 2 + (isScanner ? 1 : 0);
      if (counted.has(once)) continue;
      counted.add(once);
      if (isScanner) this.#countScanner(flow, judged.peerText);
      else this.#traffic.outOfStatePackets += flow.count;
    }
  }

  #countScanner(flow: Flow, source: string): void {
    this.#traffic.scanners.packets += flow.count;
    this.#traffic.scanners.sources.add(source);
  }

  #countOther(seen: Seen): void {
    const meaning = this.#otherMeaning(seen);
    this.#traffic.other.push({ ...seen, meaning });
    const { flow } = seen;
    if (meaning === "scanner") this.#countScanner(flow, peerText(senderOf(flow), flow));
    else if (meaning === "out-of-state") this.#traffic.outOfStatePackets += flow.count;
    else this.#traffic.unrelatedPackets += flow.count;
  }

  #otherMeaning({ flow, firewall }: Seen): Traffic["other"][number]["meaning"] {
    if (flow.verdict !== VERDICT_DENY) return "unrelated";
    if (flow.outOfState) return "out-of-state";
    // Denied at one of the firewall's own outside addresses, on a port of the catalogs.
    const isKnock =
      flow.responderPort >= 0 &&
      flow.initiatorFold !== FOLD_PUBLIC &&
      isPublicSide(flow.initiator, flow.initiatorFold) &&
      isPublicSide(flow.responder, flow.responderFold);
    // Not kept as a place: there may be as many as there are flows.
    const isFromInternet = () => this.#zones.zoneOf(senderOf(flow), firewall, flow.context.ingress) === "internet";
    return isKnock && isFromInternet() ? "scanner" : "unrelated";
  }
}

function senderOf(flow: Flow): AddressWords {
  return flow.reply ? flow.responder : flow.initiator;
}

/** The peer as shown; a folded one as the prefix that it stands for. */
function textOf(peer: Place, flow: Flow): string {
  const isPrefix = flow.initiatorFold === FOLD_PREFIX || flow.responderFold === FOLD_PREFIX;
  return isPrefix ? peerText(peer.address, flow) : peer.text;
}

/** The map's value of the key, made by `make` where it has none. */
function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function isFolded(fold: number): boolean {
  return fold === FOLD_PRIVATE || fold === FOLD_PUBLIC;
}

function isPublicSide(address: AddressWords, fold: number): boolean {
  if (isFolded(fold)) return fold === FOLD_PUBLIC;
  return !isUnspecified(address) && !isMulticastOrBroadcast(address) && !isPrivateAddress(address);
}

/**
 * Flows as a site sees them: which side is a deployed host, in which zone the peer lies, which requirements fit, and
 * what the denial or the permission means. Everything after this works on judged flows, never on raw ones.
 */
import { type AddressWords, formatAddress, isMulticastOrBroadcast, isPublicAddress } from "../../ingest/address.ts";
import { type Flow, type FlowContext, FOLD_PRIVATE, FOLD_PUBLIC } from "../../ingest/flows/flow.ts";
import { INSPECTION_NONE, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { type Peers, peersOf } from "../inspection/peers.ts";
import type { PreparedSite } from "../matching/selection.ts";
import { shownKey } from "../messages/shown-address.ts";
import { callersFrom, ownerOf, type Target, targetsOf } from "../site/outside-address.ts";
import { isInside } from "../site/parties.ts";
import { type Place, Places, type PlacesBehind } from "../site/places.ts";
import { type Firewall, isOutsideAddress } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import { newMap, within } from "../within.ts";
import { answersOf, repliesToStrangers } from "./answers.ts";
import { Encounters } from "./encounters.ts";
import { firstPacketsOf } from "./first-packets.ts";
import { receiverOf, senderOf } from "./flow-ends.ts";
import { type Device, isBusiness, JudgedFlow, SeenFlow, type Traffic } from "./judged-flow.ts";
import { lateAnswerTo } from "./late-answers.ts";
import { allowedMeaning, deniedMeaning } from "./meaning.ts";
import { Openers } from "./openers.ts";
import { isWanted } from "./policy-wishes.ts";

/** What lies on both sides of a device, as lines of one kind tell of it. */
interface View extends Device {
  /** Toward the side whose packets the lines count, and toward the other. */
  from: PlacesBehind;
  to: PlacesBehind;
}

/** Judges every flow; the flows may come in any order. */
export function judgeTraffic(prepared: PreparedSite, flows: Iterable<Flow>): Traffic {
  return new TrafficJudge(prepared).judge(flows);
}

class TrafficJudge {
  readonly #prepared: PreparedSite;
  readonly #zones: Zones;
  readonly #places: Places;
  readonly #encounters: Encounters;
  /** Whom packets to outside addresses are meant for, once all of #seenAt is known. */
  readonly #targets = new Map<Firewall, Map<string, Map<number, Target[]>>>();
  readonly #traffic: Traffic;
  /** Deployed hosts that a firewall's own lines name, by the firewall's name. */
  readonly #seenAt = new Map<string, Set<string>>();
  readonly #views = new Map<FlowContext, View>();
  /** What no interface tells of. */
  readonly #anywhere: PlacesBehind;

  constructor(prepared: PreparedSite) {
    this.#prepared = prepared;
    this.#zones = new Zones(prepared.site);
    this.#places = new Places(prepared, this.#zones);
    this.#anywhere = this.#places.behind(null, "");
    this.#encounters = new Encounters(prepared);
    this.#traffic = {
      site: prepared.site,
      rows: prepared.rows,
      judged: [],
      other: [],
      repliesToStrangers: new Set(),
      firstPackets: new Set(),
      scanners: { packets: 0, sources: new Set() },
      outOfStatePackets: 0,
      unrelatedPackets: 0,
    };
  }

  judge(flows: Iterable<Flow>): Traffic {
    const traffic = this.#traffic;
    const toOutside: SeenFlow[] = [];
    const others: SeenFlow[] = [];
    for (const flow of flows) {
      const seen = new SeenFlow(flow, this.#viewOf(flow));
      if (this.#isToOutside(seen)) toOutside.push(seen);
      else if (!this.#judgeDirect(seen)) others.push(seen);
    }
    // Only now is it known which hosts a firewall's lines show.
    const isAllowed = ({ flow }: SeenFlow) => flow.verdict === VERDICT_ALLOW;
    for (const seen of toOutside.filter(isAllowed)) if (!this.#judgeForwarded(seen)) others.push(seen);
    const partners = this.#allow();
    // And only now, which conversations its hosts opened.
    const peers = peersOf(traffic);
    const openers = new Openers(traffic.judged, toOutside.filter(mayAnswer));
    for (const seen of toOutside) {
      if (!isAllowed(seen) && !this.#judgeForwarded(seen) && !this.#judgeReturn(seen, openers)) others.push(seen);
    }
    for (const seen of others) this.#countOther(seen, peers);
    this.#deny(partners);
    return traffic;
  }

  #viewOf({ context }: Flow): View {
    return within(this.#views, context, () => {
      const firewall = this.#zones.firewallOf(context);
      return {
        firewall,
        firewallName: this.#zones.nameOf(context),
        from: this.#places.behind(firewall, context.ingress),
        to: this.#places.behind(firewall, context.egress),
      };
    });
  }

  /** Whether the packets were sent to an outside address of a firewall, not translated yet. */
  #isToOutside({ flow, firewall }: SeenFlow): boolean {
    if (this.#prepared.site.firewalls.length === 0 || flow.destinationTranslated) return false;
    return ownerOf(this.#prepared, firewall, receiverOf(flow)) !== null;
  }

  #judgeDirect(seen: SeenFlow): boolean {
    const { flow } = seen;
    if (isFolded(flow.initiatorFold) || isFolded(flow.responderFold)) return false;
    if (isMulticastOrBroadcast(flow.responder) || this.#zones.isBroadcast(flow.responder)) return false;
    const { from, to } = this.#viewOf(flow);
    const initiator = (flow.reply ? to : from).at(flow.initiator);
    const responder = (flow.reply ? from : to).at(flow.responder);
    if (initiator.host || responder.host) {
      const seenHere = within(this.#seenAt, seen.firewallName, () => new Set());
      if (initiator.host) seenHere.add(initiator.text);
      if (responder.host) seenHere.add(responder.text);
    }
    return this.#judge(seen, initiator, responder, flow.responderPort);
  }

  #judgeForwarded(seen: SeenFlow): boolean {
    const { flow, firewall, firewallName } = seen;
    const owner = flow.reply ? null : ownerOf(this.#prepared, firewall, flow.responder);
    if (!owner) return false;
    const { from } = this.#viewOf(flow);
    // Where forwards are listed, what none of them hands on is the firewall's own, unless the site's own provider misses one.
    const mayGuess = owner.forwards.length === 0 || this.#zones.zoneOf(flow.initiator, null, "") === "provider";
    let isJudged = false;
    for (const { address, port, guessed } of this.#targetsOf(flow, owner, firewallName)) {
      if (guessed && !mayGuess) continue;
      const initiator = from.at(flow.initiator);
      isJudged = this.#judge(seen, initiator, this.#anywhere.at(address), port, guessed) || isJudged;
    }
    return isJudged;
  }

  #targetsOf(flow: Flow, owner: Firewall, firewallName: string): Target[] {
    const byName = within(this.#targets, owner, newMap<string, Map<number, Target[]>>);
    const known = within(byName, firewallName, newMap<number, Target[]>);
    const service = (flow.responderId * 257 + flow.protocol + 1) * 65_537 + flow.responderPort + 1;
    return within(known, service * 3 + flow.verdict, () => {
      const isSeen = (address: AddressWords) => this.#seenAt.get(firewallName)?.has(formatAddress(address)) === true;
      return this.#unlike(targetsOf(this.#prepared, flow, owner, isSeen), ({ address }) => address);
    });
  }

  /**
   * Of hosts that no requirement tells apart the first: a packet is meant for one of them. A hundred telephones that are
   * bound one by one would else be a hundred guesses at each knock.
   */
  #unlike<T>(candidates: readonly T[], addressOf: (candidate: T) => AddressWords): T[] {
    const byProfile = new Map<number, T>();
    for (const one of candidates) within(byProfile, this.#anywhere.at(addressOf(one)).profile, () => one);
    return [...byProfile.values()];
  }

  /** An answer to a conversation that a deployed host opened and that was translated on the way out. */
  #judgeReturn(seen: SeenFlow, all: Openers): boolean {
    if (!mayAnswer(seen)) return false;
    const { flow } = seen;
    const responder = this.#viewOf(flow).from.at(flow.responder);
    const openers = all.of(seen);
    // Where no line shows the opening, a provider still answers nobody but the host whose port it is.
    const guessed = openers.length === 0 && responder.zone === "provider";
    let isJudged = false;
    const callers = guessed ? this.#unlike(callersFrom(this.#prepared, flow), (address) => address) : openers;
    for (const address of callers) {
      const opener = this.#anywhere.at(address);
      isJudged = this.#judge(seen, opener, responder, flow.responderPort, guessed) || isJudged;
    }
    return isJudged;
  }

  /** Adds the flow as judged, meaning still open; false where neither side is a deployed host. */
  #judge(seen: SeenFlow, initiator: Place, responder: Place, port: number, hostGuessed = false): boolean {
    if (!responder.host && !initiator.host) return false;
    const { flow, device } = seen;
    const encounter = this.#encounters.of(flow, device, { initiator, responder, port, hostGuessed });
    const peer = responder.host === null ? responder : initiator;
    this.#traffic.judged.push(new JudgedFlow(flow, encounter, peer, port, "no-verdict"));
    return true;
  }

  /** What was allowed, and by it: who is a partner. */
  #allow(): Set<string> {
    const partners = new Set<string>();
    const { site, judged } = this.#traffic;
    const answers = answersOf(judged, VERDICT_ALLOW, (sent) => isWanted(site, sent));
    for (const one of judged) {
      if (one.flow.verdict !== VERDICT_ALLOW) continue;
      one.meaning = answers.has(one) && !isInside(one.peer.zone) ? "neutral" : allowedMeaning(site, one);
    }
    this.#traffic.repliesToStrangers = repliesToStrangers(judged);
    for (const one of judged) if (isBusiness(this.#traffic, one)) partners.add(one.peerText);
    return partners;
  }

  /** What a denial means depends on what was allowed elsewhere in the logs. */
  #deny(partners: ReadonlySet<string>): void {
    const { site } = this.#traffic;
    const isOpen = openConversations(this.#traffic);
    const late = answersOf(this.#traffic.judged, VERDICT_DENY, (sent) => isWanted(site, sent));
    const early = firstPacketsOf(this.#traffic.judged);
    this.#traffic.firstPackets = early;
    // A packet that could be meant for several hosts is judged for each, one after another, and is still one packet.
    let lastScanner = -1;
    let lastOutOfState = -1;
    for (const judged of this.#traffic.judged) {
      const { flow } = judged;
      if (flow.verdict !== VERDICT_DENY) continue;
      const isAnswer = late.has(judged) || early.has(judged);
      judged.meaning = deniedMeaning(judged, { site, partners, isOpen, isAnswer });
      if (judged.meaning === "scanner") {
        if (flow.index !== lastScanner) this.#countScanner(flow, judged.peer.address);
        lastScanner = flow.index;
      } else if (judged.meaning === "out-of-state") {
        if (flow.index !== lastOutOfState) this.#traffic.outOfStatePackets += flow.count;
        lastOutOfState = flow.index;
      }
    }
  }

  #countScanner(flow: Flow, source: AddressWords): void {
    this.#traffic.scanners.packets += flow.count;
    this.#traffic.scanners.sources.add(shownKey(source, flow));
  }

  #countOther(seen: SeenFlow, peers: Peers): void {
    seen.meaning = lateAnswerTo(seen, peers) ? "return-leg" : this.#otherMeaning(seen, peers);
    this.#traffic.other.push(seen);
    const { flow } = seen;
    if (seen.meaning === "scanner") this.#countScanner(flow, senderOf(flow));
    else if (seen.meaning === "out-of-state") this.#traffic.outOfStatePackets += flow.count;
    else if (seen.meaning !== "return-leg") this.#traffic.unrelatedPackets += flow.count;
  }

  #otherMeaning({ flow, firewall, firewallName }: SeenFlow, peers: Peers): SeenFlow["meaning"] {
    if (flow.verdict !== VERDICT_DENY) return "unrelated";
    if (flow.outOfState) return "out-of-state";
    // Denied at one of the firewall's own outside addresses; a flood may have left nothing of who it was.
    const isKnock =
      flow.responderPort >= 0 &&
      isPublicSide(flow.initiator, flow.initiatorFold) &&
      isPublicSide(flow.responder, flow.responderFold);
    if (!isKnock) return "unrelated";
    // Not kept as a place: there may be as many as there are flows.
    const zone = this.#zones.zoneOf(senderOf(flow), firewall, flow.context.ingress);
    if (flow.inspection !== INSPECTION_NONE) return isInside(zone) ? "unrelated" : "inspection";
    if (zone !== "internet" || this.#isOurs(senderOf(flow))) return "unrelated";
    return peers.sipToward(senderOf(flow), firewallName).length > 0 ? "unrelated" : "scanner";
  }

  /** Whether it is an outside address of the site's: packets from there were translated on their way out. */
  #isOurs(address: AddressWords): boolean {
    return this.#prepared.site.firewalls.some((one) => isOutsideAddress(one, address));
  }
}

/** Whether the packets look like an answer that was denied. */
function mayAnswer({ flow }: SeenFlow): boolean {
  return flow.reply && !flow.outOfState && flow.verdict === VERDICT_DENY;
}

/** Whether a conversation was allowed that is no exposure. Few are asked for: those with a denied packet back. */
function openConversations(traffic: Traffic): (conversation: number) => boolean {
  const { judged } = traffic;
  const asked = new Set<number>();
  for (const one of judged) if (one.flow.reply && one.flow.verdict === VERDICT_DENY) asked.add(one.conversation);
  const open = new Set<number>();
  for (const one of asked.size > 0 ? judged : []) {
    if (!isBusiness(traffic, one)) continue;
    if (asked.has(one.conversation)) open.add(one.conversation);
  }
  return (conversation) => open.has(conversation);
}

function isFolded(fold: number): boolean {
  return fold === FOLD_PRIVATE || fold === FOLD_PUBLIC;
}

function isPublicSide(address: AddressWords, fold: number): boolean {
  if (isFolded(fold)) return fold === FOLD_PUBLIC;
  return isPublicAddress(address);
}

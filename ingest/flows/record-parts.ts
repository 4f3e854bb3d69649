/** What a flow keeps of a record: who opened the conversation, and of both sides as much as rules can tell apart. */
import { type AddressWords, isIpv4, isMulticastOrBroadcast, isPrivateAddress, maskAddress } from "../address.ts";
import { TCP } from "../protocols.ts";
import { INSPECTION_NONE, type LogRecord, TCP_FIN, TCP_RST, VERDICT_ALLOW, VERDICT_DENY } from "../record.ts";
import { looksLikeMedia, MEDIA_BLOCK_PORTS } from "../speech.ts";
import { FOLD_EXACT, FOLD_PREFIX, FOLD_PRIVATE, FOLD_PUBLIC, type Fold } from "./flow.ts";
import type { FlowSelector } from "./flow-selection.ts";
import { DESTINATION_CERTAIN, DESTINATION_LIKELY, type Initiator, initiatorOf, SOURCE_CERTAIN } from "./initiator.ts";

/** Stands for all ports of an outside address that nobody serves; a reserved port, so that no packet is ever sent to it. */
const ANY_UNSERVED_PORT = 0;

/** Leading bits of the 128-bit form by which a sketch tells the Internet's networks apart. */
const SKETCHED_BITS = { v4: 104, v6: 16 };

/** One is reused for all records. */
export class RecordParts {
  readonly #selector: FlowSelector;
  readonly #network: AddressWords = new Uint32Array(4);
  /** The record's own addresses, or the network that stands for one. */
  initiator: AddressWords = new Uint32Array(4);
  responder: AddressWords = new Uint32Array(4);
  initiatorFold: Fold = FOLD_EXACT;
  responderFold: Fold = FOLD_EXACT;
  /** -1: none, or not worth telling apart. */
  responderPort = -1;
  /** Lowest port of the initiator's class, -1: none. */
  initiatorLow = -1;
  reply = false;
  certain = false;
  dscp = -1;
  closing = false;
  /** False leaves out of the context what only a judged flow needs. */
  inFull = true;

  constructor(selector: FlowSelector) {
    this.#selector = selector;
  }

  /** `knownOpener`: who opened the conversation, where that is known without the record's ports. */
  read(record: LogRecord, knownOpener: Initiator | null): void {
    const selector = this.#selector;
    const destination = record.hasDestinationNat ? record.destinationNat : record.destination;
    const destinationPort = record.destinationNatPort >= 0 ? record.destinationNatPort : record.destinationPort;
    const sourceIndex = record.ipVersion === 0 ? -1 : selector.hostIndex(record.source);
    const destinationIndex = record.ipVersion === 0 ? -1 : selector.hostIndex(destination);
    const opener = knownOpener ?? initiatorOf(record, selector, sourceIndex, destinationIndex);
    const reply = opener === DESTINATION_CERTAIN || opener === DESTINATION_LIKELY;
    this.initiator = reply ? destination : record.source;
    this.responder = reply ? record.source : destination;
    this.responderPort = reply ? record.sourcePort : destinationPort;
    this.reply = reply;
    this.certain = opener === SOURCE_CERTAIN || opener === DESTINATION_CERTAIN;
    this.initiatorFold = FOLD_EXACT;
    this.responderFold = FOLD_EXACT;
    this.initiatorLow = -1;
    this.dscp = -1;
    this.closing = false;
    this.inFull = true;
    if (record.ipVersion === 0) return;
    if (selector.selection.sketch) {
      this.#sketch(record);
      return;
    }
    const concerned =
      selector.isJudged(sourceIndex) ||
      selector.isJudged(destinationIndex) ||
      (record.hasDestinationNat && selector.isJudged(selector.hostIndex(record.destination)));
    const isAtOutside = concerned && sourceIndex < 0 && selector.isOutside(destinationIndex);
    const isKnock = isAtOutside && this.#isKnock(record, opener, destinationIndex);
    this.inFull = concerned && !isKnock;
    if (isKnock) this.responderPort = ANY_UNSERVED_PORT;
    else if (isAtOutside && isStray(record) && (reply || !this.#isServed(record, destinationIndex))) {
      // Which peer's connection the firewall has forgotten says nothing of any host behind it.
      if (reply) this.responderFold = classOf(this.responder);
      else this.initiatorFold = classOf(this.initiator);
      this.responderPort = -1;
    } else if (concerned) {
      this.initiatorLow = selector.classLow(record.protocol, reply ? destinationPort : record.sourcePort);
      this.dscp = record.dscp;
      this.closing = record.outOfState && record.tcpFlags > 0 && (record.tcpFlags & (TCP_FIN | TCP_RST)) !== 0;
    } else this.#foldUnconcerned(reply ? destinationPort : record.sourcePort, record);
  }

  /**
   * Whether a connection was denied at one of a firewall's own addresses on a port that nobody serves. Nothing is judged
   * by such a port, and scanners try them all: kept apart, they were two thirds of a week's flows (PERFORMANCE.md).
   */
  #isKnock(record: LogRecord, opener: Initiator, destinationIndex: number): boolean {
    return (
      record.verdict === VERDICT_DENY &&
      record.protocol === TCP &&
      opener === SOURCE_CERTAIN &&
      !record.outOfState &&
      !record.hasDestinationNat &&
      record.inspection === INSPECTION_NONE &&
      !this.#isServed(record, destinationIndex)
    );
  }

  /** Whether some host behind the outside address answers on the TCP port, or on any. */
  #isServed({ destination, destinationPort }: LogRecord, destinationIndex: number): boolean {
    const selector = this.#selector;
    return (
      selector.isService(destinationIndex, destination, TCP, destinationPort) ||
      selector.isService(destinationIndex, destination, TCP, ANY_UNSERVED_PORT)
    );
  }

  /**
   * Who is inside, on which watched ports somebody answers, who speaks SIP with whom, and at which public addresses the
   * Internet was denied. Everybody else outside is one of some hundred networks.
   */
  #sketch({ verdict }: LogRecord): void {
    const { initiator, responder, responderPort } = this;
    const [from, to] = [classOf(initiator), classOf(responder)];
    const isAllowed = verdict === VERDICT_ALLOW;
    const isSip = isAllowed && this.#selector.isSipPort(responderPort);
    const isKnock = from === FOLD_PUBLIC && verdict === VERDICT_DENY;
    this.inFull = false;
    if (from === FOLD_PUBLIC && !isSip) {
      this.#network.set(initiator);
      maskAddress(this.#network, isIpv4(initiator) ? SKETCHED_BITS.v4 : SKETCHED_BITS.v6);
      this.initiator = this.#network;
      this.initiatorFold = FOLD_PREFIX;
    }
    if (to === FOLD_PUBLIC && !isSip && !isKnock && !isMulticastOrBroadcast(responder))
      this.responderFold = FOLD_PUBLIC;
    if (!isAllowed || !this.#selector.isWatched(responderPort)) this.responderPort = -1;
  }

  /** Traffic of no deployed host keeps only what a site may still want to know of it. */
  #foldUnconcerned(initiatorPort: number, record: LogRecord): void {
    const { responderPort } = this;
    const from = classOf(this.initiator);
    const to = classOf(this.responder);
    this.initiatorFold = from;
    this.responderFold = to;
    if (record.verdict === VERDICT_DENY) {
      // Who knocked at one of the firewall's outside addresses is worth knowing one by one; behind another router that
      // translates they are private.
      const isKnock = from === FOLD_PUBLIC && to === FOLD_PUBLIC && this.#selector.isWatched(responderPort);
      if (isKnock || (from !== to && this.#selector.isSipPort(responderPort))) {
        this.initiatorFold = FOLD_EXACT;
        this.responderFold = FOLD_EXACT;
        return;
      }
    } else if (this.#selector.isSipPort(responderPort)) {
      // An inside host that answers SIP or calls it outside may be a phone system that nobody declared; where both have
      // public addresses (IPv6, a public DMZ), only interfaces tell which of them is inside.
      if (from === FOLD_PRIVATE || to === FOLD_PUBLIC) this.initiatorFold = FOLD_EXACT;
      if (to === FOLD_PRIVATE || from === FOLD_PUBLIC) this.responderFold = FOLD_EXACT;
      return;
    } else if ((from === FOLD_PRIVATE || to === FOLD_PRIVATE) && looksLikeMedia(record, initiatorPort, responderPort)) {
      // So may one that carries audio. Telephones talk to each other too: every pair of them would be a flow.
      if (to === FOLD_PRIVATE) this.responderFold = FOLD_EXACT;
      else this.initiatorFold = FOLD_EXACT;
      this.responderPort = responderPort - (responderPort % MEDIA_BLOCK_PORTS);
      return;
    }
    this.responderPort = -1;
  }
}

/** The class that an address is folded into which concerns no deployed host. */
function classOf(address: AddressWords): Fold {
  return isPrivateAddress(address) ? FOLD_PRIVATE : FOLD_PUBLIC;
}

/** Whether it is a late packet of a TCP connection that the firewall no longer knows. */
function isStray(record: LogRecord): boolean {
  return record.outOfState && record.verdict === VERDICT_DENY && record.protocol === TCP && !record.hasDestinationNat;
}

/** Which requirements a conversation serves. */
import type { AddressWords } from "../../ingest/address.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import type { Zone } from "../result.ts";
import {
  FITS_BOUND,
  FITS_BY_MEANING,
  FITS_NOT,
  type Fit,
  fitOf,
  isBoundBy,
  isInside,
  type Party,
} from "../site/parties.ts";
import { isPlausiblePort } from "./application-ports.ts";
import { FIRST_DYNAMIC_PORT, listsOneWay, portFits, portsFit, type RequirementRow } from "./requirement-rows.ts";

/** One side of a conversation. */
export interface Side {
  address: AddressWords;
  zone: Zone;
  /** The logs tell host names of the address. */
  isNamed: boolean;
}

/** A conversation between two sides, as far as requirements can tell conversations apart. */
export interface Conversation {
  protocol: number;
  initiator: Side;
  responder: Side;
  /** -1: none. */
  responderPort: number;
  initiatorPorts: readonly [low: number, high: number] | null;
}

export interface Match {
  row: RequirementRow;
  /** Which side the row's component is. */
  component: "initiator" | "responder";
  /** The row fits but for its scope: the vendor wants it inside only, and the peer is outside. */
  outOfScope: boolean;
  /** The site binds both addresses to the row's parties: neither is a stranger. */
  bothBound: boolean;
  /** A binding, or a name that the logs tell, says that the peer is the row's remote party. */
  peerBound: boolean;
  /** The row lists the way in alone, and this is the way back; see `listsOneWay`. */
  isWayBack: boolean;
  /** How much the row is about this very traffic; higher is more. */
  weight: number;
}

/** Whether the row demands the traffic; an informational one only tells of it. */
export function isDemand({ row }: Pick<Match, "row">): boolean {
  return row.requirement.strength !== "informational";
}

/** All rows that fit, best first; rows whose condition does not hold are included and say so (`row.applies`). */
export function matchRows(rows: readonly RequirementRow[], conversation: Conversation): Match[] {
  const transport = conversation.protocol === TCP ? "tcp" : conversation.protocol === UDP ? "udp" : null;
  if (!transport) return [];
  const possible = rows.filter((row) => row.requirement.transport === transport && row.remoteKind !== "localhost");
  const matches = possible.flatMap((row) => {
    const { direction } = row.requirement;
    return (
      (direction !== "out" && !namesOneSide(row, "remotePorts") ? matchIn(row, conversation) : null) ??
      (direction !== "in" && !namesOneSide(row, "localPorts") ? matchOut(row, conversation) : null) ??
      []
    );
  });
  const all = withoutTwins(matches, conversation);
  return withoutSpannedMedia([...all, ...waysBack(possible, conversation, all)]).sort((a, b) => b.weight - a.weight);
}

/** Where a vendor's row is read as two, for the inside and for the Internet, peers inside are of the first alone. */
function withoutTwins(matches: Match[], { initiator, responder }: Conversation): Match[] {
  return matches.filter(({ row, component, peerBound }) => {
    const peer = component === "initiator" ? responder : initiator;
    if (row.requirement.scope === "lan" || peerBound || !isInside(peer.zone)) return true;
    return !matches.some((other) => other.row.requirement.scope === "lan" && isTwin(other.row, row));
  });
}

/** Whether the rows differ in nothing but whom they are for. */
function isTwin(a: RequirementRow, b: RequirementRow): boolean {
  const asked = ({ deployment, component, requirement }: RequirementRow) => {
    const { direction, localPorts, remote, remotePorts } = requirement;
    return JSON.stringify([deployment, component.id, direction, localPorts, remote, remotePorts]);
  };
  return asked(a) === asked(b);
}

/** What goes back by rows that list one way, where the vendor has no row for it. */
function waysBack(rows: readonly RequirementRow[], conversation: Conversation, known: readonly Match[]): Match[] {
  const listed = new Set(known.filter(({ row }) => row.applies !== false).map(({ row }) => row.deployment));
  return rows.flatMap((row) => {
    const match = listed.has(row.deployment) || !listsOneWay(row) ? null : matchOut(row, conversation);
    return match ? [{ ...match, isWayBack: true }] : [];
  });
}

/** A port that a row names for signalling is no audio's, though a wide range for audio spans it (SwyxWare's fax: 2000-8000). */
function withoutSpannedMedia(matches: Match[]): Match[] {
  const signalling = matches.filter(({ row }) => row.isSignalling && row.applies !== false);
  const isSpanned = ({ row }: Match) =>
    row.isMedia &&
    !row.isSignalling &&
    signalling.some((one) => one.row.deployment === row.deployment && one.row.breadth < row.breadth);
  return signalling.length === 0 ? matches : matches.filter((match) => !isSpanned(match));
}

/** A mutual row that names the ports of one side names those that are answered on, never those that are called from. */
function namesOneSide({ requirement }: RequirementRow, side: "localPorts" | "remotePorts"): boolean {
  const other = side === "localPorts" ? requirement.remotePorts : requirement.localPorts;
  return requirement.direction === "mutual" && requirement[side] !== "any" && other === "any";
}

function matchIn(row: RequirementRow, conversation: Conversation): Match | null {
  const { localPorts, remotePorts } = row.requirement;
  if (!portFits(localPorts, conversation.responderPort) || !portsFit(remotePorts, conversation.initiatorPorts))
    return null;
  return matchParties(row, "responder", conversation);
}

function matchOut(row: RequirementRow, conversation: Conversation): Match | null {
  const { localPorts, remotePorts } = row.requirement;
  // Media never go to a well-known port, but a DNS query may leave from a port that lies in a media range.
  if (remotePorts === "any" && conversation.responderPort < FIRST_DYNAMIC_PORT && row.isMedia) return null;
  if (!portFits(remotePorts, conversation.responderPort) || !portsFit(localPorts, conversation.initiatorPorts))
    return null;
  return matchParties(row, "initiator", conversation);
}

function matchParties(row: RequirementRow, component: Match["component"], conversation: Conversation): Match | null {
  const { initiator, responder, responderPort } = conversation;
  const [own, peer] = component === "initiator" ? [initiator, responder] : [responder, initiator];
  const ownFit = fitOf(row.component, own.address, own.zone);
  if (ownFit === FITS_NOT) return null;
  if (row.requirement.direction === "mutual" && fitOf(row.component, peer.address, peer.zone) === FITS_NOT) return null;
  const peerFit = peerFits(row, peer);
  if (peerFit === FITS_NOT) return null;
  const isOwnPeer = row.remoteKind === "any" && isBoundBy(row.own, peer.address);
  // Two sides that only pass for their roles say nothing of this deployment, unless a user asks one of its hosts for a
  // service that the row names and wants inside (SwyxWare's telephone books at 712).
  const isAsked = isOwnPeer && component === "initiator" && row.requirement.scope === "lan" && namesService(row);
  if (ownFit === FITS_BY_MEANING && peerFit === FITS_BY_MEANING && !isAsked) return null;
  const peerBound = peerFit === FITS_BOUND;
  const bothBound = ownFit === FITS_BOUND && peerBound;
  if (row.isVague && !bothBound && !isPlausiblePort(row.requirement, responderPort)) return null;
  const outOfScope = row.requirement.scope === "lan" && !peerBound && !isOwnPeer && !isForInside(row, component, peer);
  const isAtHome = row.requirement.scope === "lan" || !isInside(peer.zone);
  const weight = weigh(row, { ownFit, peerFit, isAtHome });
  return { row, component, outOfScope, bothBound, peerBound, isWayBack: false, weight };
}

/** Whether the row says at which ports its remote party answers. */
function namesService({ requirement }: RequirementRow): boolean {
  return Array.isArray(requirement.remotePorts);
}

/** Whether the peer counts as inside for the row: a provider does for calls, and for no other service that it comes to. */
function isForInside(
  { isMedia, isSignalling }: RequirementRow,
  component: Match["component"],
  { zone }: Side,
): boolean {
  return zone === "provider" ? isMedia || isSignalling || component === "initiator" : zone !== "internet";
}

function peerFits(row: RequirementRow, peer: Side): Fit {
  if (row.remoteKind === "host") {
    const bound = fitOf(row.remote, peer.address, peer.zone);
    const isOther = peer.isNamed || isBoundBy(row.hostNames, peer.address);
    if (bound === FITS_BY_MEANING && isOther) return FITS_NOT;
    // The vendor's servers are outside; which address they have today the log does not say.
    return bound === FITS_BY_MEANING && peer.zone !== "internet" && peer.zone !== "provider" ? FITS_NOT : bound;
  }
  const fit = fitOf(row.remote as Party, peer.address, peer.zone);
  // The ports of audio do not tell a provider's from a telephone's; where he is does.
  const isTelephones = row.isMedia && row.remoteKind === "party" && isInside(peer.zone);
  return fit === FITS_BY_MEANING && isTelephones && row.requirement.scope === "wan" ? FITS_NOT : fit;
}

const STRENGTH_WEIGHT = { required: 3, recommended: 2, conditional: 1, informational: 0 } as const;

/**
 * Rows that surely apply before others, demands before remarks, bound parties before narrow ports, before those that mean
 * the Internet where the peer is inside (a telephone's firmware server), before strength.
 */
function weigh(
  row: RequirementRow,
  { ownFit, peerFit, isAtHome }: { ownFit: Fit; peerFit: Fit; isAtHome: boolean },
): number {
  const applies = row.applies === true ? 1 : 0;
  const bound = (ownFit === FITS_BOUND ? 2 : 0) + (peerFit === FITS_BOUND && row.remoteKind === "party" ? 1 : 0);
  const narrow = 32 - Math.log2(row.breadth);
  const demands = isDemand({ row }) ? 1 : 0;
  const home = isAtHome ? 10 : 0;
  const small = home + STRENGTH_WEIGHT[row.requirement.strength];
  return applies * 10_000_000 + demands * 2_000_000 + bound * 500_000 + narrow * 10_000 + small;
}

/** Findings of traffic that was refused although a vendor requires it, and what was counted of each requirement. */
import type { PortRange, Requirement } from "../../catalogs/catalog.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { isDemand, type Match } from "../matching/match.ts";
import { DYNAMIC_PORTS, type RequirementRow } from "../matching/requirement-rows.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import { type Message, say } from "../messages/message.ts";
import { citationOf, vendorText } from "../messages/vendor-text.ts";
import { CONFIDENCE, type Rating, SEVERITY } from "../ratings.ts";
import type { Confidence, Zone } from "../result.ts";
import { isOfAnother } from "../site/outside-address.ts";
import { isInside } from "../site/parties.ts";
import type { Deployment, Site } from "../site/site.ts";
import { hostKey, type JudgedFlow, type Traffic, viewsOf } from "../traffic/judged-flow.ts";
import { Paths } from "../traffic/path.ts";
import { type Claim, type FindingCollector, SharedClaims, witness } from "./finding.ts";
import { emptyTally, type RequirementVerdict, requirementVerdict, type Tally } from "./requirement-states.ts";
import { describePorts, describeRequirement, namesOf } from "./requirement-words.ts";

/** Informational rows demand nothing, so nothing of theirs is ever a finding. */
type Demanding = Exclude<Requirement["strength"], "informational">;

/** The state of every requirement; what was refused becomes findings. */
export function judgeRequirements(
  traffic: Traffic,
  evidence: Evidence,
  findings: FindingCollector,
): RequirementVerdict[] {
  const tallies = new Map<RequirementRow, Tally>(traffic.rows.map((row) => [row, emptyTally()]));
  const paths = new Paths(traffic.judged);
  const claims = new SharedClaims();
  for (const judged of traffic.judged) {
    const { flow, meaning } = judged;
    if (meaning === "scanner") countStranger(judged, tallies);
    if (meaning !== "needed" && meaning !== "refused") continue;
    if (meaning === "needed" && paths.isStopped(judged)) continue;
    for (const { row, peerBound, isWayBack } of judged.serves) {
      // That the way back is open does not show the way in to be.
      if (isWayBack && meaning === "needed") continue;
      const tally = tallies.get(row) as Tally;
      if (!peerBound) tally.guessed = true;
      if (meaning === "refused") tally.denied += flow.count;
      else tally.allowed += flow.count;
      if (judged.hostIsInitiator || !isInside(judged.peer.zone)) tally.beyondInside += flow.count;
    }
    if (meaning === "refused") reportRefusals(traffic, judged, paths, findings, claims);
  }
  return traffic.rows.map((row) => requirementVerdict(traffic, row, tallies.get(row) as Tally, evidence));
}

/** What strangers were denied is no refusal, but where outsiders are meant to come in it may have been they. */
function countStranger({ flow, serves }: JudgedFlow, tallies: ReadonlyMap<RequirementRow, Tally>): void {
  for (const { row } of serves) (tallies.get(row) as Tally).strangers += flow.count;
}

/** Under the row that fits best; where several vendors' systems share the host, under the best of each of them. */
function reportRefusals(
  traffic: Traffic,
  judged: JudgedFlow,
  paths: Paths,
  findings: FindingCollector,
  claims: SharedClaims,
): void {
  const asking = judged.serves.filter(isDemand);
  const [best] = asking;
  if (!best) return;
  reportRefusal(traffic, judged, best, { paths, findings, claims });
  if (judged.alsoHosts.length === 0) return;
  for (const view of viewsOf(judged)) {
    const own = asking.find(({ row }) => row.deployment === view.host.deployment);
    if (own && own.row.deployment !== best.row.deployment)
      reportRefusal(traffic, view, own, { paths, findings, claims });
  }
}

function reportRefusal(
  traffic: Traffic,
  judged: JudgedFlow,
  best: Match,
  { paths, findings, claims }: { paths: Paths; findings: FindingCollector; claims: SharedClaims },
): void {
  const { host, hostIsInitiator, hostGuessed, peer, sender } = judged;
  const confidence = confidenceIn(judged, best).level;
  const notes = paths.passesOf(judged);
  const make = () => refusalClaim(traffic, judged, best, notes);
  const rest = `${best.row.deployment}|${hostKey(host)}|${hostIsInitiator}|${hostGuessed}|${peer.zone}|${sender?.text}|${judged.flow.reply}|${confidence}`;
  const claim = notes.length > 0 ? make() : claims.get(judged.serves, rest, make);
  const draft = findings.report(claim, witness(judged));
  for (const { row } of judged.serves) {
    if (row !== best.row && row.deployment === best.row.deployment) draft.alsoRequiredBy.add(row.requirement.id);
  }
}

function refusalClaim(traffic: Traffic, judged: JudgedFlow, best: Match, notes: readonly Message[]): Claim {
  const { requirement, deployment } = best.row;
  const { catalog } = traffic.site.deployments[deployment] as Deployment;
  const direction = judged.hostIsInitiator ? "out" : "in";
  const ports = wantedPorts(judged, best);
  const application = vendorText(catalog, requirement.application);
  const strength = requirement.strength as Demanding;
  const { wanted, asked } = ASKS[strength](catalog.vendor);
  return {
    kind: "blocked-but-required",
    subject: requirement.id,
    severity: SEVERITY[strength].level,
    confidence: confidenceIn(judged, best).level,
    title:
      direction === "in"
        ? say`${application} to ${judged.host.text} blocked, but ${wanted}`
        : say`${application} from ${judged.host.text} blocked, but ${wanted}`,
    why: say`The firewall denied traffic that ${asked}: ${requirement.component} ${describePorts(requirement)}.`,
    sentBy: whoSentIt(traffic.site, judged),
    notes: [
      ...(judged.hostGuessed ? [GUESSED_HOST] : []),
      ...(isUnnamedInDmz(judged, best) ? [UNNAMED_IN_DMZ] : []),
      ...(judged.flow.reply && !best.row.isMedia ? [WAY_BACK] : []),
      ...(best.isWayBack ? [BOTH_WAYS] : []),
      ...(best.row.remoteKind === "host" ? nameNotes(best, judged) : []),
      ...notes,
    ],
    catalog: catalog.id,
    requirement: requirement.id,
    policy: null,
    check: null,
    citation: citationOf(catalog, requirement.section, describeRequirement(catalog, requirement)),
    host: judged.host.text,
    direction,
    peerZone: judged.peer.zone,
    ...(ports === null ? {} : { remedyPorts: ports }),
    ...(best.row.isMedia ? { isMedia: true } : {}),
    ...(best.row.remoteKind === "host" ? { remedyHosts: namesOf(requirement.remote) } : {}),
  };
}

/**
 * The ports to open at the responder: the requirement's own, else those of another row of the vendor's that asks for the
 * same traffic. A telephone's row names the ports of its audio where the system's says any. Where none does, every call
 * uses another, so opening those that were seen would cure nothing.
 */
function wantedPorts({ serves, port }: JudgedFlow, best: Match): PortRange[] | null {
  const own = responderPorts(best);
  if (own) return own;
  const others = serves.filter(({ row }) => row.deployment === best.row.deployment && row.applies === true);
  const named = others.map(responderPorts).find((ports) => ports !== null);
  const isOfCall = best.row.isMedia || (best.isWayBack && !isSipPort(port));
  return named ?? (isOfCall ? [DYNAMIC_PORTS] : null);
}

/** The ports that the requirement wants open at the responder, or null where it names none. */
function responderPorts({ component, row }: Match): PortRange[] | null {
  const ports = component === "responder" ? row.requirement.localPorts : row.requirement.remotePorts;
  return typeof ports === "string" ? null : ports;
}

/** How a vendor asks for something: as a clause of its own, and relative to the traffic. */
const ASKS: Readonly<Record<Demanding, (vendor: string) => { wanted: Message; asked: Message }>> = {
  required: (vendor) => ({ wanted: say`${vendor} requires it`, asked: say`${vendor} requires` }),
  recommended: (vendor) => ({ wanted: say`${vendor} recommends it`, asked: say`${vendor} recommends` }),
  conditional: (vendor) => ({
    wanted: say`${vendor} needs it where the feature is used`,
    asked: say`${vendor} needs where the feature is used`,
  }),
};

const CAME_FROM: Readonly<Record<Zone, Message>> = {
  internal: say`an internal address`,
  dmz: say`an address in the DMZ`,
  vpn: say`an address in the VPN`,
  provider: say`an address of the provider`,
  internet: say`an Internet address that the site also exchanges allowed traffic with`,
};

function whoSentIt(site: Site, { firewall, sender, peer }: JudgedFlow): Message {
  if (sender !== null) return say`${sender.text} itself`;
  const isOurs = peer.zone === "internet" && isOfAnother(site, firewall, peer.address);
  return isOurs ? say`an outside address of another firewall of the site` : CAME_FROM[peer.zone];
}

const GUESSED_HOST = say`It was sent to an outside address of the firewall; only its port tells for which host, or for which of several alike, it was meant.`;

const UNNAMED_IN_DMZ = say`No role of the site names the address: if it is no telephone's or user's (a server, a guest), the denial is right. Bind the roles to the addresses of those who may come, to tell them apart.`;

const WAY_BACK = say`By its ports it was on its way back, in a conversation whose opening no line shows allowed.`;

const BOTH_WAYS = say`The vendor lists the way in alone, but calls go both ways between the same ports.`;

/** How sure it is that the denied address is the vendor's host. */
function nameNotes({ row, peerBound }: Match, { peer }: JudgedFlow): Message[] {
  if (!peerBound) return [UNNAMED_HOST];
  const name = namesOf(row.requirement.remote);
  return peer.isNamed ? [say`The logs themselves tell that the denied address is one of ${name}.`] : [];
}

const UNNAMED_HOST = say`The log gives no host name, so the denied address may be another host of the Internet; bind the vendor's host name to its addresses in the site file to be sure.`;

/** A host or a host name that only the port suggests, an assumed verdict or an open condition each cost confidence. */
function confidenceIn(judged: JudgedFlow, match: Match): Rating<Confidence> {
  const { row, peerBound } = match;
  if (row.applies === "unknown" || row.requirement.uncertain) return CONFIDENCE.deniedUnsure;
  if (row.remoteKind === "host" && !peerBound) return CONFIDENCE.deniedUnnamed;
  if (judged.hostGuessed) return CONFIDENCE.deniedGuessedHost;
  if (judged.flow.verdictAssumed) return CONFIDENCE.deniedAssumed;
  if (isUnnamedInDmz(judged, match)) return CONFIDENCE.deniedInDmz;
  const isPartners = judged.peer.zone === "internet" && judged.sender === null;
  return isPartners ? CONFIDENCE.deniedPartner : CONFIDENCE.denied;
}

/** A firewall stops most of what comes from a DMZ on purpose, and only a role that nothing is bound to lets it pass for a telephone. */
function isUnnamedInDmz({ peer, sender }: JudgedFlow, { peerBound }: Match): boolean {
  return peer.zone === "dmz" && sender === null && !peerBound;
}

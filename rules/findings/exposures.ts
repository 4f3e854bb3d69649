/** Open but unneeded: what reached a deployed host although no requirement asks for it, or although the vendor forbids it. */
import type { Catalog, Policy } from "../../catalogs/catalog.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import type { Match } from "../matching/match.ts";
import { portFits, type RequirementRow } from "../matching/requirement-rows.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import { type Message, say } from "../messages/message.ts";
import { citationOf, policyCitation, vendorText } from "../messages/vendor-text.ts";
import { CONFIDENCE, type Rating, SEVERITY } from "../ratings.ts";
import type { Confidence, Severity, Zone } from "../result.ts";
import type { Deployment } from "../site/site.ts";
import { hostKey, type JudgedFlow, type Traffic, viewsOf } from "../traffic/judged-flow.ts";
import { Stops } from "../traffic/path.ts";
import { newList, within } from "../within.ts";
import { whyUnlisted } from "./exposure-reasons.ts";
import { FROM_ZONE, forbiddenTitle, manyPortsTitle, unlistedTitle } from "./exposure-titles.ts";
import { type Claim, type FindingCollector, SharedClaims, witness } from "./finding.ts";
import { isInbound, policiesOf, policyCovers } from "./policy-scope.ts";
import { DIRECTION_WORDS, SCOPE_WORDS } from "./requirement-words.ts";

/** More unlisted ports than this at one host and zone are one finding: a rule that lets everything in. */
const MAX_PORT_FINDINGS = 12;

const SEVERITY_BY_ZONE: Readonly<Record<Zone, Severity>> = {
  internet: SEVERITY.fromInternet.level,
  provider: SEVERITY.fromProvider.level,
  dmz: SEVERITY.fromInside.level,
  vpn: SEVERITY.fromInside.level,
  internal: SEVERITY.fromInside.level,
};

/** Listed under a condition that the site does not state. */
const CONDITIONAL_SEVERITY_BY_ZONE: Readonly<Record<Zone, Severity>> = {
  internet: SEVERITY.conditionFromInternet.level,
  provider: SEVERITY.conditionFromProvider.level,
  dmz: SEVERITY.conditionFromInside.level,
  vpn: SEVERITY.conditionFromInside.level,
  internal: SEVERITY.conditionFromInside.level,
};

export function judgeExposures(traffic: Traffic, findings: FindingCollector): void {
  const unlisted = new Map<string, JudgedFlow[]>();
  const stops = new Stops(traffic.judged);
  for (const judged of traffic.judged) {
    if (judged.flow.verdict !== VERDICT_ALLOW || !isInbound(judged) || judged.port < 0) continue;
    if (judged.meaning === "neutral") continue;
    const views = viewsOf(judged);
    const forbidden = views.filter((view) => reportForbidden(traffic, view, stops, findings));
    if (forbidden.length > 0) continue;
    if (judged.meaning === "unneeded") {
      // The vendor speaks of it who lists it, be it for others.
      const view = views.find((one) => ownRows(one).length > 0) ?? judged;
      const key = `${hostKey(view.host)}|${view.peer.zone}|${view.flow.protocol}`;
      within(unlisted, key, newList<JudgedFlow>).push(view);
    }
  }
  for (const group of unlisted.values()) {
    const claims = new SharedClaims();
    const many = new Set(group.map(({ port }) => port)).size > MAX_PORT_FINDINGS;
    for (const judged of group) {
      const rest = `${judged.port}|${confidenceOf(judged)}`;
      const notes = stops.of(judged);
      const make = () => unlistedClaim(traffic, judged, many, notes);
      const claim = notes.length > 0 ? make() : claims.get(judged.matches, rest, make);
      findings.report(claim, witness(judged));
    }
  }
}

/** Whether the vendor of the flow's host forbids it, which is then reported. */
function reportForbidden(traffic: Traffic, judged: JudgedFlow, stops: Stops, findings: FindingCollector): boolean {
  const policy = forbiddingPolicy(traffic, judged);
  if (policy) findings.report(forbiddenClaim(traffic, judged, policy, stops.of(judged)), witness(judged));
  return policy !== null;
}

/** What the vendor forbids outright holds whatever else it asks for; a provider is outside too. */
function forbiddingPolicy(traffic: Traffic, judged: JudgedFlow): Policy | null {
  const { zone } = judged.peer;
  if (zone !== "internet" && zone !== "provider") return null;
  if (zone === "provider" && judged.meaning !== "unneeded") return null;
  const deployment = traffic.site.deployments[judged.host.deployment] as Deployment;
  const covers = (policy: Policy) => policyCovers(policy, traffic.site, judged);
  const forbidden = policiesOf(deployment, "forbid-exposure").find(covers);
  if (forbidden) return forbidden;
  if (zone !== "internet") return null;
  if (judged.serves.some(({ bothBound }) => bothBound)) return null;
  const restricted = policiesOf(deployment, "restrict-source").find(
    (policy) => policy.ports.length > 0 && covers(policy),
  );
  if (restricted) return restricted;
  return judged.meaning === "unneeded" ? (policiesOf(deployment, "vpn-only").find(covers) ?? null) : null;
}

/** A provider on a port that the vendor lists for phones and users: a trunk calls on the same port as they do. */
function isServiceForOthers({ rows }: Traffic, judged: JudgedFlow): boolean {
  if (judged.peer.zone !== "provider") return false;
  const { flow, host, port } = judged;
  return rows.some(
    ({ applies, component, deployment, requirement }) =>
      applies !== false &&
      deployment === host.deployment &&
      requirement.direction !== "out" &&
      requirement.transport === protocolName(flow.protocol) &&
      requirement.localPorts !== "any" &&
      portFits(requirement.localPorts, port) &&
      component.bindings.some(({ text }) => text === host.text),
  );
}

/** `notes`: the firewalls that stopped what was let in here. */
function forbiddenClaim(traffic: Traffic, judged: JudgedFlow, policy: Policy, notes: readonly Message[]): Claim {
  const { catalog } = traffic.site.deployments[judged.host.deployment] as Deployment;
  const from = FROM_ZONE[judged.peer.zone];
  const isStopped = notes.length > 0;
  const covered = outOfScopeRow(judged)?.requirement ?? null;
  return {
    kind: "open-but-unneeded",
    subject: policy.id,
    severity: severityOfForbidden(policy, judged).level,
    confidence: confidenceOf(judged),
    title: forbiddenTitle({ host: judged.host.text, from, isStopped }, policy.kind),
    isStopped,
    why: say`The firewall let traffic ${from} through to ${judged.host.text} (${vendorText(catalog, catalog.product)}).`,
    notes: [
      ...(covered
        ? [say`The vendor lists ${vendorText(catalog, covered.application)} (${covered.id}) for use inside only.`]
        : []),
      ...notes,
    ],
    catalog: catalog.id,
    requirement: null,
    policy: policy.id,
    check: null,
    citation: policyCitation(catalog, policy),
    onlyNarrow: policy.kind === "restrict-source",
    isForbidden: policy.kind !== "restrict-source",
    host: judged.host.text,
    direction: "in",
    peerZone: judged.peer.zone,
  };
}

function unlistedClaim(traffic: Traffic, judged: JudgedFlow, many: boolean, notes: readonly Message[]): Claim {
  const { catalog } = traffic.site.deployments[judged.host.deployment] as Deployment;
  const transport = protocolName(judged.flow.protocol) ?? String(judged.flow.protocol);
  const insideRow = outOfScopeRow(judged);
  const inside = insideRow?.requirement ?? null;
  const forAnybody = insideRow !== null && insideRow.remoteKind === "any" && catalog.document.silentOnInternet === true;
  const conditional = ownRows(judged).find(({ row }) => row.applies === false)?.row.requirement ?? null;
  // One finding for many ports cannot name one requirement.
  const near = many ? null : (inside ?? conditional);
  const exposed = { host: judged.host.text, from: FROM_ZONE[judged.peer.zone], isStopped: notes.length > 0 };
  return {
    kind: "open-but-unneeded",
    subject: many ? `unlisted-${transport}` : `unlisted-${transport}-${judged.port}`,
    severity: severityOfUnlisted(traffic, judged, {
      forAnybody: forAnybody && !many,
      isConditional: conditional !== null && !inside && !many,
    }),
    confidence: confidenceOf(judged),
    title: many ? manyPortsTitle(exposed, transport) : unlistedTitle(exposed, portText(judged), catalog.vendor),
    isStopped: exposed.isStopped,
    why: many
      ? say`The firewall let traffic to many ports of ${judged.host.text} through, as if a rule allowed everything.`
      : whyUnlisted(catalog, judged.host.text, {
          inside,
          forAnybody,
          conditional,
          isOthersSip: isSipPort(judged.port) && isServiceForOthers(traffic, judged),
        }),
    notes,
    catalog: catalog.id,
    requirement: near?.id ?? null,
    policy: null,
    check: null,
    citation: near ? citation(catalog, near) : null,
    host: judged.host.text,
    direction: "in",
    peerZone: judged.peer.zone,
  };
}

type Requirement = Catalog["requirements"][number];

/** Rows that fit, of the vendor whose system the host is seen as: another may share the address. */
function ownRows({ host, matches }: JudgedFlow): Match[] {
  return matches.filter(({ row }) => row.deployment === host.deployment);
}

/** The row that fits but for the peer being outside. */
function outOfScopeRow(judged: JudgedFlow): RequirementRow | null {
  return ownRows(judged).find(({ outOfScope, row }) => outOfScope && row.applies !== false)?.row ?? null;
}

function citation(catalog: Catalog, { application, component, direction, transport, scope, section }: Requirement) {
  const row = say`${vendorText(catalog, application)}: ${component} ${DIRECTION_WORDS[direction]} ${transport}, scope ${SCOPE_WORDS[scope]}`;
  return citationOf(catalog, section, row);
}

function severityOfForbidden({ kind }: Policy, { peer }: JudgedFlow): Rating<Severity> {
  if (kind !== "forbid-exposure") return SEVERITY.restricted;
  return peer.zone === "internet" ? SEVERITY.forbiddenFromInternet : SEVERITY.forbiddenFromProvider;
}

function severityOfUnlisted(
  traffic: Traffic,
  judged: JudgedFlow,
  { forAnybody, isConditional }: { forAnybody: boolean; isConditional: boolean },
): Severity {
  const { zone } = judged.peer;
  if (isServiceForOthers(traffic, judged)) return SEVERITY.othersService.level;
  if (forAnybody && zone === "internet") return SEVERITY.forAnybody.level;
  return isConditional ? CONDITIONAL_SEVERITY_BY_ZONE[zone] : SEVERITY_BY_ZONE[zone];
}

function portText(judged: JudgedFlow): string {
  return `${(protocolName(judged.flow.protocol) ?? "").toUpperCase()} ${judged.port}`;
}

/** A verdict guessed from free text, or an opener guessed from ports, costs confidence. */
function confidenceOf(judged: JudgedFlow): Confidence {
  const { flow } = judged;
  if (flow.verdictAssumed) return CONFIDENCE.allowedAssumed.level;
  const known = judged.matches.length > 0;
  const isSure = flow.initiatorCertain || known || flow.context.platform === "pfsense";
  return isSure ? CONFIDENCE.allowed.level : CONFIDENCE.allowedGuessed.level;
}

/**
 * An outbound request was let out and nothing came back: FortiGate sessions that sent packets and got none, every one of
 * them to that peer and port; in packet logs the denied SYN+ACK of a connection that was allowed, or answers over UDP that
 * were denied at once. And the SYN+ACK with which the host answers telephones and users, denied where the opening took another
 * way.
 */
import { TCP, UDP } from "../../ingest/protocols.ts";
import { INSPECTION_NONE, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { policiesOf, policyNamesHost } from "../findings/policy-scope.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { isDemand } from "../matching/match.ts";
import { SIP_PORTS } from "../matching/sip-ports.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import type { Deployment } from "../site/site.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { promptDenials } from "../traffic/prompt-denials.ts";
import { carriesSignalling } from "../traffic/voice.ts";

/** UDP services that always answer; syslog, traps and media need not. */
const ANSWERING_UDP_PORTS: ReadonlySet<number> = new Set([53, 123, 3478, ...SIP_PORTS]);
/** One attempt at a peer may have hit it at a bad moment. */
const ENOUGH_ATTEMPTS = 2;
const MANY_ATTEMPTS = 5;

export const replyBlocked: Check = {
  meta: {
    id: "reply-blocked",
    title: "Outbound requests of the phone system are let out and get no answer",
    severity: "medium",
    rationale: plain(
      "Licences, updates, speech services and trunks need the answer on the same connection. The rules count as open, but a " +
        "device on the way inspects the request and drops the answer, or it comes back where the firewall does not know it.",
    ),
    platforms: ["fortigate", "pfsense", "opnsense", "iptables", "windows"],
    needs:
      'FortiGate: at least two allowed sessions to one peer and port with packets sent and none received, and none to the same place that was answered. Packet logs: a denied SYN+ACK from the peer of a connection that was seen allowed, or of the host itself on a port that a requirement names, or at least two answers over UDP denied within two seconds of the first request (high). Only requests that a requirement or the vendor\'s "allow all outbound" covers.',
    alternatives:
      "The peer is down, has moved or refuses the site's address; the request is dropped further on; a whole line is dead (then everything is unanswered). An answer that is denied points to two paths (out through one firewall or line, back through another), or to rules that let none in.",
    remediation: {
      fortigate: ({ flowFilter, peer, port }) =>
        steps(
          say`Does the answer reach the outside interface?`,
          code`diagnose sniffer packet any 'host ${peer} and port ${port}' 4 20`,
          say`It does not: ask the next hop and the peer. It does: these name what drops it; take that profile or DoS policy off the phone system's policy.`,
          code`diagnose debug flow ${flowFilter} addr ${peer}`,
          "diagnose debug flow trace start 20",
          "diagnose debug enable",
          say`Check: rcvdpkt above 0. Undo: restore the profiles, diagnose debug disable, diagnose debug reset.`,
        ),
      pfsense: steps(
        say`Answers denied on another interface than the request left by: System > Routing (default gateway, policy routes of the rule), Firewall > Rules: sloppy state type only as a stopgap.`,
        say`Check: no more block lines with flags SA. Undo: restore the gateway of the rule.`,
      ),
      opnsense: steps(
        say`System > Gateways and the gateway of the pass rule: request and answer must use the same one.`,
        say`Check: no more block lines with flags SA. Undo: restore the gateway.`,
      ),
      iptables: ({ chain, iptables, peer }) =>
        steps(
          say`${iptables} -I ${chain} 1 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT      # before any drop`,
          say`Do request and answer take the same interface?`,
          code`ip route get ${peer}`,
          code`conntrack -E -p tcp -d ${peer}`,
          KEPT,
          say`Check: no more lines with ACK SYN from the peer. Undo: the same command with -D.`,
        ),
      windows: steps(
        say`Get-NetRoute and Get-NetAdapter: two adapters or a VPN client may split the path; a filter driver of a security suite may drop answers (Get-NetAdapterBinding).`,
        say`Check: no more DROP lines with flags AS. Undo: enable the adapter or driver again.`,
      ),
    },
    cites: ["disable-inspection"],
    references: [
      "PBXact: firewalls that inspect update requests may return nothing on the same connection; allow all outbound, disable inspection",
      "docs.fortinet.com: traffic log, sentpkt and rcvdpkt",
      "RFC 9293 section 3.5 (a SYN+ACK answers a SYN)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged } = unexplained(traffic);
    const told = judged.filter(
      (one) =>
        (one.hostIsInitiator
          ? isUnanswered(one.flow)
            ? isRequest(one)
            : isSynAck(one.flow) && peers.wasAllowed(one)
          : isSynAck(one.flow) && one.sender !== null && one.serves.some(isDemand)) && isAskedFor(one, traffic),
    );
    const unanswered = told.filter(({ flow }) => isUnanswered(flow));
    const answered = answeredOf(unanswered, traffic);
    const attempts = new Map<number, number>();
    for (const { conversation, flow } of unanswered)
      attempts.set(conversation, (attempts.get(conversation) ?? 0) + flow.count);
    const isTold = ({ conversation }: JudgedFlow) =>
      !answered.has(conversation) && (attempts.get(conversation) as number) >= ENOUGH_ATTEMPTS;
    const prompt = promptDenials(traffic);
    const answers = judged.filter((one) => prompt.has(one) && isAnswering(one) && peers.isLegitimate(one));
    const subjects = [
      ...told.filter((one) => !isUnanswered(one.flow) || isTold(one)).map(subjectOf),
      // Between equal ports the log does not tell who began; here the host did.
      ...answers
        .filter(({ flow }) => flow.count >= ENOUGH_ATTEMPTS)
        .map((one) => ({ ...subjectOf(one), direction: "out" as const })),
    ];
    reportGrouped(subjects, report, claimOf);
  },
};

/** The conversations of the unanswered flows in which other sessions were answered. */
function answeredOf(unanswered: readonly JudgedFlow[], { judged }: Traffic): Set<number> {
  const asked = new Set(unanswered.map(({ conversation }) => conversation));
  if (asked.size === 0) return asked;
  const answered = judged.filter(({ flow }) => flow.verdict === VERDICT_ALLOW && !isUnanswered(flow));
  return new Set(answered.map(({ conversation }) => conversation).filter((conversation) => asked.has(conversation)));
}

function isUnanswered({ verdict, unansweredSessions, count, inspection }: JudgedFlow["flow"]): boolean {
  return (
    verdict === VERDICT_ALLOW &&
    inspection === INSPECTION_NONE &&
    unansweredSessions > 0 &&
    unansweredSessions === count
  );
}

function isRequest(judged: JudgedFlow): boolean {
  const { flow, peer } = judged;
  if (flow.inspectionVerdict === VERDICT_DENY || (peer.zone !== "internet" && peer.zone !== "provider")) return false;
  return flow.protocol === TCP || (flow.protocol === UDP && isAnswering(judged));
}

/** Whether it is of a service that answers whatever is asked over UDP. */
function isAnswering(judged: JudgedFlow): boolean {
  return ANSWERING_UDP_PORTS.has(judged.port) || carriesSignalling(judged);
}

/** Of all denied TCP packets out of state, only a SYN+ACK makes the log itself name who opened the connection. */
function isSynAck({ verdict, protocol, outOfState, reply, initiatorCertain }: JudgedFlow["flow"]): boolean {
  return verdict === VERDICT_DENY && protocol === TCP && outOfState && reply && initiatorCertain;
}

function isAskedFor(judged: JudgedFlow, { site }: Traffic): boolean {
  if (judged.serves.some(isDemand)) return true;
  const deployment = site.deployments[judged.host.deployment] as Deployment;
  return policiesOf(deployment, "allow-outbound").some((policy) => policyNamesHost(policy, site, judged));
}

function claimOf({ subjects, count }: Group) {
  if (subjects[0].direction === "in") return answersClaimOf({ subjects, count });
  const denied = subjects.filter(({ flow }) => flow.verdict === VERDICT_DENY);
  const happened =
    denied.length === subjects.length
      ? say`${amount(count, "answer")} denied`
      : say`${amount(count, "request")} let out without an answer`;
  const peers = listOf(subjects.map(({ peer, port }) => say`${peer} port ${String(port)}`));
  return {
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))}: ${happened}, between ${subjects[0].host} and ${peers}. ${replyBlocked.meta.rationale}`,
    confidence:
      denied.length > 0
        ? CONFIDENCE.named.level
        : count >= MANY_ATTEMPTS
          ? CONFIDENCE.shown.level
          : CONFIDENCE.likely.level,
  };
}

function answersClaimOf({ subjects, count }: Group) {
  const [{ host }] = subjects;
  return {
    title: say`Answers of ${host} to new connections are denied`,
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} denied ${amount(count, "answer")} (SYN+ACK) of ${host} to ${listOf(subjects.map(({ peer }) => peer))}: the opening took another way than the answer, through a second interface, router or firewall, so that no such connection comes about.`,
    confidence: CONFIDENCE.named.level,
  };
}

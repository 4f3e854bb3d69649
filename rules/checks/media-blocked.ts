/**
 * One-way audio: calls are set up, and the audio of one side does not get through. Packet logs show it as denied packets
 * of the size of speech; FortiGate also as media sessions that sent for seconds and got nothing back.
 */
import { UDP } from "../../ingest/protocols.ts";
import { INSPECTION_NONE, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport, CheckSubject } from "../check.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, joined, listOf, type Message, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT, udpTimeouts } from "../remedies/netfilter-commands.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { carriesMedia, isMedia, isSignalling, looksLikeSpeech } from "../traffic/voice.ts";

/** A tenth of a second at 50 packets a second: more than a probe, and what a limited log rule may leave of a call. */
const ENOUGH_DENIED = 5;
const CERTAIN_DENIED = 50;
/** A second of audio: more than hole punching, RTCP or STUN ever send. */
const ENOUGH_SENT = 50;

const AT_OUTSIDE = say`The packets came to the firewall's outside address, and it knew no conversation for them: see first whether its UDP timeout outlasts pauses in the audio (on hold, silence) and whether it keeps the source port on the way out.`;

export const mediaBlocked: Check = {
  meta: {
    id: "media-blocked",
    title: "One-way audio: media of calls do not get through",
    severity: "high",
    rationale: plain(
      "Signalling passes, so telephones ring and calls connect, but the audio of one side is dropped: one hears nothing, and " +
        "many systems hang up after a while without audio.",
    ),
    platforms: ["pfsense", "opnsense", "fortigate", "iptables", "windows"],
    needs:
      "SIP that is allowed between the host and the same peer or provider (or the host's own audio to the very port that the denied packets came from), and on a media requirement's ports either at least 5 denied packets of the size of speech (50-320 bytes, where the log shows it; 50 at a port where the host's own audio passes too, if pf denied them, which logs every one, before it or seconds apart, or netfilter fewer than 5 before it, or FortiGate's sessions of it were answered: the first of a call often come before it has opened the way), or FortiGate sessions of at least 50 packets sent and none back. The requirement's own finding names the rule; this one says what people hear.",
    alternatives:
      "Audio that is one-way by design (music on hold, paging, recording), early media of a call that nobody took (audio in one direction from a peer that opened the session is therefore low), an address in SDP that the other side cannot reach (NAT setting of the phone system), a peer that was switched off.",
    remediation: {
      pfsense: ({ from, isAtOutside, to, toMedia }) =>
        steps(
          ...(isAtOutside ? [AT_OUTSIDE] : []),
          say`Firewall > Rules, interface of the block lines: pass UDP with logging, source ${from}, destination ${to}, port ${toMedia}. No port forward where the vendor wants none, but Firewall > NAT > Outbound: static port for the phone system.`,
          say`Check: pass lines and audio both ways. Undo: disable the rule.`,
        ),
      opnsense: ({ from, isAtOutside, to, toMedia }) =>
        steps(
          ...(isAtOutside ? [AT_OUTSIDE] : []),
          say`Firewall > Rules, interface of the block lines: pass UDP with logging, source ${from}, destination ${to}, port ${toMedia}.`,
          say`Check: audio both ways. Undo: disable the rule.`,
        ),
      fortigate: ({ from, isAtOutside, peer, to, toMedia }) =>
        steps(
          ...(isAtOutside ? [AT_OUTSIDE] : []),
          say`Denied: add UDP ${toMedia} to the services of the policy that lets ${from} reach ${to}. Sent and none back: do answers arrive at the outside interface?`,
          code`diagnose sniffer packet any 'host ${peer} and udp' 4 10`,
          say`They do: look for the address and port in SDP (with the ALG: diagnose sys sip-proxy calls list; else a capture of the SIP). They do not: ask the provider.`,
          say`Check: rcvdpkt above 0 in the next calls. Undo: restore the service.`,
        ),
      iptables: ({ chain, from, iptables, isAtOutside, to, toMediaLists }) =>
        isAtOutside
          ? steps(
              AT_OUTSIDE,
              ...udpTimeouts,
              say`Rules with --random or --to-ports change the source port:`,
              `${iptables} -t nat -S POSTROUTING`,
              say`Check: audio both ways, after a pause too. Undo: 30 and 120.`,
            )
          : steps(
              ...toMediaLists.map(
                (ports) =>
                  code`${iptables} -I ${chain} 1 -p udp -s ${from} -d ${to} -m multiport --dports ${ports} -j ACCEPT`,
              ),
              `${iptables} -I ${chain} 1 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
              KEPT,
              say`Check: the counter grows by 50 a second during a call. Undo: the same command with -D.`,
            ),
      windows: ({ isToHost, media, peers, toMedia }) =>
        steps(
          isToHost
            ? code`New-NetFirewallRule -DisplayName "ringfence RTP" -Direction Inbound -Protocol UDP -LocalPort ${media} -RemoteAddress ${peers} -Action Allow`
            : code`New-NetFirewallRule -DisplayName "ringfence RTP" -Direction Outbound -Protocol UDP -RemotePort ${toMedia} -RemoteAddress ${peers} -Action Allow`,
          say`Check: no more DROP lines. Undo: Remove-NetFirewallRule -DisplayName "ringfence RTP".`,
        ),
    },
    cites: [],
    references: [
      "The vendors' RTP ranges (AGFEO 1.3, SwyxWare 1.1 to 1.7, jtel, pascom, PBXact audio paths)",
      "RFC 3551 (packet rates and sizes of the usual codecs)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const inCalls = unexplained(traffic).judged.filter(
      (one) =>
        (isDenied(one) || (one.flow.verdict === VERDICT_ALLOW && isSilent(one))) &&
        one.flow.inspection === INSPECTION_NONE &&
        !traffic.firstPackets.has(one) &&
        (carriesMedia(one) || isAnsweringMedia(one)) &&
        looksLikeSpeech(one) !== false &&
        (peers.callsWith(one) !== null || isAnsweringMedia(one)),
    );
    const subjects = [...inCalls.filter(isDenied), ...silentSessions(inCalls, traffic)];
    if (subjects.length === 0) return;
    const sent = sentMedia(traffic);
    const shown = subjects.map((one) => ({
      ...subjectOf(one),
      isOpened: one.sender === null && !isAnsweringMedia(one) && sent.has(one.pair),
      hasSip: peers.callsWith(one) !== null,
    }));
    reportGrouped(shown, report, claimOf);
  },
};

type Subject = CheckSubject & {
  /** A peer's packets, and the host's own audio to the same peer passes: that opens the way back for what follows. */
  isOpened: boolean;
  /** SIP passes with the peer or its provider; else the host's own audio shows the call. */
  hasSip: boolean;
};

/** Denied audio between the ports that the host's own audio takes, be the peer one that the vendor's rows leave out. */
function isAnsweringMedia({ flow, meaning, matches }: JudgedFlow): boolean {
  return (
    meaning === "return-leg" &&
    flow.protocol === UDP &&
    matches.some((match) => match.row.applies !== false && isMedia(match)) &&
    !matches.some((match) => match.row.applies !== false && isSignalling(match))
  );
}

/** The pairs of host and peer between which the host's own audio was let out. */
function sentMedia({ judged }: Traffic): Set<string> {
  const sent = judged.filter(
    (one) => one.flow.verdict === VERDICT_ALLOW && one.sender !== null && one.hostIsInitiator && carriesMedia(one),
  );
  return new Set(sent.map(({ pair }) => pair));
}

function isDenied({ flow, meaning }: JudgedFlow): boolean {
  return flow.verdict === VERDICT_DENY && (meaning === "refused" || meaning === "return-leg" || flow.outOfState);
}

/** Sessions that sent and got nothing, unless the peer's audio came in sessions of its own or in others like them. */
function silentSessions(inCalls: readonly JudgedFlow[], traffic: Traffic): JudgedFlow[] {
  const silent = inCalls.filter((one) => one.flow.verdict === VERDICT_ALLOW && isSilent(one));
  if (silent.length === 0) return silent;
  const answered = new Set(
    traffic.judged
      .filter((one) => one.flow.verdict === VERDICT_ALLOW && carriesMedia(one) && !isSilent(one))
      .map(({ pair }) => pair),
  );
  return silent.filter((one) => !answered.has(one.pair));
}

function isSilent({ flow }: JudgedFlow): boolean {
  return (
    flow.unansweredSessions > 0 && flow.unansweredSessions === flow.count && flow.packets >= ENOUGH_SENT * flow.count
  );
}

function claimOf({ subjects, count }: Group<Subject>): ReturnType<Parameters<typeof reportGrouped>[2]> {
  const silent = subjects.filter(({ flow }) => flow.verdict === VERDICT_ALLOW);
  if (silent.length === 0 && count < ENOUGH_DENIED) return null;
  const [{ host }] = subjects;
  const passes = subjects.some(({ hasSip }) => hasSip)
    ? say`SIP between ${host} and the same peers or provider passes`
    : say`audio of ${host} to the same peers, between the same ports, passes`;
  const why = say`${listOf(subjects.map(({ firewallName }) => firewallName))} ${whatHappened(subjects, silent)} while ${passes}. ${mediaBlocked.meta.rationale}`;
  return {
    why: subjects.some(({ isOpened }) => isOpened) ? joined([why, EARLY_MEDIA], " ") : why,
    confidence: confidenceOf(subjects, silent, count),
  };
}

const EARLY_MEDIA = say`Audio that the host itself sent to the same peer was let out, and opens the way back: so what is lost may be only what comes before it (announcements, the tone of ringing, first words).`;

function whatHappened(subjects: readonly CheckSubject[], silent: readonly CheckSubject[]): Message {
  const sum = (some: readonly CheckSubject[]) => some.reduce((total, { flow }) => total + flow.count, 0);
  const denied = sum(subjects) - sum(silent);
  const refused = say`denied media ${amount(denied, "time")}`;
  if (silent.length === 0) return refused;
  const unanswered = say`saw ${amount(sum(silent), "media session")} that sent and got nothing back`;
  return denied > 0 ? say`${refused} and ${unanswered}` : unanswered;
}

/** A denial is the firewall's own word; silence may have other causes. */
function confidenceOf(subjects: readonly Subject[], silent: readonly Subject[], count: number) {
  if (silent.length === subjects.length) {
    // What a peer sends before the call is answered, the host need not answer: an announcement, say.
    if (silent.every(({ direction }) => direction === "in")) return CONFIDENCE.likely.level;
    return silent.length > 1 || count > 1 ? CONFIDENCE.shown.level : CONFIDENCE.likely.level;
  }
  if (subjects.every(({ isOpened }) => isOpened)) return CONFIDENCE.shown.level;
  const sized = subjects.some((one) => looksLikeSpeech(one) === true && !one.flow.verdictAssumed);
  return sized && count >= CERTAIN_DENIED ? CONFIDENCE.named.level : CONFIDENCE.shown.level;
}

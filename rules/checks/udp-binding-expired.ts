/**
 * The firewall forgot a UDP conversation before its two ends did: packets from the peer's SIP port come back to the host,
 * or to the firewall's own address, and are denied, although the host had opened that conversation and it was allowed.
 */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckClaim, CheckReport, CheckSubject } from "../check.ts";
import { type Peers, peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { AFTER_RESTART, restartedOf, restartNote } from "../inspection/restarts.ts";
import { attributedSubject, type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { udpTimeouts } from "../remedies/netfilter-commands.ts";
import type { JudgedFlow, SeenFlow, Traffic } from "../traffic/judged-flow.ts";
import { lateAnswerTo } from "../traffic/late-answers.ts";
import { promptDenials } from "../traffic/prompt-denials.ts";
import { carriesSignalling } from "../traffic/voice.ts";

/** For so long SIP repeats one message over UDP: 64 times T1 (RFC 3261, section 17.1.1.2). */
const RETRANSMITTED_MS = 32_000;

export const udpBindingExpired: Check = {
  meta: {
    id: "udp-binding-expired",
    title: "Answers and calls from the peer are denied because the firewall forgot the UDP conversation",
    severity: "medium",
    otherSeverities: [AFTER_RESTART],
    rationale: plain(
      "The phone system registers from inside and keeps that path open with small packets; between two of them the firewall's " +
        "UDP timeout ran out. It can call out, but nobody can call it until it registers again.",
    ),
    platforms: ["pfsense", "opnsense", "iptables", "fortigate", "windows"],
    needs:
      "An allowed UDP conversation that the host opened on a SIP port or requirement, and later a denied packet from the peer's port of that conversation; or UDP on it that the firewall itself says belongs to no session. Both must be logged at the same firewall.",
    alternatives:
      "A firewall that was restarted or failed over, a second Internet line on which the answer arrives, states cleared by hand, or a peer that goes on sending to an address that has changed since.",
    remediation: {
      pfsense: steps(
        say`System > Advanced > Firewall & NAT > State Timeouts: UDP First 60, UDP Single 300, UDP Multiple 300 (or Firewall Optimization Options = Conservative).`,
        say`Check: pfctl -st | grep udp; the block lines stop. Undo: empty the fields.`,
      ),
      opnsense: steps(
        say`Firewall > Settings > Advanced: Firewall Optimization = conservative.`,
        say`Check: pfctl -st | grep udp; the block lines stop. Undo: normal.`,
      ),
      fortigate: steps(
        "config system global",
        "  set udp-idle-timer 300",
        "end",
        say`Or for SIP alone:`,
        "config system session-ttl",
        "  config port",
        "    edit 0",
        "      set protocol 17",
        "      set start-port 5060",
        "      set end-port 5061",
        "      set timeout 300",
        "    next",
        "  end",
        "end",
        say`Check: diagnose sys session filter dport 5060; diagnose sys session list (expire never reaches 0). Undo: unset udp-idle-timer, or delete the entry.`,
      ),
      iptables: steps(
        ...udpTimeouts,
        say`Check: conntrack -L -p udp --dport 5060 shows the entry between two keepalives. Undo: 30 and 120.`,
      ),
      windows: ({ peers }) =>
        steps(
          say`Windows Firewall has no UDP timeout to set: shorten the keepalive or registration interval of the phone system, or allow the peer's port:`,
          code`New-NetFirewallRule -DisplayName "ringfence SIP peer" -Direction Inbound -Protocol UDP -RemoteAddress ${peers} -RemotePort 5060 -Action Allow`,
          say`Check: no more DROP lines. Undo: Remove-NetFirewallRule -DisplayName "ringfence SIP peer".`,
        ),
    },
    cites: ["timeouts"],
    references: [
      "AGFEO: mind the firewall's timeouts and UDP/TCP ageing (no numbers); its systems send keep-alive packets",
      "GoTo: UDP timeout of 90 s at least, 300 s recommended",
      "linux Documentation/networking/nf_conntrack-sysctl.rst (30 s, stream 120 s)",
      "Fortinet documents 180 s and 60 s (community ta-p/407206): read the device's own setting",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged, other } = unexplained(traffic);
    const closed = refusedOpenings(traffic);
    const prompt = promptDenials(traffic);
    const returned = judged
      .filter((one) => isReturned(one, peers) && !closed.has(openingKey(one)) && !prompt.has(one))
      .map(subjectOf);
    const subjects = [...returned, ...other.flatMap((one) => atOutside(one, peers))];
    const restarted = restartedOf(subjects, traffic);
    reportGrouped(subjects, report, (group) => claimOf(group, restarted));
  },
};

/** Conversations that a firewall denied from the start, though another let them pass: it had nothing to forget. */
function refusedOpenings({ judged }: Traffic): Set<string> {
  const refused = judged.filter(({ flow, meaning }) => meaning === "refused" && !flow.reply);
  const keys = new Set(refused.map(openingKey));
  const conversations = new Set(refused.map(({ conversation }) => conversation));
  for (const one of judged)
    if (one.flow.verdict === VERDICT_ALLOW && conversations.has(one.conversation)) keys.delete(openingKey(one));
  return keys;
}

function openingKey(judged: JudgedFlow): string {
  return `${judged.firewallName}|${judged.conversation}`;
}

function isReturned(judged: JudgedFlow, peers: Peers): boolean {
  const { flow, meaning } = judged;
  if (flow.verdict !== VERDICT_DENY || flow.protocol !== UDP || !carriesSignalling(judged)) return false;
  return meaning === "return-leg" || (flow.outOfState && peers.isLegitimate(judged));
}

/** What came back to a firewall's own address, as its host's. */
function atOutside(other: SeenFlow, peers: Peers): CheckSubject[] {
  const opened = lateAnswerTo(other, peers);
  return opened ? [attributedSubject(other, opened)] : [];
}

function claimOf({ subjects, count }: Group, restarted: ReadonlySet<string>): CheckClaim {
  const restart = restartNote(subjects, restarted);
  const unit = subjects[0].flow.context.unit === "sessions" ? "session" : "packet";
  return {
    ...(restart ? { severity: restart.severity } : {}),
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} denied ${amount(count, unit)} of a UDP conversation of ${subjects[0].host} that it had allowed before or that it says it does not know. ${restart?.note ?? udpBindingExpired.meta.rationale}`,
    confidence:
      count >= 3 && isRepeated(subjects) && subjects.some(({ flow }) => !flow.outOfState)
        ? CONFIDENCE.named.level
        : CONFIDENCE.shown.level,
  };
}

/** Once may be a restart: a message comes again and again until its sender gives up. */
function isRepeated(subjects: readonly CheckSubject[]): boolean {
  const first = Math.min(...subjects.map(({ flow }) => flow.firstMs));
  const last = Math.max(...subjects.map(({ flow }) => flow.lastMs));
  return last - first > RETRANSMITTED_MS;
}

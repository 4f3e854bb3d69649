/**
 * Voice packets denied because the firewall does not (or no longer) know their connection: an expired state, an
 * asymmetric path, or a restarted firewall. Never a refused connection, so never "blocked but required". SIP over UDP is
 * udp-binding-expired, a denied SYN+ACK reply-blocked, audio in calls media-blocked, and FIN and RST are remains: what is
 * left is mostly SIP over TCP.
 */
import type { Check, CheckClaim, CheckReport } from "../check.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { AFTER_RESTART, restartedOf, restartNote } from "../inspection/restarts.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import type { Traffic } from "../traffic/judged-flow.ts";
import { voiceMatch } from "../traffic/voice.ts";

export const outOfStateVoice: Check = {
  meta: {
    id: "out-of-state-voice",
    title: "Packets of voice connections are denied because the firewall lost their state",
    severity: "medium",
    otherSeverities: [AFTER_RESTART],
    rationale: plain(
      "The rules allow the connection, but the firewall forgot it before the two ends did. Phones show as registered and " +
        "cannot be called until they register again, and calls break off after minutes of silence.",
    ),
    platforms: ["pfsense", "opnsense", "fortigate", "iptables", "windows"],
    needs:
      "A denied packet that neither opens nor closes a connection (TCP without SYN, FIN and RST, state mismatch, no session matched) on a port of a voice requirement, from the host or a peer that has business with it.",
    alternatives:
      "A firewall that was restarted, a path that leaves through one firewall and returns through another, or late packets of a connection that both ends had closed.",
    remediation: {
      pfsense: steps(
        say`System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (keeps idle states longer).`,
        say`Check: the denied lines stop; Diagnostics > States shows the connection between two keepalives. Undo: Normal.`,
      ),
      opnsense: steps(
        say`Firewall > Settings > Advanced: Firewall Optimization = conservative.`,
        say`Check: the denied lines stop. Undo: normal.`,
      ),
      fortigate: steps(
        "config system session-ttl",
        "  config port",
        "    edit 0",
        "      set protocol 6",
        "      set start-port 5060",
        "      set end-port 5061",
        "      set timeout 3600",
        "    next",
        "  end",
        "end",
        say`Check: diagnose sys session list shows the session between keepalives. Undo: delete the entry.`,
      ),
      iptables: steps(
        "sysctl net.netfilter.nf_conntrack_tcp_timeout_established",
        say`432000 (five days, the default) is not to blame: look for a second path or a restart. Where it is less than 7440:`,
        say`sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=7440      # keep it in /etc/sysctl.d`,
        say`Check: conntrack -L -p tcp --dport 5060 shows the entry between keepalives. Undo: set the old value.`,
      ),
      windows: steps(
        say`Shorten the phone system's keepalive interval: Windows Firewall has no timeout to set. Check: no more DROP lines with flags A or PA. Undo: the old interval.`,
      ),
    },
    cites: ["timeouts"],
    references: [
      "AGFEO: mind timeouts and UDP/TCP ageing",
      "Fortinet community ta-p/274367 (no session matched is no refusal)",
      "RFC 5626 section 4.4 (keepalives of SIP over TCP)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const lost = unexplained(traffic).judged.filter(
      // What closes a connection comes late wherever both ends closed it, and nobody misses it.
      (one) =>
        one.meaning === "out-of-state" &&
        !one.flow.closing &&
        voiceMatch(one.serves) !== null &&
        peers.isLegitimate(one),
    );
    const subjects = lost.map(subjectOf);
    const restarted = restartedOf(subjects, traffic);
    reportGrouped(subjects, report, (group) => claimOf(group, restarted));
  },
};

function claimOf({ subjects, count }: Group, restarted: ReadonlySet<string>): CheckClaim {
  const restart = restartNote(subjects, restarted);
  return {
    ...(restart ? { severity: restart.severity } : {}),
    confidence: count >= 3 ? CONFIDENCE.shown.level : CONFIDENCE.likely.level,
    why: say`${amount(count, "denied packet")} on voice ports of ${subjects[0].host} opened no connection: they belong to one that ${listOf(subjects.map(({ firewallName }) => firewallName))} does not know. ${restart?.note ?? outOfStateVoice.meta.rationale}`,
  };
}

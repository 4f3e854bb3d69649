/**
 * Voice packets denied because the firewall does not (or no longer) know their connection: an expired state, an
 * asymmetric path, or a restarted firewall. Never a refused connection, so never "blocked but required".
 */
import type { Check, CheckReport } from "../check.ts";
import { subjectOf } from "../check-subject.ts";
import type { Traffic } from "../judged-flow.ts";
import { voiceMatch } from "../voice.ts";

export const outOfStateVoice: Check = {
  meta: {
    id: "out-of-state-voice",
    title: "Packets of voice connections are denied because the firewall lost their state",
    severity: "medium",
    rationale:
      "The rules allow the connection, but the firewall forgot it before the two ends did. Phones show as registered and " +
      "cannot be called until they register again, and calls break off after minutes of silence.",
    platforms: ["pfsense", "opnsense", "fortigate", "iptables", "windows"],
    needs:
      "A denied packet that opens no connection (TCP without SYN, state mismatch, no session matched) on a port of a voice requirement.",
    alternatives:
      "A firewall that was restarted, a path that leaves through one firewall and returns through another, or late packets of a connection that both ends had closed.",
    remediation: {
      pfsense:
        "System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (keeps idle states longer).\n" +
        "Check: the denied lines stop; Diagnostics > States shows the connection between two keepalives. Undo: Normal.",
      opnsense:
        "Firewall > Settings > Advanced: Firewall Optimization = conservative.\nCheck: the denied lines stop. Undo: normal.",
      fortigate:
        "config system session-ttl\n  config port\n    edit 0\n      set protocol 6\n      set start-port 5060\n      set end-port 5061\n      set timeout 3600\n    next\n  end\nend\n" +
        "Check: diagnose sys session list shows the session between keepalives. Undo: delete the entry.",
      iptables:
        "sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=7440\nsysctl -w net.netfilter.nf_conntrack_udp_timeout_stream=300\n" +
        "Check: conntrack -L -p udp --dport 5060 shows the entry between keepalives. Undo: set the old values.",
      windows: "Shorten the phone system's keepalive interval: Windows Firewall has no timeout to set.",
    },
    references: [
      "AGFEO: mind timeouts and UDP/TCP ageing",
      "peers research: return legs and expired bindings are no refusals",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    for (const judged of traffic.judged) {
      if (judged.meaning !== "out-of-state") continue;
      const voice = voiceMatch(judged.serves);
      if (!voice) continue;
      const { requirement } = voice.row;
      report(
        {
          confidence: judged.flow.count >= 3 ? "medium" : "low",
          why: `Denied packets on ${requirement.application} (${requirement.id}) opened no connection: they belong to one that ${judged.firewallName} does not know. ${outOfStateVoice.meta.rationale}`,
        },
        subjectOf(judged),
      );
    }
  },
};

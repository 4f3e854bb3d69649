/**
 * SIP ALG at work. FortiGate writes VoIP logs (`type=utm subtype=voip`) only for sessions that its SIP ALG handles; the
 * Linux kernel says when it assigns a helper by itself. Messages that a helper drops are sip-alg-drops. Silence proves
 * nothing: both log only when told to, and pf has no SIP ALG.
 */
import { INSPECTION_SIP_ALG } from "../../ingest/record.ts";
import type { Check, CheckReport, CheckSubject } from "../check.ts";
import { isDroppedByAlg, peersOf } from "../inspection/peers.ts";
import { subjectOf, unconcernedSubject } from "../inspection/subject.ts";
import { code, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { helperOff } from "../remedies/netfilter-commands.ts";
import type { Confidence } from "../result.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** The kernel's `automatic helper assignment has been turned off`, `No such helper "sip"`: no helper touched a packet. */
const NOT_AT_WORK = /turned off|no such helper/i;
/** `automatic helper assignment is deprecated`: it assigned one, of whatever protocol. */
const ANY_HELPER = /automatic helper assignment/i;

export const sipAlgActive: Check = {
  meta: {
    id: "sip-alg-active",
    title: "A SIP application layer gateway handles the phone system's signalling",
    severity: "medium",
    rationale: plain(
      "A SIP ALG rewrites addresses in SIP and opens ports by itself. Where the phone system already copes with NAT, " +
        "the two corrections add up: registrations vanish, calls lose audio in one direction, re-INVITEs fail.",
    ),
    platforms: ["fortigate", "iptables"],
    needs:
      "A line that the ALG itself wrote: a FortiGate VoIP log (high confidence), or a kernel line on helpers assigned by themselves (low: it does not say which).",
    alternatives:
      "A FortiGate VoIP profile may inspect without changing anything, and a site may want the ALG where the phone system does not cope with NAT. No such line does not mean that no ALG is on: VoIP logs are off by default, and FortiGate's session helper writes none at all.",
    remediation: {
      fortigate: steps(
        "config system settings",
        "  set default-voip-alg-mode kernel-helper-based",
        "  set sip-expectation disable",
        "  set sip-nat-trace disable",
        "end",
        say`The number of the session helper sip stands in:`,
        "show system session-helper | grep -f sip",
        "config system session-helper",
        code`  delete ${say`<its number>`}`,
        "end",
        say`Remove the VoIP profile from the policy of the phone system. New sessions only: clear the old ones (diagnose sys session filter dport 5060; diagnose sys session clear).`,
        say`Check: no more lines with subtype=voip. Undo: set default-voip-alg-mode proxy-based, and add the session helper again.`,
        say`Fortinet itself recommends to keep the ALG; the phone system's vendor decides for its own product.`,
      ),
      iptables: steps(
        ...helperOff,
        "modprobe -r nf_nat_sip nf_conntrack_sip && echo 'install nf_conntrack_sip /bin/false' > /etc/modprobe.d/no-sip-helper.conf",
        say`Check: conntrack -L | grep helper=sip prints nothing. Undo: remove that file, load the modules and add the rules again.`,
      ),
    },
    cites: ["disable-alg", "disable-inspection"],
    references: [
      "AGFEO: Informationen für einen Betrieb hinter Firewall-Systemen (switch off SIP ALG and SIP NAT helpers)",
      "PBXact: disable any form of packet inspection",
      "SwyxWare, jtel, pascom: their port documents say nothing on SIP ALG",
      "Fortinet community ta-p/203336 (recommends keeping the ALG), ta-p/213978 (when VoIP logs are written)",
      "linux net/netfilter/nf_conntrack_helper.c",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    for (const judged of traffic.judged) {
      // What it drops of the phone system's own peers is sip-alg-drops; of strangers, it shows no more than that it is on.
      if (isAtWork(judged) && !(isDroppedByAlg(judged) && peers.isLegitimate(judged)))
        reportAlg(subjectOf(judged), report, CONFIDENCE.named.level);
    }
    for (const other of traffic.other)
      if (isAtWork(other) && !isDroppedByAlg(other))
        reportAlg(unconcernedSubject(other), report, CONFIDENCE.shown.level);
  },
};

function isAtWork({ flow }: Pick<CheckSubject, "flow">): boolean {
  return flow.inspection === INSPECTION_SIP_ALG && !NOT_AT_WORK.test(flow.context.reason);
}

function reportAlg(subject: CheckSubject, report: CheckReport, confidence: Confidence): void {
  const { deployment, flow, firewallName } = subject;
  report(
    {
      // Whose signalling it was no line tells: another system's, or the phone system's after translation.
      ...(deployment === null ? { title: say`The SIP application layer gateway of ${firewallName} is at work` } : {}),
      why: say`${firewallName} wrote lines of its SIP ALG for this traffic. ${sipAlgActive.meta.rationale}`,
      confidence: ANY_HELPER.test(flow.context.reason) ? CONFIDENCE.likely.level : confidence,
    },
    subject,
  );
}

/**
 * Messages that the SIP ALG or helper itself throws away although the rules let them pass: FortiGate VoIP logs that block
 * (`logid=0814044033`), the kernel's `nf_ct_sip: dropping packet: <reason>` (`helper sip dropping packet` from 2026 on).
 */
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import type { Check, CheckReport, CheckSubject } from "../check.ts";
import { isDroppedByAlg, type Peers, peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { attributedSubject, type Group, reportGrouped, subjectOf, unconcernedSubject } from "../inspection/subject.ts";
import { amount, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { helperOff } from "../remedies/netfilter-commands.ts";
import { isOutsideAddress } from "../site/site.ts";
import { hostKey, type SeenFlow, type Traffic } from "../traffic/judged-flow.ts";

export const sipAlgDrops: Check = {
  meta: {
    id: "sip-alg-drops",
    title: "The firewall's SIP helper drops messages that the rules let pass",
    severity: "high",
    rationale: plain(
      "The helper could not parse or rewrite the message and dropped it. The sender repeats it and meets the same end: " +
        "some telephones never register, some calls cannot be put on hold or transferred, and no rule explains why.",
    ),
    platforms: ["fortigate", "iptables"],
    needs:
      "A line of the helper itself that says it dropped or blocked: certain. A FortiGate line with malform_desc whose action is pass dropped nothing and is sip-alg-active.",
    alternatives:
      "A message may really have been malformed; what strangers from the Internet send is not counted. A VoIP profile may block a method or limit a rate on purpose.",
    remediation: {
      fortigate: steps(
        say`See the field malform_desc, reason or attack of the lines: config voip profile / edit <profile> / config sip / set malformed-<field> pass for the header named, or raise the limit (register-rate, invite-rate).`,
        say`To take the ALG out of the path altogether see: ringfence checks explain sip-alg-active.`,
        say`Check: diagnose sys sip-proxy stats; no more lines with logid 0814044033. Undo: unset the same setting.`,
      ),
      iptables: steps(
        ...helperOff,
        say`Without the helper, media need rules of their own (the vendor's RTP range).`,
        say`Check: conntrack -L | grep helper=sip prints nothing, and the kernel log has no more nf_ct_sip lines. Undo: add the rules again.`,
      ),
    },
    cites: ["disable-alg", "disable-inspection"],
    references: [
      "AGFEO: switch off SIP ALG and SIP NAT helpers",
      "PBXact: disable any form of packet inspection",
      "Fortinet community ta-p/203336 (keep the ALG, tune it)",
      "linux net/netfilter/nf_conntrack_sip.c, nf_nat_sip.c (the reasons in the lines)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged, other } = unexplained(traffic);
    const dropped = judged.filter((one) => isDroppedByAlg(one) && peers.isLegitimate(one));
    const elsewhere = other
      .filter(isDroppedByAlg)
      .map((one) => translatedSubject(one, peers) ?? unconcernedSubject(one));
    reportGrouped([...dropped.map(subjectOf), ...elsewhere], report, claimOf);
  },
};

/** The kernel's helper looks last, when the source is translated already: that one host alone calls there tells whose it was. */
function translatedSubject(other: SeenFlow, peers: Peers): CheckSubject | null {
  const { flow, firewall, firewallName } = other;
  if (!firewall || flow.initiatorFold !== FOLD_EXACT || !isOutsideAddress(firewall, flow.initiator)) return null;
  const sent = peers.sipToward(flow.responder, firewallName);
  const [first] = sent;
  if (first === undefined || new Set(sent.map(({ host }) => hostKey(host))).size > 1) return null;
  return { ...attributedSubject(other, first), peer: first.peerText };
}

function claimOf({ subjects, count }: Group): ReturnType<Parameters<typeof reportGrouped>[2]> {
  const [{ host, deployment }] = subjects;
  const reasons = listOf(subjects.map(({ flow }) => flow.context.reason));
  const what = reasons.text === "" ? amount(count, "message") : say`${amount(count, "message")} (${reasons})`;
  return {
    title:
      deployment === null
        ? plain(sipAlgDrops.meta.title)
        : say`The firewall's SIP helper drops messages of ${host} that the rules let pass`,
    why: say`The SIP helper of ${listOf(subjects.map(({ firewallName }) => firewallName))} dropped ${what}. ${sipAlgDrops.meta.rationale}`,
    confidence: deployment === null ? CONFIDENCE.shown.level : CONFIDENCE.named.level,
  };
}

/**
 * The mark of voice packets is gone behind the firewall: the same conversation is logged with a DSCP where it comes in
 * and with none where it goes out, at one firewall's two interfaces or at two firewalls. FortiGate and Windows log none.
 */
import { formatAddress } from "../../ingest/address.ts";
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import { isInside } from "../site/parties.ts";
import { isOutsideAddress } from "../site/site.ts";
import { receiverOf, senderOf } from "../traffic/flow-ends.ts";
import type { JudgedFlow, SeenFlow, Traffic } from "../traffic/judged-flow.ts";
import { carriesMedia, carriesSignalling, VOICE_MARKS } from "../traffic/voice.ts";

const TOWARD_OUTSIDE = {
  when: "on the way outside or into a VPN, where marks usually have no effect",
  level: "low",
} as const;

export const dscpLost: Check = {
  meta: {
    id: "dscp-lost",
    title: "Voice packets leave the firewall without their DSCP mark",
    severity: "medium",
    otherSeverities: [TOWARD_OUTSIDE],
    rationale: plain(
      "Telephones mark audio (EF) so that switches and routers send it first. A firewall that clears the mark makes audio wait " +
        "behind downloads on every link after it: speech chops whenever the line is busy.",
    ),
    platforms: ["pfsense", "opnsense", "iptables"],
    needs:
      "Both sides of the firewall in the logs: the same two addresses and port with a voice mark on the way in, and without any on the way out, and never with one there. At netfilter that takes LOG rules in the table mangle, in PREROUTING and POSTROUTING, whose prefixes say accept. With source NAT the outside line shows the firewall's own address (site file: public). Of two firewalls the one with the mark must log first, so their clocks must agree.",
    alternatives:
      "On the way to the Internet, a VPN or the provider the mark is usually disregarded anyway, and some providers want it cleared: there the finding is of low severity. Packets that arrive unmarked from the telephone are no loss.",
    remediation: {
      pfsense: steps(
        say`pf keeps the mark unless told otherwise: look for a limiter, ALTQ queue or a floating match rule on the outside interface (Firewall > Traffic Shaper), and for a tunnel interface that starts a new outer header.`,
        say`Check: pass lines with TOS 0xb8 on both interfaces. Undo: enable the shaper again.`,
      ),
      opnsense: steps(
        say`Firewall > Shaper and the rules' advanced feature Set priority / DSCP on the outside interface.`,
        say`Check: pass lines with TOS 0xb8 on both interfaces. Undo: restore the rule.`,
      ),
      iptables: ({ from, iptables, isToHost, mediaLists, outward, to }) =>
        steps(
          say`Look for a rule that clears it, and remove it:`,
          code`${iptables} -t mangle -S | grep -iE 'DSCP|TOS'`,
          "nft list ruleset | grep 'dscp set'",
          code`tc filter show dev ${outward}`,
          say`Or set it again, with the LOG rule behind it:`,
          ...mediaLists.map(
            (ports) =>
              code`${iptables} -t mangle -A POSTROUTING -p udp -s ${from} -d ${to} -m multiport ${isToHost ? "--dports" : "--sports"} ${ports} -j DSCP --set-dscp-class EF`,
          ),
          KEPT,
          say`Check: TOS=0x18 PREC=0xA0 (together 0xb8) in LOG lines of POSTROUTING. Undo: the same command with -D.`,
        ),
    },
    cites: ["qos"],
    references: [
      "AGFEO: all IP telephones mark RTP as EF; the LAN must support QoS; Internet, VPN and WAN usually disregard it",
      "RFC 4594 (which mark for which traffic), RFC 2474",
      "linux net/netfilter/nf_log_syslog.c (TOS and PREC are two halves of one byte)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const marked = traffic.judged.filter(
      (one) => isMarked(one.flow) && one.flow.context.ingress !== "" && (carriesMedia(one) || carriesSignalling(one)),
    );
    // Without marks none can have been lost, and most sites set none.
    if (marked.length === 0) return;
    const flows = [...traffic.judged, ...traffic.other].filter(
      ({ flow }) => flow.verdict === VERDICT_ALLOW && flow.protocol === UDP && flow.dscp >= 0,
    );
    const keysOf = ({ flow }: Leg): string[] => {
      const keys = [legKey(flow, flow.initiatorId)];
      if (traffic.site.firewalls.some((firewall) => isOutsideAddress(firewall, flow.initiator)))
        keys.push(legKey(flow, TRANSLATED));
      return keys;
    };
    // Only where a leg has no mark can one have been lost: elsewhere, and that is nearly everywhere, nothing is gathered.
    const legs = new Map<string, Leg[]>();
    for (const leg of flows) if (leg.flow.dscp === 0) for (const key of keysOf(leg)) legs.set(key, []);
    if (legs.size === 0) return;
    for (const leg of flows) for (const key of keysOf(leg)) legs.get(key)?.push(leg);
    const legsOf = ({ flow }: JudgedFlow): Leg[] => [
      ...new Set([...(legs.get(legKey(flow, flow.initiatorId)) ?? []), ...(legs.get(legKey(flow, TRANSLATED)) ?? [])]),
    ];
    const lost = marked.filter((one) => isCleared(one, legsOf(one)));
    reportGrouped(lost.map(subjectOf), report, claimOf);
  },
};

type Leg = Pick<SeenFlow, "flow" | "firewallName">;

/** In place of an opener's number: a firewall's outside address, behind which any host may be. */
const TRANSLATED = -1;

function legKey({ responderId, responderPort, reply }: JudgedFlow["flow"], opener: number): string {
  return `${opener}|${responderId}|${responderPort}|${reply}`;
}

function isMarked({ dscp, verdict, protocol }: JudgedFlow["flow"]): boolean {
  return verdict === VERDICT_ALLOW && protocol === UDP && VOICE_MARKS.has(dscp);
}

/** Whether the conversation is seen where it leaves this firewall, or later at another, and there never with a mark. */
function isCleared({ flow, firewall, firewallName }: JudgedFlow, legs: readonly Leg[]): boolean {
  const onward = legs.filter(({ flow: leg, firewallName: name }) => {
    const sameOpener = leg.initiatorId === flow.initiatorId;
    if (!sameOpener && !(firewall !== null && isOutsideAddress(firewall, leg.initiator))) return false;
    return firewallName === name ? leg.context.egress !== "" : leg.firstMs > flow.firstMs;
  });
  // Lines without an interface that the packet came in by are of the last hook: pf's, and netfilter's before Linux 5.7. Since
  // then POSTROUTING names both interfaces, as FORWARD does, and PREROUTING alone is known to come first.
  const last = onward.filter(
    ({ flow: leg, firewallName: name }) => firewallName !== name || leg.context.ingress === "",
  );
  const further = last.length === 0 && flow.context.egress === "" ? onward : last;
  return further.length > 0 && further.every((leg) => leg.flow.dscp === 0);
}

function claimOf({ subjects, count }: Group) {
  const [{ peerZone }] = subjects;
  const senders = listOf(subjects.map(({ flow }) => formatAddress(senderOf(flow))));
  const marks = listOf(subjects.map(({ flow }) => VOICE_MARKS.get(flow.dscp) as string));
  const towards = listOf(subjects.map(({ flow }) => formatAddress(receiverOf(flow))));
  return {
    severity: isInside(peerZone) && peerZone !== "vpn" ? dscpLost.meta.severity : TOWARD_OUTSIDE.level,
    why: say`${amount(count, "packet")} of ${senders} came in marked ${marks} and went on to ${towards} with no mark, at ${listOf(subjects.map(({ firewallName }) => firewallName))}. ${dscpLost.meta.rationale}`,
    confidence: CONFIDENCE.shown.level,
  };
}

/**
 * The firewall's NAT gives voice packets another source port than the phone system sent them from ("port preservation").
 * FortiGate says both in one line (`srcport`, `transport`); pf logs the packet before translation where it comes in and
 * after it where it goes out, so both rules must log. So does netfilter where a chain behind the translation logs.
 */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import { isOutsideAddress } from "../site/site.ts";
import type { JudgedFlow, SeenFlow, Traffic } from "../traffic/judged-flow.ts";
import { isMedia, isSignalling } from "../traffic/voice.ts";
import { newList, within } from "../within.ts";

const MEDIA_ALONE = { when: "where only media ports change", level: "low" } as const;

export const sourcePortRewritten: Check = {
  meta: {
    id: "source-port-rewritten",
    title: "The firewall's NAT changes the source port of voice packets",
    severity: "medium",
    otherSeverities: [MEDIA_ALONE],
    rationale: plain(
      "The vendor names the ports that the phone system sends from. Where NAT changes them, SIP and SDP announce ports at which " +
        "nobody answers: some providers then ignore the registration, others lose inbound calls or audio.",
    ),
    platforms: ["fortigate", "pfsense", "opnsense", "iptables"],
    needs:
      "An outbound UDP requirement that names its local (source) ports, and FortiGate sessions whose translated port differs (high); or at one pf or netfilter firewall the packet from those ports on the inside, and on the outside packets to the same peer and port from the firewall's own address and from none of those ports (medium; the site file must name the firewall's public addresses). At netfilter only a chain of nftables with the hook postrouting and a priority above srcnat, such as 150, logs what the translation made of it.",
    alternatives:
      "Providers with symmetric response routing (RFC 3581, rport) and media latching do not mind, and then nothing need be changed. At pf and netfilter another inside system that talks to the same provider may be the one seen outside, if the phone system's own way out is not logged.",
    remediation: {
      fortigate: ({ policy }) =>
        steps(
          "config firewall policy",
          code`  edit ${policy}`,
          "    set fixedport enable",
          "  next",
          "end",
          say`One inside system for each port and outside address: a second one behind the same address needs an IP pool of its own.`,
          say`From 7.4.4 set port-preserve enable does it too, and keeps more ports usable.`,
          say`Check: transport equals srcport in new sessions. Undo: set fixedport disable.`,
        ),
      pfsense: steps(
        say`Firewall > NAT > Outbound: Hybrid; add a mapping on the outside interface, protocol UDP, source the phone system, Translation: tick Static Port. Kill the old states.`,
        say`Check: pass lines on the outside interface leave from the same port. Undo: disable the mapping.`,
      ),
      opnsense: steps(
        say`Firewall > NAT > Outbound: Hybrid; add a rule for the phone system with Static-port. Reset the old states.`,
        say`Check: the port is the same on both interfaces. Undo: disable the rule.`,
      ),
      iptables: ({ host, iptables, outward }) =>
        steps(
          say`netfilter keeps the port unless a rule says otherwise (--random, --to-ports; random, fully-random), or another system inside has it already:`,
          `${iptables} -t nat -S POSTROUTING`,
          "nft list ruleset | grep -E 'masquerade|snat'",
          say`Before such a rule:`,
          code`${iptables} -t nat -I POSTROUTING 1 -o ${outward} -p udp -s ${host} -j MASQUERADE`,
          say`What is translated already stays so until it is forgotten:`,
          code`conntrack -D -p udp --orig-src ${host}`,
          KEPT,
          say`Check: conntrack -L -p udp --orig-src ${host} shows the same port both ways. Undo: the same command with -D.`,
        ),
    },
    cites: ["port-allocation"],
    references: [
      "AGFEO 1.2 and 1.3: the tables give source ports (SIP 5064-5127, RTP by model)",
      "3CX: Firewall Checker wants port preservation; its phone system is none of the catalogs'",
      "Fortinet community ta-p/195738 (fixedport, port-preserve)",
      "Netgate: static port on outbound NAT",
      "RFC 3581 (rport: when a changed port does no harm)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const outside = leftFromOutside(traffic);
    const rewritten = traffic.judged
      .filter((one) => one.flow.rewrittenSourcePorts > 0 || (outside.size > 0 && leftElsewhere(one, outside)))
      .filter(isSentFromNamedPort);
    const subjects = rewritten.map((one) => ({ ...subjectOf(one), isSip: one.serves.some(isSignalling) }));
    reportGrouped(subjects, report, claimOf);
  },
};

/** Packets that left a firewall from its own outside address, by firewall and destination. */
function leftFromOutside({ other }: Traffic): Map<string, SeenFlow[]> {
  const outside = new Map<string, SeenFlow[]>();
  for (const one of other) {
    const { flow, firewall, firewallName } = one;
    if (flow.verdict !== VERDICT_ALLOW || flow.protocol !== UDP || flow.context.egress === "") continue;
    if (firewall === null || !isOutsideAddress(firewall, flow.initiator)) continue;
    const key = destinationKey(flow, firewallName);
    within(outside, key, newList<SeenFlow>).push(one);
  }
  return outside;
}

function destinationKey({ responderId, responderPort }: JudgedFlow["flow"], firewallName: string): string {
  return `${firewallName}|${responderId}|${responderPort}`;
}

function isSentFromNamedPort(judged: JudgedFlow): boolean {
  const { flow, hostIsInitiator, peer, serves } = judged;
  if (flow.protocol !== UDP || flow.verdict !== VERDICT_ALLOW || !hostIsInitiator || flow.reply) return false;
  if (peer.zone !== "provider" && peer.zone !== "internet") return false;
  return serves.some(
    (match) =>
      match.component === "initiator" &&
      typeof match.row.requirement.localPorts !== "string" &&
      (isSignalling(match) || isMedia(match)),
  );
}

/** Whether the same firewall's outside address talks to the peer's port, and never from the ports that the host uses. */
function leftElsewhere({ flow, firewallName }: JudgedFlow, outside: ReadonlyMap<string, SeenFlow[]>): boolean {
  if (flow.context.unit !== "packets" || flow.context.ingress === "") return false;
  const left = outside.get(destinationKey(flow, firewallName)) ?? [];
  return left.length > 0 && !left.some((one) => one.flow.initiatorPorts?.[0] === flow.initiatorPorts?.[0]);
}

function claimOf({ subjects, count }: Group<ReturnType<typeof subjectOf> & { isSip: boolean }>) {
  const told = subjects.reduce((sum, { flow }) => sum + flow.rewrittenSourcePorts, 0);
  const isSip = subjects.some((subject) => subject.isSip);
  const changed = told > 0 ? say`${amount(told, "session")} of ${count}` : amount(subjects.length, "conversation");
  return {
    severity: isSip ? sourcePortRewritten.meta.severity : MEDIA_ALONE.level,
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} changed the source port of ${changed} from ${subjects[0].host}. ${sourcePortRewritten.meta.rationale}`,
    confidence: told > 0 ? CONFIDENCE.named.level : CONFIDENCE.shown.level,
  };
}

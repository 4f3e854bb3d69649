/**
 * Media or signalling of a provider that come from another of its addresses than the one the host registered at. ALGs
 * open ports for the registrar's address alone (FortiGate `strict-register`, netfilter `sip_direct_media`,
 * `sip_direct_signalling`), and so do rules that name only the registrar.
 */
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { UDP } from "../../ingest/protocols.ts";
import { INSPECTION_NONE, INSPECTION_SIP_ALG, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport, CheckSubject } from "../check.ts";
import { type Peers, peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { attributedSubject, type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { portFits } from "../matching/requirement-rows.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import { isOutsideAddress } from "../site/site.ts";
import { hostKey, type JudgedFlow, type SeenFlow, type Traffic } from "../traffic/judged-flow.ts";
import { carriesSignalling, isMedia, isSignalling, looksLikeSpeech } from "../traffic/voice.ts";

/** A tenth of a second of audio; a BYE alone is repeated up to ten times (RFC 3261 section 17.1.2). */
const ENOUGH_MEDIA = 5;
const ENOUGH_SIGNALLING = 2;

export const pinholeTooStrict: Check = {
  meta: {
    id: "pinhole-too-strict",
    title: "Packets from a second address of the provider are denied",
    severity: "high",
    rationale: plain(
      "Providers register telephones at one address and send audio, re-INVITE or BYE from others. A pinhole or rule that knows " +
        "the registrar alone lets calls be set up and then drops their audio, or never learns that they ended.",
    ),
    platforms: ["fortigate", "pfsense", "opnsense", "iptables"],
    needs:
      "Denied packets toward the host's media or SIP ports from an address with which nothing was ever allowed, while SIP is allowed with another address of the same provider: in the same provider network of the site file (medium), or in the same /24 or /48 (low). One step surer where the firewall's SIP ALG is seen at work.",
    alternatives:
      "A port forward or rule for the provider was never meant to exist (then see the blocked requirement), or a scanner that lives at the provider. Name the provider's networks in the site file to be sure.",
    remediation: {
      fortigate: ({ policy, peers }) =>
        steps(
          say`The VoIP profile of the policy stands in (none: default):`,
          code`show firewall policy ${policy} | grep voip-profile`,
          "config voip profile",
          code`  edit ${say`<that profile>`}`,
          "    config sip",
          "      set strict-register disable",
          "      set open-via-pinhole enable",
          "      set open-record-route-pinhole enable",
          "    end",
          "  next",
          "end",
          say`Without the ALG: add ${peers} to srcaddr of the policy that lets the provider's SIP and RTP in.`,
          say`Check: sessions from the second address are accepted. Undo: set strict-register enable.`,
        ),
      pfsense: ({ peers }) =>
        steps(
          say`Firewall > Aliases: add ${peers} to the alias that the provider's pass rule and port forward have as source (make one if they name a single address).`,
          say`Check: pass lines for the second address. Undo: take it out of the alias.`,
        ),
      opnsense: ({ peers }) =>
        steps(
          say`Firewall > Aliases: add ${peers} to the alias that the provider's pass rule and port forward have as source (make one if they name a single address).`,
          say`Check: pass lines for the second address. Undo: take it out of the alias.`,
        ),
      iptables: ({ chain, forward, host, iptables, peers, portLists }) =>
        steps(
          say`With the helper:`,
          "echo 0 > /sys/module/nf_conntrack_sip/parameters/sip_direct_media",
          "echo 0 > /sys/module/nf_conntrack_sip/parameters/sip_direct_signalling",
          say`echo 'options nf_conntrack_sip sip_direct_media=0 sip_direct_signalling=0' > /etc/modprobe.d/sip-helper.conf      # over a restart`,
          say`Without (its other ports by the vendor's list):`,
          ...(forward === null
            ? []
            : portLists.map(
                (ports) =>
                  code`iptables -t nat -I PREROUTING 1 -p udp -s ${peers} -d ${forward.outside} -m multiport --dports ${ports} -j DNAT --to-destination ${forward.target}`,
              )),
          ...portLists.map(
            (ports) =>
              code`${iptables} -I ${chain} 1 -p udp -s ${peers} -d ${host} -m multiport --dports ${ports} -j ACCEPT`,
          ),
          KEPT,
          say`Check: the counters grow during a call. Undo: echo 1 in place of 0, without that file; the same commands with -D.`,
        ),
    },
    cites: ["disable-alg", "disable-inspection"],
    references: [
      "docs.fortinet.com: SIP pinholes, strict-register",
      "linux net/netfilter/nf_conntrack_sip.c (module parameters)",
      "AGFEO: if NAT rules are needed at all, admit the provider's VoIP servers and nobody else",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const algs = new Set<string>();
    for (const seen of [traffic.judged, traffic.other])
      for (const { flow, firewallName } of seen) if (flow.inspection === INSPECTION_SIP_ALG) algs.add(firewallName);
    const subjects = unexplained(traffic)
      .judged.filter((one) => isCandidate(one) && !peers.isPartner(one) && peers.callsOperatorOf(one))
      .map((one) => ({ ...subjectOf(one), isSignalling: isSip(one), hasAlg: algs.has(one.firewallName) }));
    const calls = traffic.judged.filter(isCallToProvider);
    const atOwnAddress = unexplained(traffic)
      .other.flatMap((one) => atOutside(one, calls, peers))
      .map((one) => ({ ...one, isSignalling: true, hasAlg: algs.has(one.firewallName) }));
    reportGrouped([...subjects, ...atOwnAddress], report, claimOf);
  },
};

/** Session logs name the sender, so SIP of the provider to a port that the host calls from looks like a session of its own. */
function atOutside(other: SeenFlow, calls: readonly JudgedFlow[], peers: Peers): CheckSubject[] {
  const { flow, firewall } = other;
  if (flow.verdict !== VERDICT_DENY || flow.protocol !== UDP || flow.inspection !== INSPECTION_NONE) return [];
  if (flow.reply || flow.initiatorFold !== FOLD_EXACT || !firewall || !isOutsideAddress(firewall, flow.responder))
    return [];
  if (!peers.isUnknownOfProvider(flow.initiator, firewall, flow.context.ingress)) return [];
  const fromThere = calls.filter((one) => callsFrom(one, flow.responderPort));
  const hosts = new Set(fromThere.map(({ host }) => hostKey(host)));
  // Where several hosts call from that port, nothing tells whom the provider meant.
  return hosts.size === 1 ? [attributedSubject(other, fromThere[0] as JudgedFlow)] : [];
}

/** Whether the host was let call a provider over UDP. */
function isCallToProvider({ flow, hostIsInitiator, peer }: JudgedFlow): boolean {
  return peer.zone === "provider" && flow.verdict === VERDICT_ALLOW && flow.protocol === UDP && hostIsInitiator;
}

/** Whether a row names the port for the calls that the flow is of. */
function callsFrom({ serves }: JudgedFlow, port: number): boolean {
  return serves.some(({ component, row }) => {
    const { localPorts } = row.requirement;
    return (
      component === "initiator" && row.isSignalling && typeof localPorts !== "string" && portFits(localPorts, port)
    );
  });
}

function isCandidate(judged: JudgedFlow): boolean {
  const { flow, sender, peer } = judged;
  if (flow.verdict !== VERDICT_DENY || flow.inspection !== INSPECTION_NONE || flow.outOfState || flow.laterFragment)
    return false;
  if (sender !== null || (peer.zone !== "provider" && peer.zone !== "internet")) return false;
  const rows = judged.matches.filter(({ row }) => row.applies !== false);
  if (isSip(judged)) return rows.some(isSignalling);
  return flow.protocol === UDP && rows.some(isMedia) && looksLikeSpeech(judged) !== false;
}

function isSip(judged: JudgedFlow): boolean {
  return carriesSignalling(judged) || judged.matches.some(isSignalling);
}

type Subject = ReturnType<typeof subjectOf> & { isSignalling: boolean; hasAlg: boolean };

function claimOf({ subjects, count }: Group<Subject>) {
  const signalling = subjects.filter((one) => one.isSignalling).reduce((sum, { flow }) => sum + flow.count, 0);
  if (signalling < ENOUGH_SIGNALLING && count - signalling < ENOUGH_MEDIA) return null;
  const [{ peerZone, host }] = subjects;
  const hasAlg = subjects.some((one) => one.hasAlg);
  const isProvider = peerZone === "provider";
  const unit = subjects[0].flow.context.unit === "sessions" ? "session" : "packet";
  return {
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} denied ${amount(count, unit)} from ${listOf(subjects.map(({ peer }) => peer))}, with which nothing was allowed, while SIP of ${host} passes with another address of the same operator. ${pinholeTooStrict.meta.rationale}`,
    confidence: isProvider
      ? hasAlg
        ? CONFIDENCE.named.level
        : CONFIDENCE.shown.level
      : hasAlg
        ? CONFIDENCE.shown.level
        : CONFIDENCE.likely.level,
  };
}

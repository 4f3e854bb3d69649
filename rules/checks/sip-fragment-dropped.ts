/**
 * Long SIP messages over UDP travel in IP fragments. Later ones carry no ports, so rules by port deny them, and pf drops
 * what it cannot put together (reason fragment, short, bad-offset, normalize). FortiGate puts packets together before
 * policy and logs no fragments; Windows logs none either.
 */
import { type Flow, FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport, CheckSubject } from "../check.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { attributedSubject, type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import { isOutsideAddress } from "../site/site.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { carriesSignalling } from "../traffic/voice.ts";

const FRAGMENT_REASONS = new Set(["fragment", "short", "bad-offset", "normalize"]);
/** RFC 3261 section 18.1.1: above it a request should go over TCP. */
const LARGEST_SAFE_BYTES = 1300;

const RISK_ALONE = {
  when: "where nothing was dropped, but SIP is long enough to travel in fragments",
  level: "info",
} as const;

export const sipFragmentDropped: Check = {
  meta: {
    id: "sip-fragment-dropped",
    title: "Fragments of SIP messages are dropped",
    severity: "high",
    otherSeverities: [RISK_ALONE],
    rationale: plain(
      "Short messages (REGISTER, OPTIONS) pass, the long INVITE with many codecs or headers does not arrive whole: the line " +
        "looks registered and healthy, and calls in one direction vanish without any error.",
    ),
    platforms: ["pfsense", "opnsense", "iptables"],
    needs:
      "Denied later fragments (offset above 0, no ports) of UDP between the host and a peer with which it exchanges SIP, or pf's own reason for a SIP packet. SIP packets of more than 1300 bytes that pass are reported as a risk only (info).",
    alternatives:
      "Fragments of other UDP traffic between the same two (large DNS answers, video); an attack with forged fragments, if the peer's other traffic was not seen.",
    remediation: {
      pfsense: steps(
        say`System > Advanced > Firewall & NAT: untick Disable Firewall Scrub (pf then puts fragments together before the rules), and keep Clear invalid DF bits off unless a device needs it.`,
        say`Or have the phone system and provider use SIP over TCP or TLS, or fewer codecs.`,
        say`Check: no more block lines of UDP with an offset. Undo: tick it again.`,
      ),
      opnsense: steps(
        say`Firewall > Settings > Normalization: untick Disable interface scrub.`,
        say`Check: no more block lines of UDP with an offset. Undo: tick it again.`,
      ),
      iptables: ({ chain, from, iptables, to }) =>
        steps(
          say`Connection tracking puts fragments together, as soon as some rule asks for it:`,
          `${iptables} -I ${chain} 1 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
          say`Or where rules are to stay stateless:`,
          iptables === "iptables"
            ? code`iptables -I ${chain} 1 -f -p udp -s ${from} -d ${to} -j ACCEPT`
            : code`ip6tables -I ${chain} 1 -m ipv6header --soft --header frag -s ${from} -d ${to} -j ACCEPT`,
          KEPT,
          say`Check: no more lines with FRAG: for the provider. Undo: the same command with -D.`,
        ),
    },
    cites: [],
    references: [
      "RFC 3261 section 18.1.1 (1300 bytes)",
      "pf.conf(5): traffic normalization, fragment handling",
      "linux net/netfilter/nf_log_syslog.c (FRAG in units of 8 bytes)",
      "pfelk#45 (fragments in filterlog carry no ports)",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged, other } = unexplained(traffic);
    const dropped = judged
      .filter((one) => isDroppedFragment(one.flow) && (one.flow.laterFragment || carriesSignalling(one)))
      .filter((one) => peers.callsWith(one) === "peer")
      .map(subjectOf);
    // To the firewall's outside address: whose they are, only the peer tells.
    const outside = other.flatMap((one): CheckSubject[] => {
      const { flow, firewall, firewallName } = one;
      if (!flow.laterFragment || !isDroppedFragment(flow) || flow.initiatorFold !== FOLD_EXACT) return [];
      if (!firewall || !isOutsideAddress(firewall, flow.responder)) return [];
      const [conversation] = peers.sipToward(flow.initiator, firewallName);
      return conversation ? [attributedSubject(one, conversation)] : [];
    });
    reportGrouped([...dropped, ...outside], report, dropClaim);
    const hit = new Set([...dropped, ...outside].map(({ host }) => host));
    const large = judged.filter((one) => isLargeSip(one) && !hit.has(one.host.text));
    reportGrouped(large.map(subjectOf), report, riskClaim);
  },
};

function isDroppedFragment({ verdict, protocol, outOfState, laterFragment, context }: Flow): boolean {
  if (verdict !== VERDICT_DENY || protocol !== UDP || outOfState) return false;
  return laterFragment || FRAGMENT_REASONS.has(context.reason);
}

function isLargeSip(judged: JudgedFlow): boolean {
  const { flow } = judged;
  if (flow.verdict !== VERDICT_ALLOW || flow.protocol !== UDP || flow.laterFragment) return false;
  return carriesSignalling(judged) && flow.largestPacketBytes > LARGEST_SAFE_BYTES;
}

function dropClaim({ subjects, count }: Group) {
  const told = subjects.some(({ flow }) => FRAGMENT_REASONS.has(flow.context.reason));
  return {
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} dropped ${amount(count, "fragment")} between ${subjects[0].host} and a peer with which it exchanges SIP. ${sipFragmentDropped.meta.rationale}`,
    confidence: told || count >= 3 ? CONFIDENCE.named.level : CONFIDENCE.shown.level,
  };
}

function riskClaim({ subjects }: Group) {
  const largest = subjects.reduce((most, { flow }) => Math.max(most, flow.largestPacketBytes), 0);
  return {
    severity: RISK_ALONE.level,
    title: say`SIP messages over UDP are so long that they may travel in fragments`,
    why: say`SIP packets of up to ${largest} bytes passed. Nothing was seen to be dropped; RFC 3261 wants TCP above ${LARGEST_SAFE_BYTES} bytes, since a firewall on the way may not pass fragments.`,
    confidence: CONFIDENCE.named.level,
  };
}

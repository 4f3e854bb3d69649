/**
 * The firewall ran out of room: pf drops with a reason other than `match` (memory, state-limit, congestion, no free NAT
 * port), the kernel says `nf_conntrack: table full`, its SIP helper finds `all ports in use for SDP media`.
 */
import { INSPECTION_CONNTRACK, INSPECTION_SIP_ALG, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf, unconcernedSubject } from "../inspection/subject.ts";
import { amount, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import type { JudgedFlow, SeenFlow, Traffic } from "../traffic/judged-flow.ts";

/** pf's own words (PFRES_NAMES); `src-limit` is a limit per source, which strangers are meant to hit. */
const PF_REASONS = new Set(["memory", "state-limit", "congestion", "map-failed", "translate"]);
const TABLE_FULL = /table full/i;
const EXPECTATIONS_FULL = /all ports in use|cannot add expectation|table full/i;
/** Follows the former, but stands alone where an expectation clashes with another. */
const MAYBE_FULL = /cannot add expectation/i;

export const stateExhausted: Check = {
  meta: {
    id: "state-exhausted",
    title: "The firewall runs out of states, ports or memory and drops packets of calls",
    severity: "high",
    rationale: plain(
      "Every call takes several states and ports. When they are used up, new ones fail at random while old ones go on: " +
        "calls drop or stay silent at the busiest hour, and everything works again when somebody looks.",
    ),
    platforms: ["pfsense", "opnsense", "iptables"],
    needs:
      "The firewall's own word: a pf block whose reason is memory, state-limit, congestion, map-failed or translate (or src-limit for a known peer), or a kernel line on a full connection tracking table or on SDP media ports in use (medium where it only says that it cannot add an expectation).",
    alternatives:
      "A scan or a flood that fills the table for everybody, a loop, or a rule with a state limit of its own. Windows' INFO-EVENTS-LOST is a gap in the log and no sign of it; FortiGate tells of its conserve mode in event logs, which are not read.",
    remediation: {
      pfsense: steps(
        say`pfctl -si | grep -A3 'State Table' ; pfctl -sm      # how full it is, and the limits`,
        say`System > Advanced > Firewall & NAT: raise Firewall Maximum States (about 1 KiB of memory each). Reason state-limit: the rule's Advanced Options, Max. states. Reason map-failed or translate: more outside addresses or a wider port range for outbound NAT.`,
        say`Check: no more block lines with that reason. Undo: empty the field (default).`,
      ),
      opnsense: steps(
        "pfctl -si ; pfctl -sm",
        say`Firewall > Settings > Advanced: Firewall Maximum States; for state-limit the rule's own Max states.`,
        say`Check: no more block lines with that reason. Undo: empty the field (default).`,
      ),
      iptables: steps(
        "cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max",
        say`sysctl -w net.netfilter.nf_conntrack_max=524288      # or twice what it is; keep it in /etc/sysctl.d`,
        say`Ports in use for SDP media: many phones behind one NAT share the helper's expectations; take the SIP helper off them and open the vendor's RTP range instead.`,
        say`Check: conntrack -S shows no growing drop or insert_failed. Undo: set the old value.`,
      ),
    },
    cites: [],
    references: [
      "pf.conf(5): set limit, state options; FreeBSD sys/netpfil/pf (PFRES_NAMES)",
      "linux Documentation/networking/nf_conntrack-sysctl.rst",
      "rigacci.org: nf_conntrack_expect with 40 phones behind one NAT",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged, other } = unexplained(traffic);
    const hosts = judged.filter((one) => isExhausted(one) || (isSourceLimited(one) && peers.isLegitimate(one)));
    reportGrouped(hosts.map(subjectOf), report, claimOf);
    reportGrouped(other.filter(isExhausted).map(unconcernedSubject), report, claimOf);
  },
};

function isExhausted({ flow }: JudgedFlow | SeenFlow): boolean {
  const { reason } = flow.context;
  if (flow.inspection === INSPECTION_CONNTRACK) return TABLE_FULL.test(reason);
  if (flow.inspection === INSPECTION_SIP_ALG) return EXPECTATIONS_FULL.test(reason);
  return isPf(flow.context.platform) && flow.verdict === VERDICT_DENY && PF_REASONS.has(reason);
}

function isSourceLimited({ flow }: JudgedFlow): boolean {
  return isPf(flow.context.platform) && flow.verdict === VERDICT_DENY && flow.context.reason === "src-limit";
}

function isPf(platform: string): boolean {
  return platform === "pfsense" || platform === "opnsense";
}

function claimOf({ subjects, count }: Group): ReturnType<Parameters<typeof reportGrouped>[2]> {
  const [{ deployment }] = subjects;
  return {
    title:
      deployment === null
        ? say`The firewall runs out of states, ports or memory`
        : say`The firewall runs out of states, ports or memory and drops packets of ${subjects[0].host}`,
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} dropped or complained ${amount(count, "time")}: ${listOf(subjects.map(({ flow }) => flow.context.reason))}. ${stateExhausted.meta.rationale}`,
    confidence: subjects.every(({ flow }) => MAYBE_FULL.test(flow.context.reason))
      ? CONFIDENCE.shown.level
      : CONFIDENCE.named.level,
  };
}

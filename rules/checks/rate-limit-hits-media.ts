/**
 * Flood sensors and rate limits that take calls for floods: FortiGate's `udp_flood` and session anomalies, pf's
 * `src-limit`, netfilter rules whose prefix speaks of a limit. Strangers that hit them are what they are for.
 */
import { type Flow, FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { UDP } from "../../ingest/protocols.ts";
import { INSPECTION_DOS, VERDICT_DENY } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { type Peers, peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf, unconcernedSubject } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import { KEPT } from "../remedies/netfilter-commands.ts";
import { senderOf } from "../traffic/flow-ends.ts";
import type { JudgedFlow, SeenFlow, Traffic } from "../traffic/judged-flow.ts";
import { carriesMedia, voiceMatch } from "../traffic/voice.ts";

const UDP_ANOMALY = /^udp_/;
/** What administrators call such rules; netfilter logs nothing but the prefix. */
const LIMIT_PREFIX = /limit|flood|burst|\brate|_rate|throttl|police/i;

export const rateLimitHitsMedia: Check = {
  meta: {
    id: "rate-limit-hits-media",
    title: "A flood sensor or rate limit drops packets of calls",
    severity: "high",
    rationale: plain(
      "One call is 50 packets a second in each direction, so forty calls from one provider reach FortiGate's recommended " +
        "udp_flood threshold of 2000. The sensor ignores that the sessions are known: audio chops or stops exactly when many people telephone.",
    ),
    platforms: ["fortigate", "pfsense", "opnsense", "iptables"],
    needs:
      "A drop by the limit itself that names a known peer of the phone system: a FortiGate anomaly udp_* that blocked, a pf block with reason src-limit on a voice requirement, a netfilter deny whose prefix speaks of a limit or flood. Each FortiGate line counts for as many events as it says.",
    alternatives:
      "A real flood with the provider's address forged, or a telephone gone mad. A sensor that only monitors (action detected) drops nothing and is not reported.",
    remediation: {
      fortigate: ({ policy, provider }) =>
        steps(
          "config firewall DoS-policy",
          code`  edit ${policy}`,
          "    config anomaly",
          "      edit udp_flood",
          "        set action pass",
          "      next",
          "    end",
          "  next",
          "end",
          say`Or keep the action, with set threshold above 50 x calls x 2. Better: a DoS policy above it with srcaddr ${provider} and without udp_flood.`,
          say`Check: diagnose ips anomaly list; no more lines with subtype=anomaly for the provider. Undo: set action block.`,
        ),
      pfsense: steps(
        say`Firewall > Rules > the pass rule of the provider > Advanced Options: raise or empty Max. src nodes, Max. connections, Max. src states.`,
        say`Check: no more block lines with reason src-limit. Undo: put the old numbers back.`,
      ),
      opnsense: steps(
        say`Firewall > Rules > the pass rule > Advanced features: raise or empty Max source nodes / states.`,
        say`Check: no more block lines with reason src-limit. Undo: put the old numbers back.`,
      ),
      iptables: ({ chain, host, iptables, isToHost, provider, toMediaLists }) =>
        steps(
          say`Accept the provider's media before the limit:`,
          ...toMediaLists.map(
            (ports) =>
              code`${iptables} -I ${chain} 1 -p udp -s ${isToHost ? provider : host} -d ${isToHost ? host : provider} -m multiport --dports ${ports} -j ACCEPT`,
          ),
          KEPT,
          say`Check: ${iptables} -vL shows the limit's counter at rest during calls. Undo: the same command with -D.`,
        ),
    },
    cites: ["disable-inspection"],
    references: [
      "Fortinet community ta-p/410215 (udp_flood ignores session state and hits VoIP), ta-p/309073",
      "docs.fortinet.com: DoS protection, recommended thresholds",
      "pf.conf(5): max-src-states; iptables-extensions(8): hashlimit, recent",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged, other } = unexplained(traffic);
    const hit = judged.filter(
      (one) => (isLimited(one) || (isUdpAnomaly(one) && isVoicePeer(one, peers))) && peers.isLegitimate(one),
    );
    reportGrouped(hit.map(subjectOf), report, claimOf);
    // The sensor sees packets before any translation, so the victim is the outside address.
    const outside = other.filter((one) => isUdpAnomaly(one) && isKnownSource(one, peers));
    reportGrouped(outside.map(unconcernedSubject), report, claimOf);
  },
};

function isUdpAnomaly({ flow }: JudgedFlow | SeenFlow): boolean {
  if (flow.inspection !== INSPECTION_DOS || flow.inspectionVerdict !== VERDICT_DENY) return false;
  return flow.protocol === UDP && UDP_ANOMALY.test(flow.context.reason);
}

function isVoicePeer(judged: JudgedFlow, peers: Peers): boolean {
  return voiceMatch(judged.serves) !== null || peers.callsWith(judged) !== null;
}

function isKnownSource({ flow, firewall }: SeenFlow, peers: Peers): boolean {
  if (flow.initiatorFold !== FOLD_EXACT) return false;
  return peers.isKnownAddress(senderOf(flow), firewall, flow.context.ingress);
}

function isLimited(judged: JudgedFlow): boolean {
  const { flow } = judged;
  if (flow.verdict !== VERDICT_DENY || flow.outOfState || flow.laterFragment) return false;
  return limitsByRule(flow) && (carriesMedia(judged) || voiceMatch(judged.serves) !== null);
}

function limitsByRule({ context }: Flow): boolean {
  if (context.platform === "iptables") return LIMIT_PREFIX.test(context.ruleName);
  return context.reason === "src-limit";
}

function claimOf({ subjects, count }: Group): ReturnType<Parameters<typeof reportGrouped>[2]> {
  const what = subjects.map(({ flow }) =>
    flow.inspection === INSPECTION_DOS ? flow.context.reason : flow.context.ruleName || flow.context.reason,
  );
  return {
    why: say`${listOf(subjects.map(({ firewallName }) => firewallName))} dropped ${amount(count, "packet")} of known peers by a limit (${listOf(what)}). ${rateLimitHitsMedia.meta.rationale}`,
    confidence: subjects.some(({ flow }) => !flow.verdictAssumed) ? CONFIDENCE.named.level : CONFIDENCE.shown.level,
  };
}

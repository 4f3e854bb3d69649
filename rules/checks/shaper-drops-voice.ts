/**
 * A traffic shaper throws packets of calls away: FortiGate counts them in the session's own record (`shaperdropsentbyte`,
 * `shaperdroprcvdbyte`). Shapers of other firewalls log nothing.
 */
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { voiceMatch } from "../traffic/voice.ts";

/** Some 5 packets of G.711 at 20 ms, as for denied media: what a shaper drops while it settles is not heard. */
const ENOUGH_BYTES = 1000;
/** One packet in a hundred is heard (ITU-T G.113 appendix I: codecs without concealment). */
const HEARD_SHARE = 0.01;
const LITTLE = { when: "where it drops less than one byte in a hundred", level: "low" } as const;

export const shaperDropsVoice: Check = {
  meta: {
    id: "shaper-drops-voice",
    title: "A traffic shaper drops packets of calls",
    severity: "high",
    otherSeverities: [LITTLE],
    rationale: plain(
      "A shaper that does not tell voice from downloads makes audio wait in one queue with them, or drops it from there: " +
        "speech chops whenever the line is busy.",
    ),
    platforms: ["fortigate"],
    needs:
      "FortiGate sessions on a voice requirement's ports that the rules let pass, and of which shapers dropped at least 1000 bytes together.",
    alternatives:
      "A single upload in the same session (fax, a large SIP message), or a line that is simply too narrow for the calls on it: then more bandwidth helps, and no shaper.",
    remediation: {
      fortigate: ({ policy, host, provider }) =>
        steps(
          say`Which shaper it is stands in shapersentname and shaperrcvdname of the lines, and in:`,
          code`show firewall policy ${policy} | grep shaper`,
          "show firewall shaping-policy",
          say`Give voice a shaper of its own (100 kbit/s guaranteed for each call at the same time; here for ten):`,
          "config firewall shaper traffic-shaper",
          '  edit "rf-voice"',
          "    set guaranteed-bandwidth 1000",
          "    set priority high",
          "  next",
          "end",
          say`Then a shaping policy with it, above the others, for traffic between ${host} and ${provider}:`,
          say`Policy & Objects > Traffic Shaping > Traffic Shaping Policies (config firewall shaping-policy: set traffic-shaper and set traffic-shaper-reverse to rf-voice).`,
          say`Check: shaperdropsentbyte and shaperdroprcvdbyte stay 0 in the sessions of calls. Undo: delete the shaping policy.`,
        ),
    },
    cites: ["qos"],
    references: [
      "docs.fortinet.com: traffic log fields (shaperdropsentbyte), traffic shaping policies",
      "RFC 3551 (packet rates and sizes of the usual codecs), ITU-T G.113 (loss that is heard)",
      "AGFEO: the LAN must support QoS for the marks of its telephones",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    reportGrouped(unexplained(traffic).judged.filter(isShaped).map(subjectOf), report, claimOf);
  },
};

function isShaped({ flow, serves }: JudgedFlow): boolean {
  return flow.shaperDroppedBytes > 0 && flow.verdict === VERDICT_ALLOW && voiceMatch(serves) !== null;
}

function claimOf({ subjects, count }: Group): ReturnType<Parameters<typeof reportGrouped>[2]> {
  const dropped = subjects.reduce((sum, { flow }) => sum + flow.shaperDroppedBytes, 0);
  if (dropped < ENOUGH_BYTES) return null;
  const sent = subjects.reduce((sum, { flow }) => sum + flow.bytes, 0);
  return {
    severity: dropped >= sent * HEARD_SHARE ? shaperDropsVoice.meta.severity : LITTLE.level,
    why: say`The traffic shaper of ${listOf(subjects.map(({ firewallName }) => firewallName))} threw away ${dropped} bytes of ${amount(count, "session")} of ${subjects[0].host}, which sent ${sent} bytes. ${shaperDropsVoice.meta.rationale}`,
    confidence: CONFIDENCE.named.level,
  };
}

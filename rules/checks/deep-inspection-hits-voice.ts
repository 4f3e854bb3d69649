/**
 * Traffic that policy accepted and a security profile stopped: FortiGate's UTM records (`subtype=ips|app-ctrl|ssl|...`
 * with a blocking action), or, where those are not logged, the traffic record's `utmaction=block`.
 */
import {
  INSPECTION_CONNTRACK,
  INSPECTION_DOS,
  INSPECTION_NONE,
  INSPECTION_SIP_ALG,
  VERDICT_DENY,
} from "../../ingest/record.ts";
import type { Check, CheckReport } from "../check.ts";
import { policiesOf, policyNamesHost } from "../findings/policy-scope.ts";
import { peersOf } from "../inspection/peers.ts";
import { unexplained } from "../inspection/precedence.ts";
import { type Group, reportGrouped, subjectOf } from "../inspection/subject.ts";
import { isDemand } from "../matching/match.ts";
import { amount, code, listOf, plain, say, steps } from "../messages/message.ts";
import { CONFIDENCE } from "../ratings.ts";
import type { Deployment } from "../site/site.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { voiceMatch } from "../traffic/voice.ts";

const AT_VOICE = { when: "where it stops signalling or media", level: "high" } as const;

export const deepInspectionHitsVoice: Check = {
  meta: {
    id: "deep-inspection-hits-voice",
    title: "Deep inspection stops traffic that the phone system needs and the rules allow",
    severity: "medium",
    otherSeverities: [AT_VOICE],
    rationale: plain(
      "The rule looks right and counts as open, but IPS, application control, TLS inspection or a web filter ends the session " +
        "behind it. Calls, provisioning, licences or updates fail, and the administrator looks at the wrong table.",
    ),
    platforms: ["fortigate"],
    needs:
      "A security record of the FortiGate that stopped a session (block, dropped, reset, ...) of a deployed host, or a traffic record with utmaction=block, on a requirement's ports or, for PBXact, on anything that the system itself sends. What strangers from the Internet send is not counted: there the engine does its work.",
    alternatives:
      "A phone system or client that really is infected or attacked: read the attack or application name in the lines before exempting anything.",
    remediation: {
      fortigate: ({ policy }) =>
        steps(
          say`Give the phone system a policy of its own above the general one (narrow srcaddr, dstaddr and service) and take the profiles off it, or off the policy that let it pass if that serves nothing else:`,
          "config firewall policy",
          code`  edit ${policy}`,
          "    unset ips-sensor",
          "    unset application-list",
          "    unset webfilter-profile",
          "    unset av-profile",
          "    set ssl-ssh-profile no-inspection",
          "  next",
          "end",
          say`Narrower: exempt the one signature (config ips sensor: config entries, set action pass for that rule) or the one host from TLS inspection (config firewall ssl-ssh-profile: config ssl-exempt).`,
          say`Check: no more blocking records for the host; diagnose debug flow shows the session offloaded. Undo: set the profiles again.`,
        ),
    },
    cites: ["disable-inspection", "disable-alg"],
    references: [
      "PBXact: disable any forms of packet inspection (updates, speech ports, licences)",
      "SwyxWare, pascom: list their licence and provisioning servers, and say nothing on inspection",
      "docs.fortinet.com: UTM log fields, utmaction",
    ],
  },

  run(traffic: Traffic, report: CheckReport): void {
    const peers = peersOf(traffic);
    const { judged } = unexplained(traffic);
    const stopped = judged.filter(
      (one) =>
        one.flow.inspectionVerdict === VERDICT_DENY &&
        isContentEngine(one.flow.inspection) &&
        one.flow.verdict !== VERDICT_DENY &&
        peers.isLegitimate(one) &&
        isWanted(one, traffic),
    );
    // One session writes a record of the engine and one of the traffic: the engine's says more.
    const told = new Set(
      stopped.filter(({ flow }) => flow.inspection !== INSPECTION_NONE).map(({ conversation }) => conversation),
    );
    const once = stopped.filter((one) => one.flow.inspection !== INSPECTION_NONE || !told.has(one.conversation));
    const subjects = once.map((one) => ({ ...subjectOf(one), isVoice: voiceMatch(one.serves) !== null }));
    reportGrouped(subjects, report, claimOf);
  },
};

function isContentEngine(inspection: number): boolean {
  return inspection !== INSPECTION_SIP_ALG && inspection !== INSPECTION_DOS && inspection !== INSPECTION_CONNTRACK;
}

function isWanted(judged: JudgedFlow, { site }: Traffic): boolean {
  if (judged.serves.some(isDemand)) return true;
  const deployment = site.deployments[judged.host.deployment] as Deployment;
  const policies = [...policiesOf(deployment, "disable-inspection"), ...policiesOf(deployment, "allow-outbound")];
  return judged.hostIsInitiator && policies.some((policy) => policyNamesHost(policy, site, judged));
}

function claimOf({ subjects, count }: Group<ReturnType<typeof subjectOf> & { isVoice: boolean }>) {
  const what = listOf(subjects.flatMap(({ flow }) => [flow.context.reason || flow.context.application]));
  const isVoice = subjects.some((subject) => subject.isVoice);
  const who = listOf(subjects.map(({ firewallName }) => firewallName));
  const passed = amount(count, "session");
  const by = what.text === "" ? say`by inspection` : say`by inspection (${what})`;
  return {
    severity: isVoice ? AT_VOICE.level : deepInspectionHitsVoice.meta.severity,
    why:
      count === 1
        ? say`${who} let ${passed} pass by policy and stopped it ${by}. ${deepInspectionHitsVoice.meta.rationale}`
        : say`${who} let ${passed} pass by policy and stopped them ${by}. ${deepInspectionHitsVoice.meta.rationale}`,
    confidence: CONFIDENCE.named.level,
  };
}

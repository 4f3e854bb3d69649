/** How findings are rated: one table of severities, one of confidences, as `ringfence checks explain` prints them. */
import { checks } from "../rules/checks.ts";
import { SEVERITY_BY_ZONE } from "../rules/exposures.ts";
import { SEVERITY_BY_STRENGTH } from "../rules/requirements.ts";
import type { Confidence, FindingKind, Severity } from "../rules/result.ts";

interface Rating<Level> {
  kind: FindingKind;
  when: string;
  level: Level;
}

const KINDS: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required":
    "Denied, although a requirement asks for it and a legitimate peer or the host itself sent it.",
  "open-but-unneeded": "Allowed to a deployed host, although no requirement asks for it or the vendor forbids it.",
  "inspection-anomaly": "The firewall rewrites, inspects or forgets what it should only pass on.",
};

export const SEVERITY_RATINGS: readonly Rating<Severity>[] = [
  { kind: "blocked-but-required", when: "the vendor requires it", level: SEVERITY_BY_STRENGTH.required },
  { kind: "blocked-but-required", when: "the vendor wants all outbound traffic allowed", level: "high" },
  { kind: "blocked-but-required", when: "the vendor recommends it", level: SEVERITY_BY_STRENGTH.recommended },
  { kind: "blocked-but-required", when: "a feature in use needs it", level: SEVERITY_BY_STRENGTH.conditional },
  { kind: "open-but-unneeded", when: "the vendor forbids it, open to the Internet", level: "critical" },
  { kind: "open-but-unneeded", when: "the vendor forbids it, open to the provider", level: "high" },
  { kind: "open-but-unneeded", when: "restricted to the provider or a VPN, open to the Internet", level: "high" },
  { kind: "open-but-unneeded", when: "nothing asks for it, open to the Internet", level: SEVERITY_BY_ZONE.internet },
  { kind: "open-but-unneeded", when: "nothing asks for it, open to the provider", level: SEVERITY_BY_ZONE.provider },
  {
    kind: "open-but-unneeded",
    when: "nothing asks for it, open to DMZ, VPN or inside",
    level: SEVERITY_BY_ZONE.internal,
  },
  { kind: "open-but-unneeded", when: "asked for under a condition that the site does not state", level: "medium" },
  ...checks.map(({ meta }) => ({
    kind: "inspection-anomaly" as const,
    when: `${meta.id}, as a rule`,
    level: meta.severity,
  })),
];

export const CONFIDENCE_RATINGS: readonly Rating<Confidence>[] = [
  { kind: "blocked-but-required", when: "the firewall says that it denied, and who sent it is known", level: "high" },
  { kind: "blocked-but-required", when: "an Internet peer sent it that the site also talks to", level: "medium" },
  { kind: "blocked-but-required", when: "the host behind an outside address is only likely", level: "medium" },
  { kind: "blocked-but-required", when: "the vendor names a host, and the log only an address", level: "medium" },
  { kind: "blocked-but-required", when: "the row's condition is not stated, or the vendor is unsure", level: "medium" },
  {
    kind: "open-but-unneeded",
    when: "the log names who opened it, or the port is one that the vendor lists",
    level: "high",
  },
  { kind: "open-but-unneeded", when: "who opened it is only guessed from ports", level: "medium" },
  { kind: "blocked-but-required", when: "the verdict is guessed from a netfilter prefix", level: "medium" },
  { kind: "open-but-unneeded", when: "the verdict is guessed from a netfilter prefix", level: "medium" },
  { kind: "inspection-anomaly", when: "the firewall itself names the cause", level: "high" },
  { kind: "inspection-anomaly", when: "several lines together show it", level: "medium" },
  { kind: "inspection-anomaly", when: "few lines, or another cause is as likely", level: "low" },
];

/** What `explain` takes besides checks. */
export const RATING_SUBJECTS: readonly string[] = [...Object.keys(KINDS), "severity", "confidence"];

/** The tables, or the part of them that is about one kind; null where the subject is none of these. */
export function ratingText(subject: string): string | null {
  if (!RATING_SUBJECTS.includes(subject)) return null;
  const about = (rating: Rating<string>) => !(subject in KINDS) || rating.kind === subject;
  const severity = tableOf("Severity: what it costs if nobody acts", SEVERITY_RATINGS.filter(about));
  const confidence = tableOf("Confidence: how sure the logs make it", CONFIDENCE_RATINGS.filter(about));
  if (subject === "severity") return severity;
  if (subject === "confidence") return confidence;
  return `${subject}: ${KINDS[subject as FindingKind]}\n\n${severity}\n${confidence}`;
}

function tableOf(title: string, ratings: readonly Rating<string>[]): string {
  const lines = ratings.map(({ kind, when, level }) => `  ${level.padEnd(8)}  ${kind.padEnd(20)}  ${when}`);
  return `${title}\n${lines.join("\n")}\n`;
}

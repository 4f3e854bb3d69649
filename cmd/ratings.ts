/** How findings are rated: one table of severities, one of confidences, as `ringfence checks explain` prints them. */
import { checks } from "../rules/checks.ts";
import { CONFIDENCE, type Rating, SEVERITY } from "../rules/ratings.ts";
import type { Confidence, FindingKind, Severity } from "../rules/result.ts";

const KINDS: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required":
    "Denied, although a requirement asks for it and a legitimate peer or the host itself sent it.",
  "open-but-unneeded": "Allowed to a deployed host, although no requirement asks for it or the vendor forbids it.",
  "inspection-anomaly": "The firewall rewrites, inspects or forgets what it should only pass on.",
};

export const FINDING_KINDS: readonly string[] = Object.keys(KINDS);

export const SEVERITY_RATINGS: readonly Rating<Severity>[] = [
  ...Object.values(SEVERITY),
  ...checks.flatMap(({ meta }) => [
    { kind: "inspection-anomaly" as const, when: `${meta.id}, as a rule`, level: meta.severity },
    ...(meta.otherSeverities ?? []).map(({ when, level }) => ({
      kind: "inspection-anomaly" as const,
      when: `${meta.id}, ${when}`,
      level,
    })),
  ]),
];

export const CONFIDENCE_RATINGS: readonly Rating<Confidence>[] = Object.values(CONFIDENCE);

/** What `explain` takes besides checks. */
export const RATING_SUBJECTS: readonly string[] = [...FINDING_KINDS, "severity", "confidence"];

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

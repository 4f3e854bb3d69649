/** Findings in reading order, each with a short label that a reader can quote and a document can link to. */
import type { FindingKind, FindingResult } from "../rules/result.ts";
import { likesOf } from "./alike.ts";
import { type Outline, severities } from "./outline.ts";

export interface NumberedFinding {
  finding: FindingResult;
  /** `B1`, `O2`, `I3`: class and place in it; `W4` for waived ones. For reading only: the permanent name is the id. */
  label: string;
  /** Label of the one that tells it in full, where many differ in their host alone. */
  like: string | null;
}

const LETTERS: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": "B",
  "open-but-unneeded": "O",
  "inspection-anomaly": "I",
};

export interface NumberedFindings {
  classes: { kind: FindingKind; findings: NumberedFinding[] }[];
  waived: NumberedFinding[];
  /** All that nobody has accepted, the most severe first. */
  worstFirst: NumberedFinding[];
}

/** Labels the outline's findings. */
export function numberFindings(outline: Outline): NumberedFindings {
  const classes = outline.classes.map(({ kind, findings }) => ({
    kind,
    findings: numbered(findings, LETTERS[kind]),
  }));
  const waived = numbered(outline.waived, "W");
  const worstFirst = classes
    .flatMap(({ findings }) => findings)
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity));
  return { classes, waived, worstFirst };
}

function numbered(findings: readonly FindingResult[], letter: string): NumberedFinding[] {
  const labels = new Map(findings.map((finding, index) => [finding, `${letter}${index + 1}`]));
  const likes = likesOf(findings);
  return findings.map((finding) => {
    const first = likes.get(finding);
    return { finding, label: labels.get(finding) as string, like: first ? (labels.get(first) as string) : null };
  });
}

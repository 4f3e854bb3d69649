/** What is said of findings, of their changes, and of waivers. */
import { counted, number } from "./counting.ts";

export const findings = {
  noFindings: "There are none.",
  likeFinding: (label: string) => `like ${label}`,
  alike: (count: number) =>
    `The same at ${counted(count, "further host")}, and the same to do; --verbose tells each in full:`,
  notReadBack: "could not be read back",
  atByte: (offset: number) => `at byte ${number(offset)}`,
  quoted: (statement: string) => `“${statement}”`,
  citation: (section: string, document: string) => `section ${section}, ${document}`,
  requirementNamed: (id: string) => `requirement ${id}`,
  policyNamed: (id: string) => `policy ${id}`,
  checkNamed: (id: string) => `check ${id}`,
  changes: (window: string | null, [fresh, persisting, gone, notSeenAgain]: readonly number[]) =>
    `Since the audit before${window === null ? "" : ` (${window})`}: ${number(fresh ?? 0)} new, ${number(persisting ?? 0)} still there, ${number(gone ?? 0)} gone, ${number(notSeenAgain ?? 0)} not seen again.`,
  change: { new: "new", persisting: "still there", gone: "gone", "not-seen-again": "not seen again" },
  goneNote:
    "Gone is what these logs would show if it still happened. What is not seen again may be repaired, or only out of sight; the reason stands beside it.",
  noChanges: "Nothing is new, and nothing is gone.",
  newFindings: "New findings",
  goneFindings: "No longer there",
  expiredWaiver: (owner: string, expires: string, reason: string) =>
    `accepted by ${owner} until ${expires}, which is over: ${reason}`,
  waiversNote: "A waiver that has expired excuses nothing any more; one that matches no finding can go.",
  waiversIdle: (count: number) => counted(count, "waiver"),
  waiverState: { active: "active", expired: "expired: it no longer holds", orphaned: "matches no finding" },
  waivedBy: (owner: string, expires: string, reason: string) => `Waived by ${owner} until ${expires}: ${reason}`,
  beyondLists: "findings beyond the lists",
  waivedCount: (count: number) => `${number(count)} waived`,
  waivedNote: "Somebody has accepted these. They still exist, and count as no pass.",
} as const;

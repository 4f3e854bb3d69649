/** What is said of findings, of their changes, and of waivers. */
import type { Spoken } from "../../phrases.ts";
import type { findings as english } from "../en/findings.ts";
import { counted, number } from "./counting.ts";

export const findings: Spoken<typeof english> = {
  noFindings: "Es gibt keine.",
  likeFinding: (label) => `wie ${label}`,
  alike: (count) =>
    `Dasselbe bei ${counted(count, "weiterem Host", "weiteren Hosts")}, und dasselbe zu tun; --verbose zeigt jeden Befund ganz:`,
  notReadBack: "konnte nicht erneut gelesen werden",
  atByte: (offset) => `ab Byte ${number(offset)}`,
  quoted: (statement) => `„${statement}“`,
  citation: (section, document) => `Abschnitt ${section}, ${document}`,
  requirementNamed: (id) => `Anforderung ${id}`,
  policyNamed: (id) => `Vorgabe ${id}`,
  checkNamed: (id) => `Prüfung ${id}`,
  changes: (window, [fresh, persisting, gone, notSeenAgain]) =>
    `Seit dem vorigen Audit${window === null ? "" : ` (${window})`}: ${number(fresh ?? 0)} neu, ${number(persisting ?? 0)} unverändert, ${number(gone ?? 0)} behoben, ${number(notSeenAgain ?? 0)} nicht mehr beobachtet.`,
  change: { new: "neu", persisting: "unverändert", gone: "behoben", "not-seen-again": "nicht mehr beobachtet" },
  goneNote:
    "Als behoben gilt, was diese Protokolle zeigen müssten, wenn es noch vorkäme. Was nicht mehr beobachtet wurde, kann behoben oder nur nicht sichtbar sein; der Grund steht daneben.",
  noChanges: "Nichts ist neu, und nichts ist behoben.",
  newFindings: "Neue Befunde",
  goneFindings: "Nicht mehr vorhanden",
  expiredWaiver: (owner, expires, reason) => `genehmigt von ${owner}, abgelaufen am ${expires}: ${reason}`,
  waiversNote: "Eine abgelaufene Ausnahme entschuldigt nichts mehr; eine, die auf keinen Befund passt, kann entfallen.",
  waiversIdle: (count) => counted(count, "Ausnahme", "Ausnahmen"),
  waiverState: {
    active: "aktiv",
    expired: "abgelaufen: gilt nicht mehr",
    orphaned: "passt auf keinen Befund",
  },
  waivedBy: (owner, expires, reason) => `Ausnahme, genehmigt von ${owner} bis ${expires}: ${reason}`,
  beyondLists: "Befunde außerhalb der Listen",
  waivedCount: (count) => `${number(count)} mit Ausnahme`,
  waivedNote: "Für diese Befunde wurde eine Ausnahme genehmigt. Sie bestehen weiter und gelten nicht als bestanden.",
};

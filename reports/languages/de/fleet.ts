/** What the overview across customers says; for the provider, never for a customer. */
import type { Spoken } from "../../phrases.ts";
import type { fleet as english } from "../en/fleet.ts";
import { counted, number } from "./counting.ts";

export const fleet: Spoken<typeof english> = {
  overview: {
    title: (run) => `Kundenübersicht, Lauf ${run}`,
    subtitle:
      "Alle Kunden, die dringendsten zuerst. Diese Seite ist nur für den Dienstleister bestimmt; die Berichte der einzelnen Kunden liegen in deren Ordnern.",
    skipToContent: "Direkt zur Übersicht",
    status: {
      done: "Geprüft",
      incomplete: "Unvollständig",
      failed: "Fehlgeschlagen",
      "not-run": "Nicht in diesem Lauf",
    },
    inShort: "Kurz gefasst",
    byStatus: "Kunden nach Status",
    bySeverity: "Kunden mit Befunden je Schweregrad",
    all: (count) => `${counted(count, "Kunde", "Kunden")}:`,
    withFindings: "Kunden mit Befunden:",
    failed: "In diesem Lauf fehlgeschlagen",
    customers: "Kunden",
    caption: "Befunde je Kunde und Änderungen seit dem vorigen Lauf",
    customer: "Kunde",
    changes: "Seit dem vorigen Lauf",
    new: (count) => `${number(count)} neu`,
    gone: (count) => `${number(count)} behoben`,
    notSeenAgain: (count) => `${number(count)} nicht mehr beobachtet`,
    unchanged: "keine Änderung",
    logsOf: (span) => `Protokolle von ${span}`,
    notes: "Zu beachten",
    sharedInput: (input, customers) => `${input} wird für mehrere Kunden gelesen: ${customers}`,
    nothingRecognised: "in den Eingabedateien wurde keine Zeile erkannt",
    emptyInput: (input) => `${input}: ist leer`,
    unknownInput: (input) => `${input}: keine Zeile eines bekannten Protokollformats`,
    systemNotSeen: (system) =>
      `keine Protokollzeile nennt einen Host von ${system}: falsche Adressen oder Protokolle einer anderen Firewall`,
    notStarted: (reason) => `konnte nicht gestartet werden: ${reason}`,
    stopped: (minutes) => `wurde nach ${counted(minutes, "Minute", "Minuten")} abgebrochen; --timeout erlaubt mehr`,
    crashed: (end, words) => `das Audit endete unerwartet (${end})${words ? `: ${words}` : ""}`,
    logoLeftOut: (logo) => `Logo ${logo}: fehlt im PDF, das nur PNG und JPEG darstellen kann`,
    notCompared: (run, reason) => `kein Vergleich mit dem Lauf ${run}: ${reason}`,
    head: (run, audited, all, failed) =>
      `Lauf ${run}: ${number(audited)} von ${counted(all, "Kunde", "Kunden")} geprüft${failed > 0 ? `, ${number(failed)} FEHLGESCHLAGEN` : ""}`,
    statusWord: {
      done: "geprüft",
      incomplete: "unvollständig",
      failed: "FEHLGESCHLAGEN",
      "not-run": "nicht im Lauf",
    },
    columns: { customer: "Kunde", status: "Status", new: "neu", gone: "behoben", run: "Lauf" },
    warning: (text) => `Warnung: ${text}`,
  },
};

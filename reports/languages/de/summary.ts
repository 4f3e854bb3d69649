/** What an owner reads first: the verdict, what it means, what to do. */
import type { Spoken } from "../../phrases.ts";
import type { summary as english } from "../en/summary.ts";
import { counted, number } from "./counting.ts";

export const summary: Spoken<typeof english> = {
  headline: {
    nothingRead: "Keine Bewertung möglich: Keine Protokollzeile wurde erkannt.",
    nothingInWindow: "Keine Bewertung möglich: Keine Protokollzeile liegt im gewählten Zeitraum.",
    noSystemSeen: "Keine Befunde, aber auch keine Protokollzeile, die einen Host der Telefonanlage nennt.",
    none: "Keine Befunde in den ausgewerteten Protokollen.",
    onlyWaived: "Keine Befunde in den ausgewerteten Protokollen, abgesehen von genehmigten Ausnahmen.",
    noneChosen: "Keine Befunde unter den gewählten.",
    leftOut: (count) =>
      count === 1
        ? "1 Befund ist durch --only, --skip oder --severity ausgeblendet."
        : `${counted(count, "Befund", "Befunde")} sind durch --only, --skip oder --severity ausgeblendet.`,
    critical: (count, others) =>
      `Sofort handeln: ${counted(count, "kritischer Befund", "kritische Befunde")}${andOthers(others)}.`,
    high: (count, others) =>
      `Handlungsbedarf: ${counted(count, "Befund", "Befunde")} mit hohem Schweregrad${andOthers(others)}.`,
    moderate: (count) =>
      count === 1
        ? "Verbesserung empfohlen: 1 Befund, nicht dringend."
        : `Verbesserungen empfohlen: ${counted(count, "Befund", "Befunde")}, keiner davon dringend.`,
    info: (count) => `Kein Handlungsbedarf: ${counted(count, "Hinweis", "Hinweise")}.`,
    ended: (count) => `${endedFindings(count)} im Zeitraum der Protokolle.`,
    onlyEnded: (count) => `Darauf achten, dass es so bleibt: ${endedFindings(count)} im Zeitraum der Protokolle.`,
  },
  notProven: (gaps) => `Das beweist nicht, dass alles in Ordnung ist: ${gaps}.`,
  silent: (spans, more) =>
    `ohne Zeilen ${spans}${more === 0 ? "" : more === 1 ? " und ein weiteres Mal" : ` und ${number(more)} weitere Male`}`,
  outsideTheLogs: "Verkehr, der in diesem Zeitraum nicht vorkam oder einen anderen Weg nahm, wurde nicht bewertet.",
  gap: {
    unseen: (count) =>
      `von ${counted(count, "Anforderung oder Vorgabe", "Anforderungen und Vorgaben")} der Hersteller findet sich in den Protokollen keine Spur`,
    blindToAllows: (names, count) =>
      `${names}: ${count === 1 ? "protokolliert" : "protokollieren"} keinen erlaubten Verkehr – was dort offen ist, bleibt unbekannt`,
    blindToDenies: (names, count) =>
      `${names}: ${count === 1 ? "protokolliert" : "protokollieren"} keinen blockierten Verkehr – was dort blockiert wird, bleibt unbekannt`,
  },
  wrongAndMeaning: "Was nicht stimmt und was das bedeutet",
  whatFirst: "Was zuerst zu tun ist",
  wrong: {
    "blocked-but-required": (count) =>
      `Die Firewall blockiert Verkehr, den die Telefonanlage braucht (${counted(count, "Befund", "Befunde")}).`,
    "open-but-unneeded": (count) =>
      `Die Telefonanlage ist auf Wegen erreichbar, die der Hersteller nicht vorsieht (${counted(count, "Befund", "Befunde")}).`,
    "inspection-anomaly": (count) =>
      `Die Firewall greift in Telefonieverkehr ein, den sie nur weiterleiten sollte (${counted(count, "Befund", "Befunde")}).`,
  },
  means: {
    "blocked-but-required":
      "Anrufe können scheitern, einseitig stumm bleiben oder abbrechen, einzelne Funktionen können ausfallen. Welche das sind, steht beim jeweiligen Befund.",
    "open-but-unneeded":
      "Jede unnötige Öffnung ist ein zusätzlicher Angriffsweg. Im internen Netz ist das eine Frage der Ordnung; von wo aus der Zugriff möglich ist, steht beim jeweiligen Befund.",
    "inspection-anomaly":
      "Typische Anzeichen sind einseitiger Ton, Gesprächsabbrüche nach einigen Minuten und Telefone, die immer wieder ihre Registrierung verlieren.",
  },
  meansInternet:
    "Die Telefonanlage ist für Fremde aus dem Internet erreichbar. Passwörter werden dort rund um die Uhr durchprobiert; wer hineinkommt, telefoniert auf Ihre Kosten, hört mit oder dringt weiter ins Netz vor.",
  first: {
    "blocked-but-required": (flow) => `Geben Sie diesen Verkehr frei: ${flow}.`,
    "open-but-unneeded": (flow) => `Schließen Sie diesen Zugang oder begründen Sie ihn: ${flow}.`,
    "inspection-anomaly": () => "Schalten Sie die Sonderbehandlung dieses Verkehrs durch die Firewall ab.",
  },
  firstForbidden: (flow) => `Schließen Sie diesen Zugang: ${flow}.`,
  firstEnded: (time) => `Das endete laut Protokoll ${time}: Achten Sie darauf, dass es so bleibt.`,
  firstAlso: (hosts) => `Dasselbe bei ${counted(hosts, "weiterem Host", "weiteren Hosts")}.`,
  firstWhere: (firewalls) => `Firewall: ${firewalls}.`,
  firstLogging: (names) =>
    `Schalten Sie die fehlende Protokollierung ein (${names}) und wiederholen Sie das Audit nach einer Woche: Erst dann ist das Bild vollständig.`,
  firstNothing:
    "Nichts. Wiederholen Sie das Audit nach der nächsten Änderung an der Firewall oder an der Telefonanlage.",
  firstLeftOut: "Sehen Sie sich auch die ausgeblendeten Befunde an.",
  firstRead:
    "Prüfen Sie, welche Dateien übergeben wurden und ob sie Firewall-Protokolle enthalten; sie sind unten aufgeführt.",
  firstWindow:
    "Prüfen Sie den gewählten Zeitraum und ob die Firewall noch protokolliert; die Dateien sind unten aufgeführt.",
  firstAddresses:
    "Prüfen Sie die Adressen der Telefonanlage und ob die Protokolle von der Firewall stammen, die ihr Verkehr passiert.",
  seeFinding: (count) => (count === 1 ? "Befund" : "Befunde"),
  showAll: (shown, all) =>
    `${number(shown)} von ${number(all)} Befunden sind ausführlich beschrieben, die übrigen tabellarisch.`,
};

function andOthers(count: number): string {
  return count > 0 ? ` und ${counted(count, "weiterer", "weitere")}` : "";
}

function endedFindings(count: number): string {
  return `${counted(count, "Befund", "Befunde")} ${count === 1 ? "endete" : "endeten"}`;
}

/** What the terminal UI answers to what was pressed, typed or tried. */
import type { Spoken } from "../../phrases.ts";
import type { triageMessages as english } from "../en/triage-messages.ts";
import { counted, number } from "./counting.ts";

export const triageMessages: Spoken<typeof english> = {
  message: {
    noExample: "kein weiteres Beispiel zu dieser Zeile",
    nothingToFind: "nichts zu finden: / sucht",
    noMatch: "keine Zeile passt",
    notFound: (text) => `nicht gefunden: ${text}`,
    readingOn: "liest weiter, während die Dateien wachsen ...",
    noNew: "kein neuer Befund",
    noUrgent: {
      further: "kein weiterer kritischer oder hoher Befund ohne Ausnahme",
      earlier: "kein früherer kritischer oder hoher Befund ohne Ausnahme",
    },
    noLine: "hinter dieser Zeile steht keine Protokollzeile",
    notWaived: "in dieser Sitzung wurde keine Ausnahme eingetragen",
    onlyFindings: "Ausnahmen gibt es nur für Befunde",
    noSiteFile: "Ausnahmen stehen in der Standortdatei: dafür mit --site site.yaml starten",
    waivedAlready: "schon mit Ausnahme; u nimmt die letzte dieser Sitzung zurück",
    waived: (count, file) =>
      `${count === 1 ? "Ausnahme" : `Ausnahmen für ${number(count)} Befunde`} in ${file} eingetragen; u nimmt sie zurück`,
    takenBack: (file) => `aus ${file} zurückgenommen`,
    rangeHowTo: "Leertaste markiert den Anfang des Bereichs, v dann sein Ende",
    gone: "was hier geöffnet war, ist nicht mehr im Ergebnis",
    sortByWhat: (columns) => `sortieren wonach? ${columns}`,
    whichCommand: (word, names) => `welcher Befehl (${word}): ${names}`,
    noCommand: (word) => `unbekannter Befehl (${word}); ? zeigt die Tasten`,
    meant: (word, name) => `unbekannter Befehl (${word}): ${name}`,
    ending: "die Endung der Datei sagt, wie gespeichert wird: .json oder .csv",
    exists: (file) => `${file} existiert: noch einmal Enter ersetzt die Datei`,
    saved: (count, file) => `${counted(count, "Zeile", "Zeilen")} in ${file} gespeichert`,
    tooLong: (bytes, most) =>
      `${number(bytes)} Byte sind zu viel zum Kopieren (höchstens ${number(most)}): mit s speichern`,
    copied: (what) => `an die Zwischenablage des Terminals gesendet: ${what}`,
    logLine: "die Protokollzeile",
    rows: (count) => (count === 1 ? "die Zeile" : `${number(count)} Zeilen`),
    rowsAsMarkdown: (count) => (count === 1 ? "die Zeile als Markdown" : `${number(count)} Zeilen als Markdown`),
    unreadable: (first, more) =>
      `nicht gelesen: ${first}${more > 0 ? ` und ${counted(more, "weitere Datei", "weitere Dateien")}: siehe Belege` : ""}`,
    savedDoesNotGrow: "ein gespeichertes Audit wächst nicht: zum Mitlesen die Protokolle selbst öffnen",
    documentsDoNotGrow: "Dokumente in Elasticsearch lassen sich nicht mitlesen: für neuere erneut öffnen",
    inputDoesNotGrow: "die Standardeingabe lässt sich zum Mitlesen nicht noch einmal lesen",
    listening: (transport, host, port) => `empfängt auf ${transport} ${host} Port ${port}`,
    dropped: (count) => `Syslog: ${counted(count, "Datagramm", "Datagramme")} verworfen: der Puffer war voll`,
    noViewer: (program) => `${program} ist nicht installiert: PAGER oder EDITOR setzen`,
  },
  surroundings: {
    notReadBack: "(die Zeile konnte nicht erneut gelesen werden)",
    noLine: "Dieser Beleg ist keine Zeile einer Datei.",
    notHere: (input) => `${input} ist nicht hier: Nur diese Zeile wurde aufbewahrt.`,
    lineGone: (input, line) => `${input} hat keine Zeile ${line} mehr.`,
    byteGone: (input, offset) => `${input} hat bei Byte ${offset} keine Zeile mehr.`,
    changed: "Die Datei hat sich seit dem Audit geändert: Dies ist nicht die Zeile, die bewertet wurde.",
  },
  siteFile: {
    noYaml: (why) => `kein gültiges YAML (${why})`,
    noSiteFile: "keine Standortdatei",
    noList: "die Ausnahmen darin sind keine Liste",
    doesNotFit: "die Ausnahme passt nicht zu denen darin: bitte von Hand eintragen",
    changed: "inzwischen geändert: die Ausnahme bitte von Hand entfernen",
  },
};

/** German for what ingest/ warns of in an input. */
export const warnings = {
  "the {0} data ends too early or is damaged: lines up to there were read":
    "Die {0}-Daten enden zu früh oder sind beschädigt: Zeilen bis zu dieser Stelle wurden gelesen",
  "read as {0}": "gelesen als {0}",
  "skipped {0} MB ({1} lines) before --since: they are not in the counts":
    "{0} MB ({1} Zeilen) vor --since übersprungen: In den Zählungen fehlen sie",
  "skipped {0} MB ({1} lines) after --until: they are not in the counts":
    "{0} MB ({1} Zeilen) nach --until übersprungen: In den Zählungen fehlen sie",
  "this is a ZIP archive: unpack it first": "Dies ist ein ZIP-Archiv: bitte erst entpacken",
  "this is a 7-Zip archive: unpack it first": "Dies ist ein 7-Zip-Archiv: bitte erst entpacken",
  "this is packed by lz4 or compress: unpack it first": "Dies ist mit lz4 oder compress gepackt: bitte erst entpacken",
  "this is a picture, not a log": "Dies ist ein Bild, kein Protokoll",
  "this is a PDF document, not a log": "Dies ist ein PDF-Dokument, kein Protokoll",
  "this is a packet capture, not a log": "Dies ist ein Paketmitschnitt, kein Protokoll",
  "this is a binary file, not a log": "Dies ist eine Binärdatei, kein Protokoll",
  "this is a Windows event log (.evtx): export it with `wevtutil qe FILE /lf:true /f:xml /e:Events > events.xml`":
    "Dies ist ein Windows-Ereignisprotokoll (.evtx): bitte exportieren mit `wevtutil qe DATEI /lf:true /f:xml /e:Events > events.xml`",
  "this is PowerShell's Export-Clixml: use `ConvertTo-Json` or `Export-Csv` instead":
    "Dies ist Export-Clixml von PowerShell: bitte stattdessen `ConvertTo-Json` oder `Export-Csv` verwenden",
  "this is a binary circular log (clog); export it on the firewall with `clog FILE > filter.txt`":
    "Dies ist ein binäres Ringprotokoll (clog); bitte auf der Firewall exportieren mit `clog DATEI > filter.txt`",
  "{0}: no permission to read it": "{0}: keine Leseberechtigung",
  "{0}: cannot be read ({1})": "{0}: nicht lesbar ({1})",
};

/** German for what ingest/ warns of in an input, and for what it says is missing from one. */
export const warnings = {
  "the {0} data ends too early or is damaged: lines up to there were read":
    "Die {0}-Daten enden zu früh oder sind beschädigt: Zeilen bis zu dieser Stelle wurden gelesen",
  "read as {0}": "gelesen als {0}",
  "skipped {0} MB ({1} lines) before --since: they are not in the counts":
    "{0} MB ({1} Zeilen) vor --since übersprungen: In den Zählungen fehlen sie",
  "skipped {0} MB ({1} lines) after --until: they are not in the counts":
    "{0} MB ({1} Zeilen) nach --until übersprungen: In den Zählungen fehlen sie",
  "{0} repeats of messages that are not here: they are not in the counts":
    "{0} Wiederholungen von Meldungen, die hier fehlen: In den Zählungen sind sie nicht enthalten",
  "this is a ZIP archive: unpack it first": "Dies ist ein ZIP-Archiv: bitte erst entpacken",
  "this is a 7-Zip archive: unpack it first": "Dies ist ein 7-Zip-Archiv: bitte erst entpacken",
  "this is a RAR archive: unpack it first": "Dies ist ein RAR-Archiv: bitte erst entpacken",
  "this is a tar archive: unpack it first (`tar -xf FILE`), and name the folder":
    "Dies ist ein tar-Archiv: bitte erst entpacken (`tar -xf DATEI`) und den Ordner nennen",
  "this is packed by lz4 or compress: unpack it first": "Dies ist mit lz4 oder compress gepackt: bitte erst entpacken",
  "this is a picture, not a log": "Dies ist ein Bild, kein Protokoll",
  "this is a PDF document, not a log": "Dies ist ein PDF-Dokument, kein Protokoll",
  "this is a packet capture, not a log": "Dies ist ein Paketmitschnitt, kein Protokoll",
  "this is a web page, not a log": "Dies ist eine Webseite, kein Protokoll",
  "this is an SQLite database, not a log": "Dies ist eine SQLite-Datenbank, kein Protokoll",
  "this is an old Excel or Word document: save it as CSV first":
    "Dies ist ein altes Excel- oder Word-Dokument: bitte erst als CSV speichern",
  "this is a systemd journal: export it with `journalctl --file FILE -k -o json > kernel.json`":
    "Dies ist ein systemd-Journal: bitte exportieren mit `journalctl --file DATEI -k -o json > kernel.json`",
  "this is a configuration backup of pfSense or OPNsense, not a log: the log is /var/log/filter.log (pfSense) or /var/log/filter/latest.log (OPNsense)":
    "Dies ist eine Konfigurationssicherung von pfSense oder OPNsense, kein Protokoll: Das Protokoll ist /var/log/filter.log (pfSense) oder /var/log/filter/latest.log (OPNsense)",
  "this is a FortiGate configuration, not a log: download the log under Log & Report > Forward Traffic, or send it to a syslog server":
    "Dies ist eine FortiGate-Konfiguration, kein Protokoll: Das Protokoll unter Log & Report > Forward Traffic herunterladen oder an einen Syslog-Server senden",
  "these are firewall rules, not a log: what rules with a log target write is in the kernel's log (`journalctl -k`)":
    "Dies sind Firewallregeln, kein Protokoll: Was Regeln mit LOG-Ziel schreiben, steht im Kernelprotokoll (`journalctl -k`)",
  "these are records that `ringfence parse` has printed, not a log: name the log that they were read from":
    "Dies sind Datensätze, die `ringfence parse` ausgegeben hat, kein Protokoll: bitte das Protokoll nennen, aus dem sie gelesen wurden",
  "this looks like a log of {0}, which ringfence does not read":
    "Dies sieht nach einem Protokoll von {0} aus, das ringfence nicht liest",
  "this is a binary file, not a log": "Dies ist eine Binärdatei, kein Protokoll",
  "this is a Windows event log (.evtx): export it with `wevtutil qe FILE /lf:true /f:xml /e:Events > events.xml`":
    "Dies ist ein Windows-Ereignisprotokoll (.evtx): bitte exportieren mit `wevtutil qe DATEI /lf:true /f:xml /e:Events > events.xml`",
  "this is PowerShell's Export-Clixml: use `ConvertTo-Json` or `Export-Csv` instead":
    "Dies ist Export-Clixml von PowerShell: bitte stattdessen `ConvertTo-Json` oder `Export-Csv` verwenden",
  "this is a binary circular log (clog); export it on the firewall with `clog FILE > filter.txt`":
    "Dies ist ein binäres Ringprotokoll (clog); bitte auf der Firewall exportieren mit `clog DATEI > filter.txt`",
  "{0}: no permission to read it": "{0}: keine Leseberechtigung",
  "{0}: cannot be read ({1})": "{0}: nicht lesbar ({1})",
  "was rotated: reading the new file": "wurde rotiert; die neue Datei wird gelesen",
  "was truncated: reading it from its beginning": "wurde gekürzt und wird von Anfang an gelesen",
  "is there now": "ist jetzt da",
  "cannot be read any more": "nicht mehr lesbar",
  "does not exist, or cannot be read: waiting for it": "nicht vorhanden oder nicht lesbar; ringfence wartet darauf",
  "{0} is incomplete: {1}": "{0} ist unvollständig: {1}",
  "The server stopped searches before their end.": "Der Server hat Suchanfragen vorzeitig abgebrochen.",
  "{0} of {1} clusters did not answer.": "{0} von {1} Clustern haben nicht geantwortet.",
  "{0} of {1} shards did not answer.": "{0} von {1} Shards haben nicht geantwortet.",
  "{0} of {1} shards did not answer ({2}).": "{0} von {1} Shards haben nicht geantwortet ({2}).",
  "Not all shards of the index are there: no snapshot of it could be taken.":
    "Nicht alle Shards des Index sind verfügbar: Eine Momentaufnahme war nicht möglich.",
  "Host names could not be asked for: {0}.": "Hostnamen konnten nicht abgefragt werden: {0}.",
  "The counting broke off: {0}.": "Die Zählung brach ab: {0}.",
  "Not all documents could be counted: counts are too low.":
    "Nicht alle Dokumente konnten gezählt werden: Die Zahlen sind zu niedrig.",
  "Documents hold several values in a field that may hold one: counts are too high.":
    "Dokumente enthalten mehrere Werte in einem Feld, das nur einen haben darf: Die Zahlen sind zu hoch.",
  "The field {0} is of different types in these indices ({1}) and was left out.":
    "Das Feld {0} hat in diesen Indizes verschiedene Typen ({1}) und wurde nicht berücksichtigt.",
  "The field {0} is of type {1}, which cannot be counted, and was left out.":
    "Das Feld {0} hat den nicht zählbaren Typ {1} und wurde nicht berücksichtigt.",
};

/**
 * German for why a customer of a fleet could not be audited, as ingest/, catalogs/, rules/ and cmd/ say it. The first form
 * that fits is taken, and what stands in it is said likewise.
 */
export const failures = {
  // inputs
  "{0}: no such file or folder": "{0}: Datei oder Ordner nicht vorhanden",
  "{0}: no file matches this pattern": "{0}: Zu diesem Muster passt keine Datei",
  "{0}: the folder holds no files": "{0}: Der Ordner enthält keine Dateien",
  "{0}: is a folder, not a file": "{0}: ist ein Ordner, keine Datei",
  "check the path, or quote a pattern such as 'logs/*.log'":
    "Pfad prüfen, Muster wie 'logs/*.log' in Anführungszeichen setzen",
  "run with an account that may read the log": "mit einem Konto ausführen, das das Protokoll lesen darf",
  "--since must lie before --until": "since muss vor until liegen",

  // site files
  "{0}: no such site file": "{0}: Standortdatei nicht vorhanden",
  "{0}: too long for a site file: {1} MB; logs are named without a flag":
    "{0}: zu lang für eine Standortdatei: {1} MB; Protokolle werden ohne Option genannt",
  "{0}: duplicate key {1}": "{0}: doppelter Schlüssel {1}",
  "{0}: no valid YAML: {1}": "{0}: kein gültiges YAML: {1}",
  "{0}: cannot be expanded: {1}": "{0}: lässt sich nicht auflösen: {1}",
  "{0}: is no text in UTF-8: save it as UTF-8": "{0}: ist kein Text in UTF-8: bitte als UTF-8 speichern",
  "{0}: unknown key {1}; valid: {2}": "{0}: unbekannter Schlüssel {1}; gültig: {2}",
  "{0}: missing key {1} in {2}": "{0}: Schlüssel {1} fehlt ({2})",
  "{0}: unknown time zone {1}; use an IANA name such as Europe/Berlin":
    "{0}: unbekannte Zeitzone {1}; gültig sind IANA-Namen wie Europe/Berlin",
  "{0}: unknown catalog {1}; known: {2}": "{0}: unbekannter Katalog {1}; bekannt: {2}",
  "{0}: catalog {1} has problems; see: ringfence catalogs check":
    "{0}: Katalog {1} ist fehlerhaft; siehe: ringfence catalogs check",
  "{0}: unknown feature {1} in catalog {2}; known: {3}": "{0}: unbekanntes Merkmal {1} im Katalog {2}; bekannt: {3}",
  "{0}: unknown deployment {1} in catalog {2}; known: {3}": "{0}: unbekannte Variante {1} im Katalog {2}; bekannt: {3}",
  "{0}: unknown role {1} in catalog {2}; known: {3}": "{0}: unbekannte Rolle {1} im Katalog {2}; bekannt: {3}",
  "{0}: unknown parameter {1}; valid: {2}": "{0}: unbekannter Parameter {1}; gültig: {2}",
  "{0}: unknown {1} {2}; valid: {3}": "{0}: {1}: unbekannt ist {2}; gültig: {3}",
  "{0}: {1} must have at least one entry: {2}": "{0}: {1} braucht mindestens einen Eintrag",
  "{0}: {1} must have at least one entry": "{0}: {1} braucht mindestens einen Eintrag",
  "{0}: {1} must be {2}, not {3}": "{0}: {1} muss {2} sein, nicht {3}",
  "the number {0}; put it in quotes": "die Zahl {0}; bitte in Anführungszeichen setzen",
  "{0}: {1} is no address block; write 10.20.0.0/24 or 2001:db8::/32":
    "{0}: {1} ist kein Adressblock; richtig wäre 10.20.0.0/24 oder 2001:db8::/32",
  "{0}: {1} is no address block": "{0}: {1} ist kein Adressblock",
  "{0}: {1} is no address; write 10.20.0.10 or 10.20.0.64/26":
    "{0}: {1} ist keine Adresse; richtig wäre 10.20.0.10 oder 10.20.0.64/26",
  "{0}: {1} is no address": "{0}: {1} ist keine Adresse",
  "{0}: {1} is no forward; write udp 198.51.100.5:5060 -> 10.20.0.10:5060":
    "{0}: {1} ist keine Weiterleitung; richtig wäre udp 198.51.100.5:5060 -> 10.20.0.10:5060",
  "{0}: {1} is no date of the calendar": "{0}: {1} ist kein Tag des Kalenders",
  "{0} is not valid: expected {1}": "{0} ist ungültig; erwartet wird {1}",
  "a date such as 2027-03-31; the waiver holds to the end of that day in the site's zone":
    "ein Datum wie 2027-03-31; die Ausnahme gilt bis zum Ende dieses Tages in der Zeitzone des Standorts",
  "'udp 198.51.100.5:5060 -> 10.20.0.10:5060' (IPv6 addresses in brackets)":
    "'udp 198.51.100.5:5060 -> 10.20.0.10:5060' (IPv6-Adressen in eckigen Klammern)",
  "https://host:9200, without a login.": "https://host:9200, ohne Anmeldedaten",
  "a text": "ein Text",
  "true or false": "true oder false",
  "a whole number": "eine ganze Zahl",
  "a list": "eine Liste",
  "a mapping": "eine Zuordnung",
  "a text or a list": "ein Text oder eine Liste",

  // logos
  "logo {0}: no such file": "Logo {0}: Datei nicht vorhanden",
  "logo {0}: is no PNG, JPEG, GIF, WebP or SVG picture":
    "Logo {0}: ist kein Bild im Format PNG, JPEG, GIF, WebP oder SVG",
  "logo {0}: has {1} KB, at most {2} KB fit": "Logo {0}: hat {1} KB, höchstens {2} KB sind möglich",

  // earlier audits
  "{0}: is no JSON ({1})": "{0}: ist kein JSON ({1})",
  "{0}: is no audit of ringfence": "{0}: ist kein Audit von ringfence",
  "{0}: is no valid audit:": "{0}: ist kein gültiges Audit:",
  "{0}: is an audit with schemaVersion {1}, and this version of ringfence reads {2}":
    "{0}: ist ein Audit mit schemaVersion {1}, diese Version von ringfence liest {2}",
  "save one with: ringfence audit ... -o audit.json": "speichern mit: ringfence audit ... -o audit.json",
  "audit the logs again, or use the version that wrote it":
    "Audit der Protokolle wiederholen oder die Version verwenden, die es geschrieben hat",

  // Elasticsearch
  "no API key: {0} is not set": "kein API-Schlüssel: {0} ist nicht gesetzt",
  "no password for {0}: set {1}, or name another with --password-env":
    "kein Passwort für {0}: {1} setzen oder mit password_env eine andere Variable nennen",
  "say which documents are this customer's: index, under elasticsearch here or in the site file":
    "Welche Dokumente die dieses Kunden sind, fehlt: index, hier oder in der Standortdatei unter elasticsearch",
  "--elasticsearch: this is no address; write https://host:9200":
    "elasticsearch: Das ist keine Adresse; richtig wäre https://host:9200",
  "{0}: no index matches {1}": "{0}: Kein Index passt zu {1}",
  "{0}: no such host": "{0}: Host unbekannt",
  "{0} refuses the connection": "{0} lehnt die Verbindung ab",
  "{0} cannot be reached ({1})": "{0} ist nicht erreichbar ({1})",
  "{0} did not answer in time": "{0} hat nicht rechtzeitig geantwortet",
  "{0} closed the connection: it broke off, or speaks https":
    "{0} hat die Verbindung geschlossen: Sie brach ab, oder dort wird https gesprochen",
  "{0} speaks no TLS there: write http://, or another port":
    "{0} spricht dort kein TLS: http:// oder einen anderen Port angeben",
  "{0}: its certificate is not trusted ({1})": "{0}: Dem Zertifikat wird nicht vertraut ({1})",
  "{0}: the certificate {1}": "{0}: Das Zertifikat {1}",
  "is not there": "ist nicht vorhanden",
  "cannot be read ({0})": "ist nicht lesbar ({0})",
  "{0} does not accept the login, or asks for one": "{0} akzeptiert die Anmeldung nicht oder verlangt eine",
  "{0} forbids it to this login": "{0} verbietet dies für diese Anmeldung",
  "{0} has no such index": "{0} kennt diesen Index nicht",
  "{0} does not know it": "{0} kennt dies nicht",
  "{0} has too much to do": "{0} ist überlastet",
  "{0} is not ready, status {1}": "{0} ist nicht bereit, Status {1}",
  "{0} refuses the request, status {1}": "{0} lehnt die Anfrage ab, Status {1}",
  "{0} answered with something that is no JSON: is it Elasticsearch?":
    "{0} hat etwas anderes als JSON geantwortet: Ist das Elasticsearch?",
  "{0} does not say that it is Elasticsearch: another product, or a proxy that removes the header x-elastic-product":
    "{0} gibt sich nicht als Elasticsearch zu erkennen: ein anderes Produkt, oder ein Proxy, der den Header x-elastic-product entfernt",
  "check the address and the port, and that the server runs": "Adresse und Port prüfen, und ob der Server läuft",
  "name its certificate authority with --ca-file, or its fingerprint with --ca-fingerprint":
    "die Zertifizierungsstelle mit ca_file oder ihren Fingerabdruck mit ca_fingerprint angeben",
  "try a shorter window with --since, or a longer --request-timeout": "einen kürzeren Zeitraum (since) versuchen",
  "set ELASTIC_API_KEY, or ELASTIC_USERNAME and ELASTIC_PASSWORD":
    "ELASTIC_API_KEY setzen oder ELASTIC_USERNAME und ELASTIC_PASSWORD",
  "the login needs the privileges read and view_index_metadata on the index":
    "die Anmeldung braucht die Rechte read und view_index_metadata für den Index",
  "check --index": "index prüfen",
  "try again when it has recovered": "später erneut versuchen",

  // what remains: a message and, in brackets, what to do about it
  "{0} ({1})": "{0} ({1})",
};

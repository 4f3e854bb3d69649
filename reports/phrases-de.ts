/** The words of the reports in German, as an engineer writes to customers: plain, formal where it addresses them. */
import type { CountUnit, FindingKind } from "../rules/result.ts";
import type { Phrases } from "./phrases.ts";

export const german: Phrases = {
  language: "de",
  number,
  kinds: {
    "blocked-but-required": "Blockiert, aber erforderlich",
    "open-but-unneeded": "Offen, aber nicht benötigt",
    "inspection-anomaly": "Eingriffe der Firewall",
  },
  zones: {
    internal: "internes Netz",
    dmz: "DMZ",
    vpn: "VPN",
    provider: "Provider",
    internet: "Internet",
  },
  states: {
    open: { words: "offen", brief: "offen" },
    blocked: { words: "blockiert", brief: "blockiert" },
    intermittent: { words: "zeitweise", brief: "zeitweise" },
    "not-seen": { words: "nicht beobachtet", brief: "nicht beob." },
    "not-applicable": { words: "nicht zutreffend", brief: "entfällt" },
    manual: { words: "manuell prüfen", brief: "manuell" },
    upheld: { words: "eingehalten", brief: "eingehalten" },
    violated: { words: "verletzt", brief: "verletzt" },
  },
  units: { packets: "Pakete", sessions: "Sitzungen", "packets and sessions": "Pakete und Sitzungen" },
  counted: (count, unit, kind) => `${counted(count, ONE[unit], MANY[unit])}${kind === null ? "" : DONE[kind]}`,
  ports: { any: "beliebig", dynamic: "dynamisch", unknown: "unbekannt" },
  portsBetween: (count, low, high) => `${number(count)} Ports von ${low} bis ${high}`,
  anyPeer: "beliebig",
  fromPort: (ports) => `von Port ${ports}`,
  span: (from, to) => `${from} bis ${to}`,
  date,
  minutes: (count) => counted(count, "Minute", "Minuten"),
  hours: (count) => counted(count, "Stunde", "Stunden"),
  days: (count) => counted(count, "Tag", "Tage"),
  title: (site) => `Firewall-Audit: ${site}`,
  subtitle:
    "Was die Protokolle der Firewall zeigen, verglichen mit dem, was der Hersteller der Telefonanlage verlangt und untersagt",
  by: (tool, version) => `${tool} ${version}`,
  page: (page, pages) => `Seite ${page} von ${pages}`,
  contents: "Inhalt",
  skipToContent: "Direkt zum Bericht",

  sections: {
    summary: "Zusammenfassung",
    evidence: "Datengrundlage und ihre Grenzen",
    scorecard: "Übersicht je Hersteller",
    charts: "Auf einen Blick",
    history: "Seit dem letzten Audit",
    findings: "Befunde",
    waived: "Befunde mit Ausnahme",
    waivers: "Ausnahmen, die zu prüfen sind",
    policies: "Vorgaben der Hersteller über die Portlisten hinaus",
    notSeen: "Nicht beobachtet – und was Klarheit schafft",
    coverage: "Abdeckung aller Anforderungen",
    undeclared: "Telefonanlagen, die niemand angegeben hat",
    accounts: "Verbleib des gesamten Verkehrs",
    inputs: "Ausgewertete Dateien",
    versions: "Versionen",
  },

  severity: { critical: "Kritisch", high: "Hoch", medium: "Mittel", low: "Niedrig", info: "Info" },
  confidence: { high: "hoch", medium: "mittel", low: "gering" },
  strength: {
    required: "erforderlich",
    recommended: "empfohlen",
    conditional: "bedingt",
    informational: "informativ",
  },

  headline: {
    nothingRead: "Keine Bewertung möglich: Keine Protokollzeile wurde erkannt.",
    none: "Keine Befunde in den ausgewerteten Protokollen.",
    onlyWaived: "Keine Befunde in den ausgewerteten Protokollen, abgesehen von genehmigten Ausnahmen.",
    critical: (count, others) =>
      `Sofort handeln: ${counted(count, "kritischer Befund", "kritische Befunde")}${andOthers(others)}.`,
    high: (count, others) =>
      `Handlungsbedarf: ${counted(count, "Befund", "Befunde")} mit hohem Schweregrad${andOthers(others)}.`,
    moderate: (count) =>
      count === 1
        ? "Verbesserung empfohlen: 1 Befund, nicht dringend."
        : `Verbesserungen empfohlen: ${counted(count, "Befund", "Befunde")}, keiner davon dringend.`,
    info: (count) => `Kein Handlungsbedarf: ${counted(count, "Hinweis", "Hinweise")}.`,
  },
  notProven: (gaps) => `Das beweist nicht, dass alles in Ordnung ist: ${gaps}.`,
  silent: (spans, more) => `ohne Zeilen ${spans}${more > 0 ? ` und ${more} weitere Male` : ""}`,
  outsideTheLogs: "Verkehr, der in diesem Zeitraum nicht vorkam oder einen anderen Weg nahm, wurde nicht bewertet.",
  gap: {
    unseen: (count) =>
      `von ${counted(count, "Anforderung oder Vorgabe", "Anforderungen und Vorgaben")} der Hersteller findet sich in den Protokollen keine Spur`,
    blindToAllows: (names) => `${names}: protokolliert keinen erlaubten Verkehr – was dort offen ist, bleibt unbekannt`,
    blindToDenies: (names) =>
      `${names}: protokolliert keinen blockierten Verkehr – was dort blockiert wird, bleibt unbekannt`,
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
  firstWhere: (firewalls) => `Firewall: ${firewalls}.`,
  firstLogging: (names) =>
    `Schalten Sie die fehlende Protokollierung ein (${names}) und wiederholen Sie das Audit nach einer Woche: Erst dann ist das Bild vollständig.`,
  firstNothing:
    "Nichts. Wiederholen Sie das Audit nach der nächsten Änderung an der Firewall oder an der Telefonanlage.",
  firstRead:
    "Prüfen Sie, welche Dateien übergeben wurden und ob sie Firewall-Protokolle enthalten; sie sind unten aufgeführt.",
  seeFinding: (count) => (count === 1 ? "Befund" : "Befunde"),
  showAll: (shown, all) =>
    `${number(shown)} von ${number(all)} Befunden sind ausführlich beschrieben, die übrigen tabellarisch.`,

  fields: {
    site: "Standort",
    window: "Zeitraum",
    timeZone: "Zeitzone",
    traffic: "Verkehr",
    confidence: "Konfidenz",
    why: "Warum",
    section: "Abschnitt",
    restsOn: "Grundlage",
    alsoFor: "Auch nötig für",
    seen: "Beobachtet",
    firewall: "Firewall",
    rule: "Regel",
    meaning: "Bedeutung",
    peers: "Gegenseite",
    evidence: "Belege",
    whatToDo: "Abhilfe",
    id: "Befund-ID",
    policyId: "Vorgabe-ID",
    waivedBy: "Genehmigt von",
    waivedUntil: "Gültig bis",
    waivedReason: "Begründung",
    expiredWaiver: "War genehmigt",
    change: "Änderung",
    waiver: "Ausnahme",
    sha256: "SHA-256",
    catalogSha256: "SHA-256 der Katalogdateien",
    product: "Produkt",
    document: "Dokument",
    revision: "Stand",
    version: "Version",
    features: "Funktionen",
    hosts: "Hosts",
    statement: "Vorgabe",
    reason: "Grund",
    cure: "Warum, und was Klarheit schafft",
    requirement: "Anforderung",
    component: "Komponente",
    needs: "Benötigter Verkehr",
    strength: "Verbindlichkeit",
    state: "Status",
    allowed: "Erlaubt",
    denied: "Blockiert",
    system: "System",
    severity: "Schweregrad",
    title: "Befund",
    count: "Anzahl",
    input: "Datei",
    format: "Format",
    lines: "Zeilen",
    parsed: "Erkannt",
    foreign: "Fremd",
    malformed: "Fehlerhaft",
    setAside: "Ausgelassen",
    platform: "Plattform",
    logsAllows: "Allow-Log",
    logsDenies: "Deny-Log",
    logsDefaultDeny: "Default-Deny-Log",
    unit: "Gezählt in",
    lost: "Verlorene Ereignisse",
    tool: "Programm",
    catalog: "Katalog",
    schema: "Schema des Ergebnisses",
    all: "Alle",
    findings: "Befunde",
    findingCounts: "Befunde nach Klasse und Schweregrad",
    findingClass: "Klasse",
    loggedBy: "Was jede Firewall protokolliert",
    firewallWindow: "Firewall, Zeitraum",
    inputsRead: "Dateien und Zeilen",
    catalogsUsed: "Kataloge und die Dokumente, aus denen sie stammen",
    vendorName: "Hersteller",
    requirements: "Anforderungen",
    allRequirements: "Alle Anforderungen",
    policies: "Vorgaben",
    waived: "Ausnahme",
  },
  noTimes: "Keine Protokollzeile trägt eine Zeitangabe.",
  yes: "ja",
  no: "nein",
  none: "keine",
  unknown: "unbekannt",
  noFindings: "Es gibt keine.",
  on: (platform) => platform,
  more: (count) => `und ${number(count)} weitere`,
  moreCharacters: (count) => `… (${counted(count, "weiteres Zeichen", "weitere Zeichen")})`,
  notReadBack: "konnte nicht erneut gelesen werden",
  atByte: (offset) => `ab Byte ${number(offset)}`,
  limits: "Grenzen der Datengrundlage",
  noLimits: "Aus den Protokollen selbst ergeben sich keine Einschränkungen.",
  lost: (name, count) =>
    `${name} hat nach eigenen Angaben ${counted(count, "Protokollereignis", "Protokollereignisse")} verloren.`,
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
    expired: "abgelaufen: Ihre Befunde zählen wieder",
    orphaned: "passt auf keinen Befund",
  },
  waivedBy: (owner, expires, reason) => `Ausnahme, genehmigt von ${owner} bis ${expires}: ${reason}`,
  beyondLists: "Befunde außerhalb der Listen",
  waivedCount: (count) => `${number(count)} mit Ausnahme`,
  waivedNote: "Für diese Befunde wurde eine Ausnahme genehmigt. Sie bestehen weiter und gelten nicht als bestanden.",
  notSeenNote:
    "Schweigen beweist nichts: Dieser Verkehr kann offen, blockiert oder schlicht ungenutzt sein. Gruppiert nach dem Grund, aus dem die Protokolle keine Antwort geben.",
  manualNote: (state) =>
    `Was mit „${state}“ gekennzeichnet ist, kann kein Protokoll beantworten; das muss ein Mensch prüfen.`,
  statements: (count) => counted(count, "Vorgabe", "Vorgaben"),
  allSeen: "Jede zutreffende Anforderung und Vorgabe hat in den Protokollen eine Spur hinterlassen.",
  coverageNote: (count) =>
    count === 1
      ? "Die einzige Anforderung aus den Dokumenten der Hersteller und was die Protokolle dazu zeigen."
      : `Alle ${number(count)} Anforderungen aus den Dokumenten der Hersteller und was die Protokolle dazu zeigen.`,
  noCoverage: "Es wurde kein Katalog verwendet, daher gibt es keine Anforderungen.",
  proven: (open, applicable) =>
    `${number(open)} von ${number(applicable)} zutreffenden Anforderungen als offen beobachtet`,
  notApplicableComponents: (count, names) =>
    `${counted(count, "Komponente", "Komponenten")} ohne zutreffende Anforderung: ${names}.`,
  chart: {
    activity: "Zeitlicher Verlauf",
    activityNote: (bucket) =>
      `Eine Säule entspricht ${bucket}; alle Diagramme haben dieselbe Zeitachse, aber jeweils eine eigene Höhe.`,
    busiest: (peak, bucket) => `bis zu ${peak} in ${bucket}`,
    activityText: (from, to, peak) => `Säulendiagramm der Anzahl von ${from} bis ${to}; ${peak} in der höchsten Säule.`,
    denied: "Von der Firewall blockiert",
    allowed: "Von der Firewall erlaubt",
    needed: (count) => `Von der Telefonanlage benötigt: ${count}.`,
    unneeded: (count) => `Zur Telefonanlage, ohne Bedarf: ${count}.`,
    others: (count) => `Alles Übrige: ${count}.`,
    components: "Status der Anforderungen je Komponente",
    hour: "einer Stunde",
    hours: (count) => `${number(count)} Stunden`,
    peak: (count, hours, when) =>
      `${hours === 1 ? "stündlich" : `je ${number(hours)} Stunden`}; Höchstwert ${number(count)} ab ${when}`,
  },
  filter: {
    title: "Tabelle filtern",
    search: "Suche",
    state: "Status",
    system: "System",
    any: "alle",
    shown: (shown, all) => `${shown} von ${all} Zeilen angezeigt`,
  },
  undeclared: {
    hosts: (count) => counted(count, "Host", "Hosts"),
    at: (zone, firewalls) => ` (${zone}), an ${firewalls}`,
    signs: {
      "answers-sip": "beantwortet SIP",
      "receives-sip": "empfängt SIP; ob er antwortet, zeigt das Protokoll nicht",
      "calls-sip": "ruft SIP nach außen auf",
      "carries-rtp": "überträgt in beiden Richtungen, was wie Sprache aussieht",
    },
    on: (ports, count) => `${ports}: ${count}`,
    with: (zones) => `Gegenseite: ${zones.join(", ")}`,
    note: "Diese internen Hosts verhalten sich wie Telefonanlagen, sind im Standort aber keiner Rolle zugeordnet: Für sie wurde keine Herstellerliste geprüft.",
    host: "Host",
    signsTitle: "Beobachtetes Verhalten",
    seen: "Beobachtet",
    proposal: "Was zu tun ist",
  },
  accounts: {
    caption: "Pakete und Sitzungen nach ihrer Bedeutung",
    meanings: {
      refused:
        "blockiert, obwohl eine Anforderung es verlangt und eine zugelassene Gegenstelle oder die Anlage selbst es gesendet hat",
      unneeded: "zu einer Anlage durchgelassen, obwohl keine Anforderung es verlangt",
      inspection:
        "von einer Inspektion oder aus eigenen Gründen der Firewall verworfen oder gemeldet, nicht von einer Regel",
      "return-leg": "auf dem Rückweg einer erlaubten Verbindung blockiert",
      needed: "erlaubt, und eine Anforderung verlangt es",
      scanner: "von Fremden, mit denen hier niemand kommuniziert, blockiert: Scanner – die Firewall tut, was sie soll",
      "out-of-state": "ohne bekannte Verbindung blockiert: Reste beendeter Verbindungen, keine abgewiesenen",
      unasked: "zwischen einer Anlage und ihren zugelassenen Gegenstellen blockiert; keine Anforderung verlangt es",
      neutral:
        "erlaubt und kein offener Zugang: die Anlage selbst hat die Verbindung aufgebaut, oder es gibt keinen Port",
      "no-verdict": "ohne Angabe protokolliert, ob erlaubt oder blockiert",
      unrelated: "ohne Bezug zu einer Telefonanlage dieses Standorts, erlaubt oder blockiert",
    },
    sources: internetHosts,
    most: (services) => `am häufigsten: ${services.join("; ")}`,
    total: "insgesamt gezählt",
    none: "Es wurde kein Verkehr gezählt.",
  },
  samples: "Nicht gelesene Zeilen",
  missingGlyphs: "□ steht für Zeichen, die in der Schrift dieses Dokuments fehlen; HTML- und JSON-Bericht zeigen sie.",

  text: {
    severity: { critical: "kritisch", high: "hoch", medium: "mittel", low: "niedrig", info: "Info" },
    alsoWaived: (severity) => `${severity}, Ausnahme`,
    findings: (count) => counted(count, "Befund", "Befunde"),
    moreWaived: (count) => `${number(count)} weitere mit Ausnahme`,
    waivedColumn: "Ausnahme",
    requirements: (count) => counted(count, "Anforderung", "Anforderungen"),
    policies: (count) => counted(count, "Vorgabe", "Vorgaben"),
    policiesOf: (system) => `Vorgaben: ${system}`,
    requirementsOf: (system) => `Anforderungen: ${system}`,
    notKnownToWork: (count, all) => `${number(count)} von ${number(all)} ohne Funktionsnachweis`,
    violated: (count, all) => `${number(count)} von ${number(all)} verletzt`,
    manualHint: (count) =>
      `Aus Protokollen nicht zu beurteilen: ${counted(count, "Vorgabe", "Vorgaben")} des Herstellers. --verbose zeigt, was manuell zu prüfen ist.`,
    columns: {
      requirement: "Anforderung",
      section: "Abschnitt",
      needs: "benötigter Verkehr",
      allowed: "erlaubt",
      denied: "blockiert",
      format: "Format",
      lines: "Zeilen",
      parsed: "erkannt",
      foreign: "fremd",
      malformed: "defekt",
      setAside: "ausgelassen",
      platform: "Plattform",
      logsAllows: "Allow-Log",
      logsDenies: "Deny-Log",
      unit: "gezählt in",
    },
    noTimes: "keine Protokollzeile trägt eine Zeitangabe",
    moreInputs: (count) => `${number(count)} weitere Dateien`,
    allInputs: "alle Dateien",
    setAside: (parts) => `Ausgelassen: ${parts}.`,
    outsideWindow: (count) => `${counted(count, "Zeile", "Zeilen")} außerhalb des Zeitraums`,
    structure: (count) => counted(count, "Kopf- oder Kommentarzeile", "Kopf- und Kommentarzeilen"),
    baseline: "Vergleich",
    baselineStates: { new: "seitdem neu", persisting: "bestand schon" },
    waiver: "Ausnahme",
    waiverExpired: (expires, owner) => `abgelaufen am ${expires} (genehmigt von ${owner}): Der Befund zählt wieder`,
    vendor: "Hersteller",
    also: (ids) => `auch ${ids}`,
    moreLines: (count) => `${counted(count, "weitere Zeile", "weitere Zeilen")}: --verbose zeigt alle`,
    on: (platform) => `${platform}:`,
    others: (count) => (count === 1 ? "und eine weitere" : `und ${number(count)} weitere`),
    sinceBaseline: "Seit dem Vergleichsaudit",
    goneCount: (count) => `${counted(count, "Befund", "Befunde")} nicht mehr vorhanden`,
    gone: { gone: "behoben", "not-seen-again": "nicht mehr beobachtet" },
    but: "Aber",
    idleWaivers: "Ausnahmen, die zu prüfen sind",
    waivers: (count) => counted(count, "Ausnahme", "Ausnahmen"),
    waiverCountsAgain: (expires) => `abgelaufen am ${expires}: Ihre Befunde zählen wieder`,
    waiverMatchesNothing: "passt auf keinen Befund",
    accepted: "Genehmigt",
    acceptedBy: (owner, expires) => `von ${owner} bis ${expires}`,
    waived: "Mit Ausnahme",
    notRead: "Nicht gelesene Zeilen",
    malformedLines: (count) => counted(count, "fehlerhafte Zeile", "fehlerhafte Zeilen"),
    foreignLines: (count) => `${counted(count, "Zeile", "Zeilen")} anderer Programme`,
    strayDeployment: "nicht beschriebene Installation",
  },
};

const ONE: Readonly<Record<CountUnit, string>> = {
  packets: "Paket",
  sessions: "Sitzung",
  "packets and sessions": "Paket oder Sitzung",
};
const MANY = {
  packets: "Pakete",
  sessions: "Sitzungen",
  "packets and sessions": "Pakete und Sitzungen",
} satisfies Record<CountUnit, string>;
/** What the firewall did, as the class of a finding says. */
const DONE: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": " blockiert",
  "open-but-unneeded": " erlaubt",
  "inspection-anomaly": "",
};

/** In the dative. */
function internetHosts(count: number): string {
  return counted(count, "Internet-Host", "Internet-Hosts");
}

function andOthers(count: number): string {
  return count > 0 ? ` und ${counted(count, "weiterer", "weitere")}` : "";
}

function counted(count: number, one: string, many: string): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function number(count: number): string {
  return count.toLocaleString("de-DE");
}

/** `12.10.2026` */
function date(iso: string): string {
  const [year, month, day] = iso.split("-");
  return `${day}.${month}.${year}`;
}

/** What the logs show at all: limits, coverage, charts, and where all traffic went. */
import type { Spoken } from "../../phrases.ts";
import type { evidence as english } from "../en/evidence.ts";
import { counted, number } from "./counting.ts";

export const evidence: Spoken<typeof english> = {
  noTimes: "Keine Protokollzeile trägt eine Zeitangabe.",
  nothingInWindow: "Keine Protokollzeile liegt im gewählten Zeitraum.",
  limits: "Grenzen der Datengrundlage",
  noLimits: "Aus den Protokollen selbst ergeben sich keine Einschränkungen.",
  moreFirewalls: (count) =>
    `Dazu ${counted(count, "weitere Firewall", "weitere Firewalls")} mit weniger Verkehr; der JSON-Bericht führt alle auf.`,
  lost: (name, count) =>
    `${name} hat nach eigenen Angaben ${counted(count, "Protokollereignis", "Protokollereignisse")} verloren.`,
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
    outside: (count) => `${count} außerhalb der Zeitachse`,
    strays: (name, count, days) =>
      `${name}: ${count} mit Datum ${days}, zeitlich weit entfernt von fast allen anderen. Möglicherweise ging die Uhr falsch; Diagramme zum zeitlichen Verlauf zeigen das nicht.`,
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
  undeclared: {
    hosts: (count) => counted(count, "Host", "Hosts"),
    at: (zone, firewalls) => ` (${zone}), an ${firewalls}`,
    signs: {
      "answers-sip": "beantwortet SIP-Anfragen",
      "receives-sip": "empfängt SIP-Anfragen; ob er antwortet, zeigt das Protokoll nicht",
      "calls-sip": "sendet SIP-Anfragen nach außen",
      "carries-rtp": "überträgt in beiden Richtungen, was wie Sprache aussieht",
    },
    on: (ports, count) => `${ports}: ${count}`,
    with: (zones) => `Gegenstellen: ${zones.join(", ")}`,
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
        "blockiert, obwohl der Hersteller es verlangt und eine zugelassene Gegenstelle oder die Anlage selbst es gesendet hat",
      unneeded: "zu einer Anlage durchgelassen, obwohl der Hersteller es nicht verlangt",
      inspection:
        "von einer Inspektion oder aus eigenen Gründen der Firewall verworfen oder gemeldet, nicht von einer Regel",
      "return-leg": "auf dem Rückweg einer erlaubten Verbindung blockiert",
      needed: "erlaubt, und der Hersteller verlangt es",
      scanner: "von Fremden, mit denen hier niemand kommuniziert, blockiert: Scanner – die Firewall tut, was sie soll",
      "out-of-state": "ohne bekannte Verbindung blockiert: Reste beendeter Verbindungen, keine abgewiesenen",
      unasked: "zwischen einer Anlage und ihren zugelassenen Gegenstellen blockiert; der Hersteller verlangt es nicht",
      neutral:
        "erlaubt und kein offener Zugang: die Anlage selbst hat die Verbindung aufgebaut, oder es gibt keinen Port",
      "no-verdict": "ohne Angabe protokolliert, ob erlaubt oder blockiert",
      unrelated: "ohne Bezug zu einer Telefonanlage dieses Standorts, erlaubt oder blockiert",
    },
    sources: (count) => counted(count, "Internet-Host", "Internet-Hosts"),
    most: (services) => `am häufigsten: ${services.join("; ")}`,
    total: "insgesamt gezählt",
    none: "Es wurde kein Verkehr gezählt.",
  },
};

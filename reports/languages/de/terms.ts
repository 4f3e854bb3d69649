/** What everything in a report is counted in, called and dated by. */
import type { CountUnit, FindingKind } from "../../../rules/result.ts";
import type { Spoken } from "../../phrases.ts";
import type { terms as english } from "../en/terms.ts";
import { counted, number } from "./counting.ts";

export const terms: Spoken<typeof english> = {
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
  severity: { critical: "Kritisch", high: "Hoch", medium: "Mittel", low: "Niedrig", info: "Info" },
  confidence: { high: "hoch", medium: "mittel", low: "gering" },
  strength: {
    required: "erforderlich",
    recommended: "empfohlen",
    conditional: "bedingt",
    informational: "informativ",
  },
  yes: "ja",
  no: "nein",
  none: "keine",
  unknown: "unbekannt",
  notStated: "nicht angegeben",
  more: (count) => `und ${number(count)} weitere`,
  moreCharacters: (count) => `… (${counted(count, "weiteres Zeichen", "weitere Zeichen")})`,
  whatToDoOn: (platform) => `Abhilfe: ${platform}`,
  on: (platform) => platform,
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

/** `12.10.2026` */
function date(iso: string): string {
  const [year, month, day] = iso.split("-");
  return `${day}.${month}.${year}`;
}

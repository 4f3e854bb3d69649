/** What everything in a report is counted in, called and dated by. */
import type {
  Confidence,
  CountUnit,
  FindingKind,
  PolicyState,
  RequirementResult,
  RequirementState,
  ResultPorts,
  Severity,
  Zone,
} from "../../../rules/result.ts";
import { counted, number } from "./counting.ts";

export const terms = {
  /** BCP 47, for the document's own declaration. */
  language: "en",
  /** A number with its thousands apart. */
  number,
  kinds: {
    "blocked-but-required": "Blocked but required",
    "open-but-unneeded": "Open but unneeded",
    "inspection-anomaly": "Inspection anomalies",
  } satisfies Record<FindingKind, string>,
  zones: {
    internal: "the internal network",
    dmz: "the DMZ",
    vpn: "the VPN",
    provider: "the provider",
    internet: "the Internet",
  } satisfies Record<Zone, string>,
  /** In full, and for a column's title. */
  states: {
    open: { words: "open", brief: "open" },
    blocked: { words: "blocked", brief: "blocked" },
    intermittent: { words: "intermittent", brief: "intermittent" },
    "not-seen": { words: "not seen", brief: "not seen" },
    "not-applicable": { words: "not applicable", brief: "n/a" },
    manual: { words: "check by hand", brief: "by hand" },
    upheld: { words: "upheld", brief: "upheld" },
    violated: { words: "violated", brief: "violated" },
  } satisfies Record<RequirementState | PolicyState, { words: string; brief: string }>,
  units: {
    packets: "packets",
    sessions: "sessions",
    "packets and sessions": "packets and sessions",
  } satisfies Record<CountUnit, string>,
  /** What a firewall did with so many packets or sessions. */
  counted: (count: number, unit: CountUnit, kind: FindingKind | null) =>
    `${counted(count, UNIT[unit], unit)}${kind === null ? "" : DONE[kind]}`,
  ports: { any: "any", dynamic: "dynamic", unknown: "unknown" } satisfies Record<ResultPorts & string, string>,
  portsBetween: (count: number, low: number, high: number) => `${number(count)} ports from ${low} to ${high}`,
  anyPeer: "any",
  fromPort: (ports: string) => `from ${ports}`,
  span: (from: string, to: string) => `${from} to ${to}`,
  /** Of an ISO day. */
  date: (iso: string) => iso,
  minutes: (count: number) => counted(count, "minute"),
  hours: (count: number) => counted(count, "hour"),
  days: (count: number) => counted(count, "day"),
  severity: { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" } satisfies Record<
    Severity,
    string
  >,
  confidence: { high: "high", medium: "medium", low: "low" } satisfies Record<Confidence, string>,
  strength: {
    required: "required",
    recommended: "recommended",
    conditional: "conditional",
    informational: "informational",
  } satisfies Record<RequirementResult["strength"], string>,
  yes: "yes",
  no: "no",
  none: "none",
  unknown: "unknown",
  /** What catalogs say where a document carries no revision. */
  notStated: "not stated",
  more: (count: number) => `and ${number(count)} more`,
  moreCharacters: (count: number) => `… (${counted(count, "more character")})`,
  whatToDoOn: (platform: string) => `What to do on ${platform}`,
  on: (platform: string) => `On ${platform}`,
} as const;

const UNIT: Readonly<Record<CountUnit, string>> = {
  packets: "packet",
  sessions: "session",
  "packets and sessions": "packet or session",
};

/** What the firewall did, as the class of a finding says. */
const DONE: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": " denied",
  "open-but-unneeded": " allowed",
  "inspection-anomaly": "",
};

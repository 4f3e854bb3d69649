/**
 * The result of an audit: the seam between judging and showing. `ringfence audit --format json` prints exactly this
 * object, every other format is rendered from it, and `rules/result.schema.json` describes it. Its shape is public:
 * additions keep `schemaVersion` and have a default in the schema, which saved audits of before them get; anything else
 * raises it.
 */

export type Zone = "internal" | "dmz" | "vpn" | "provider" | "internet";
export type Severity = "critical" | "high" | "medium" | "low" | "info";
export type Confidence = "high" | "medium" | "low";
export type FindingKind = "blocked-but-required" | "open-but-unneeded" | "inspection-anomaly";
export type RequirementState = "open" | "blocked" | "intermittent" | "not-seen" | "not-applicable" | "manual";
export type PolicyState = "upheld" | "violated" | "not-seen" | "manual";
export type PlatformName = "pfsense" | "opnsense" | "fortigate" | "iptables" | "windows";
/** What counts are: packets that a firewall decided on, sessions that it logged, or both kinds added up. */
export type CountUnit = "packets" | "sessions" | "packets and sessions";
export type ResultPorts = [low: number, high: number][] | "any" | "dynamic" | "unknown";

/** The languages in which results can be said, by ISO 639-1; the first is the one in which they are judged. */
export const LANGUAGES = ["en", "de"] as const;
export type LanguageId = (typeof LANGUAGES)[number];

/** Most severe first; the order in which findings are printed and `--fail-on` compares. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];
/** Surest first. */
export const CONFIDENCES: readonly Confidence[] = ["high", "medium", "low"];

export interface AuditResult {
  schemaVersion: "1";
  tool: { name: "ringfence"; version: string };
  site: { name: string; timezone: string };
  evidence: EvidenceResult;
  deployments: DeploymentResult[];
  requirements: RequirementResult[];
  policies: PolicyResult[];
  findings: FindingResult[];
  /** How many further findings --only, --skip or --severity left out. */
  findingsLeftOut: number;
  /** Inside hosts that behave like a phone system though the site binds them to no role; most SIP first. */
  undeclaredHosts: UndeclaredHostResult[];
  /** What became of each of the site's waivers. */
  waivers: WaiverResult[];
  /** Comparison with an earlier audit; null without one. */
  baseline: BaselineResult | null;
  noise: NoiseResult;
  /** Where everything counted went, the gravest first: together it is all that the firewalls logged. */
  accounting: AccountResult[];
  /** The language of the texts; absent: English. */
  language?: LanguageId;
  /** What the texts with values in them are made of, so that they can be said in another language; see MessageResult. */
  messages?: MessageResult[];
}

/**
 * One text of the result: the English template, whose `{0}`, `{1}`, ... stand for the values. Filled in it reads exactly as
 * the text does where it stands in the result; texts without values and without translations are not listed.
 */
export interface MessageResult {
  template: string;
  values?: (string | number | MessageResult)[];
  /** By language, of texts that are a catalog's own. */
  translations?: Record<string, string>;
}

/** What the audit could see at all: no claim goes beyond it. */
export interface EvidenceResult {
  /** First and last record, ISO 8601 with the site's offset; null where no record carries a time. */
  from: string | null;
  to: string | null;
  inputs: InputResult[];
  firewalls: FirewallResult[];
  /** Sentences that limit the result ("the clock of ... is not known", "peers were folded into prefixes"). */
  limits: string[];
}

export interface InputResult {
  name: string;
  /** The format most lines are of; null where no line was recognised. */
  format: string | null;
  /** All formats found, most lines first. */
  formats: string[];
  lines: { read: number; parsed: number; foreign: number; malformed: number; structure: number; outsideWindow: number };
  samples: { foreign: { line: number; text: string }[]; malformed: { line: number; text: string }[] };
  warnings: string[];
  /** Of the file as it stands on the disk, compressed or not; null where nobody asked, and for what is no file. */
  sha256: string | null;
}

export interface FirewallResult {
  name: string;
  platform: PlatformName;
  unit: CountUnit;
  logsAllows: boolean;
  logsDenies: boolean;
  /**
   * Whether what no rule names was seen denied (pfSense's default deny, FortiGate's implicit policy 0, OPNsense's default
   * block); null where no denial tells which rule it was.
   */
  logsDefaultDeny: boolean | null;
  allowed: number;
  denied: number;
  /** Log events that the firewall itself says it lost. */
  lostEvents: number;
  from: string | null;
  to: string | null;
  /** Hours without a line at times when it otherwise writes some; the longest first, at most twenty. */
  gaps: GapResult[];
  /** By hour, in `unit`, of packets and ended sessions whose lines carry a time; ascending, empty hours are left out. */
  hourly: HourResult[];
}

/** What a firewall allowed and denied in the hour that begins at `hour`, ISO 8601. */
export interface HourResult {
  hour: string;
  allowed: number;
  denied: number;
}

export interface GapResult {
  from: string;
  to: string;
}

export interface DeploymentResult {
  catalog: string;
  vendor: string;
  product: string;
  document: { title: string; revision: string };
  /** SHA-256 of `catalog.yaml` and `ports.csv`, one after the other; null in audits of before it was told. */
  catalogSha256: string | null;
  version: string | null;
  deployment: string | null;
  features: string[];
  hosts: { role: string; addresses: string[] }[];
  /** Whether any line names a host of it. */
  seen: boolean;
}

/** One requirement of one deployment's catalog. */
export interface RequirementResult {
  catalog: string;
  /** Index into `deployments`. */
  deployment: number;
  id: string;
  section: string;
  component: string;
  direction: "in" | "out" | "both" | "mutual";
  application: string;
  transport: "tcp" | "udp";
  localPorts: ResultPorts;
  remote: string;
  remotePorts: ResultPorts;
  scope: "wan" | "lan";
  strength: "required" | "recommended" | "conditional" | "informational";
  state: RequirementState;
  allowed: number;
  denied: number;
  /** Why the state is what it is, or what limits it; with the log setting that would show what was not seen. */
  reason: string | null;
}

export interface PolicyResult {
  catalog: string;
  deployment: number;
  id: string;
  kind: string;
  section: string;
  statement: string;
  state: PolicyState;
  reason: string | null;
}

export interface FindingResult {
  /** Stable: kind, catalog, requirement or policy or check, direction, zone of the peer, host. */
  id: string;
  kind: FindingKind;
  severity: Severity;
  confidence: Confidence;
  /** A claim in one line. */
  title: string;
  /** Why this is a finding, in a few sentences. */
  why: string;
  catalog: string | null;
  requirement: string | null;
  policy: string | null;
  check: string | null;
  /** Where the vendor says so; null for a check that rests on no vendor. */
  citation: { section: string; document: string; statement: string } | null;
  /** Further requirements of the same catalog that the same traffic would serve. */
  alsoRequiredBy: string[];
  /** Address or block as the site binds it. */
  host: string;
  direction: "in" | "out";
  /** Empty where the firewall speaks of itself and of no packet. */
  transport: string;
  ports: [low: number, high: number][];
  peerZone: Zone;
  /** Busiest peers first, at most ten. */
  peers: string[];
  peerCount: number;
  /** In `unit`. The name is the public one: for session logs it counts sessions. */
  packets: number;
  unit: CountUnit;
  firstSeen: string | null;
  lastSeen: string | null;
  /** Count by hour, ISO 8601 start of the hour; empty hours are left out. */
  hourly: { hour: string; count: number }[];
  /** pfSense tracker or label, FortiGate poluuid or policyid, netfilter prefix, WFP filter id. */
  rules: string[];
  firewalls: string[];
  examples: ExampleResult[];
  remediation: RemediationResult[];
  /** All that it shows let in, another firewall on the way stopped. */
  stopped: boolean;
  /** Its last evidence, where the firewalls decided otherwise on the same traffic ever since; null: nothing tells that it ended. */
  endedAt: string | null;
  /** Accepted: it stays in every report and never counts as a pass. */
  waived: WaivedResult | null;
  /** It was accepted until that waiver expired. */
  expiredWaiver: WaivedResult | null;
  /** Against the baseline; null without one. */
  baseline: "new" | "persisting" | null;
}

/** What an undeclared host was seen to do; all of it allowed by the firewall. */
export type PhoneSystemSign =
  /** SIP was sent to it, and it answered. */
  | "answers-sip"
  /** SIP was sent to it; the log does not show whether it answered. */
  | "receives-sip"
  /** It sends SIP to the outside, as to a provider. */
  | "calls-sip"
  /** UDP of the size of speech in both directions. */
  | "carries-rtp";

export interface UndeclaredHostResult {
  address: string;
  zone: Zone;
  firewalls: string[];
  evidence: UndeclaredEvidence[];
  firstSeen: string | null;
  lastSeen: string | null;
  /** What to do about it. */
  proposal: string;
}

export interface UndeclaredEvidence {
  what: PhoneSystemSign;
  transport: "tcp" | "udp";
  /** Of the host, or for `calls-sip` of its peers; of media in blocks, empty where only the peer's are known. */
  ports: [low: number, high: number][];
  /** In `unit`. */
  packets: number;
  unit: CountUnit;
  /** Where its peers are. */
  peerZones: Zone[];
  /** Inside peers, busiest first, at most ten; peers outside are not told apart, nor are those of media. */
  peers: string[];
  peerCount: number;
}

export interface ExampleResult {
  input: string;
  /** 1-based; null for evidence that is no line of a file. */
  line: number | null;
  /** Byte offset in the decompressed input. */
  offset: number | null;
  /** The log line as it stands there, control bytes included: neutralise it before showing it. Null: could not be read back. */
  text: string | null;
}

export interface RemediationResult {
  platform: PlatformName;
  /** What to change, how to check it and how to undo it; several lines. */
  text: string;
}

export interface WaivedResult {
  reason: string;
  owner: string;
  expires: string;
}

export interface WaiverResult {
  /** The finding's id or pattern, as the site writes it. */
  finding: string;
  cidr: string | null;
  reason: string;
  owner: string;
  /** ISO date. */
  expires: string;
  /** Orphaned: no finding matches it. */
  state: "active" | "expired" | "orphaned";
  /** Findings that it matches. */
  matched: number;
}

export interface BaselineResult {
  /** Window of the baseline. */
  from: string | null;
  to: string | null;
  gone: GoneFinding[];
}

/** A finding of the baseline that the new audit does not have. */
export interface GoneFinding {
  id: string;
  kind: FindingKind;
  severity: Severity;
  title: string;
  state: "gone" | "not-seen-again";
  /** Why its absence proves nothing; null where it is gone. */
  reason: string | null;
}

/** What became of traffic, and what that means. */
export type TrafficMeaning =
  /** Allowed, and the vendor asks for it: an applicable requirement, or a statement that admits the provider. */
  | "needed"
  /** Allowed toward a deployed host, and nothing asks for it. */
  | "unneeded"
  /** Allowed, and no exposure: the deployed host opened it, or it has no port (ICMP, later fragments). */
  | "neutral"
  /** Denied, though the vendor asks for it, by a requirement or a wish for all outbound traffic, and a legitimate peer or the host itself sent it. */
  | "refused"
  /** Denied, from somebody outside who has no business there: a control that works. */
  | "scanner"
  /** Denied as part of a connection that the firewall does not track: no refused connection. */
  | "out-of-state"
  /** Denied packet back to the opener of a conversation that was allowed. */
  | "return-leg"
  /** Denied, and nothing asks for it. */
  | "unasked"
  /** Dropped or reported by an inspection engine or for a reason of the firewall's own, not by policy. */
  | "inspection"
  /** No verdict on the traffic (NAT, audit and match lines). */
  | "no-verdict"
  /** Neither side is a deployed host. */
  | "unrelated";

/** Denials that are a control at work, and what was not looked at. */
export interface NoiseResult {
  /** Internet hosts that were denied at a deployed host or at the firewall's own outside addresses. */
  scannerDenials: { packets: number; sources: number };
  /** Denied packets of tracked connections' remains (out of state): no refused connections. */
  outOfStateDenials: { packets: number };
  /** All other counted traffic that concerns no deployed host. */
  unrelated: { packets: number };
  /** Denied from or to a deployed host, by or to somebody who may talk to it; the vendor does not ask for it. */
  unaskedDenials: { packets: number; most: UnaskedDenial[] };
}

/** What a deployed host was denied though the vendor does not ask for it, most packets first; at most five are listed. */
export interface UnaskedDenial {
  host: string;
  /** Seen from the host: who opened it. */
  direction: "in" | "out";
  transport: string;
  /** The responder's; null: none. */
  port: number | null;
  peerZone: Zone;
  packets: number;
}

/** Counted traffic by what it means. */
export interface AccountResult {
  meaning: TrafficMeaning;
  /** Packets and sessions, each counted once. */
  packets: number;
}

/**
 * Every fixed sentence and label of the reports, in English. Another language is another object of this shape; nothing
 * else in reports/ holds words that people read.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type {
  Confidence,
  CountUnit,
  FindingKind,
  PhoneSystemSign,
  PolicyState,
  RequirementResult,
  RequirementState,
  ResultPorts,
  Severity,
  TrafficMeaning,
  Zone,
} from "../rules/result.ts";

const english = {
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
  title: (site: string) => `Firewall audit of ${site}`,
  subtitle: "What the firewall's own logs show, held against what the phone system's vendor requires and forbids",
  by: (tool: string, version: string) => `${tool} ${version}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  contents: "Contents",
  skipToContent: "Skip to the report",

  sections: {
    summary: "Summary",
    evidence: "Evidence and its limits",
    scorecard: "Scorecard per vendor",
    charts: "At a glance",
    history: "Since the last audit",
    findings: "Findings",
    waived: "Waived findings",
    waivers: "Waivers to look at",
    policies: "What the vendors say beyond ports",
    notSeen: "Not seen, and what would show it",
    coverage: "Coverage matrix",
    undeclared: "Phone systems that nobody declared",
    accounts: "Where all traffic went",
    inputs: "Inputs",
    versions: "Versions",
  },

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

  headline: {
    nothingRead: "Nothing could be judged: no log line was recognised.",
    none: "No findings in what these logs show.",
    onlyWaived: "No findings in what these logs show, apart from waived ones.",
    critical: (count: number, others: number) => `Act now: ${counted(count, "critical finding")}${andOthers(others)}.`,
    high: (count: number, others: number) =>
      `Action needed: ${counted(count, "finding")} of high severity${andOthers(others)}.`,
    moderate: (count: number) => `Improvements recommended: ${counted(count, "finding")}, none of them urgent.`,
    info: (count: number) => `Nothing to repair: ${counted(count, "remark")}.`,
  },
  notProven: (gaps: string) => `That is no proof that all is well: ${gaps}.`,
  silent: (spans: string, more: number) => `silent ${spans}${more > 0 ? ` and ${counted(more, "more time")}` : ""}`,
  outsideTheLogs: "Traffic that did not occur in this window, or that passed another way, was not judged.",
  gap: {
    unseen: (count: number) =>
      `the logs hold no trace of ${counted(count, "requirement or policy", "requirements and policies")} of the vendors`,
    blindToAllows: (names: string) => `${names} logs nothing that it allows, so what is open there stays unknown`,
    blindToDenies: (names: string) => `${names} logs nothing that it denies, so what is blocked there stays unknown`,
  },

  wrongAndMeaning: "What is wrong, what it means",
  whatFirst: "What to do first",
  wrong: {
    "blocked-but-required": (count: number) =>
      `The firewall stops traffic that the phone system needs (${counted(count, "finding")}).`,
    "open-but-unneeded": (count: number) =>
      `The phone system can be reached in ways that nothing on the vendor's list asks for (${counted(count, "finding")}).`,
    "inspection-anomaly": (count: number) =>
      `The firewall interferes with telephone traffic that it should only pass on (${counted(count, "finding")}).`,
  } satisfies Record<FindingKind, (count: number) => string>,
  means: {
    "blocked-but-required":
      "Calls may fail, stay silent on one side or break off, and single functions may not work. Which ones, each finding says.",
    "open-but-unneeded":
      "Every needless opening is one more way in. From inside it is a matter of tidiness; each finding says from where it can be reached.",
    "inspection-anomaly":
      "Typical signs are one-sided audio, calls that end after minutes, and phones that lose their registration now and then.",
  } satisfies Record<FindingKind, string>,
  meansInternet:
    "Strangers on the Internet can reach the phone system. They try passwords around the clock; whoever gets in places calls at the owner's expense, listens in, or goes on into the network.",
  first: {
    "blocked-but-required": (flow: string) => `Let this through: ${flow}.`,
    "open-but-unneeded": (flow: string) => `Close this, or give it a reason: ${flow}.`,
    "inspection-anomaly": () => "Stop the firewall's special treatment of this traffic.",
  } satisfies Record<FindingKind, (flow: string) => string>,
  firstForbidden: (flow: string) => `Close this: ${flow}.`,
  firstWhere: (firewalls: string) => `On ${firewalls}.`,
  firstLogging: (names: string) =>
    `Switch on the logging that is missing (${names}), and audit again after a week: only then is the picture complete.`,
  firstNothing: "Nothing. Audit again after the next change to the firewall or the phone system.",
  firstRead: "Check which files were given, and that they hold firewall logs; the inputs are listed below.",
  seeFinding: (count: number) => (count === 1 ? "Finding" : "Findings"),
  showAll: (shown: number, all: number) =>
    `${number(shown)} of ${number(all)} findings are told in full; the others are listed.`,

  fields: {
    site: "Site",
    window: "Window",
    timeZone: "Time zone",
    traffic: "Traffic",
    confidence: "Confidence",
    why: "Why",
    section: "Section",
    restsOn: "Rests on",
    alsoFor: "Also needed for",
    seen: "Seen",
    firewall: "Firewall",
    rule: "Rule",
    meaning: "What it means",
    peers: "Peers",
    evidence: "Evidence",
    whatToDo: "What to do",
    id: "Finding id",
    policyId: "Policy id",
    waivedBy: "Accepted by",
    waivedUntil: "Until",
    waivedReason: "Reason",
    expiredWaiver: "Was accepted",
    change: "Change",
    waiver: "Waiver",
    sha256: "SHA-256",
    catalogSha256: "SHA-256 of its files",
    product: "Product",
    document: "Document",
    revision: "Revision",
    version: "Version",
    features: "Features",
    hosts: "Hosts",
    statement: "Statement",
    reason: "Reason",
    cure: "Why, and what would show it",
    requirement: "Requirement",
    component: "Component",
    needs: "What it needs",
    strength: "Strength",
    state: "State",
    allowed: "Allowed",
    denied: "Denied",
    system: "System",
    severity: "Severity",
    title: "Finding",
    count: "Count",
    input: "Input",
    format: "Format",
    lines: "Lines",
    parsed: "Parsed",
    foreign: "Other programs",
    malformed: "Malformed",
    setAside: "Set aside",
    platform: "Platform",
    logsAllows: "Logs allows",
    logsDenies: "Logs denies",
    logsDefaultDeny: "Logs the default deny",
    unit: "Counted in",
    lost: "Lost log events",
    tool: "Tool",
    catalog: "Catalog",
    schema: "Result schema",
    all: "All",
    findings: "Findings",
    findingCounts: "Findings by class and severity",
    findingClass: "Class",
    loggedBy: "What each firewall logs",
    firewallWindow: "Firewall, window",
    inputsRead: "Files and lines",
    catalogsUsed: "Catalogs, made from these documents",
    vendorName: "Vendor",
    requirements: "Requirements",
    allRequirements: "All requirements",
    policies: "Policies",
    waived: "Waived",
  },
  noTimes: "No log line carries a time.",
  yes: "yes",
  no: "no",
  none: "none",
  unknown: "unknown",
  noFindings: "There are none.",
  on: (platform: string) => `On ${platform}`,
  more: (count: number) => `and ${number(count)} more`,
  moreCharacters: (count: number) => `… (${counted(count, "more character")})`,
  notReadBack: "could not be read back",
  atByte: (offset: number) => `at byte ${number(offset)}`,
  limits: "Limits of this evidence",
  noLimits: "The logs themselves name no limit.",
  lost: (name: string, count: number) => `${name} says that it lost ${counted(count, "log event")}.`,
  quoted: (statement: string) => `“${statement}”`,
  citation: (section: string, document: string) => `section ${section}, ${document}`,
  requirementNamed: (id: string) => `requirement ${id}`,
  policyNamed: (id: string) => `policy ${id}`,
  checkNamed: (id: string) => `check ${id}`,
  changes: (window: string | null, [fresh, persisting, gone, notSeenAgain]: readonly number[]) =>
    `Since the audit before${window === null ? "" : ` (${window})`}: ${number(fresh ?? 0)} new, ${number(persisting ?? 0)} still there, ${number(gone ?? 0)} gone, ${number(notSeenAgain ?? 0)} not seen again.`,
  change: { new: "new", persisting: "still there", gone: "gone", "not-seen-again": "not seen again" },
  goneNote:
    "Gone is what these logs would show if it still happened. What is not seen again may be repaired, or only out of sight; the reason stands beside it.",
  noChanges: "Nothing is new, and nothing is gone.",
  newFindings: "New findings",
  goneFindings: "No longer there",
  expiredWaiver: (owner: string, expires: string, reason: string) =>
    `accepted by ${owner} until ${expires}, which is over: ${reason}`,
  waiversNote: "A waiver that has expired excuses nothing any more; one that matches no finding can go.",
  waiversIdle: (count: number) => counted(count, "waiver"),
  waiverState: { active: "active", expired: "expired: its findings count again", orphaned: "matches no finding" },
  waivedBy: (owner: string, expires: string, reason: string) => `Waived by ${owner} until ${expires}: ${reason}`,
  beyondLists: "findings beyond the lists",
  waivedCount: (count: number) => `${number(count)} waived`,
  waivedNote: "Somebody has accepted these. They still exist, and count as no pass.",
  notSeenNote:
    "Silence proves nothing: this traffic may be open, blocked, or simply not used. Grouped by the reason why the logs do not tell.",
  manualNote: (state: string) => `What is marked “${state}” no log can answer; a person has to.`,
  statements: (count: number) => counted(count, "statement"),
  allSeen: "Every requirement and policy that applies left a trace in the logs.",
  coverageNote: (count: number) =>
    `Each of the ${counted(count, "requirement")} in the vendors' documents, with what the logs show of it.`,
  noCoverage: "No catalog was used, so there is no requirement to cover.",
  proven: (open: number, applicable: number) =>
    `${number(open)} of ${number(applicable)} applicable requirements seen open`,
  notApplicableComponents: (count: number, names: string) =>
    `${counted(count, "component")} with nothing that applies here: ${names}.`,
  chart: {
    activity: "When it happened",
    activityNote: (bucket: string) =>
      `One column stands for one ${bucket}; all charts share one time axis, each has its own height.`,
    busiest: (peak: string, bucket: string) => `up to ${peak} in one ${bucket}`,
    activityText: (from: string, to: string, peak: string) =>
      `Column chart of counts from ${from} to ${to}; ${peak} in the busiest column.`,
    denied: "Denied by the firewall",
    allowed: "Allowed by the firewall",
    needed: (count: string) => `Needed by the phone system: ${count}.`,
    unneeded: (count: string) => `To the phone system without need: ${count}.`,
    others: (count: string) => `All else: ${count}.`,
    components: "Requirement states by component",
    hour: "hour",
    hours: (count: number) => `${number(count)}-hour span`,
    peak: (count: number, hours: number, when: string) =>
      `by ${hours === 1 ? "hour" : `${number(hours)} hours`}; ${number(count)} in the busiest, from ${when}`,
  },
  filter: {
    title: "Filter the matrix",
    search: "Search",
    state: "State",
    system: "System",
    any: "any",
    shown: (shown: string, all: string) => `${shown} of ${all} rows shown`,
  },
  undeclared: {
    hosts: (count: number) => counted(count, "host"),
    at: (zone: string, firewalls: string) => ` in ${zone}, at ${firewalls}`,
    signs: {
      "answers-sip": "answers SIP",
      "receives-sip": "is sent SIP, and the log does not show whether it answers",
      "calls-sip": "calls SIP outside",
      "carries-rtp": "carries what looks like audio, in both directions",
    } satisfies Record<PhoneSystemSign, string>,
    on: (ports: string, count: string) => `${ports}: ${count}`,
    with: (zones: readonly string[]) => `with ${zones.join(" and ")}`,
    note: "These inside hosts behave like phone systems, and the site binds them to no role: nothing was held against a vendor's list for them.",
    host: "Host",
    signsTitle: "What it does",
    seen: "Seen",
    proposal: "What to do",
  },
  accounts: {
    caption: "Packets and sessions by what they mean",
    /** What became of so many packets and sessions; the number stands before it. */
    meanings: {
      refused: "denied, though a requirement asks for it and somebody who may have it sent it",
      unneeded: "allowed toward a deployed host, though no requirement asks for it",
      inspection: "dropped or reported by an inspection engine, or for a reason of the firewall's own, not by a rule",
      "return-leg": "denied on the way back of a conversation that was allowed",
      needed: "allowed, and a requirement asks for it",
      scanner: "denied to strangers that no one here talks to: scanners, and a control that works",
      "out-of-state": "denied out of state: remains of connections that were over, not refused ones",
      unasked: "denied between a deployed host and those who may talk to it, and no requirement asks for it",
      neutral: "allowed, and no exposure: the deployed host opened it, or it has no port",
      "no-verdict": "logged without a verdict",
      unrelated: "of no phone system of this site, allowed or denied",
    } satisfies Record<TrafficMeaning, string>,
    sources: (count: number) => counted(count, "Internet host"),
    most: (services: readonly string[]) => `the most: ${services.join("; ")}`,
    total: "counted in all",
    none: "No traffic was counted.",
  },
  samples: "Lines that were not read",
  missingGlyphs:
    "□ stands for characters that this document's font does not have; the HTML and JSON reports show them.",

  /** What the text report alone says. */
  text: {
    severity: { critical: "critical", high: "high", medium: "medium", low: "low", info: "info" } satisfies Record<
      Severity,
      string
    >,
    alsoWaived: (severity: string) => `${severity}, waived`,
    findings: (count: number) => counted(count, "finding"),
    moreWaived: (count: number) => `${count} more waived`,
    waivedColumn: "waived",
    requirements: (count: number) => counted(count, "requirement"),
    policies: (count: number) => counted(count, "policy", "policies"),
    policiesOf: (system: string) => `Policies: ${system}`,
    requirementsOf: (system: string) => `Requirements: ${system}`,
    notKnownToWork: (count: number, all: number) => `${count} of ${all} not known to work`,
    violated: (count: number, all: number) => `${count} of ${all} violated`,
    manualHint: (count: number) =>
      `Not to be judged from logs: ${counted(count, "statement")} of the vendor. --verbose lists what to check by hand.`,
    columns: {
      requirement: "requirement",
      section: "section",
      needs: "what it needs",
      allowed: "allowed",
      denied: "denied",
      format: "format",
      lines: "lines",
      parsed: "parsed",
      foreign: "foreign",
      malformed: "malformed",
      setAside: "set aside",
      platform: "platform",
      logsAllows: "logs allows",
      logsDenies: "logs denies",
      unit: "counted in",
    },
    noTimes: "no log line carries a time",
    moreInputs: (count: number) => `${count} more inputs`,
    allInputs: "all inputs",
    setAside: (parts: string) => `Set aside: ${parts}.`,
    outsideWindow: (count: number) => `${counted(count, "line")} outside the window`,
    structure: (count: number) => counted(count, "heading or comment", "headings and comments"),
    baseline: "Baseline",
    baselineStates: { new: "new since then", persisting: "was there already" },
    waiver: "Waiver",
    waiverExpired: (expires: string, owner: string) => `expired on ${expires} (accepted by ${owner}): it counts again`,
    vendor: "Vendor",
    also: (ids: string) => `also ${ids}`,
    moreLines: (count: number) => `${counted(count, "more line")}: --verbose shows all`,
    on: (platform: string) => `On ${platform}:`,
    others: (count: number) => `and ${counted(count, "other")}`,
    sinceBaseline: "Since the baseline",
    goneCount: (count: number) => counted(count, "finding not there now", "findings not there now"),
    gone: { gone: "gone", "not-seen-again": "not seen again" },
    but: "But",
    idleWaivers: "Waivers to look at",
    waivers: (count: number) => counted(count, "waiver"),
    waiverCountsAgain: (expires: string) => `expired on ${expires}: its findings count again`,
    waiverMatchesNothing: "matches no finding",
    accepted: "Accepted",
    acceptedBy: (owner: string, expires: string) => `by ${owner} until ${expires}`,
    waived: "Waived",
    notRead: "Lines not read",
    malformedLines: (count: number) => counted(count, "malformed line"),
    foreignLines: (count: number) => `${counted(count, "line")} of other programs`,
    strayDeployment: "deployment not described",
  },
} as const;

/** The words of a language: the English ones' shape. */
export type Phrases = Spoken<typeof english>;
type Spoken<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Words[Key] extends string
      ? string
      : Spoken<Words[Key]>;
};

const speaking = new AsyncLocalStorage<Phrases>();

/** Renders in a language from beginning to end, whatever is rendered in others meanwhile. */
export function speak<Report>(words: Phrases, render: () => Report): Report {
  return speaking.run(words, render);
}

/** The words of the language that is being rendered; English outside of `speak`. */
export const phrases: Phrases = spoken((words) => words);

/** A part of `phrases`. */
export function spoken<Part extends object>(part: (words: Phrases) => Part): Part {
  return new Proxy({} as Part, { get: (_, key) => Reflect.get(part(speaking.getStore() ?? english), key) });
}

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

function andOthers(count: number): string {
  return count > 0 ? `, and ${counted(count, "other")}` : "";
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}

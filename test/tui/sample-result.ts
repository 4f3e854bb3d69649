/** A made-up audit of any size, and the log, site file and result that belong to it, for tests of the terminal UI. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  AuditResult,
  FindingKind,
  FindingResult,
  PolicyState,
  RequirementState,
  Severity,
} from "../../rules/result.ts";

const SEVERITIES: Severity[] = ["critical", "high", "medium", "low", "info"];
const KINDS: FindingKind[] = ["blocked-but-required", "open-but-unneeded", "inspection-anomaly"];
const SHORT_KINDS = { "blocked-but-required": "blocked", "open-but-unneeded": "open", "inspection-anomaly": "anomaly" };
const TITLES: Record<FindingKind, string[]> = {
  "blocked-but-required": [
    "SIP from the provider is denied",
    "Phones cannot reach the provisioning server",
    "RTP from the provider is denied: calls are silent on one side",
    "Licence server cannot be reached",
  ],
  "open-but-unneeded": [
    "The Internet reaches the SIP port, which the vendor forbids to open",
    "The Internet reaches the web interface",
    "The VPN reaches a port that no requirement asks for",
  ],
  "inspection-anomaly": [
    "The SIP ALG rewrites messages",
    "Source ports of SIP are rewritten",
    "DSCP is lost at the WAN",
  ],
};
const ESC = String.fromCharCode(27);

/** One line of a pfSense log: number `index`, counted from 0. */
function logLine(index: number): string {
  const time = new Date(Date.UTC(2026, 9, 1, 0, 0, index * 61)).toISOString().slice(0, 19);
  const host = `203.0.113.${(index % 40) + 1}`;
  if (index % 97 === 13) return `<134>1 ${time}+00:00 fw01 dhcpd 311 - - DHCPREQUEST for 192.168.10.${index % 200}`;
  if (index === 500)
    return `<134>1 ${time}+00:00 fw01 filterlog 1 - - ${ESC}[31mnot a record${ESC}]0;title\u0007 \u202etxet 東京`;
  return `<134>1 ${time}+00:00 fw01 filterlog 93456 - - 9,,,1000000103,igb0,match,block,in,4,0x0,,52,${index},0,none,17,udp,440,${host},192.168.10.5,5060,5060,420`;
}

const LOG_LINES = 1200;

/** Shared between findings: a hundred thousand histories of their own would only measure the garbage collector. */
const HOURLY: FindingResult["hourly"][] = Array.from({ length: 20 }, (_, index) =>
  Array.from({ length: 40 + index }, (_, hour) => ({
    hour: new Date(Date.UTC(2026, 9, 1, hour)).toISOString().replace(".000Z", "+00:00"),
    count: Math.max(0, Math.round(40 * (1 + Math.sin(hour / 4 + index)))),
  })).filter(({ count }) => count > 0),
);

function logText(): string {
  return `${Array.from({ length: LOG_LINES }, (_, index) => logLine(index)).join("\n")}\n`;
}

function finding(index: number, kinds: readonly FindingKind[]): FindingResult {
  const kind = kinds[index % kinds.length] as FindingKind;
  const titles = TITLES[kind];
  const title = titles[Math.floor(index / 3) % titles.length] as string;
  const severity = SEVERITIES[index < 3 ? index % 2 : Math.min(4, 1 + (index % 4))] as Severity;
  const host = index % 7 === 5 ? `2001:db8:10::${(index % 65000).toString(16)}` : `192.168.10.${5 + (index % 200)}`;
  const hostile = index % 11 === 4 ? ` ${ESC}[2J東京支社 \u202eevil` : "";
  const line = 3 + ((index * 7) % (LOG_LINES - 10));
  return {
    id: `${SHORT_KINDS[kind]}/agfeo/rule-${index}/in/internet/${host}`,
    kind,
    severity,
    confidence: index % 3 === 0 ? "high" : "medium",
    title: title + hostile,
    why: "The firewall denied packets that the vendor's port list needs. They came from a peer with which the site also exchanges allowed traffic, so this is no scanner.",
    catalog: "agfeo",
    requirement: index % 2 === 0 ? `sip-in-${index % 12}` : null,
    policy: index % 2 === 0 ? null : "no-open-sip",
    check: kind === "inspection-anomaly" ? "sip-alg-active" : null,
    citation: {
      section: "3.2",
      document: "Firewall-Einstellungen für ES-Kommunikationssysteme",
      statement: "Öffnen Sie niemals die Ports 5060, 80 oder 443 von außen.",
    },
    alsoRequiredBy: index % 5 === 0 ? ["rtp-in", "sip-tls-in"] : [],
    host,
    direction: "in",
    transport: "udp",
    ports:
      index % 4 === 0
        ? [[5060, 5061]]
        : [
            [5060, 5060],
            [40000 + (index % 100), 40199],
          ],
    peerZone: index % 3 === 2 ? "provider" : "internet",
    peers: ["203.0.113.9", "203.0.113.17", "2001:db8:ffff::9"],
    peerCount: 3 + (index % 40),
    packets: 17 + ((index * 7919) % 90000),
    unit: "packets",
    firstSeen: "2026-10-01T00:12:00+02:00",
    lastSeen: `2026-10-0${1 + (index % 7)}T14:22:05+02:00`,
    hourly: HOURLY[index % HOURLY.length] as FindingResult["hourly"],
    rules: ["1000000103"],
    firewalls: ["fw01"],
    examples: [line, line + 3].map((number) => ({
      input: "fw.log",
      line: number,
      offset: null,
      text: logLine(number - 1),
    })),
    remediation: [
      {
        platform: "pfsense",
        text: "Firewall > NAT > Port Forward: disable the forward of udp 5060 to 192.168.10.5.\nCheck: Status > System Logs > Firewall shows block lines.\nUndo: enable it again.",
      },
    ],
    stopped: false,
    endedAt: null,
    waived: index === 6 ? { reason: "test line of the provider", owner: "noc", expires: "2027-01-31" } : null,
    expiredWaiver: index === 9 ? { reason: "until the phones are replaced", owner: "it", expires: "2026-09-30" } : null,
    baseline: null,
  };
}

const STATES: RequirementState[] = ["open", "blocked", "not-seen", "intermittent", "manual", "not-applicable"];
const POLICY_STATES: PolicyState[] = ["violated", "upheld", "not-seen", "manual"];

/** A result with so many findings of these kinds, in turn; the rest of it keeps its size. */
export function sampleResult(findings = 30, kinds: readonly FindingKind[] = KINDS): AuditResult {
  const all = Array.from({ length: findings }, (_, index) => finding(index, kinds));
  return {
    schemaVersion: "1",
    tool: { name: "ringfence", version: "0.1.0" },
    site: { name: "Muster GmbH, Köln", timezone: "Europe/Berlin" },
    evidence: {
      from: "2026-10-01T00:00:00+02:00",
      to: "2026-10-07T23:59:58+02:00",
      inputs: [
        {
          name: "fw.log",
          format: "pfsense",
          formats: ["pfsense"],
          lines: { read: LOG_LINES, parsed: 1186, foreign: 13, malformed: 1, structure: 0, outsideWindow: 0 },
          samples: { foreign: [{ line: 14, text: logLine(13) }], malformed: [{ line: 501, text: logLine(500) }] },
          warnings: ["the last line has no line end"],
          sha256: null,
        },
      ],
      firewalls: [
        {
          name: "fw01",
          platform: "pfsense",
          unit: "packets",
          logsAllows: false,
          logsDenies: true,
          logsDefaultDeny: true,
          allowed: 0,
          denied: 1186,
          lostEvents: 0,
          from: "2026-10-01T00:00:00+02:00",
          to: "2026-10-07T23:59:58+02:00",
          gaps: [{ from: "2026-10-03T01:00:00+00:00", to: "2026-10-03T05:00:00+00:00" }],
          hourly: [],
        },
      ],
      limits: ["fw01 logs nothing that it allows: what is open there stays unknown."],
    },
    deployments: [
      {
        catalog: "agfeo",
        vendor: "AGFEO",
        product: "ES-Kommunikationssysteme",
        document: { title: "Firewall-Einstellungen", revision: "2025-03" },
        catalogSha256: null,
        version: "4.0",
        deployment: null,
        features: ["fax"],
        hosts: [{ role: "pbx", addresses: ["192.168.10.5"] }],
        seen: true,
      },
    ],
    requirements: Array.from({ length: 31 }, (_, index) => ({
      catalog: "agfeo",
      deployment: 0,
      id: `sip-in-${index}`,
      section: `3.${index}`,
      component: "pbx",
      direction: index % 3 === 0 ? "out" : "in",
      application: ["SIP", "RTP", "Provisioning", "NTP"][index % 4] as string,
      transport: index % 2 === 0 ? "udp" : "tcp",
      localPorts: index % 5 === 0 ? "any" : [[5060 + index, 5061 + index]],
      remote: "provider",
      remotePorts: "any",
      scope: index % 2 === 0 ? "wan" : "lan",
      strength: "required",
      state: STATES[index % STATES.length] as RequirementState,
      allowed: index % 6 === 0 ? 4200 + index : 0,
      denied: index % 6 === 1 ? 230 : 0,
      reason: index % 6 === 2 ? "fw01 logs nothing that it allows: switch on logging of its pass rules." : null,
    })),
    policies: Array.from({ length: 9 }, (_, index) => ({
      catalog: "agfeo",
      deployment: 0,
      id: index === 0 ? "no-open-sip" : `policy-${index}`,
      kind: ["forbid-exposure", "disable-alg", "timeouts"][index % 3] as string,
      section: `4.${index}`,
      statement: "Öffnen Sie niemals die Ports 5060, 80 oder 443 von außen.",
      state: POLICY_STATES[index % 4] as PolicyState,
      reason: null,
    })),
    findings: all.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    findingsLeftOut: 0,
    undeclaredHosts: [
      {
        address: "10.9.0.7",
        zone: "internal",
        firewalls: ["fw01"],
        evidence: [
          {
            what: "answers-sip",
            transport: "udp",
            ports: [[5060, 5060]],
            packets: 1234,
            unit: "packets",
            peerZones: ["internal"],
            peers: ["10.9.0.20"],
            peerCount: 1,
          },
        ],
        firstSeen: "2026-10-01T08:00:00+00:00",
        lastSeen: "2026-10-07T18:00:00+00:00",
        proposal: "Declare the host, or find out what it is.",
      },
    ],
    waivers: [],
    baseline: null,
    noise: {
      scannerDenials: { packets: 91234, sources: 812 },
      outOfStateDenials: { packets: 77 },
      unrelated: { packets: 5123 },
      unaskedDenials: { packets: 0, most: [] },
    },
    accounting: [
      { meaning: "needed", packets: 1000 },
      { meaning: "scanner", packets: 91234 },
      { meaning: "out-of-state", packets: 77 },
      { meaning: "unrelated", packets: 5123 },
    ],
  };
}

export const SITE_TEXT = `# Muster GmbH: written by hand
site: Muster GmbH, Köln
timezone: Europe/Berlin            # for logs that carry none
networks:
  voice:    {cidr: [192.168.10.0/24], zone: internal}   # phones too
deployments:
  - catalog: agfeo
    hosts: {pbx: [192.168.10.5]}

# accepted by the owner
waivers:
  - {finding: "open/agfeo/nothing-*", reason: "old", owner: "x", expires: 2027-03-31}   # keep me
# the end
`;

/** Writes `audit.json`, `fw.log` and `site.yaml` into a folder. */
export function writeSample(folder: string, findings = 30): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "audit.json"), JSON.stringify(sampleResult(findings)));
  writeFileSync(join(folder, "fw.log"), logText());
  writeFileSync(join(folder, "site.yaml"), SITE_TEXT);
}

/** Results that a report has to show well, typed so that they follow the contract. */
import type { AuditResult, FindingResult, FirewallResult, PolicyResult } from "../../rules/result.ts";
import { algAtWork, blockedRtp, openToInternet, quietInfo, waivedWeb } from "./sample-findings.ts";
import { agfeoRow, policies, swyxRows } from "./sample-rows.ts";

/** Nothing read, nothing found: every list is empty. */
export const nothingRead: AuditResult = {
  schemaVersion: "1",
  tool: { name: "ringfence", version: "0.1.0" },
  site: { name: "command line", timezone: "UTC" },
  evidence: { from: null, to: null, inputs: [], firewalls: [], limits: [] },
  deployments: [],
  requirements: [],
  policies: [],
  findings: [],
  findingsLeftOut: 0,
  undeclaredHosts: [],
  waivers: [],
  baseline: null,
  noise: {
    scannerDenials: { packets: 0, sources: 0 },
    outOfStateDenials: { packets: 0 },
    unrelated: { packets: 0 },
    unaskedDenials: { packets: 0, most: [] },
  },
  accounting: [],
};

/** A company with two systems behind two firewalls, everything wrong that can be wrong, and hostile bytes. */
export const everything: AuditResult = {
  ...nothingRead,
  site: { name: "Müller & Söhne GmbH, Köln", timezone: "Europe/Berlin" },
  evidence: {
    from: "2026-10-01T00:00:12+02:00",
    to: "2026-10-07T23:59:58.250+02:00",
    inputs: [
      {
        name: "logs/fw01/filter.log",
        format: "pfsense",
        formats: ["pfsense"],
        lines: { read: 128422, parsed: 128397, foreign: 20, malformed: 2, structure: 0, outsideWindow: 3 },
        samples: {
          foreign: [{ line: 17, text: "Oct  1 00:03:11 fw01 sshd[99]: Accepted publickey for admin" }],
          malformed: [
            { line: 4410, text: "Oct  1 07:11:09 fw01 filterlog[41234]: 4,,,1000000103,igb0,ma\u001b[31m\u0000\u00ff" },
            { line: 4411, text: "" },
          ],
        },
        warnings: [],
        sha256: "8c2d5f3b0e7a41969d1c6b8f24a7e05311f0c9de5b6a7488a1e2d3c4b5f60718",
      },
      {
        name: "logs/fgt.log",
        format: "fortigate",
        formats: ["fortigate", "iptables"],
        lines: { read: 820, parsed: 820, foreign: 0, malformed: 0, structure: 1, outsideWindow: 0 },
        samples: { foreign: [], malformed: [] },
        warnings: ["ends in the middle of a line"],
        sha256: "17fe06d5c4b3a29180f7e6d5c4b3a2918e7d6c5b4a39281706f5e4d3c2b1a090",
      },
      {
        name: "logs/デモ/bild.png",
        format: null,
        formats: [],
        lines: { read: 12, parsed: 0, foreign: 12, malformed: 0, structure: 0, outsideWindow: 0 },
        samples: { foreign: [{ line: 1, text: "\u0089PNG\r" }], malformed: [] },
        warnings: [],
        sha256: null,
      },
    ],
    firewalls: [
      {
        name: "fw01",
        platform: "pfsense",
        unit: "packets",
        logsAllows: true,
        logsDenies: true,
        logsDefaultDeny: true,
        allowed: 101234,
        denied: 27163,
        lostEvents: 0,
        from: "2026-10-01T00:00:12+02:00",
        to: "2026-10-07T23:59:58+02:00",
        gaps: [{ from: "2026-10-03T10:00:00+02:00", to: "2026-10-03T13:00:00+02:00" }],
        hourly: [
          { hour: "2026-10-01T00:00:00+02:00", allowed: 60000, denied: 20000 },
          { hour: "2026-10-02T03:00:00+02:00", allowed: 5000, denied: 0 },
          { hour: "2026-10-02T05:00:00+02:00", allowed: 600, denied: 90 },
          { hour: "2026-10-03T08:00:00+02:00", allowed: 0, denied: 73 },
          { hour: "2026-10-07T23:00:00+02:00", allowed: 35634, denied: 7000 },
        ],
      },
      {
        name: "fgt-60f",
        platform: "fortigate",
        unit: "sessions",
        logsAllows: false,
        logsDenies: true,
        logsDefaultDeny: false,
        allowed: 0,
        denied: 820,
        lostEvents: 3,
        from: null,
        to: null,
        gaps: [],
        hourly: [],
      },
    ],
    limits: [
      "fgt-60f logs no allowed traffic: what it lets through is not known, and nothing open there can be found.",
    ],
  },
  deployments: [
    {
      catalog: "agfeo",
      vendor: "AGFEO",
      product: "AGFEO ES and HyperVoice communication systems",
      document: { title: "AGFEO Übersicht der benutzten Netzwerkports", revision: "Stand 19.01.2026LB" },
      catalogSha256: "5a0c3e1f7b29d846c0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607",
      version: null,
      deployment: null,
      features: [],
      hosts: [{ role: "pbx", addresses: ["192.168.10.5"] }],
      seen: true,
    },
    {
      catalog: "swyxware",
      vendor: "Enreach",
      product: "SwyxWare",
      document: { title: "SwyxWare Ports", revision: "14.20" },
      catalogSha256: null,
      version: "13.10",
      deployment: "onsite",
      features: ["fax", "mobile"],
      hosts: [
        { role: "IpPbxSrv", addresses: ["10.20.0.10"] },
        { role: "phones", addresses: ["10.20.0.64/26", "fd00:20::/64"] },
      ],
      seen: true,
    },
  ],
  requirements: [
    agfeoRow,
    {
      ...agfeoRow,
      id: "pbx-in-https",
      direction: "in",
      application: "HTTPS web configuration",
      transport: "tcp",
      remote: "clients",
      localPorts: [[443, 443]],
      remotePorts: "any",
      scope: "lan",
      allowed: 12,
    },
    ...swyxRows,
  ],
  policies,
  findings: [
    { ...quietInfo, baseline: "persisting" },
    { ...blockedRtp, baseline: "persisting" },
    {
      ...openToInternet,
      baseline: "new",
      expiredWaiver: { reason: "until the provider moves", owner: "Jürgen Groß", expires: "2026-09-30" },
    },
    { ...waivedWeb, baseline: "persisting" },
    { ...algAtWork, baseline: "new" },
  ],
  undeclaredHosts: [
    {
      address: "192.168.10.9",
      zone: "internal",
      firewalls: ["fw01"],
      evidence: [
        {
          what: "answers-sip",
          transport: "udp",
          ports: [[5060, 5060]],
          packets: 1841,
          unit: "packets",
          peerZones: ["internal"],
          peers: ["192.168.10.71", "192.168.10.72"],
          peerCount: 2,
        },
        {
          what: "calls-sip",
          transport: "tcp",
          ports: [[5061, 5061]],
          packets: 12,
          unit: "packets",
          peerZones: ["internet"],
          peers: [],
          peerCount: 0,
        },
        {
          what: "carries-rtp",
          transport: "udp",
          ports: [[10240, 12287]],
          packets: 48210,
          unit: "packets",
          peerZones: ["internal", "internet"],
          peers: [],
          peerCount: 0,
        },
      ],
      firstSeen: "2026-10-01T07:58:02+02:00",
      lastSeen: "2026-10-07T18:11:40+02:00",
      proposal: "Find out what 192.168.10.9 is, and bind it to a role in the site file.",
    },
  ],
  waivers: [
    {
      finding: "open/swyxware/*",
      cidr: null,
      reason: "Fernwartung bis zur Umstellung",
      owner: "Jürgen Groß, IT",
      expires: "2027-03-31",
      state: "active",
      matched: 1,
    },
    {
      finding: "open/agfeo/never-open-5060/*",
      cidr: "203.0.113.0/24",
      reason: "until the provider moves",
      owner: "Jürgen Groß",
      expires: "2026-09-30",
      state: "expired",
      matched: 1,
    },
    {
      finding: "blocked/pbxact/*",
      cidr: null,
      reason: "old system",
      owner: "noc",
      expires: "2027-01-31",
      state: "orphaned",
      matched: 0,
    },
  ],
  baseline: {
    from: "2026-09-01T00:00:00+02:00",
    to: "2026-09-30T23:59:59+02:00",
    gone: [
      {
        id: "blocked/agfeo/pbx-in-ldap/in/internal/192.168.10.5",
        kind: "blocked-but-required",
        severity: "high",
        title: "LDAP to 192.168.10.5 blocked, but AGFEO requires it",
        state: "gone",
        reason: null,
      },
      {
        id: "open/swyxware/unlisted-tcp-22/in/internet/10.20.0.10",
        kind: "open-but-unneeded",
        severity: "high",
        title: "TCP 22 of 10.20.0.10 is reachable from the Internet",
        state: "not-seen-again",
        reason: "evidence too thin: fgt-60f logs no allowed traffic",
      },
    ],
  },
  noise: {
    scannerDenials: { packets: 26112, sources: 1873 },
    outOfStateDenials: { packets: 412 },
    unrelated: { packets: 88120 },
    unaskedDenials: {
      packets: 70,
      most: [
        { host: "10.20.0.10", direction: "out", transport: "tcp", port: 853, peerZone: "internet", packets: 61 },
        { host: "10.20.0.10", direction: "in", transport: "icmp", port: null, peerZone: "vpn", packets: 9 },
      ],
    },
  },
  accounting: [
    { meaning: "refused", packets: 1_305 },
    { meaning: "unneeded", packets: 9 },
    { meaning: "needed", packets: 42_000 },
    { meaning: "scanner", packets: 26_112 },
    { meaning: "out-of-state", packets: 412 },
    { meaning: "unasked", packets: 70 },
    { meaning: "unrelated", packets: 88_120 },
  ],
};

/** A quiet firewall, fully logged, that leaves nothing to report; and nothing overclaimed. */
export const quiet: AuditResult = {
  ...everything,
  evidence: {
    ...everything.evidence,
    inputs: everything.evidence.inputs.slice(0, 1),
    firewalls: everything.evidence.firewalls.slice(0, 1),
    limits: [],
  },
  deployments: everything.deployments.slice(0, 1),
  requirements: everything.requirements.slice(0, 2),
  policies: [policies[1] as PolicyResult],
  findings: [],
  findingsLeftOut: 0,
  undeclaredHosts: [],
  waivers: [],
  baseline: null,
  noise: {
    scannerDenials: { packets: 1, sources: 1 },
    outOfStateDenials: { packets: 0 },
    unrelated: { packets: 0 },
    unaskedDenials: { packets: 0, most: [] },
  },
  accounting: [{ meaning: "scanner", packets: 1 }],
};

/** No finding, but not because all is well: one firewall is blind and one requirement was not seen. */
export const blind: AuditResult = {
  ...everything,
  requirements: everything.requirements.filter(({ state }) => state === "not-seen" || state === "open"),
  policies: policies.slice(1),
  findings: [waivedWeb],
};

/** A relay that carries the logs of 58 firewalls, the last of them the busiest; a finding at all of them. */
const branches = Array.from({ length: 58 }, (_, index) => `branch${String(index + 1).padStart(2, "0")}`);
export const relayed: AuditResult = {
  ...quiet,
  evidence: {
    ...quiet.evidence,
    firewalls: branches.map((name, index) => ({
      ...(quiet.evidence.firewalls[0] as FirewallResult),
      name,
      allowed: 0,
      denied: 100 + index,
      logsAllows: false,
      hourly: [],
    })),
  },
  findings: [{ ...blockedRtp, firewalls: branches }],
};

/** Five telephones, bound one by one, that one rule keeps from their provider, and three hosts that a reader gets in full. */
const telephones: AuditResult = {
  ...quiet,
  findings: [
    ...[11, 12, 13, 14, 15].map((host) => atHost(blockedRtp, `192.168.20.${host}`)),
    ...[5, 6, 7].map((host) => atHost(openToInternet, `192.168.10.${host}`)),
  ],
};

function atHost(finding: FindingResult, host: string): FindingResult {
  const [before] = finding.id.split(/\/[^/]+$/);
  return { ...finding, id: `${before}/${host}`, host, title: `${finding.title}: ${host}` };
}

/** Each becomes the case folder of its name. */
export const samples: Readonly<Record<string, AuditResult>> = {
  "nothing-read": nothingRead,
  everything,
  quiet,
  blind,
  relayed,
  telephones,
};

/** Results that a report has to show well, typed so that they follow the contract. */
import type { AuditResult, FindingResult, PolicyResult, RequirementResult } from "../../rules/result.ts";

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
  noise: { scannerDenials: { packets: 0, sources: 0 }, outOfStateDenials: { packets: 0 }, unrelated: { packets: 0 } },
};

const agfeoDocument = "AGFEO Übersicht der benutzten Netzwerkports, Stand 19.01.2026LB";
const swyxDocument = "SwyxWare Ports, 14.20";

const filterlog = (rest: string) => `<134>Oct  2 03:14:15 fw01 filterlog[41234]: 4,,,1000000103,igb0,match,${rest}`;

const openToInternet: FindingResult = {
  id: "open/agfeo/never-open-5060/in/internet/192.168.10.5",
  kind: "open-but-unneeded",
  severity: "critical",
  confidence: "high",
  title: "SIP of the phone system is open to the Internet on udp 5060",
  why: "The vendor forbids port 5060 from outside, and the firewall let packets from the Internet through to it. Whoever reaches it can try passwords and place calls at the owner's expense.",
  catalog: "agfeo",
  requirement: null,
  policy: "never-open-5060",
  check: null,
  citation: {
    section: "Vorwort",
    document: agfeoDocument,
    statement: "Port 5060 must never be opened from outside; SIP attacks follow within minutes.",
  },
  alsoRequiredBy: [],
  host: "192.168.10.5",
  direction: "in",
  transport: "udp",
  ports: [[5060, 5060]],
  peerZone: "internet",
  peers: ["203.0.113.7", "203.0.113.66", "2001:db8:bad::5060", "198.51.100.77", "203.0.113.9", "203.0.113.10"],
  peerCount: 41,
  packets: 1312,
  unit: "packets",
  firstSeen: "2026-10-02T03:14:15+02:00",
  lastSeen: "2026-10-02T17:40:02+02:00",
  hourly: [
    { hour: "2026-10-02T03:00:00+02:00", count: 12 },
    { hour: "2026-10-02T04:00:00+02:00", count: 480 },
    { hour: "2026-10-02T05:00:00+02:00", count: 610 },
    { hour: "2026-10-02T09:00:00+02:00", count: 60 },
    { hour: "2026-10-02T17:00:00+02:00", count: 150 },
  ],
  rules: ["1770001234"],
  firewalls: ["fw01"],
  examples: [
    {
      input: "logs/fw01/filter.log",
      line: 812,
      offset: 140233,
      text: filterlog("pass,in,4,0x0,,54,0,0,DF,17,udp,443,203.0.113.7,192.168.10.5,5071,5060,423"),
    },
    {
      input: "logs/fw01/filter.log",
      line: 813,
      offset: 140391,
      text: filterlog("pass,in,4,0x0,,54,0,0,DF,17,udp,443,203.0.113.66,192.168.10.5,5074,5060,423"),
    },
    { input: "logs/fw01/filter.log.1.gz", line: 9, offset: null, text: null },
    { input: "filebeat-2026.10.02/AZx81kQ", line: null, offset: null, text: filterlog("pass,in,4,…") },
  ],
  remediation: [
    {
      platform: "pfsense",
      text: "1. Firewall > NAT > Port Forward: disable the rule whose target is 192.168.10.5 port 5060, together with its linked firewall rule (tracker 1770001234).\n2. Check: repeat this audit after a day; Status > System Logs > Firewall shows block for udp 5060.\n3. Undo: enable both rules again.",
    },
  ],
  waived: null,
};

const blockedRtp: FindingResult = {
  id: "blocked/swyxware/server-out-rtp/out/provider/10.20.0.10",
  kind: "blocked-but-required",
  severity: "high",
  confidence: "medium",
  title: "Voice (RTP) of the SwyxWare server to the provider is denied",
  why: "The vendor needs udp 51000-51499 of the server open to any peer. The firewall denied them to addresses with which the site also talks. Callers hear nothing, or one side only.",
  catalog: "swyxware",
  requirement: "server-out-rtp",
  policy: null,
  check: null,
  citation: { section: "1.1", document: swyxDocument, statement: "SwyxServer sends audio (RTP) from udp 51000-51499." },
  alsoRequiredBy: ["gate-out-rtp", "conference-out-rtp"],
  host: "10.20.0.10",
  direction: "out",
  transport: "udp",
  ports: [[51000, 51499]],
  peerZone: "provider",
  peers: ["217.10.64.20"],
  peerCount: 1,
  packets: 7,
  unit: "sessions",
  firstSeen: "2026-10-03T08:00:01+02:00",
  lastSeen: "2026-10-03T08:59:59+02:00",
  hourly: [{ hour: "2026-10-03T08:00:00+02:00", count: 7 }],
  rules: ["policyid 17", "a8e2f7c4-90d1-51ee-8c1b-0123456789ab"],
  firewalls: ["fgt-60f"],
  examples: [
    {
      input: "logs/fgt.log",
      line: 40,
      offset: 20111,
      text: 'date=2026-10-03 time=08:00:01 devname="fgt-60f" devid="FGT60F0000000000" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" eventtime=1790920801000000000 srcip=10.20.0.10 srcport=51012 srcintf="internal" dstip=217.10.64.20 dstport=16402 dstintf="wan1" policyid=17 poluuid="a8e2f7c4-90d1-51ee-8c1b-0123456789ab" proto=17 action="deny" policyname="東京オフィス 📞 Müller" service="udp/16402" sentbyte=0 rcvdbyte=0',
    },
  ],
  remediation: [
    {
      platform: "fortigate",
      text: 'Allow the server\'s RTP ports to the provider:\n  config firewall service custom\n    edit "SwyxWare-RTP"\n      set udp-portrange 51000-51499\n    next\n  end\nThen use the service in the policy from internal to wan1, above policy 17.',
    },
    { platform: "iptables", text: "- `iptables -I FORWARD -s 10.20.0.10 -p udp --sport 51000:51499 -j ACCEPT`" },
  ],
  waived: null,
};

const algAtWork: FindingResult = {
  ...blockedRtp,
  id: "anomaly/sip-alg/both/provider/10.20.0.10",
  kind: "inspection-anomaly",
  severity: "medium",
  confidence: "high",
  title: "The firewall's SIP ALG handles the calls",
  why: "VoIP log lines are written only while the SIP ALG is in the path.",
  requirement: null,
  check: "sip-alg",
  citation: null,
  alsoRequiredBy: [],
  direction: "out",
  ports: [],
  peers: [],
  peerCount: 0,
  packets: 1,
  unit: "packets and sessions",
  firstSeen: "2026-10-03T08:00:01+02:00",
  lastSeen: "2026-10-03T08:00:01+02:00",
  hourly: [],
  rules: [],
  examples: [
    {
      input: "logs/fgt.log",
      line: 77,
      offset: 40111,
      text: 'type="utm" subtype="voip" voip_proto="sip" kind="call" from="sip:\u001b[2J\u001b]0;owned\u0007\u202Eevil\u202C\u0000@x" to="sip:\u009b31mroot\u200b"',
    },
  ],
  remediation: [],
};

const waivedWeb: FindingResult = {
  ...openToInternet,
  id: "open/swyxware/unlisted-8443/in/internet/10.20.0.10",
  severity: "low",
  confidence: "low",
  title: "tcp 8443 of the SwyxWare server is open, and no row asks for it",
  catalog: "swyxware",
  policy: null,
  citation: null,
  host: "10.20.0.10",
  transport: "tcp",
  ports: [[8443, 8443]],
  packets: 1,
  firstSeen: null,
  lastSeen: null,
  hourly: [],
  waived: {
    reason: "Fernwartung des Betreuers bis zur Umstellung; Zugriff nur mit Zertifikat",
    owner: "Jürgen Groß, IT",
    expires: "2027-03-31",
  },
};

const quietInfo: FindingResult = {
  ...waivedWeb,
  id: "open/swyxware/unlisted-9999/in/vpn/10.20.0.10",
  severity: "info",
  title: "tcp 9999 of the SwyxWare server is open to the VPN, and no row asks for it",
  why: "",
  peerZone: "vpn",
  ports: [[9999, 9999]],
  examples: [],
  remediation: [],
  waived: null,
};

const agfeoRow: RequirementResult = {
  catalog: "agfeo",
  deployment: 0,
  id: "pbx-out-dns-udp",
  section: "1.1",
  component: "pbx",
  direction: "out",
  application: "DNS",
  transport: "udp",
  localPorts: "any",
  remote: "any",
  remotePorts: [[53, 53]],
  scope: "wan",
  strength: "required",
  state: "open",
  allowed: 4711,
  denied: 0,
  reason: null,
};

const swyxRow: RequirementResult = {
  ...agfeoRow,
  catalog: "swyxware",
  deployment: 1,
  id: "server-out-rtp",
  component: "SwyxServer",
  application: "Audio: RTP",
  localPorts: [[51000, 51499]],
  remotePorts: "any",
  scope: "lan",
  state: "blocked",
  allowed: 0,
  denied: 7,
};

const noAllows = "fgt-60f logs no allowed traffic: set logtraffic all on the policies of the server.";

const swyxRows: RequirementResult[] = [
  swyxRow,
  {
    ...swyxRow,
    id: "gate-both-sip",
    direction: "both",
    application: "SIP",
    component: "SwyxGate",
    remote: "provider",
    localPorts: [
      [5060, 5060],
      [5062, 5070],
    ],
    remotePorts: "dynamic",
    strength: "conditional",
    state: "intermittent",
    allowed: 900,
    denied: 14,
    reason: "Denied only between 08:00 and 09:00 on 2026-10-03, allowed otherwise.",
  },
  ...Array.from(
    { length: 24 },
    (_, index): RequirementResult => ({
      ...swyxRow,
      id: `client-in-${index + 1}`,
      section: `1.${index + 2}`,
      direction: "in",
      application: "Client API",
      transport: "tcp",
      remote: "clients",
      localPorts: [[9100 + index, 9100 + index]],
      state: "not-seen",
      denied: 0,
      reason: noAllows,
    }),
  ),
  {
    ...swyxRow,
    id: "fax-mutual",
    section: "1.25",
    direction: "mutual",
    application: "Fax",
    remote: "IpPbxSrv",
    localPorts: "any",
    strength: "recommended",
    state: "not-seen",
    denied: 0,
    reason: "No packet of this kind in 7 days.",
  },
  {
    ...swyxRow,
    id: "odd-ports",
    section: "1.33",
    strength: "informational",
    localPorts: "unknown",
    state: "manual",
    denied: 0,
    reason: "The vendor prints a question mark.",
  },
  {
    ...swyxRow,
    id: "standby-out-sync",
    section: "1.30",
    state: "not-applicable",
    denied: 0,
    reason: "The site has no standby server.",
  },
];

const policies: PolicyResult[] = [
  {
    catalog: "agfeo",
    deployment: 0,
    id: "never-open-5060",
    kind: "forbid-exposure",
    section: "Vorwort",
    statement: "Port 5060 must never be opened from outside; SIP attacks follow within minutes.",
    state: "violated",
    reason: null,
  },
  {
    catalog: "agfeo",
    deployment: 0,
    id: "never-open-80",
    kind: "forbid-exposure",
    section: "Vorwort",
    statement: "Ports 80 and 443 stay closed from outside; remote access goes through a VPN.",
    state: "upheld",
    reason: null,
  },
  {
    catalog: "agfeo",
    deployment: 0,
    id: "udp-timeout",
    kind: "timeouts",
    section: "3.0",
    statement: "UDP bindings live longer than the registration interval.",
    state: "not-seen",
    reason: "No binding was seen twice within the window.",
  },
  {
    catalog: "agfeo",
    deployment: 0,
    id: "dscp-ef",
    kind: "qos",
    section: "3.0",
    statement: "Voice is marked DSCP EF.",
    state: "manual",
    reason: "pfSense does not log DSCP of passed states.",
  },
];

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
      },
      {
        name: "logs/fgt.log",
        format: "fortigate",
        formats: ["fortigate", "iptables"],
        lines: { read: 820, parsed: 820, foreign: 0, malformed: 0, structure: 1, outsideWindow: 0 },
        samples: { foreign: [], malformed: [] },
        warnings: ["ends in the middle of a line"],
      },
      {
        name: "logs/デモ/bild.png",
        format: null,
        formats: [],
        lines: { read: 12, parsed: 0, foreign: 12, malformed: 0, structure: 0, outsideWindow: 0 },
        samples: { foreign: [{ line: 1, text: "\u0089PNG\r" }], malformed: [] },
        warnings: [],
      },
    ],
    firewalls: [
      {
        name: "fw01",
        platform: "pfsense",
        unit: "packets",
        logsAllows: true,
        logsDenies: true,
        allowed: 101234,
        denied: 27163,
        lostEvents: 0,
        from: "2026-10-01T00:00:12+02:00",
        to: "2026-10-07T23:59:58+02:00",
      },
      {
        name: "fgt-60f",
        platform: "fortigate",
        unit: "sessions",
        logsAllows: false,
        logsDenies: true,
        allowed: 0,
        denied: 820,
        lostEvents: 3,
        from: null,
        to: null,
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
      version: null,
      deployment: null,
      features: [],
      hosts: [{ role: "pbx", addresses: ["192.168.10.5"] }],
    },
    {
      catalog: "swyxware",
      vendor: "Enreach",
      product: "SwyxWare",
      document: { title: "SwyxWare Ports", revision: "14.20" },
      version: "13.10",
      deployment: "onsite",
      features: ["fax", "mobile"],
      hosts: [
        { role: "IpPbxSrv", addresses: ["10.20.0.10"] },
        { role: "phones", addresses: ["10.20.0.64/26", "fd00:20::/64"] },
      ],
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
  findings: [quietInfo, blockedRtp, openToInternet, waivedWeb, algAtWork],
  noise: {
    scannerDenials: { packets: 26112, sources: 1873 },
    outOfStateDenials: { packets: 412 },
    unrelated: { packets: 88120 },
  },
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
  noise: { scannerDenials: { packets: 1, sources: 1 }, outOfStateDenials: { packets: 0 }, unrelated: { packets: 0 } },
};

/** No finding, but not because all is well: one firewall is blind and one requirement was not seen. */
export const blind: AuditResult = {
  ...everything,
  requirements: everything.requirements.filter(({ state }) => state === "not-seen" || state === "open"),
  policies: policies.slice(1),
  findings: [waivedWeb],
};

/** Each becomes the case folder of its name. */
export const samples: Readonly<Record<string, AuditResult>> = {
  "nothing-read": nothingRead,
  everything,
  quiet,
  blind,
};

/** Findings of every class and severity, as a firewall would give rise to them; hostile bytes and wide characters included. */
import type { FindingResult } from "../../rules/result.ts";

const agfeoDocument = "AGFEO Übersicht der benutzten Netzwerkports, Stand 19.01.2026LB";
const swyxDocument = "SwyxWare Ports, 14.20";

const filterlog = (rest: string) => `<134>Oct  2 03:14:15 fw01 filterlog[41234]: 4,,,1000000103,igb0,match,${rest}`;

export const openToInternet: FindingResult = {
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

export const blockedRtp: FindingResult = {
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

export const algAtWork: FindingResult = {
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

export const waivedWeb: FindingResult = {
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

export const quietInfo: FindingResult = {
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

/** The traps of netfilter lines, one by one. */
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { flagLetters } from "../../ingest/ecs/ecs.ts";
import type { LogFormat, PrefixVerdict } from "../../ingest/format.ts";
import { iptables } from "../../ingest/formats/iptables.ts";
import { journald } from "../../ingest/formats/journald.ts";
import { ulogd } from "../../ingest/formats/ulogd.ts";
import { LogRecord, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { cpuMs } from "../cpu-time.ts";

const STATUSES = ["parsed", "no-verdict", "foreign", "malformed", "structure"];
const VERDICTS = ["none", "allow", "deny"];
const DIRECTIONS = ["", "in", "out", "forward"];
const INSPECTIONS: Record<number, string> = { 0: "", 1: "sip-alg", 9: "conntrack", 10: "other" };

const clock = new DeviceClock("UTC", Date.parse("2026-11-21T00:00:00Z"));
const encoder = new TextEncoder();

function readWith(format: LogFormat, line: string | Uint8Array, prefixVerdicts: readonly PrefixVerdict[] = []) {
  const record = new LogRecord();
  const bytes = typeof line === "string" ? encoder.encode(line) : line;
  const status = format.open({ clock, prefixVerdicts })(bytes, 0, bytes.length, record);
  const address = (words: Uint32Array) => (record.ipVersion === 0 ? "" : formatAddress(words));
  return {
    status: STATUSES[status],
    time: Number.isNaN(record.timeMs) ? null : new Date(record.timeMs).toISOString(),
    observer: record.textOf(record.observer),
    verdict: VERDICTS[record.verdict],
    assumed: record.verdictAssumed,
    action: record.textOf(record.action),
    reason: record.textOf(record.reason),
    ruleId: record.textOf(record.ruleId),
    ruleName: record.textOf(record.ruleName),
    outOfState: record.outOfState,
    direction: DIRECTIONS[record.direction],
    ingress: record.textOf(record.ingress),
    egress: record.textOf(record.egress),
    source: address(record.source),
    destination: address(record.destination),
    ports: [record.sourcePort, record.destinationPort],
    protocol: record.protocol,
    flags: record.tcpFlags < 0 ? null : flagLetters(record.tcpFlags),
    dscp: record.dscp,
    fragment: record.fragmentOffset,
    moreFragments: record.moreFragments,
    ipId: record.ipId,
    icmp: [record.icmpType, record.icmpCode],
    bytes: record.bytes,
    lostEvents: record.lostEvents,
    inspection: INSPECTIONS[record.inspection],
    inspectionVerdict: VERDICTS[record.inspectionVerdict],
  };
}

const read = (line: string | Uint8Array) => readWith(iptables, line);

const MAC = "MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00";
const HEADER = "LEN=60 TOS=0x00 PREC=0x00 TTL=57 ID=7 DF";
const ADDRESSES = "SRC=192.0.2.1 DST=198.51.100.5";
const UDP = `IN=eth0 OUT= ${MAC} ${ADDRESSES} ${HEADER} PROTO=UDP SPT=5060 DPT=5062 LEN=40 `;
const TCP = (flags: string) =>
  `IN=eth0 OUT= ${MAC} ${ADDRESSES} ${HEADER} PROTO=TCP SPT=40001 DPT=5061 WINDOW=64240 RES=0x00 ${flags}URGP=0 `;
const kernel = (payload: string) => `Jul  3 19:10:30 fw kernel: [ 1732.118004] ${payload}`;

describe("packets", () => {
  it("reads all fields of a TCP packet", () => {
    expect(read(kernel(`[UFW BLOCK] ${TCP("SYN ")}`))).toMatchObject({
      status: "parsed",
      time: "2026-07-03T19:10:30.000Z",
      observer: "fw",
      verdict: "deny",
      assumed: false,
      direction: "in",
      ingress: "eth0",
      egress: "",
      source: "192.0.2.1",
      destination: "198.51.100.5",
      ports: [40001, 5061],
      protocol: 6,
      flags: "S",
      dscp: 0,
      fragment: 0,
      ipId: 7,
      bytes: 60,
      outOfState: false,
    });
  });

  it.each([
    ["in", "IN=eth0 OUT=", "in"],
    ["out", "IN= OUT=eth1", "out"],
    ["forward", "IN=eth0 OUT=eth1", "forward"],
    ["bridge ports", "IN=br0 OUT=br0 PHYSIN=eth0 PHYSOUT=eth1", "forward"],
    ["none", "IN= OUT=", ""],
  ])("takes the direction from the interfaces: %s", (_, interfaces, direction) => {
    expect(read(`DROP ${interfaces} ${ADDRESSES} ${HEADER} PROTO=2 `)).toMatchObject({ direction, protocol: 2 });
  });

  it("puts DSCP together from its two halves", () => {
    const dscp = (tos: string) =>
      read(`DROP IN=a OUT= ${ADDRESSES} LEN=60 ${tos} TTL=1 ID=1 PROTO=UDP SPT=1 DPT=2 `).dscp;
    expect(dscp("TOS=0x18 PREC=0xA0")).toBe(46);
    expect(dscp("TOS=0x08 PREC=0x80")).toBe(34);
    expect(dscp("TOS=0x00 PREC=0x60")).toBe(24);
    expect(dscp("TOS=00 PREC=0x00")).toBe(0);
    expect(dscp("TOS=0x10")).toBe(4);
  });

  it("reads IPv6 with its decimal traffic class and its fragment header", () => {
    const head = "IN=eth0 OUT= MAC= SRC=2001:0db8:0000:0000:0000:0000:0000:0009 DST=2001:db8:1::1";
    expect(
      read(
        `DROP ${head} LEN=1280 TC=184 HOPLIMIT=52 FLOWLBL=7 FRAG:0 INCOMPLETE ID:0000abcd PROTO=UDP SPT=1 DPT=2 LEN=9 `,
      ),
    ).toMatchObject({ source: "2001:db8::9", dscp: 46, fragment: 0, moreFragments: true, ipId: 0xabcd, ports: [1, 2] });
    expect(read(`DROP ${head} LEN=100 TC=0 HOPLIMIT=52 FLOWLBL=7 FRAG:1232 ID:0000abcd PROTO=UDP `)).toMatchObject({
      fragment: 1232,
      moreFragments: false,
      ports: [-1, -1],
    });
    expect(
      read(`DROP ${head} LEN=80 TC=0 HOPLIMIT=1 FLOWLBL=0 PROTO=ICMPv6 TYPE=128 CODE=0 ID=77 SEQ=1 `),
    ).toMatchObject({
      protocol: 58,
      icmp: [128, 0],
      ipId: -1,
      fragment: 0,
    });
    expect(read(`DROP ${head} LEN=80 TC=0 HOPLIMIT=1 FLOWLBL=0 OPT ( ESP SPI=0x1234 )`)).toMatchObject({
      protocol: 50,
    });
  });

  it("counts IPv4 fragments in units of eight bytes, without ports after the first", () => {
    const fragment = (tail: string) =>
      read(`DROP IN=a OUT= ${ADDRESSES} LEN=1500 TOS=0x00 PREC=0x00 TTL=57 ID=9 ${tail}`);
    expect(fragment("MF PROTO=UDP SPT=5060 DPT=5060 LEN=2000 ")).toMatchObject({ fragment: 0, moreFragments: true });
    expect(fragment("FRAG:185 PROTO=UDP ")).toMatchObject({ fragment: 1480, moreFragments: false, ports: [-1, -1] });
    expect(fragment("MF FRAG:185 PROTO=TCP ")).toMatchObject({ fragment: 1480, moreFragments: true, flags: null });
  });

  it("keeps the packet that an ICMP error quotes out of the outer fields", () => {
    const quoted =
      "[SRC=198.51.100.5 DST=192.0.2.1 LEN=200 TOS=0x00 PREC=0xA0 TTL=1 ID=99 PROTO=UDP SPT=9 DPT=10 LEN=180 ]";
    const line = `DROP IN=eth0 OUT= ${MAC} ${ADDRESSES} LEN=228 TOS=0x00 PREC=0xC0 TTL=57 ID=5 PROTO=ICMP TYPE=3 CODE=4 ${quoted} MTU=1400 `;
    const expected = {
      source: "192.0.2.1",
      destination: "198.51.100.5",
      protocol: 1,
      icmp: [3, 4],
      ports: [-1, -1],
      bytes: 228,
      dscp: 48,
      ipId: 5,
    };
    expect(read(line)).toMatchObject(expected);
    expect(read(line.slice(0, line.indexOf("PROTO=UDP")))).toMatchObject(expected);
    expect(read(`DROP IN=a OUT= ${ADDRESSES} ${HEADER} PROTO=TCP INCOMPLETE [8 bytes] `)).toMatchObject({
      flags: null,
    });
  });

  it("tells ACK=n from the flag, and no flags from flags not shown", () => {
    const tcp = (tail: string) => read(`IN=a OUT= ${ADDRESSES} ${HEADER} PROTO=TCP SPT=1 DPT=2 ${tail}`).flags;
    expect(tcp("SEQ=1 ACK=2 WINDOW=1 RES=0x00 SYN URGP=0 ")).toBe("S");
    expect(tcp("WINDOW=1 RES=0x00 ACK PSH FIN URGP=0 ")).toBe("FPA");
    expect(tcp("WINDOW=1 RES=0x00 AE CWR ECE SYN URGP=0 OPT (020405B4) ")).toBe("SEC");
    expect(tcp("WINDOW=1 RES=0x00 URGP=0 ")).toBe("");
    expect(tcp("WINDOW=1 RES=0x00")).toBeNull();
    expect(tcp("SEQ=1 ACK=2 WINDOW=64240 SYN ")).toBe("S");
  });

  it.each([
    ["TCP", 6],
    ["UDP", 17],
    ["UDPLITE", 136],
    ["ICMP", 1],
    ["ICMPv6", 58],
    ["ESP", 50],
    ["AH", 51],
    ["SCTP", 132],
    ["47", 47],
    ["TC", -1],
    ["300", -1],
  ])("knows protocol %s", (name, number) => {
    expect(read(`IN=a OUT= ${ADDRESSES} ${HEADER} PROTO=${name} `).protocol).toBe(number);
  });

  it.each([
    ["empty", "MAC= "],
    ["none", ""],
    ["short", "MAC=45:00:00:3c "],
    ["long", "MAC=02:00:00:00:00:01:02:00:00:00:00:02:81:00:00:64:08:00 "],
    ["decoded", "MACSRC=02:00:00:00:00:02 MACDST=02:00:00:00:00:01 VPROTO=8100 VID=12 MACPROTO=0800 "],
    ["tunnel", "MAC=45:00:00:3c TUNNEL=203.0.113.1->203.0.113.2 "],
    ["masked", "MAC=ff:ff:ff:xx:xx:xx:02:00:00:xx:xx:xx:08:00 "],
  ])("passes over the hardware header: %s", (_, mac) => {
    expect(
      read(`DROP IN=a OUT= ${mac}${ADDRESSES} ${HEADER} PROTO=UDP SPT=1 DPT=2 LEN=3 UID=0 GID=0 MARK=0x1 `),
    ).toMatchObject({
      status: "parsed",
      source: "192.0.2.1",
      ports: [1, 2],
    });
  });
});

describe("statuses", () => {
  it.each([
    ["blank", "  \r", "structure"],
    ["another program", "Jul  3 19:10:30 fw sshd[1]: Failed password for root from 192.0.2.1 port 22", "foreign"],
    [
      "MikroTik",
      "firewall,info drop input: in:ether1 out:(unknown 0), proto UDP, 192.0.2.1:1->192.0.2.2:53, len 65",
      "foreign",
    ],
    ["a setting", "Jul  3 19:10:30 fw app: LOGIN=root", "foreign"],
    [
      "ARP",
      kernel("arp IN=eth0 OUT= ARP HTYPE=1 PTYPE=0x0800 OPCODE=1 MACSRC=02:00:00:00:00:01 IPSRC=192.0.2.1"),
      "foreign",
    ],
    ["other layer", kernel("x IN=eth0 OUT= MAC=02:00:00:00:00:01:02:00:00:00:00:02:88:cc "), "foreign"],
    ["cut before addresses", kernel(`[UFW BLOCK] IN=eth0 OUT= ${MAC}`), "malformed"],
    ["cut in an address", kernel("[UFW BLOCK] IN=eth0 OUT= MAC= SRC=192.0.2.1 DST=198.51."), "malformed"],
    ["mixed families", kernel("[UFW BLOCK] IN=eth0 OUT= MAC= SRC=192.0.2.1 DST=2001:db8::1 LEN=1 "), "malformed"],
    ["starts in the middle", "Jul  3 19:10:30 udm TL=64 ID=1 DF PROTO=UDP SPT=1 DPT=2 LEN=3", "malformed"],
    ["no IN=", kernel(`XX=eth0 OUT= ${MAC} ${ADDRESSES} ${HEADER}`), "malformed"],
    ["cut behind the addresses", kernel(`[UFW BLOCK] IN=eth0 OUT= ${MAC} ${ADDRESSES} LEN=6`), "parsed"],
    [
      "missing OUT=",
      `0 4 PVEFW-HOST-IN 20/Jun/2026:13:09:14 +0200 policy DROP: IN=vmbr0 ${ADDRESSES} ${HEADER}`,
      "parsed",
    ],
  ])("%s", (_, line, status) => {
    expect(read(line).status).toBe(status);
  });

  it("survives NUL padding and a line of one word repeated", () => {
    expect(read(`\0\0\0${kernel(`[UFW BLOCK] ${UDP}`)}\0\0`).status).toBe("parsed");
    const started = cpuMs();
    for (const word of ["IN=", "[", "SRC=1 ", "a b IN=x ", 'DESCR="', "kernel: "]) {
      read(word.repeat(1_000_000));
      read(`${word.repeat(1_000_000)}${UDP}`);
    }
    expect(cpuMs() - started).toBeLessThan(5000);
  });
});

describe("envelopes", () => {
  it.each([
    ["dmesg", `[ 1732.118004] [UFW BLOCK] ${UDP}`, null, ""],
    ["dmesg with the caller", `[ 1732.118004][ T123] [UFW BLOCK] ${UDP}`, null, ""],
    ["dmesg -T", `[Fri Jul  3 19:10:30 2026] [UFW BLOCK] ${UDP}`, "2026-07-03T19:10:30.000Z", ""],
    ["journalctl -o short-monotonic", `[ 1732.118004] fw kernel: [UFW BLOCK] ${UDP}`, null, "fw"],
    ["OpenWrt", `Fri Jul  3 19:10:30 2026 kern.warn kernel: [31.8] [UFW BLOCK] ${UDP}`, "2026-07-03T19:10:30.000Z", ""],
    [
      "RFC 5424",
      `<4>1 2026-07-03T19:10:30.5+02:00 fw kernel - - - [UFW BLOCK] ${UDP}`,
      "2026-07-03T17:10:30.500Z",
      "fw",
    ],
    ["UniFi, name twice", `<13>Jul  3 19:10:30 udm udm [UFW BLOCK] ${UDP}`, "2026-07-03T19:10:30.000Z", "udm"],
    [
      "relay",
      `<13>Jul  3 19:10:59 relay Jul  3 19:10:30 fw kernel: [UFW BLOCK] ${UDP}`,
      "2026-07-03T19:10:30.000Z",
      "fw",
    ],
  ])("%s", (_, line, time, observer) => {
    expect(read(line)).toMatchObject({ status: "parsed", verdict: "deny", action: "BLOCK", time, observer });
  });

  it("reads the lines of AT&T's gateways, whose MAC is glued to the source", () => {
    const packet = `IN=veip0.0 OUT= MAC=02:00:00:00:00:01:02:00:00:0000:00:02:${ADDRESSES} ${HEADER}`;
    const line = `nflog_log_fw(), action=DROP reason=POLICY-INPUT-GEN-DISCARD hook=INPUT mark=136314880 ${packet}`;
    expect(read(`2026-07-03T19:10:30.25+02:00 L4 FIREWALL[8512]: ${line}`)).toMatchObject({
      status: "parsed",
      verdict: "deny",
      assumed: false,
      action: "DROP",
      reason: "POLICY-INPUT-GEN-DISCARD",
      observer: "L4",
      direction: "in",
      ingress: "veip0.0",
    });
    // Without a clock of its own it has no time, but is a record.
    expect(read(`P0000-00-00T07:48:34.329154 L4 FIREWALL[8512]: ${line}`)).toMatchObject({ verdict: "deny" });
  });

  it("does not take a prefix for a program, nor a host for a prefix", () => {
    expect(read(`Jul  3 19:10:30 fw IPT-DROP: ${UDP}`)).toMatchObject({
      verdict: "deny",
      ruleName: "IPT-DROP",
      observer: "fw",
    });
    expect(read(`Jul  3 19:10:30 drop-fw kernel: ${UDP}`)).toMatchObject({ status: "no-verdict", observer: "drop-fw" });
  });

  it("reads Proxmox VE's own log", () => {
    const line = "101 4 tap101i0-IN 20/Jun/2026:13:09:14 +0200 policy DROP: ";
    expect(
      read(
        `${line}IN=a OUT=b ${MAC} SRC=2001:db8::1 DST=2001:db8::2 LEN=40 TC=0 FLOWLBL=6 HOPLIMIT=64 PROTO=TCP SPT=1 DPT=2 SEQ=1 ACK=0 WINDOW=1 SYN `,
      ),
    ).toMatchObject({
      time: "2026-06-20T11:09:14.000Z",
      verdict: "deny",
      assumed: false,
      ruleName: "tap101i0-IN",
      action: "DROP",
      bytes: 80,
      flags: "S",
    });
    expect(
      read(`0 1 PVEFW-HOST-OUT 20/Jun/2026:13:16:23 +0200 REJECT: OUT=vmbr0 ${ADDRESSES} ${HEADER}`),
    ).toMatchObject({
      status: "parsed",
      direction: "out",
      egress: "vmbr0",
    });
    expect(read(`0 5 GROUP-web-IN 20/Jun/2026:15:52:26 +0200 ${UDP}`)).toMatchObject({
      status: "no-verdict",
      ruleName: "GROUP-web-IN",
    });
  });
});

/** prefix, verdict, assumed, action, rule name, rule id */
const PREFIXES: readonly [string, string, boolean, string, string, string][] = [
  ["[UFW BLOCK] ", "deny", false, "BLOCK", "", ""],
  ["[UFW LIMIT BLOCK] ", "deny", false, "BLOCK", "", ""],
  ["[UFW DOCKER BLOCK] ", "deny", false, "BLOCK", "", ""],
  ["[UFW ALLOW] ", "allow", false, "ALLOW", "", ""],
  ["[UFW AUDIT] ", "none", false, "AUDIT", "", ""],
  ["[UFW AUDIT INVALID] ", "none", false, "AUDIT", "", ""],
  ["FINAL_REJECT: ", "deny", false, "REJECT", "FINAL_REJECT", ""],
  ["STATE_INVALID_DROP: ", "deny", false, "DROP", "STATE_INVALID_DROP", ""],
  ["rpfilter_DROP: ", "deny", false, "DROP", "rpfilter_DROP", ""],
  ["filter_IN_public_REJECT: ", "deny", false, "REJECT", "filter_IN_public", ""],
  ["filter_FWD_my_zone_DROP: ", "deny", false, "DROP", "filter_FWD_my_zone", ""],
  ["Shorewall:net2fw:DROP:", "deny", false, "DROP", "net2fw", ""],
  ["Shorewall:net-fw:3:ACCEPT:", "allow", false, "ACCEPT", "net-fw", "3"],
  ["Shorewall6:all2all:REJECT:", "deny", false, "REJECT", "all2all", ""],
  ["Shorewall:net_dnat:DNAT:", "none", false, "DNAT", "net_dnat", ""],
  ["[WAN_LOCAL-default-D]", "deny", false, "D", "WAN_LOCAL-default", "default"],
  ["[my-wan-in-20-A]", "allow", false, "A", "my-wan-in-20", "20"],
  ["[ipv4-INP-filter-default-R] ", "deny", false, "R", "ipv4-INP-filter-default", "default"],
  ["[ipv4-NAM-WAN_IN-10-J]", "none", false, "J", "ipv4-NAM-WAN_IN-10", "10"],
  [
    '[WAN_LOCAL-D-2147483647] DESCR="[WAN_LOCAL]Allow nothing" ',
    "deny",
    false,
    "D",
    "[WAN_LOCAL]Allow nothing",
    "2147483647",
  ],
  ['[LAN_LOCAL-RET-2147483647] DESCR="no rule description" ', "none", false, "RET", "LAN_LOCAL", "2147483647"],
  ["[Internal-to-External-A-5] ", "allow", false, "A", "Internal-to-External", "5"],
  ["[GUEST_IN-D] ", "deny", false, "D", "GUEST_IN", ""],
  ['DESCR="[WAN_LOCAL]Block the rest" ', "deny", true, "Block", "[WAN_LOCAL]Block the rest", ""],
  ["REJECT wan in: ", "deny", false, "REJECT", "wan in", ""],
  ["drop wan forward: ", "deny", false, "drop", "wan forward", ""],
  ["DROP(src wan)", "deny", false, "DROP", "src wan", ""],
  ["banIP/inbound/drop/feed1: ", "deny", false, "drop", "feed1", ""],
  ["banIP/fwd-lan/rej/feed2: ", "deny", false, "rej", "feed2", ""],
  ["Allow-Ping: ", "allow", true, "Allow", "Allow-Ping", ""],
  ["IPTABLES-DROP: ", "deny", true, "DROP", "IPTABLES-DROP", ""],
  ["nft_input_dropped ", "deny", true, "dropped", "nft_input_dropped", ""],
  ["[DOCKER-USER ACCEPT] ", "allow", true, "ACCEPT", "[DOCKER-USER ACCEPT]", ""],
  ["[VLAN-A] ", "none", false, "", "[VLAN-A]", ""],
  ["[my-custom-prefix] ", "none", false, "", "[my-custom-prefix]", ""],
  ["backdrop: ", "none", false, "", "backdrop", ""],
  ["acceptance: ", "none", false, "", "acceptance", ""],
  ["NOT_ALLOWED: ", "none", false, "", "NOT_ALLOWED", ""],
  ["UNBLOCK: ", "none", false, "", "UNBLOCK", ""],
  ["accept-or-drop: ", "none", false, "", "accept-or-drop", ""],
  ["InputDropped: ", "deny", true, "Dropped", "InputDropped", ""],
  ["NotAllowed: ", "none", false, "", "NotAllowed", ""],
  ["LOGDROP ", "deny", true, "LOGDROP", "LOGDROP", ""],
  ["Firewall: *TCP_IN Blocked* ", "deny", true, "Blocked", "Firewall: *TCP_IN Blocked*", ""],
  ["Firewall: *SYNFLOOD* ", "deny", true, "SYNFLOOD", "Firewall: *SYNFLOOD*", ""],
  ["DROP_CTINVALID ", "deny", true, "DROP", "DROP_CTINVALID", ""],
  ["'PASS-unknown:'", "deny", true, "", "PASS-unknown", ""],
  ["'IN-world:'", "deny", true, "", "IN-world", ""],
  ["OUT-unknown:", "deny", true, "", "OUT-unknown", ""],
  ["IN-world: ", "none", false, "", "IN-world", ""],
  ["[FW_ADT]D=O CD=O ", "deny", false, "", "FW_ADT", ""],
  ["[FW_ADT]SEC=1 D=I CD=O ", "deny", false, "", "FW_ADT", ""],
  ["[FW_ADT]A=A D=I CD=O ", "allow", false, "A", "FW_ADT", ""],
  ["[FW_ADT]A=I G=3 ", "deny", false, "I", "FW_ADT", ""],
  ["[FW_ADT]A=R M=12 ", "none", false, "R", "FW_ADT", ""],
  ["[FW_ADT]A=C D=O ", "none", false, "C", "FW_ADT", ""],
  ["[FW_ALM]SEC=1 ", "deny", false, "", "FW_ALM", ""],
  ["[FW_ALM]PID=12 ", "none", false, "", "FW_ALM", ""],
  ["Intrusion -> ", "deny", false, "", "Intrusion", ""],
  ["SFW2-INext-ACC-TCP ", "allow", true, "ACC", "SFW2-INext-ACC-TCP", ""],
  ["SFW2-IN-ILL-TARGET ", "deny", false, "", "SFW2-IN-ILL-TARGET", ""],
  ["BLKLST_SPAM ", "deny", false, "", "BLKLST_SPAM", ""],
  ["FORWARDFW ", "none", false, "", "FORWARDFW", ""],
  ["calico-packet: ", "none", false, "", "calico-packet", ""],
  ["NEW: ", "none", false, "", "NEW", ""],
  ["upnpc", "none", false, "", "upnpc", ""],
  ["", "none", false, "", "", ""],
];

describe("verdicts", () => {
  it.each(PREFIXES)("%j: %s", (prefix, verdict, assumed, action, ruleName, ruleId) => {
    expect(read(kernel(`${prefix}${UDP}`))).toMatchObject({
      status: verdict === "none" ? "no-verdict" : "parsed",
      verdict,
      assumed,
      action,
      ruleName,
      ruleId,
    });
  });

  it("gives the same from its cache", () => {
    const parse = iptables.open({ clock });
    const record = new LogRecord();
    for (let round = 0; round < 3; round++) {
      for (const [prefix, verdict, , action] of PREFIXES) {
        const bytes = encoder.encode(kernel(`${prefix}${UDP}`));
        parse(bytes, 0, bytes.length, record);
        expect([VERDICTS[record.verdict], record.textOf(record.action)]).toEqual([verdict, action]);
      }
    }
  });

  it("lets the user's own map decide first, the longest entry before others", () => {
    const map: PrefixVerdict[] = [
      { prefix: "[lan", verdict: VERDICT_DENY },
      { prefix: "[lan-voip]", verdict: VERDICT_ALLOW },
      { prefix: "[UFW BLOCK]", verdict: VERDICT_ALLOW },
    ];
    const verdict = (prefix: string) => readWith(iptables, kernel(`${prefix} ${UDP}`), map).verdict;
    expect(verdict("[lan-voip]")).toBe("allow");
    expect(verdict("[lan-data]")).toBe("deny");
    expect(verdict("[UFW BLOCK]")).toBe("allow");
    expect(verdict("[wan]")).toBe("none");
    expect(readWith(iptables, kernel(`[lan] ${UDP}`), map).assumed).toBe(false);
  });

  it("marks denied packets that open nothing as out of state", () => {
    const outOfState = (prefix: string, flags: string) => read(kernel(`${prefix} ${TCP(flags)}`)).outOfState;
    expect(outOfState("[UFW BLOCK]", "SYN ")).toBe(false);
    expect(outOfState("[UFW BLOCK]", "CWR ECE SYN ")).toBe(false);
    expect(outOfState("[UFW BLOCK]", "ACK SYN ")).toBe(true);
    expect(outOfState("[UFW BLOCK]", "ACK FIN ")).toBe(true);
    expect(outOfState("[UFW BLOCK]", "")).toBe(true);
    expect(outOfState("[UFW ALLOW]", "ACK ")).toBe(false);
    expect(outOfState("[UFW AUDIT INVALID]", "SYN ")).toBe(true);
    expect(outOfState("STATE_INVALID_DROP:", "SYN ")).toBe(true);
    expect(outOfState("INVALID:", "SYN ")).toBe(true);
  });
});

describe("connection tracking", () => {
  const packet = `IN= OUT= ${ADDRESSES} ${HEADER} PROTO=UDP SPT=5060 DPT=5060 LEN=40 `;

  it.each([
    ["nf_ct_sip: dropping packet: cannot parse cseq ", "cannot parse cseq"],
    ["nf_ct_sip: dropping packet: wrong port 512 ", "wrong port 512"],
    ["nf_ct_sip-5070: dropping packet: short message ", "short message"],
    ["nf_ct_sip: dropping packet", ""],
    ["nf_ct_sip: dropping packet ", ""],
    ["helper sip dropping packet: cannot add expectation ", "cannot add expectation"],
  ])("%j is a packet that the SIP helper dropped", (prefix, reason) => {
    expect(read(kernel(prefix + packet))).toMatchObject({
      status: "parsed",
      verdict: "deny",
      assumed: false,
      inspection: "sip-alg",
      inspectionVerdict: "deny",
      reason,
      direction: "",
      ports: [5060, 5060],
    });
  });

  it("knows other helpers and invalid packets", () => {
    expect(read(kernel(`nf_ct_ftp: dropping packet: partial match ${packet}`))).toMatchObject({
      verdict: "deny",
      inspection: "other",
    });
    expect(read(kernel(`nf_ct_proto_6: invalid packet ignored in state ESTABLISHED  ${packet}`))).toMatchObject({
      status: "no-verdict",
      outOfState: true,
      inspection: "conntrack",
      inspectionVerdict: "none",
      reason: "invalid packet ignored in state ESTABLISHED",
    });
  });

  it.each([
    [
      "nf_conntrack: nf_conntrack: table full, dropping packet",
      "no-verdict",
      "conntrack",
      "deny",
      "table full, dropping packet",
    ],
    ["ip_conntrack: table full, dropping packet.", "no-verdict", "conntrack", "deny", "table full, dropping packet."],
    ["nf_conntrack: expectation table full", "no-verdict", "conntrack", "none", "expectation table full"],
    [
      "nf_conntrack: default automatic helper assignment has been turned off",
      "no-verdict",
      "sip-alg",
      "none",
      "default automatic helper assignment has been turned off",
    ],
    ['xt_CT: No such helper "sip"', "no-verdict", "sip-alg", "none", 'No such helper "sip"'],
    ['xt_CT: No such helper "ftp"', "foreign", "", "none", ""],
    ["nf_conntrack version 0.5.0 (16384 buckets, 65536 max)", "foreign", "", "none", ""],
  ])("%s", (message, status, inspection, inspectionVerdict, reason) => {
    const expected = { status, inspection, inspectionVerdict, reason };
    expect(read(kernel(message))).toMatchObject(expected);
    expect(read(`Jul  3 19:10:30 fw ${message}`)).toMatchObject(expected);
    expect(read(message)).toMatchObject(expected);
  });

  it("counts lines that were lost", () => {
    expect(read(kernel("** 35 printk messages dropped **"))).toMatchObject({ status: "no-verdict", lostEvents: 35 });
    expect(read("Jul  3 19:10:30 fw systemd-journald[1]: Missed 12 kernel messages")).toMatchObject({
      status: "no-verdict",
      lostEvents: 12,
    });
  });
});

describe("journald", () => {
  const entry = (fields: object) =>
    readWith(journald, JSON.stringify({ __REALTIME_TIMESTAMP: "1783098630118004", ...fields }));

  it("reads a message as text and as bytes", () => {
    const line = `[UFW BLOCK] ${UDP}`;
    const expected = {
      status: "parsed",
      verdict: "deny",
      time: "2026-07-03T17:10:30.118Z",
      observer: "fw",
      ports: [5060, 5062],
    };
    expect(entry({ MESSAGE: line, _HOSTNAME: "fw" })).toMatchObject(expected);
    expect(entry({ _HOSTNAME: "fw", MESSAGE: [...encoder.encode(line)] })).toMatchObject(expected);
    expect(entry({ MESSAGE: `DESCR="Block \\"é\\"" ${UDP}` })).toMatchObject({ verdict: "deny", action: "Block" });
    expect(entry({ MESSAGE: ["a", [1, 2]], _HOSTNAME: ["a"] })).toMatchObject({ status: "foreign" });
  });

  it.each([
    ["another message", '{"__REALTIME_TIMESTAMP":"1","MESSAGE":"Started session"}', "foreign"],
    ["other JSON", '{"a":{"MESSAGE":"IN=a OUT= SRC=192.0.2.1 DST=192.0.2.2"}}', "foreign"],
    ["cut JSON", '{"__REALTIME_TIMESTAMP":"1","MESSAGE":"[UFW BLOCK] IN=a', "malformed"],
    ["no JSON", kernel(UDP), "foreign"],
    ["blank", " ", "structure"],
  ])("%s", (_, line, status) => {
    expect(readWith(journald, line).status).toBe(status);
  });
});

describe("ulogd", () => {
  const base = {
    "oob.prefix": "in-drop ",
    "oob.hook": 1,
    src_ip: "192.0.2.1",
    dest_ip: "198.51.100.5",
    "ip.protocol": 17,
  };
  const event = (fields: object) => readWith(ulogd, JSON.stringify({ ...base, ...fields }));

  it("reads a packet, whatever its keys are called", () => {
    const expected = {
      status: "parsed",
      verdict: "deny",
      assumed: true,
      action: "drop",
      ruleName: "in-drop",
      ports: [5060, 5061],
    };
    expect(event({ src_port: 5060, dest_port: 5061, "oob.in": "eth0" })).toMatchObject({
      ...expected,
      direction: "in",
      ingress: "eth0",
    });
    expect(event({ "udp.sport": 5060, "udp.dport": 5061, "oob.ifindex_in": 3, "oob.ifindex_out": 4 })).toMatchObject({
      ...expected,
      direction: "forward",
      ingress: "3",
      egress: "4",
    });
  });

  it("prefers the kernel's UTC to local time, and the label's action to the prefix", () => {
    expect(event({ timestamp: "2026-07-03T19:10:30.5+0200" }).time).toBe("2026-07-03T17:10:30.500Z");
    expect(event({ timestamp: "2026-07-03T01:00:00", "oob.time.sec": 1783098630, "oob.time.usec": 118004 }).time).toBe(
      "2026-07-03T17:10:30.118Z",
    );
    expect(event({ action: "allowed" })).toMatchObject({ verdict: "allow", assumed: false, action: "allowed" });
    expect(event({ action: "blocked", "oob.prefix": "x" })).toMatchObject({ verdict: "deny", assumed: false });
  });

  it("reads headers", () => {
    expect(
      event({ "ip.tos": 184, "ip.totlen": 200, "ip.id": 7, "ip.fragoff": 0x20b9, src_port: 1, dest_port: 2 }),
    ).toMatchObject({
      dscp: 46,
      bytes: 200,
      ipId: 7,
      fragment: 1480,
      moreFragments: true,
      ports: [-1, -1],
    });
    expect(event({ "ip.protocol": 6, "tcp.syn": 1, "tcp.ack": 0 })).toMatchObject({ flags: "S", outOfState: false });
    expect(event({ "ip.protocol": 6, "tcp.ack": true })).toMatchObject({ flags: "A", outOfState: true });
    expect(
      event({
        src_ip: "2001:db8::1",
        dest_ip: "2001:db8::2",
        "ip.protocol": 58,
        "ip6.payloadlen": 24,
        "icmpv6.type": 135,
        "icmpv6.code": 0,
      }),
    ).toMatchObject({
      bytes: 64,
      icmp: [135, 0],
    });
  });

  it.each([
    [
      "a connection event",
      '{"event.type":1,"src_ip":"192.0.2.1","dest_ip":"192.0.2.2","orig.ip.protocol":6}',
      "foreign",
    ],
    ["ARP", '{"oob.prefix":"","oob.hook":0,"arp.saddr.str":"192.0.2.1"}', "foreign"],
    ["no address", '{"oob.prefix":"drop","src_ip":"x","dest_ip":"192.0.2.2"}', "malformed"],
    ["cut", '{"oob.prefix":"drop","src_ip":"192.0', "malformed"],
    ["no JSON", "drop", "foreign"],
    ["blank", "", "structure"],
  ])("%s", (_, line, status) => {
    expect(readWith(ulogd, line).status).toBe(status);
  });
});

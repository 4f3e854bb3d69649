/** The traps of FortiGate lines, one by one. */
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { fortigate } from "../../ingest/formats/fortigate.ts";
import { LogRecord } from "../../ingest/record.ts";

// biome-ignore lint/suspicious/noExplicitAny: documents are compared by path
type Document = any;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const record = new LogRecord();

function read(line: string, zone = "UTC"): { status: number; document: Document } {
  const bytes = bytesOf(line);
  const parse = fortigate.open({ clock: new DeviceClock(zone, Date.parse("2026-11-21T00:00:00Z")) });
  const status = parse(bytes, 0, bytes.length, record);
  return { status, document: ecsDocument(record, { line: 1, format: "fortigate" }) };
}

const DATE = "date=2026-07-03 time=19:10:30";
const TUPLE = 'srcip=192.0.2.9 srcport=40001 srcintf="wan1" dstip=198.51.100.5 dstport=5060 dstintf="lan" proto=17';
const TYPE = 'logid="0000000013" type="traffic" subtype="forward"';
const TRAFFIC = `${DATE} devname="fw" devid="FGT1" ${TYPE} vd="root" ${TUPLE} action="accept" policyid=3`;
const DENY = TRAFFIC.replace("accept", "deny").replace("13", "03");
const utm = (subtype: string, rest: string) =>
  `${DATE} devname="fw" logid="0000000000" type="utm" subtype="${subtype}" ${TUPLE} ${rest}`;
const CEF_TUPLE =
  "src=192.0.2.9 spt=40001 deviceInboundInterface=wan1 dst=198.51.100.5 dpt=5060 deviceOutboundInterface=lan proto=17";
const CEF_HEADER = "Fortinet|Fortigate|v7.4.3|00013|traffic:forward close|3|";
const CEF = `${CEF_HEADER}deviceExternalId=FGT1 FTNTFGTlogid=0000000013 cat=traffic:forward FTNTFGTsubtype=forward ${CEF_TUPLE} act=close FTNTFGTpolicyid=3`;

describe("envelope and style", () => {
  const csv = TRAFFIC.replaceAll(" ", ",");
  it.each([
    ["none", TRAFFIC, "fw"],
    ["priority", `<189>${TRAFFIC}`, "fw"],
    ["octet count (RFC 6587)", `${TRAFFIC.length + 5} <189>${TRAFFIC}`, "fw"],
    ["BSD header of a relay", `Jul  4 00:00:00 relay ${TRAFFIC}`, "fw"],
    ["BSD header and a tag", `<134>Jul  4 00:00:00 relay forwarder: ${TRAFFIC}`, "fw"],
    ["a header around the device's own", `Jul  4 00:00:00 relay <189>${TRAFFIC}`, "fw"],
    ["RFC 5424", `<189>1 2026-07-04T00:00:00Z relay - - - - ${TRAFFIC}`, "fw"],
    ["double blanks", TRAFFIC.replaceAll(" ", "  "), "fw"],
    ["commas", csv, "fw"],
    ["commas, relayed", `<189>Jul  4 00:00:00 relay ${csv}`, "fw"],
    ["cells of a CSV export", `"${TRAFFIC.replaceAll('"', '""').replaceAll(" ", '","')}"`, "fw"],
    ["every value quoted", TRAFFIC.replaceAll('"', "").replace(/=(\S+)/g, '="$1"'), "fw"],
    ["every value bare (5.x)", TRAFFIC.replaceAll('"', ""), "fw"],
    ["CEF", `Jul  3 19:10:30 fw CEF:0|${CEF}`, "fw"],
    ["CEF with a blank", `<189>Jul  3 19:10:30 fw CEF: 0|${CEF}`, "fw"],
    ["CEF without a host", `Jul  3 19:10:30 CEF:0|${CEF}`, "FGT1"],
    ["CEF with a blank, without a host", `Jul  3 19:10:30 CEF: 0|${CEF}`, "FGT1"],
    ["CEF, relayed twice", `Jul  4 00:00:00 relay Jul  3 19:10:30 fw CEF:0|${CEF}`, "fw"],
    ["CEF with FortiAnalyzer's keys", `Jul  3 19:10:30 fw CEF:0|${CEF.replaceAll("FTNTFGT", "ad.")}`, "fw"],
    [
      "CEF with the vendor's long prefix",
      `Jul  3 19:10:30 fw CEF:0|${CEF.replaceAll("FTNTFGT", "FortinetFortiGate")}`,
      "fw",
    ],
  ])("%s", (_, line, observer) => {
    const { status, document } = read(line);
    expect(status).toBe(PARSED);
    expect(document["@timestamp"]).toBe("2026-07-03T19:10:30.000Z");
    expect(document.observer).toMatchObject({
      name: observer,
      ingress: { interface: { name: "wan1" } },
      egress: { interface: { name: "lan" } },
    });
    expect(document.source).toMatchObject({ ip: "192.0.2.9", port: 40001 });
    expect(document.destination).toMatchObject({ ip: "198.51.100.5", port: 5060 });
    expect(document.rule.id).toBe("3");
    expect(document.ringfence).toMatchObject({ verdict: "allow", phase: "end" });
  });
});

describe("status", () => {
  it.each([
    ["blank", " \t ", STRUCTURE],
    ["NUL only", "\0\0\0", STRUCTURE],
    [
      "event",
      `${DATE} devname="fw" logid="0100032001" type="event" subtype="system" srcip=192.0.2.1 dstip=192.0.2.2 action="login"`,
      FOREIGN,
    ],
    [
      "VPN event",
      `${DATE} logid="0101037129" type="event" subtype="vpn" action="negotiate" remip=192.0.2.1 locip=192.0.2.2`,
      FOREIGN,
    ],
    [
      "event in CEF",
      "CEF:0|Fortinet|Fortigate|v7.4.3|32001|event:system login success|3|FTNTFGTlogid=0100032001 cat=event:system",
      FOREIGN,
    ],
    [
      "another product's CEF",
      "CEF:0|Fortinet|FortiMail|v7|1|x|3|src=192.0.2.1 dst=192.0.2.2 act=deny cat=traffic:forward",
      FOREIGN,
    ],
    [
      "another vendor's CEF",
      "CEF:0|Acme|Fortigate|v7|1|traffic:forward|3|src=192.0.2.1 dst=192.0.2.2 act=deny",
      FOREIGN,
    ],
    [
      "pairs of another product",
      'date=2026-07-03 time=19:10:30 device_id=X log_id=1 type="traffic" src=192.0.2.1',
      FOREIGN,
    ],
    ["another program", "Jul  3 19:10:30 fw dhcpd[7]: DHCPDISCOVER from 02:00:5e:10:00:01 via lan", FOREIGN],
    ["a line of ours quoted by another program", `Jul  3 19:10:30 host sshd[7]: Invalid user ${TRAFFIC}`, FOREIGN],
    [
      "netfilter",
      "Jul  3 19:10:30 fw kernel: DROP IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=UDP SPT=1 DPT=2",
      FOREIGN,
    ],
    ["cut before the type", '<189>date=2026-07-03 time=19:10:30 devname="fw" devid="FGT1" log', MALFORMED],
    ["cut before the addresses", `${DATE} devid="FGT1" ${TYPE} vd="ro`, MALFORMED],
    ["cut in the address", `${DATE} devid="FGT1" ${TYPE} srcip=192.0.2.9 dstip=198.51.1`, MALFORMED],
    ["cut before the action", `${DATE} devid="FGT1" ${TYPE} ${TUPLE}`, MALFORMED],
    ["impossible address", TRAFFIC.replace("192.0.2.9", "192.0.299.300"), MALFORMED],
    ["masked address", TRAFFIC.replace("192.0.2.9", "x.x.x.x"), MALFORMED],
    ["impossible translated address", `${TRAFFIC} trandisp="snat" transip=1.2.3.400`, MALFORMED],
    ["families that differ", TRAFFIC.replace("192.0.2.9", "2001:db8::9"), MALFORMED],
    ["impossible port", TRAFFIC.replace("40001", "123456"), MALFORMED],
    ["impossible protocol", TRAFFIC.replace("proto=17", "proto=300"), MALFORMED],
    ["no date", TRAFFIC.replace(`${DATE} `, ""), PARSED],
    ["log id without padding (FortiAnalyzer)", TRAFFIC.replace("0000000013", "13"), PARSED],
    ["type known by its log id alone", TRAFFIC.replace('type="traffic" subtype="forward" ', ""), PARSED],
    ["status instead of action (5.0)", TRAFFIC.replace("action", "status"), PARSED],
    ["security record without addresses", utm("virus", 'action="blocked"').replace(TUPLE, ""), NO_VERDICT],
  ])("%s", (_, line, status) => {
    expect(read(line).status).toBe(status);
  });
});

describe("lexing", () => {
  it.each([
    ["escaped quote", String.raw`msg="a \"b\" c"`, 'a "b" c'],
    ["escaped backslash at the end", String.raw`msg="C:\\" x="y"`, "C:\\"],
    ["backslash that escapes nothing", String.raw`msg="HQ\user"`, "HQ\\user"],
    ["escaped equals sign", String.raw`msg="mode\=fast"`, "mode=fast"],
    ["quote without an escape", 'msg="abc"></script>" crscore=30', 'abc"></script>'],
    ["unterminated quote", 'msg="connecting to action="deny', 'connecting to action="deny'],
    [
      "pairs inside quotes",
      'msg="/?srcip=6.6.6.6 action=deny policyid=9" x=1',
      "/?srcip=6.6.6.6 action=deny policyid=9",
    ],
    ["comma inside quotes", 'msg="VoIP: SIP.Call,"', "VoIP: SIP.Call,"],
    ["empty", 'msg="" x=1', undefined],
    ["not available", 'msg="N/A"', undefined],
    ["the first of two", 'msg="one" msg="two"', "one"],
  ])("%s", (_, pairs, reason) => {
    const { status, document } = read(`${TRAFFIC} ${pairs}`);
    expect(status).toBe(PARSED);
    expect(document.event.reason).toBe(reason);
    expect(document.source.ip).toBe("192.0.2.9");
    expect(document.event.action).toBe("accept");
    expect(document.rule.id).toBe("3");
  });

  it.each([
    ["a quoted URL", `${TRAFFIC} url="/x?a=1 srcip=6.6.6.6 dstip=6.6.6.6 action=deny"`],
    ["an escaped quote in a URL", `${TRAFFIC} url="/x\\" srcip=6.6.6.6 action=\\"deny"`],
    ["a URL in front", `url="/x srcip=6.6.6.6 action=deny" ${TRAFFIC}`],
    ["a repeated key", `${TRAFFIC} srcip=6.6.6.6 action="deny" policyid=9`],
    ["an unterminated quote", `${TRAFFIC} url="/x srcip=6.6.6.6 action=deny`],
    ["commas in a comma-separated line", `${TRAFFIC.replaceAll(" ", ",")},url="/x,srcip=6.6.6.6,action=deny"`],
    ["CEF with escapes", `CEF:0|${CEF} request=/x\\=1 srcip\\=6.6.6.6 src\\=6.6.6.6 act\\=deny`],
    ["CEF with a repeated key", `CEF:0|${CEF} request=/x src=6.6.6.6 act=deny FTNTFGTpolicyid=9`],
  ])("a stranger's text in %s changes no field", (_, line) => {
    const { status, document } = read(line);
    expect(status).toBe(PARSED);
    expect(document.source.ip).toBe("192.0.2.9");
    expect(document.destination.ip).toBe("198.51.100.5");
    expect(document.ringfence.verdict).toBe("allow");
    expect(document.rule.id).toBe("3");
  });

  it("reads CEF values with blanks, escapes and custom fields", () => {
    const line = `Jul  3 19:10:30 fw CEF:0|${CEF.replace(" FTNTFGTpolicyid=3", "")} cs5=10 cs5Label=Policy Id cn1=7 cn1Label=Duration cn2=5 cn2Label=Packets Sent cn3=4 cn3Label=Packets Received out=398 in=1605 app=HTTP FTNTFGTapp=Wget.Like FTNTFGTpolicyname=Voice \\= out \\\\ \\| x  FTNTFGTdstcountry=United States FTNTFGTutmaction=block`;
    const { status, document } = read(line);
    expect(status).toBe(PARSED);
    expect(document).toMatchObject({
      event: { action: "close", duration: 7e9 },
      source: { bytes: 398, packets: 5 },
      destination: { bytes: 1605, packets: 4 },
      network: { application: "wget.like" },
      observer: { name: "fw" },
      rule: { id: "10", name: "Voice = out \\ | x" },
      ringfence: { verdict: "allow", inspection_verdict: "deny" },
    });
  });
});

describe("time", () => {
  const withTime = (fields: string) => `${fields} devname="fw" devid="FGT1" ${TYPE} ${TUPLE} action="accept"`;
  it.each([
    ["nanoseconds", `${DATE} eventtime=1783098630123456789`, "2026-07-03T17:10:30.123456Z"],
    ["microseconds", `${DATE} eventtime=1783098630123456`, "2026-07-03T17:10:30.123456Z"],
    ["milliseconds", `${DATE} eventtime=1783098630123`, "2026-07-03T17:10:30.123Z"],
    ["seconds", `${DATE} eventtime=1783098630`, "2026-07-03T17:10:30.000Z"],
    ["seconds with a fraction", `${DATE} eventtime=1783098630.25`, "2026-07-03T17:10:30.250Z"],
    ["no event time", `${DATE} eventtime=0`, "2026-07-03T17:10:30.000Z"],
    ["an event time that is none", `${DATE} eventtime=yesterday`, "2026-07-03T17:10:30.000Z"],
    ["too many digits", `${DATE} eventtime=178309863012345678901`, "2026-07-03T17:10:30.000Z"],
    ["the clock's zone", DATE, "2026-07-03T17:10:30.000Z"],
    ["-0500", `${DATE} tz="-0500"`, "2026-07-04T00:10:30.000Z"],
    ["+0545", `${DATE} tz="+0545"`, "2026-07-03T13:25:30.000Z"],
    ["+02:00", `${DATE} tz="+02:00"`, "2026-07-03T17:10:30.000Z"],
    ["UTC+2:00", `${DATE} tz="UTC+2:00"`, "2026-07-03T17:10:30.000Z"],
    ["UTC-11:00", `${DATE} tz="UTC-11:00"`, "2026-07-04T06:10:30.000Z"],
    ["GMT+2:00", `${DATE} tz="GMT+2:00"`, "2026-07-03T17:10:30.000Z"],
    ["UTC", `${DATE} tz="UTC"`, "2026-07-03T19:10:30.000Z"],
    ["a name, which no table can resolve", `${DATE} tz="CEST"`, "2026-07-03T17:10:30.000Z"],
    ["single digits", "date=2026-7-3 time=9:01:02", "2026-07-03T07:01:02.000Z"],
    [
      "FortiAnalyzer's zone, then the device's",
      `logver=704072731 timestamp=1783105830 tz="UTC+2:00" ${DATE} tz="-0500"`,
      "2026-07-04T00:10:30.000Z",
    ],
    ["FortiAnalyzer's local timestamp alone", 'timestamp=1783105830 tz="UTC-3:00"', "2026-07-03T22:10:30.000Z"],
    ["FortiAnalyzer's receipt alone", "itime=1783098630", "2026-07-03T17:10:30.000Z"],
    ["FortiAnalyzer's receipt as text", 'itime="2026-07-03 19:10:30"', "2026-07-03T17:10:30.000Z"],
    ["the relay's time, last of all", "Jul  3 19:10:30 relay level=notice", "2026-07-03T17:10:30.000Z"],
    ["no date that exists", "date=2026-13-45 time=19:10:30", undefined],
  ])("%s", (_, fields, time) => {
    const { status, document } = read(withTime(fields), "Europe/Berlin");
    expect(status).toBe(PARSED);
    expect(document["@timestamp"]).toBe(time);
  });

  it.each([
    ["text, with a zone", "start=Jul 03 2026 19:10:30 ad.tz=-0500", "2026-07-04T00:10:30.000Z"],
    ["text, in the clock's zone", "start=Jul 03 2026 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["milliseconds", "rt=1783098630123", "2026-07-03T17:10:30.123Z"],
    ["event time", "rt=1 FTNTFGTeventtime=1783098630123456789", "2026-07-03T17:10:30.123456Z"],
  ])("of CEF: %s", (_, pairs, time) => {
    expect(read(`CEF:0|${CEF} ${pairs}`, "Europe/Berlin").document["@timestamp"]).toBe(time);
  });
});

describe("verdict of traffic", () => {
  it.each(["accept", "close", "timeout", "client-rst", "server-rst", "ip-conn", "dns", "pending", "start"])(
    "%s was allowed",
    (action) => {
      const { status, document } = read(TRAFFIC.replace("accept", action));
      expect(status).toBe(PARSED);
      expect(document.ringfence).toMatchObject({ verdict: "allow", phase: action === "start" ? "start" : "end" });
      expect(document.event.action).toBe(action);
    },
  );

  it.each([
    ["Deny", "deny"],
    ["DENY", "deny"],
    ["blocked", "deny"],
    ["dropped", "deny"],
    ["ACCEPT", "allow"],
    ["Close", "allow"],
    ["allowed", "allow"],
  ])("%s, as others write it, means %s", (action, verdict) => {
    expect(read(TRAFFIC.replace("accept", action)).document.ringfence.verdict).toBe(verdict);
  });

  it.each(["success", "none", "notify"])("%s tells nothing", (action) => {
    const { status, document } = read(TRAFFIC.replace("accept", action));
    expect(status).toBe(NO_VERDICT);
    expect(document.ringfence.verdict).toBe("none");
    expect(document.event.action).toBe(action);
  });

  it("deny is the policy's, whatever the policy", () => {
    expect(read(DENY).document.ringfence).toEqual({ verdict: "deny", line: 1, phase: "end" });
    expect(read(DENY.replace("policyid=3", "policyid=0")).document.rule.id).toBe("0");
  });

  it("of a packet without a session is out of state", () => {
    const line = DENY.replace("policyid=3", 'policyid=0 dstintf=unknown-0 msg="no session matched"');
    expect(read(line).document.ringfence).toMatchObject({ verdict: "deny", out_of_state: true });
    expect(read(DENY.replace("0000000003", "0000000007")).document.ringfence.out_of_state).toBe(true);
    expect(read(`${TRAFFIC} msg="no session matched"`).document.ringfence.out_of_state).toBeUndefined();
  });

  it("keeps apart what profiles did", () => {
    const verdictsOf = (word: string) => {
      const { verdict, inspection_verdict } = read(`${TRAFFIC} utmaction="${word}"`).document.ringfence;
      return [verdict, inspection_verdict];
    };
    expect(verdictsOf("block")).toEqual(["allow", "deny"]);
    expect(verdictsOf("reset")).toEqual(["allow", "deny"]);
    expect(verdictsOf("allow")).toEqual(["allow", "allow"]);
    expect(verdictsOf("N/A")).toEqual(["allow", undefined]);
  });

  it("tells start, interim and end of a session", () => {
    const counters = "duration=120 sentbyte=900 rcvdbyte=800 sentpkt=9 rcvdpkt=8 sentdelta=90 rcvddelta=80";
    const record = (message: string) => read(`${TRAFFIC.replace("0000000013", message)} ${counters}`).document;
    expect(record("0000000015").ringfence.phase).toBe("start");
    expect(record("0001000016").ringfence.phase).toBe("start");
    expect(record("0000000013")).toMatchObject({
      source: { bytes: 900, packets: 9 },
      destination: { bytes: 800, packets: 8 },
      event: { duration: 120e9 },
      ringfence: { phase: "end" },
    });
    const interim = record("0000000020");
    expect(interim.ringfence.phase).toBe("interim");
    expect([interim.source.bytes, interim.destination.bytes]).toEqual([90, 80]);
    expect(interim.source.packets).toBeUndefined();
  });

  it("takes a proxy's transaction for a part of its session", () => {
    const line = TRAFFIC.replace("forward", "http-transaction").replace('action="accept" ', "");
    const { status, document } = read(`${line} hostname="www.example.com" utmaction="block"`);
    expect(status).toBe(PARSED);
    expect(document.ringfence).toMatchObject({ verdict: "allow", phase: "interim", inspection_verdict: "deny" });
    expect(document.destination.domain).toBe("www.example.com");
  });

  it.each([
    ["forward", "wan1", "lan", undefined, 3],
    ["multicast", "wan1", "lan", undefined, 3],
    ["ztna", "wan1", "lan", undefined, 3],
    ["sniffer", "wan1", "wan1", undefined, 0],
    ["local", "wan1", "root", "inbound", 1],
    ["local", "wan1", "unknown0", "inbound", 1],
    ["local", "wan1", "voice", "inbound", 1],
    ["local", "root", "wan1", "outbound", 2],
    ["local", "wan1", "lan", undefined, 0],
    ["local", "root", "root", undefined, 0],
  ])("%s from %s to %s", (subtype, ingress, egress, word, direction) => {
    const { document } = read(
      TRAFFIC.replace("forward", subtype)
        .replace("wan1", ingress)
        .replace("lan", egress)
        .replace('vd="root"', 'vd="voice"'),
    );
    expect(document.network.direction).toBe(word);
    expect(record.direction).toBe(direction);
    expect(record.sourceIsInitiator).toBe(true);
  });
});

describe("addresses and ports", () => {
  it("tells translated source from translated destination", () => {
    const nat = `${TRAFFIC} trandisp="snat+dnat" tranip=192.168.10.5 tranport=5061 transip=203.0.113.1 transport=61000`;
    const { document } = read(nat);
    expect(document.source.nat).toEqual({ ip: "203.0.113.1", port: 61000 });
    expect(document.destination.nat).toEqual({ ip: "192.168.10.5", port: 5061 });
    expect(document.destination.ip).toBe("198.51.100.5");
  });

  it.each([
    ["noop", 'trandisp="noop" transip=203.0.113.1 transport=61000'],
    ["unspecified", 'trandisp="snat" transip=0.0.0.0 transport=0'],
    ["unspecified IPv6", "trandisp=snat transip=:: transport=0"],
  ])("takes %s for no translation", (_, pairs) => {
    expect(read(`${TRAFFIC} ${pairs}`).document.source.nat).toBeUndefined();
  });

  it.each([
    ["icmp/8/0", "proto=1", { type: 8, code: 0 }],
    ["PING", "proto=1", undefined],
    ["icmp/256/0", "proto=1", { code: 0 }],
    ["icmp/8/0", "proto=17", undefined],
  ])("reads ICMP from service %s with %s", (service, protocol, icmp) => {
    const { document } = read(`${TRAFFIC.replace("proto=17", protocol)} service="${service}"`);
    expect(document.ringfence.icmp).toEqual(icmp);
    expect(document.source.port).toBe(protocol === "proto=1" ? undefined : 40001);
  });

  it("reads ICMPv6, and ICMP types in hexadecimal", () => {
    const ipv6 = TRAFFIC.replace("192.0.2.9", "fe80::9")
      .replace("198.51.100.5", "ff02::1")
      .replace("proto=17", "proto=58");
    const { document } = read(`${ipv6} service="icmp6/131/0"`);
    expect(document.ringfence.icmp).toEqual({ type: 131, code: 0 });
    expect(document.network.type).toBe("ipv6");
    const attack = utm("anomaly", 'action="clear_session" icmptype="0x08" icmpcode="0x00"').replace(
      "proto=17",
      "proto=1",
    );
    expect(read(attack).document.ringfence.icmp).toEqual({ type: 8, code: 0 });
  });
});

describe("security records", () => {
  it.each([
    ["voip", "sip-alg"],
    ["ips", "ips"],
    ["app-ctrl", "app-control"],
    ["ssl", "tls"],
    ["webfilter", "web-filter"],
    ["virus", "antivirus"],
    ["anomaly", "dos"],
    ["dns", "dns"],
    ["waf", "other"],
    ["a-new-one", "other"],
  ])("%s speaks for %s", (subtype, inspection) => {
    const { status, document } = read(utm(subtype, 'action="block"'));
    expect(status).toBe(NO_VERDICT);
    expect(document.ringfence).toMatchObject({ verdict: "none", inspection, inspection_verdict: "deny" });
    expect(record.sourceIsInitiator).toBe(false);
  });

  it("knows engines as types (up to 6.0)", () => {
    const line = utm("dns-query", 'action="pass" qname="pbx.example.com"').replace('type="utm"', 'type="dns"');
    expect(read(line).document).toMatchObject({
      dns: { question: { name: "pbx.example.com" } },
      ringfence: { inspection: "dns", inspection_verdict: "allow" },
    });
  });

  it.each([
    ...["block", "blocked", "dropped", "reset", "reset_client", "drop_session", "clear_session", "quarantine"].map(
      (word) => [word, "deny"] as const,
    ),
    ...["pass", "passthrough", "monitored", "detected", "permit", "exempt", "allow", "info", "analytics"].map(
      (word) => [word, "allow"] as const,
    ),
    ["start", undefined] as const,
  ])("%s means %s", (action, verdict) => {
    expect(read(utm("ips", `action="${action}"`)).document.ringfence.inspection_verdict).toBe(verdict);
  });

  it("reads VoIP's own key names", () => {
    const line = `${DATE} logid="0814044033" type="utm" subtype="voip" eventtype="voip" vd="root" session_id=77 srcip=192.0.2.9 src_port=5062 dstip=198.51.100.5 dst_port=5060 proto=17 src_int="lan" dst_int="wan1" policy_id=4 policytype="policy" voip_proto="sip" kind="register" action="block" malform_desc="unknown header" from="sip:1@192.0.2.9" msg="m"`;
    const { status, document } = read(line);
    expect(status).toBe(NO_VERDICT);
    expect(document).toMatchObject({
      event: { action: "block", reason: "unknown header" },
      source: { ip: "192.0.2.9", port: 5062 },
      destination: { ip: "198.51.100.5", port: 5060 },
      observer: { ingress: { interface: { name: "lan" } }, egress: { interface: { name: "wan1" } } },
      rule: { id: "4" },
      ringfence: { session_id: "77", inspection: "sip-alg", inspection_verdict: "deny" },
    });
    expect(read(line.replace('"sip"', '"sccp"')).document.ringfence.inspection).toBe("other");
  });

  it("weighs an anomaly by its count, and no other record", () => {
    const anomaly = 'action="clear_session" attack="udp_flood" count=1307 msg="m"';
    expect(read(utm("anomaly", anomaly)).document).toMatchObject({
      event: { reason: "udp_flood" },
      ringfence: { count: 1307, inspection: "dos" },
    });
    expect(read(utm("anomaly", anomaly.replace("1307", "0"))).document.ringfence.count).toBeUndefined();
    expect(read(utm("voip", anomaly)).document.ringfence.count).toBeUndefined();
  });

  it("names the host by request, question or certificate", () => {
    const domainOf = (pairs: string) => read(utm("ssl", pairs)).document.destination.domain;
    expect(domainOf('hostname="a.example" scertcname="b.example"')).toBe("a.example");
    expect(domainOf('scertcname="b.example"')).toBe("b.example");
  });
});

describe("detection", () => {
  const score = (text: string) => fortigate.sniff(bytesOf(text));
  it("counts events as FortiGate's, and nobody else's lines", () => {
    const event = `${DATE} logid="0100032001" type="event" subtype="system" action="login"`;
    expect(score(`${TRAFFIC}\r\n${event}\n\n${DENY}`)).toBe(1);
    expect(score(`${TRAFFIC}\nsomething else\n`)).toBe(0.5);
    expect(score("Jul  3 19:10:30 fw kernel: IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2\n")).toBe(0);
    expect(score("")).toBe(0);
  });
});

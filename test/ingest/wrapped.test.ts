import { describe, expect, it } from "vitest";
import { FORTIGATE, FULL, NETFILTER, PF, read, SESSION, type Seen } from "./collected.ts";
import { payload } from "./logs.ts";

/** A packet behind words, as a program may quote it. */
const QUOTED = NETFILTER.replace(/^.*kernel: sip-drop: /, "from ACCEPT ");
const SESSION_TEXT =
  'date=2026-07-03 time=19:10:30 devname="fg" devid="FGT1" logid="0100032002" type="event" subtype="system"';
const BEAT = { host: { hostname: "nf" }, syslog: { identifier: "sshd", facility: 4 } };

describe("a collector's document around the line", () => {
  it.each<[string, object, Seen | null]>([
    ["Filebeat", { "@timestamp": "2026-07-03T17:10:31Z", message: FULL, host: { name: "collector" } }, PF],
    ["Elasticsearch's hit", { _index: "x", _source: { event: { original: FULL }, message: "too short" } }, PF],
    ["a dotted key", { "event.original": `${FULL}\n` }, PF],
    ["Splunk", { preview: false, result: { _raw: FULL, host: "search" } }, PF],
    ["Fluent Bit", { date: 1783098631.5, log: FULL }, PF],
    ["Docker", { log: `${FULL}\n`, stream: "stdout", time: "2026-07-03T17:10:31Z" }, PF],
    [
      "the year of a line that names none",
      { "@timestamp": "2019-07-03T17:10:31Z", message: `<134>Jul  3 19:10:30 pf filterlog[1]: ${payload()}` },
      { ...PF, time: "2019-07-03T19:10:30.000Z" },
    ],
    ["a line with a time goes before one without", { message: payload(7), event: { original: FULL } }, PF],
    [
      "the collector took the header off",
      { "@timestamp": "2026-07-03T17:10:31.250Z", message: payload(), log: { syslog: { hostname: "pf-a" } } },
      { ...PF, time: "2026-07-03T17:10:31.250Z", host: "pf-a" },
    ],
    [
      "syslog-ng, the program apart from FortiGate's CEF",
      {
        PROGRAM: "CEF",
        MESSAGE:
          "0|Fortinet|Fortigate|v7.4.3|00013|traffic:forward deny|3|FTNTFGTlogid=0000000013 cat=traffic:forward FTNTFGTeventtime=1783098630500000000 src=203.0.113.9 dst=192.168.10.5 dpt=5060 proto=17 act=deny",
        HOST: "fg",
        DATE: "Jul  3 19:10:31",
      },
      { format: "fortigate", time: "2026-07-03T17:10:30.500Z", host: "fg", port: 5060 },
    ],
    [
      "rsyslog, by way of the journal",
      {
        __REALTIME_TIMESTAMP: "1783098630118004",
        _HOSTNAME: "pf-n",
        SYSLOG_IDENTIFIER: "filterlog",
        MESSAGE: payload(),
      },
      { ...PF, time: "2026-07-03T17:10:30.118004Z", host: "pf-n" },
    ],
    [
      "Google Cloud, which got the parts from Fluentd",
      { timestamp: "2026-07-03T17:10:30.500Z", jsonPayload: { ident: "filterlog", host: "pf", message: payload() } },
      PF,
    ],
    [
      "OpenTelemetry, with the host's name among the attributes",
      {
        timeUnixNano: "1783098630500000000",
        body: { stringValue: payload() },
        attributes: [
          { key: "appname", value: { stringValue: "filterlog" } },
          { key: "hostname", value: { stringValue: "pf" } },
        ],
      },
      PF,
    ],
    [
      "UniFi",
      {
        message:
          "<13>Jul  3 19:10:30 gw CEF:0|Ubiquiti|UniFi Network|10.6.101|203|Blocked by Firewall|4|proto=UDP dpt=5060 act=blocked src=203.0.113.9 dst=192.168.10.5 msg=x",
      },
      { format: "unifi", time: "2026-07-03T19:10:30.000Z", host: "gw", port: 5060 },
    ],
    [
      "Elastic's pfSense integration",
      { "@timestamp": "2026-07-03T17:10:31Z", message: payload(), observer: { vendor: "netgate", name: "pf-l" } },
      { ...PF, time: "2026-07-03T17:10:31.000Z", host: "pf-l" },
    ],
    [
      "the same with dots",
      { "@timestamp": "2026-07-03T17:10:31Z", message: payload(), "observer.name": "pf-m", "host.name": "x" },
      { ...PF, time: "2026-07-03T17:10:31.000Z", host: "pf-m" },
    ],
    [
      "seconds since 1970",
      { host: "pf-b", _time: "1783098630.118", _raw: `filterlog[1]: ${payload()}` },
      { ...PF, time: "2026-07-03T17:10:30.118Z", host: "pf-b" },
    ],
    [
      "the collector's own name is not the firewall's",
      { agent: { hostname: "collector" }, message: payload(), timestamp: 1783098630118 },
      { ...PF, time: "2026-07-03T17:10:30.118Z", host: undefined },
    ],
    ["Falcon LogScale", { "@rawstring": FULL, "#type": "x" }, PF],
    [
      "a collector that reads a Windows host's own file",
      {
        "@timestamp": "2026-07-03T17:10:30Z",
        message: "2026-07-03 19:10:29 DROP UDP 203.0.113.9 192.168.10.5 5080 5060 440 - - - - - - - RECEIVE",
        host: { name: "pbx" },
        agent: { hostname: "other" },
      },
      { format: "windows", time: "2026-07-03T19:10:29.000Z", host: "pbx", port: 5060 },
    ],
    [
      "a collector that reads a Linux host's own journal",
      {
        "@timestamp": "2026-07-03T17:10:30Z",
        message: NETFILTER.slice(NETFILTER.indexOf("sip-drop")),
        host: { hostname: "nf" },
        journald: { custom: { selinux_context: "kernel" } },
      },
      { format: "iptables", time: "2026-07-03T17:10:30.000Z", host: "nf", port: 5060 },
    ],
    [
      "the same with dots",
      {
        "host.name": "pbx",
        message: "2026-07-03 19:10:29 DROP UDP 203.0.113.9 192.168.10.5 5080 5060 440 - - - - - - - RECEIVE",
      },
      { format: "windows", time: "2026-07-03T19:10:29.000Z", host: "pbx", port: 5060 },
    ],
    [
      "FortiGate",
      { _raw: FORTIGATE },
      { format: "fortigate", time: "2026-07-03T17:10:30.000Z", host: "fg", port: 5060 },
    ],
    [
      "netfilter",
      { MESSAGE: NETFILTER },
      { format: "iptables", time: "2026-07-03T19:10:30.000Z", host: "nf", port: 5060 },
    ],
    [
      "Filebeat, from the journal",
      { "@timestamp": "2026-07-03T17:10:30Z", message: QUOTED, ...BEAT, systemd: { transport: "kernel" } },
      { format: "iptables", time: "2026-07-03T17:10:30.000Z", host: "nf", port: 5060 },
    ],
    [
      "the same of a line that was relayed",
      { message: NETFILTER, ...BEAT, systemd: { transport: "syslog" } },
      { format: "iptables", time: "2026-07-03T19:10:30.000Z", host: "nf", port: 5060 },
    ],
    ["the same of what another program quotes", { message: QUOTED, ...BEAT, systemd: { transport: "syslog" } }, null],
    [
      "the same by its later names",
      {
        message: QUOTED,
        log: { syslog: { appname: "asterisk", facility: { code: 1 } } },
        "systemd.transport": "stdout",
      },
      null,
    ],
    [
      "the kernel's facility",
      {
        "@timestamp": "2026-07-03T17:10:30Z",
        message: QUOTED,
        host: { hostname: "nf" },
        "log.syslog.appname": "firewall",
        "log.syslog.facility.code": 0,
        "systemd.transport": "syslog",
      },
      { format: "iptables", time: "2026-07-03T17:10:30.000Z", host: "nf", port: 5060 },
    ],
    ["Vector, from the journal", { message: QUOTED, SYSLOG_IDENTIFIER: "asterisk", _TRANSPORT: "stdout" }, null],
    [
      "syslog-ng",
      { PROGRAM: "filterlog", MESSAGE: payload(), HOST: "pf-c", ISODATE: "2026-07-03T19:10:30+02:00" },
      { ...PF, time: "2026-07-03T17:10:30.000Z", host: "pf-c" },
    ],
    [
      "GELF",
      { version: "1.1", host: "pf-d", short_message: `filterlog[1]: ${payload()}`, timestamp: 1783098630.25, level: 5 },
      { ...PF, time: "2026-07-03T17:10:30.250Z", host: "pf-d" },
    ],
    [
      "Splunk's collector over HTTP",
      { time: "1783098631", event: `filterlog[1]: ${payload()}`, host: "pf-e", sourcetype: "pfsense" },
      { ...PF, time: "2026-07-03T17:10:31.000Z", host: "pf-e" },
    ],
    ["Wazuh's archive", { timestamp: "2026-07-03T17:10:31.000+0000", full_log: FULL, location: "192.0.2.254" }, PF],
    [
      "Azure's Log Analytics",
      { TimeGenerated: "2026-07-03T17:10:31.25Z", SyslogMessage: payload(), HostName: "pf-f" },
      { ...PF, time: "2026-07-03T17:10:31.250Z", host: "pf-f" },
    ],
    [
      "NXLog, whose times are the host's own",
      {
        EventReceivedTime: "2026-07-03 19:10:32",
        Hostname: "pf-g",
        EventTime: "2026-07-03 19:10:30",
        Message: payload(),
      },
      { ...PF, time: "2026-07-03T19:10:30.000Z", host: "pf-g" },
    ],
    [
      "syslog-ng without ISO dates",
      { PROGRAM: "filterlog", MESSAGE: payload(), HOST: "pf-h", DATE: "Jul  3 19:10:30" },
      { ...PF, time: "2026-07-03T19:10:30.000Z", host: "pf-h" },
    ],
    ["VictoriaLogs", { _msg: FULL, _stream: "{}", _time: "2026-07-03T17:10:31Z" }, PF],
    [
      "Mezmo",
      { _line: `filterlog[1]: ${payload()}`, _ts: 1783098630118, _host: "pf-i" },
      { ...PF, time: "2026-07-03T17:10:30.118Z", host: "pf-i" },
    ],
    [
      "Papertrail",
      { program: "filterlog", message: payload(), hostname: "pf-j", received_at: "2026-07-03T19:10:30+02:00" },
      { ...PF, time: "2026-07-03T17:10:30.000Z", host: "pf-j" },
    ],
    [
      "Datadog",
      { id: "x", content: { timestamp: "2026-07-03T17:10:30.118Z", host: "pf-k", message: payload() } },
      { ...PF, time: "2026-07-03T17:10:30.118Z", host: "pf-k" },
    ],
    [
      "Grafana",
      { line: payload(), timestamp: "1783098630118000000", fields: {} },
      { ...PF, time: "2026-07-03T17:10:30.118Z", host: undefined },
    ],
    ["Chronicle", { log_text: FULL, ts_rfc3339: "2026-07-03T17:10:31Z" }, PF],
    ["QRadar", { starttime: 1783098631000, utf8_payload: FULL }, PF],
    [
      "Elasticsearch, asked for fields",
      {
        _id: "x",
        fields: {
          tags: [FULL],
          message: [payload()],
          "@timestamp": ["2026-07-03T17:10:30.5Z"],
          "observer.name": ["pf"],
        },
      },
      PF,
    ],
    [
      "Graylog",
      { gl2_remote_ip: "192.0.2.1", source: "pf", message: payload(), timestamp: "2026-07-03T17:10:30.500Z" },
      PF,
    ],
    [
      "a source that is none of Graylog's",
      { source: "/var/log/fw", message: payload() },
      { ...PF, time: undefined, host: undefined },
    ],
    ["Google Cloud Logging", { textPayload: FULL, timestamp: "2026-07-03T17:10:31Z" }, PF],
    ["a stranger's text", { url: FULL, user_agent: FORTIGATE, message: "GET / HTTP/1.1 200 of a web server" }, null],
    ["a browser's name", { user_agent: { original: FULL }, message: "GET / HTTP/1.1 200 of a web server" }, null],
    ["a request", { http: { request: { body: { content: FORTIGATE } } } }, null],
    ["a request with dots", { "http.request.body.content": FORTIGATE, "url.original": FULL }, null],
    ["a request in a list", { fields: { "user_agent.original": [FORTIGATE] } }, null],
    ["the line behind a request", { http: { request: { body: { content: "x" } } }, event: { original: FULL } }, PF],
    ["a header in a message", { message: "#Fields: date time action protocol src-ip dst-ip src-port" }, null],
  ])("%s", async (_, document, expected) => {
    const { records, lines } = await read(`${JSON.stringify(document)}\n`);
    expect(records).toEqual(expected === null ? [] : [expected]);
    expect(lines).toMatchObject({ read: 1, parsed: expected === null ? 0 : 1, foreign: expected === null ? 1 : 0 });
  });

  it("is read from a document that is cut behind it, and from no other", async () => {
    const document = JSON.stringify({ "@timestamp": "2026-07-03T17:10:30.5Z", message: payload(), tags: ["a", "b"] });
    const lines = [document.slice(0, -9), document.slice(0, document.indexOf(",5060")), document];
    const { records, lines: counts } = await read(`${lines.join("\n")}\n`);
    expect(records).toEqual([0, 1].map(() => ({ ...PF, host: undefined })));
    expect(counts).toMatchObject({ read: 3, parsed: 2 });
  });

  it("stands among plain lines", async () => {
    const { records, lines } = await read(`${FULL}\n${JSON.stringify({ message: FULL })}\n${NETFILTER}\n{"message":\n`);
    expect(records.map(({ format }) => format)).toEqual(["pfsense", "pfsense", "iptables"]);
    expect(lines).toMatchObject({ read: 4, parsed: 3 });
  });

  it.each(["", " ", "\n"])("comes in an array, elements apart by %j", async (gap) => {
    const documents = [
      { _raw: FULL },
      { _raw: FORTIGATE },
      { _raw: "a message of some other program" },
      { _raw: FULL },
    ];
    const text = `[${gap}${documents.map((document) => JSON.stringify(document)).join(`,${gap}`)}${gap}]\n`;
    const { records, lines } = await read(text);
    expect(records.map(({ format }) => format)).toEqual(["pfsense", "fortigate", "pfsense"]);
    expect(lines).toMatchObject({ parsed: 3, foreign: 1, malformed: 0 });
  });
});

describe("a collector's pairs around the line", () => {
  const packet = NETFILTER.replace(/^.*kernel: /, "");
  const nf = { format: "iptables", host: "fw", port: 5060 };
  it.each<[string, string, Seen | null]>([
    [
      "syslog-ng's WELF",
      `DATE="Jul  3 19:10:30" FACILITY=kern HOST=fw MESSAGE="${packet} " PRIORITY=warning PROGRAM=kernel`,
      { ...nf, time: "2026-07-03T19:10:30.000Z" },
    ],
    [
      "logfmt, quotes in the prefix",
      `time=2026-07-03T17:10:30.5Z host=fw level=info msg="\\"the\\" ${packet}"`,
      { ...nf, time: "2026-07-03T17:10:30.500Z" },
    ],
    ["a line with its header", `ts=1 message="${NETFILTER}"`, { ...nf, host: "nf", time: "2026-07-03T19:10:30.000Z" }],
    [
      "WELF without quotes",
      `DATE="Jul  3 19:10:30" HOST=pf MESSAGE=${payload()} PROGRAM=filterlog`,
      { ...PF, time: "2026-07-03T19:10:30.000Z" },
    ],
    ["a line of pf", `host=pf ts=2026-07-03T17:10:30.5Z message="${FULL}"`, PF],
    ["FortiGate's own message", `${SESSION_TEXT} msg="${NETFILTER}"`, null],
    ["text beside pairs", `ts=1 says: msg="${packet}"`, null],
  ])("%s", async (_, line, expected) => {
    const { records, lines } = await read(`${line}\n`);
    expect(records).toEqual(expected === null ? [] : [expected]);
    expect(lines).toMatchObject({ read: 1, parsed: expected === null ? 0 : 1, foreign: expected === null ? 1 : 0 });
  });
});

describe("a Windows event as one line", () => {
  const text =
    "The Windows Filtering Platform has blocked a connection. Application Information: Process ID: 4 Network Information: Direction: Inbound Source Address: 203.0.113.9 Source Port: 40001 Destination Address: 192.168.10.5 Destination Port: 5061 Protocol: 6";
  const line = `<29>Jul  3 19:10:30 pbx Security-Auditing: 5157: AUDIT_FAILURE ${text}`;
  const WIN = { format: "windows-events", time: "2026-07-03T19:10:30.000Z", host: "pbx", port: 5061 };

  it("is read among another firewall's, whichever comes first", async () => {
    for (const lines of [
      [FULL, line],
      [line, FULL],
    ])
      expect((await read(`${lines.join("\n")}\n`)).records).toEqual(lines.map((one) => (one === FULL ? PF : WIN)));
  });

  it("is read in a collector's document", async () => {
    const documents = [{ message: "of some other program, long enough" }, { message: line }, { message: FULL }];
    const { records, lines } = await read(documents.map((one) => `${JSON.stringify(one)}\n`).join(""));
    expect(records).toEqual([WIN, PF]);
    expect(lines).toMatchObject({ read: 3, parsed: 2, foreign: 1 });
  });
});

it.each(["", "\n  "])("reads an array of lines, apart by %j", async (gap) => {
  const lines = [FULL, "a message of some other program", NETFILTER, 'with "quotes", and [brackets]', FULL];
  const text = `[${gap}${lines.map((line) => JSON.stringify(`${line}\n`)).join(`,${gap}`)}${gap.trim()}]\n`;
  const { records, lines: counts } = await read(text);
  expect(records.map(({ format }) => format)).toEqual(["pfsense", "iptables", "pfsense"]);
  expect(records[0]).toEqual(PF);
  expect(counts).toMatchObject({ parsed: 3, foreign: 2, malformed: 0 });
});

it("reads documents over several lines", async () => {
  const text = [SESSION, { message: FULL }].map((document) => `${JSON.stringify(document, null, 2)}\n`).join("");
  const { records, lines } = await read(text);
  expect(records.map(({ format }) => format)).toEqual(["fortigate", "pfsense"]);
  expect(lines).toMatchObject({ read: 2, parsed: 2 });
});

it("reads Logstash's documents for people", async () => {
  const document = `{
       "message" => ${JSON.stringify(payload())},
    "@timestamp" => 2026-07-03T17:10:30.500Z,
          "host" => { "hostname" => "collector" },
          "tags" => [
        [0] "_grokparsefailure",
        [1] "pf"
    ],
         "event" => nil
}
`;
  const { records, lines } = await read(document + document);
  expect(records).toEqual([0, 1].map(() => ({ ...PF, host: undefined })));
  expect(lines).toMatchObject({ read: 2, parsed: 2 });
});

describe("a collector's words in front of the document", () => {
  it.each([
    ["Fluentd's file", `2026-07-03T19:10:31+02:00\tpf.local0\t${JSON.stringify({ message: payload() })}`],
    [
      "Loki's labels",
      `2026-07-03T19:10:31+02:00 {job="varlogs"} ${JSON.stringify({ log: payload(), stream: "stdout" })}`,
    ],
    ["Fluentd's console", `2026-07-03 17:10:31 +0000 pf.local0: ${JSON.stringify({ message: payload() })}`],
    ["Fluentd's console in its own zone", `2026-07-03 19:10:31.000000000 +0200 pf: {"message":"${payload()}"}`],
    ["Fluent Bit's console", `[0] pf.0: [1783098631.000000000, {"pri"=>"134", "message"=>"${payload()}"}]`],
    ["Fluent Bit's console since 2.1", `[1] pf.0: [[1783098631.000000000, {}], {"message"=>"${payload()}"}]`],
  ])("%s tells the time", async (_, line) => {
    const { records } = await read(`${line}\n`);
    expect(records).toEqual([{ ...PF, time: "2026-07-03T17:10:31.000Z", host: undefined }]);
  });

  it.each([
    ["of rsyslog", "2026-07-03T19:10:30.500000+02:00 pf filterlog:@cee: "],
    ["of lognorm", "<134>Jul  3 17:10:30.5 pf filterlog[7]: @cee: "],
  ])("in the header %s tell time and host", async (_, header) => {
    const { records } = await read(`${header}${JSON.stringify({ msg: payload() })}\n`);
    expect(records).toEqual([PF]);
  });
});

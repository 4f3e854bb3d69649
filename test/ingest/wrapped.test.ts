import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { payload, readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-wrapped-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FORTIGATE =
  'date=2026-07-03 time=19:10:30 devname="fg" tz="+0200" logid="0000000003" type="traffic" subtype="forward" srcip=203.0.113.9 srcport=5080 dstip=192.168.10.5 dstport=5060 proto=17 action="deny" policyid=0';
const NETFILTER =
  "Jul  3 19:10:30 nf kernel: sip-drop: IN=eth0 OUT= SRC=203.0.113.9 DST=192.168.10.5 LEN=440 TOS=0x00 PREC=0x00 TTL=57 ID=1 PROTO=UDP SPT=5080 DPT=5060 LEN=420";
const FULL = `<134>1 2026-07-03T19:10:30.5+02:00 pf filterlog 1 - - ${payload()}`;

interface Seen {
  format: unknown;
  time: unknown;
  host: unknown;
  port: unknown;
}

async function read(text: string): Promise<{ records: Seen[]; lines: object }> {
  const file = join(folder, "collected.json");
  writeFileSync(file, text);
  const { documents, reports } = await readAll([file]);
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  const records = documents.map((document: any) => ({
    format: document.event.module,
    time: document["@timestamp"],
    host: document.observer.name,
    port: document.destination.port,
  }));
  return { records, lines: { ...(reports[0] as (typeof reports)[0]).lines } };
}

const PF: Seen = { format: "pfsense", time: "2026-07-03T17:10:30.500Z", host: "pf", port: 5060 };

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
    ["Google Cloud Logging", { textPayload: FULL, timestamp: "2026-07-03T17:10:31Z" }, PF],
    ["a stranger's text", { url: FULL, user_agent: FORTIGATE, message: "GET / HTTP/1.1 200 of a web server" }, null],
    ["a header in a message", { message: "#Fields: date time action protocol src-ip dst-ip src-port" }, null],
  ])("%s", async (_, document, expected) => {
    const { records, lines } = await read(`${JSON.stringify(document)}\n`);
    expect(records).toEqual(expected === null ? [] : [expected]);
    expect(lines).toMatchObject({ read: 1, parsed: expected === null ? 0 : 1, foreign: expected === null ? 1 : 0 });
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

const EVENT = {
  EventID: 5157,
  EventTime: "2026-07-03T17:10:30Z",
  Hostname: "pbx",
  Channel: "Security",
  Direction: "%%14592",
  SourceAddress: "203.0.113.9",
  SourcePort: "40001",
  DestAddress: "192.168.10.5",
  DestPort: "5061",
  Protocol: "6",
};
const LOG = { date: "2026-07-03", time: "19:10:30", tz: "+0200", logid: "0000000013", type: "traffic", devname: "fg" };
const SESSION = { ...LOG, srcip: "203.0.113.9", dstip: "192.168.10.5", dstport: 5060, proto: 17, action: "deny" };

describe("a search's answer", () => {
  const hit = (message: string) => ({ _index: "logs", _source: { message } });
  const answers: [string, object, unknown[]][] = [
    [
      "Elasticsearch's",
      {
        took: 3,
        _shards: { total: 1 },
        hits: { total: { value: 3 }, hits: [hit(FULL), hit("of a web server"), hit(FULL)] },
      },
      ["pfsense", "pfsense"],
    ],
    [
      "Elasticsearch's, of events",
      { took: 3, hits: { total: { value: 2 }, hits: [{ _source: EVENT }, { _source: EVENT }] } },
      ["windows-events", "windows-events"],
    ],
    [
      "Splunk's",
      { preview: false, messages: [], fields: [{ name: "_raw" }], results: [{ _raw: FULL }, { _raw: NETFILTER }] },
      ["pfsense", "iptables"],
    ],
    [
      "FortiAnalyzer's",
      { result: [{ data: { tid: 1, logs: [SESSION, SESSION] } }], id: 2 },
      ["fortigate", "fortigate"],
    ],
    [
      "Azure's",
      { "@odata.context": "x", value: [{ SyslogMessage: FULL }, { SyslogMessage: FULL }] },
      ["pfsense", "pfsense"],
    ],
  ];

  it.each(answers)("is %s", async (_, answer, formats) => {
    for (const text of [JSON.stringify(answer), `${JSON.stringify(answer, null, 2)}\n`]) {
      const { records, lines } = await read(text);
      expect(records.map(({ format }) => format)).toEqual(formats);
      expect(lines).toMatchObject({ parsed: formats.length, malformed: 0 });
    }
  });

  it("is none where each document holds an array itself", async () => {
    const document = JSON.stringify({ data: [{ a: 1 }], message: FULL });
    expect((await read(`${document}\n${document}\n`)).records).toEqual([PF, PF]);
  });

  it("may be over after its first document, or be cut", async () => {
    const text = JSON.stringify({ results: [{ _raw: FULL }, { _raw: FULL }] });
    expect((await read(JSON.stringify({ results: [{ _raw: FULL }] }))).records).toEqual([PF]);
    expect((await read(text.slice(0, -60))).records).toEqual([PF]);
  });
});

describe("batches of documents", () => {
  const cloudWatch = (...messages: string[]) => ({
    messageType: "DATA_MESSAGE",
    subscriptionFilters: ["x"],
    logEvents: messages.map((message, id) => ({ id, timestamp: 1783098630500, message })),
  });
  const record = (stringValue: string) => ({
    timeUnixNano: "1783098630500000000",
    body: { stringValue },
    attributes: [{ key: "log.file.name", value: { stringValue: FORTIGATE } }],
  });
  const openTelemetry = (...lines: string[]) => ({
    resourceLogs: [
      {
        resource: { attributes: [{ key: "host.name", value: { stringValue: "collector" } }] },
        scopeLogs: [
          { scope: {}, logRecords: lines.map(record) },
          { scope: { name: "x" }, logRecords: [record(FULL)] },
        ],
      },
    ],
  });
  const HEADLESS = { ...PF, host: undefined };

  it.each([
    [
      "",
      "CloudWatch's",
      [cloudWatch(FULL, payload()), cloudWatch("CWL CONTROL MESSAGE, not a log"), cloudWatch(FULL)],
      [PF, HEADLESS, PF],
    ],
    ["\n", "OpenTelemetry's", [openTelemetry(payload(), FULL), openTelemetry(FULL)], [HEADLESS, PF, PF, PF, PF]],
  ])("apart by %j are %s", async (gap, _title, batches, expected) => {
    for (const indent of [0, 2]) {
      const { records, lines } = await read(batches.map((batch) => JSON.stringify(batch, null, indent) + gap).join(""));
      expect(records).toEqual(expected);
      expect(lines).toMatchObject({ parsed: expected.length, malformed: 0 });
    }
  });

  it("may be cut", async () => {
    const text = JSON.stringify(openTelemetry(FULL, FULL));
    expect((await read(text.slice(0, text.lastIndexOf(FULL) + 9))).records).toEqual([PF, PF]);
  });
});

it("reads an answer of pfSense's REST API", async () => {
  const rows = [FULL, `Jul  3 19:10:31 fw.example sshd[7]: hello there, whoever you are`].map((text, id) => ({
    id,
    text,
  }));
  const answer = { code: 200, status: "ok", response_id: "SUCCESS", message: "", data: rows, _links: { self: "x" } };
  for (const text of [JSON.stringify(answer), JSON.stringify(answer, null, 4)])
    expect((await read(text)).records).toEqual([PF]);
});

describe("rows of OPNsense's live view", () => {
  const general = { rulenr: "12", subrulenr: "", anchorname: "", interface: "igb0", reason: "match" };
  const around = { __digest__: "00", __spec__: ["rulenr"], label: "Default deny" };
  const now = {
    ...general,
    ...{ rid: "00112233445566778899aabbccddeeff", action: "block", dir: "in", ipversion: "4", tos: "0xb8", ecn: "" },
    ...{ ttl: "57", id: "1", offset: "0", ipflags: "DF", protonum: "6", protoname: "tcp", length: "60" },
    ...{ src: "203.0.113.9", dst: "192.168.10.5", srcport: "40001", dstport: "5060", datalen: "0", tcpflags: "S" },
    ...{ seq: "7", ack: "", urp: "64240", tcpopts: "mss;sackOK", ...around },
    ...{ __host__: "pf", __timestamp__: "2026-07-03T19:10:30.5+02:00" },
  };
  const older = {
    ...general,
    ...{ ridentifier: "0", action: "pass", dir: "out", version: "6", class: "0x00", flowlabel: "0x45678", hlim: "64" },
    ...{ protoname: "udp", proto: "17", "payload-length": "32", src: "2001:db8::1", dst: "2001:db8::2" },
    ...{ srcport: "5060", dstport: "5061", datalen: "32", ...around, rid: null, __host__: "pf" },
    __timestamp__: "Jul 3 19:10:30",
  };
  const ping = { ...now, protonum: "1", protoname: "icmp", srcport: undefined, dstport: undefined, datalen: undefined };
  const seen = [PF, { ...PF, time: "2026-07-03T19:10:30.000Z", port: 5061 }, { ...PF, port: undefined }];

  it.each([
    ["an array", JSON.stringify([now, older, ping])],
    ["an array over several lines", JSON.stringify([now, older, ping], null, 1)],
    ["an answer", JSON.stringify({ rows: [now, older, ping], total: 3 })],
    [
      "a stream of events",
      [now, older, ping].map((row) => `event: message\ndata: ${JSON.stringify(row)}\n\n`).join(""),
    ],
  ])("are read from %s", async (_title, text) => {
    expect((await read(text)).records).toEqual(seen);
  });

  it("say all that the line said", async () => {
    const file = join(folder, "rows.json");
    writeFileSync(file, JSON.stringify([now]));
    expect((await readAll([file])).documents).toMatchObject([
      {
        event: { action: "block", reason: "match" },
        source: { ip: "203.0.113.9", port: 40001, bytes: 60 },
        rule: { id: "00112233445566778899aabbccddeeff" },
        observer: { product: "OPNsense", ingress: { interface: { name: "igb0" } } },
        ringfence: { verdict: "deny", dscp: 46, tcp_flags: "S" },
      },
    ]);
  });

  it("are none where a value cannot have stood in a line", async () => {
    expect((await read(JSON.stringify([{ ...now, dst: "192.168.10.5,1" }]))).records).toEqual([]);
    expect((await read(`[{"rulenr":"12","src":`)).records).toEqual([]);
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

it("reads documents over several lines", async () => {
  const text = [SESSION, { message: FULL }].map((document) => `${JSON.stringify(document, null, 2)}\n`).join("");
  const { records, lines } = await read(text);
  expect(records.map(({ format }) => format)).toEqual(["fortigate", "pfsense"]);
  expect(lines).toMatchObject({ read: 2, parsed: 2 });
});

describe("Sentinel's CommonSecurityLog", () => {
  const common = {
    DeviceVendor: "Fortinet",
    DeviceProduct: "Fortigate",
    DeviceVersion: "v7.4.3",
    DeviceEventClassID: "00013",
    Activity: "traffic:forward close",
    LogSeverity: "3",
    Computer: "fg",
    Protocol: "17",
    SourceIP: "203.0.113.9",
    SourcePort: 5080,
    DestinationIP: "192.168.10.5",
    DestinationPort: 5060,
    DeviceAction: "close",
    Message: "a | b = c \\ d, long enough to be taken for a line",
    SourceTranslatedPort: null,
  };
  const AT = { format: "fortigate", host: "fg", port: 5060 };
  const exact = {
    ...common,
    AdditionalExtensions: "FTNTFGTeventtime=1783098630500000000;cat=traffic:forward;FTNTFGTtz=+0200",
  };
  const made = { ...common, AdditionalExtensions: "cat=traffic:forward;FTNTFGTpolicyname=A;B" };
  const other = { ...made, DeviceVendor: "Palo Alto Networks", DeviceProduct: "PAN-OS" };

  it.each<[string, (documents: object[]) => string]>([
    ["a document a line", (documents) => documents.map((one) => JSON.stringify(one)).join("\n")],
    ["an array over several lines", (documents) => JSON.stringify(documents, null, 2)],
  ])("is read in %s", async (_, render) => {
    const documents = [exact, made, other].map((one) => ({ TimeGenerated: "2026-07-03T17:10:31.1234567Z", ...one }));
    const { records, lines } = await read(render(documents));
    expect(records).toEqual([
      { ...AT, time: "2026-07-03T17:10:30.500Z" },
      { ...AT, time: "2026-07-03T17:10:31.123Z" },
    ]);
    expect(lines).toMatchObject({ parsed: 2, foreign: 1, malformed: 0 });
  });

  it("has times in UTC wherever it is read, also without the Z", async () => {
    const { TZ } = process.env;
    process.env.TZ = "America/New_York";
    try {
      const { records } = await read(JSON.stringify({ TimeGenerated: "2026-07-03T17:10:31.5", ...made }));
      expect(records).toEqual([{ ...AT, time: "2026-07-03T17:10:31.500Z" }]);
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });

  it("is read in a table, whose time is UTC where its name says so", async () => {
    const names = Object.keys(exact);
    const cell = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
    const row = (one: Record<string, unknown>) =>
      ["7/3/2026, 5:10:31.123 PM", ...names.map((name) => one[name])].map(cell);
    const heading = ["TimeGenerated [UTC]", ...names].map(cell);
    const { records, lines } = await read(
      [heading, row(exact), row(made), row(other)].map((cells) => cells.join(",")).join("\r\n"),
    );
    expect(records).toEqual([
      { ...AT, time: "2026-07-03T17:10:30.500Z" },
      { ...AT, time: "2026-07-03T17:10:31.000Z" },
    ]);
    expect(lines).toMatchObject({ parsed: 2, foreign: 1, malformed: 0, structure: 1 });
  });
});

describe("Elastic's FortiGate integration without the original", () => {
  const document = {
    "@timestamp": "2026-07-03T19:10:31.000+02:00",
    destination: { bytes: 133, ip: "198.51.100.9", packets: 1, port: 5060 },
    event: { action: "close", code: "0000000013", duration: 181e9, start: "2026-07-03T17:10:30.500Z" },
    fortinet: { firewall: { action: "close", sessionid: "77", subtype: "forward", type: "traffic", vd: "root" } },
    message: "long enough to be taken for a line, but none",
    network: { bytes: 354, iana_number: "17", protocol: "sip", transport: "udp" },
    observer: { egress: { interface: { name: "wan1" } }, ingress: { interface: { name: "lan" } }, name: "fg" },
    rule: { id: "9", name: 'SIP "out"', uuid: "u" },
    source: { bytes: 221, ip: "192.168.10.5", nat: { ip: "203.0.113.4", port: 61000 }, packets: 2, port: 5060 },
  };
  const flat = {
    "@timestamp": ["2026-07-03T17:10:30.500Z"],
    "fortinet.firewall.type": ["traffic"],
    "event.action": ["deny"],
    "observer.name": ["fg"],
    "source.ip": ["203.0.113.9"],
    "source.port": [5080],
    "destination.ip": ["192.168.10.5"],
    "destination.port": [5060],
    "network.iana_number": ["17"],
    "event.code": ["0000000013"],
  };
  const FG = { format: "fortigate", time: "2026-07-03T17:10:30.500Z", host: "fg", port: 5060 };

  it.each([
    ["documents", `${JSON.stringify(document)}\n`],
    ["an answer", JSON.stringify({ hits: { hits: [{ _index: "x", _source: document }] } })],
    ["fields of an answer", JSON.stringify({ hits: { hits: [{ _index: "x", fields: flat }] } })],
    [
      "Kibana's table",
      `${Object.keys(flat).map((name) => JSON.stringify(name))}\n"Jul 3, 2026 @ 17:10:30.500",${Object.values(flat).slice(1)}\n`,
    ],
  ])("is read from %s", async (_title, text) => {
    const { records, lines } = await read(text);
    expect(records).toEqual([FG]);
    expect(lines).toMatchObject({ parsed: 1, malformed: 0 });
  });

  it("says all that the line said", async () => {
    const file = join(folder, "integration.json");
    writeFileSync(file, JSON.stringify(document));
    expect((await readAll([file])).documents).toMatchObject([
      {
        event: { type: ["connection", "allowed"], action: "close", duration: 181e9 },
        source: { ip: "192.168.10.5", port: 5060, bytes: 221, packets: 2, nat: { ip: "203.0.113.4", port: 61000 } },
        destination: { ip: "198.51.100.9", port: 5060, bytes: 133, packets: 1 },
        network: { transport: "udp", application: "sip" },
        observer: { ingress: { interface: { name: "lan" } }, egress: { interface: { name: "wan1" } } },
        rule: { id: "9", name: 'SIP "out"', uuid: "u" },
        ringfence: { verdict: "allow", session_id: "77" },
      },
    ]);
  });
});

describe("a collector's words in front of the document", () => {
  it.each([
    ["Fluentd's file", `2026-07-03T19:10:31+02:00\tpf.local0\t${JSON.stringify({ message: payload() })}`],
    [
      "Loki's labels",
      `2026-07-03T19:10:31+02:00 {job="varlogs"} ${JSON.stringify({ log: payload(), stream: "stdout" })}`,
    ],
    ["Fluentd's console", `2026-07-03 17:10:31 +0000 pf.local0: ${JSON.stringify({ message: payload() })}`],
  ])("%s tells the time", async (_, line) => {
    const { records } = await read(`${line}\n`);
    expect(records).toEqual([{ ...PF, time: "2026-07-03T17:10:31.000Z", host: undefined }]);
  });
});

/** Cells of a row, quoted as a spreadsheet does. */
function row(cells: readonly string[], delimiter = ","): string {
  return `${cells.map((cell) => (/["\n;,\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;
}

const WINDOWS = `07/03/2026 07:10:30 PM
LogName=Security
EventCode=5157
ComputerName=pbx
Message=The Windows Filtering Platform has blocked a connection.

Application Information:
\tProcess ID:\t\t4
\tApplication Name:\tSystem

Network Information:
\tDirection:\t\tInbound
\tSource Address:\t\t203.0.113.9
\tSource Port:\t\t40001
\tDestination Address:\t192.168.10.5
\tDestination Port:\t\t5061
\tProtocol:\t\t6

Filter Information:
\tFilter Run-Time ID:\t70001
\tLayer Name:\t\tReceive/Accept
\tLayer Run-Time ID:\t44`;

describe("a table of a line's fields", () => {
  const fields = {
    date: "2026-07-03",
    time: "19:10:30",
    devname: "fg",
    tz: "+0200",
    logid: "0000000013",
    type: "traffic",
    subtype: "forward",
    srcip: "203.0.113.9",
    srcport: "5080",
    dstip: "192.168.10.5",
    dstport: "5060",
    proto: "17",
    action: "deny",
    msg: 'says "no", and srcip=192.0.2.66 \\ so on',
    "other name": "x",
  };
  const table = (row: Record<string, string>) =>
    [Object.keys(row), Object.values(row)]
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";"))
      .join("\n");
  const FG = { format: "fortigate", time: "2026-07-03T17:10:30.000Z", host: "fg", port: 5060 };

  it("is FortiOS's under its own names", async () => {
    const { records, lines } = await read(table(fields));
    expect(records).toEqual([FG]);
    expect(lines).toMatchObject({ parsed: 1, foreign: 0, malformed: 0, structure: 1 });
  });

  it("is left for the line itself, where that stands beside them", async () => {
    const { records } = await read(table({ ...fields, devname: "other", _raw: FORTIGATE }));
    expect(records).toEqual([FG]);
  });

  it("is a Windows host's in NXLog's documents too", async () => {
    const row = {
      SourceModuleName: "in",
      Hostname: "pbx",
      date: "2026-07-03",
      time: "19:10:29",
      action: "DROP",
      protocol: "UDP",
    };
    const packet = {
      "src-ip": "203.0.113.9",
      "dst-ip": "192.168.10.5",
      "src-port": 5080,
      "dst-port": "5060",
      path: "RECEIVE",
    };
    const { records } = await read(JSON.stringify({ ...row, ...packet }));
    expect(records).toEqual([{ format: "windows", time: "2026-07-03T19:10:29.000Z", host: "pbx", port: 5060 }]);
  });

  it("is a Windows host's", async () => {
    const { records } = await read(
      "date,time,action,protocol,src-ip,dst-ip,src-port,dst-port,size,path\n2026-07-03,19:10:29,DROP,UDP,203.0.113.9,192.168.10.5,5080,5060,,RECEIVE\n",
    );
    expect(records).toEqual([{ format: "windows", time: "2026-07-03T19:10:29.000Z", host: undefined, port: 5060 }]);
  });
});

describe("a table with the line in a column", () => {
  it("is Splunk's, of all kinds of firewalls", async () => {
    const rows = [
      ["_time", "_raw", "host", "source"],
      ["2026-07-03T19:10:31.000+0200", FULL, "search", "/var/log/pf"],
      ["2026-07-03T19:10:31.000+0200", FORTIGATE, "search", "udp:514"],
      ["2026-07-03T19:10:31.000+0200", WINDOWS, "search", "WinEventLog:Security"],
      ["2026-07-03T19:10:31.250+0200", payload(7), "pf-a", "udp:514"],
      ["2026-07-03T19:10:31.000+0200", "a message of some other program", "search", "udp:514"],
      ["2026-07-03T19:10:31.000+0200", JSON.stringify({ message: FULL }), "search", "http"],
    ];
    const { records, lines } = await read(rows.map((cells) => row(cells)).join(""));
    expect(records).toEqual([
      PF,
      { format: "fortigate", time: "2026-07-03T17:10:30.000Z", host: "fg", port: 5060 },
      { format: "windows-events", time: "2026-07-03T19:10:30.000Z", host: "pbx", port: 5061 },
      { ...PF, time: "2026-07-03T17:10:31.250Z", host: "pf-a", port: 7 },
      PF,
    ]);
    expect(lines).toMatchObject({ read: 7, parsed: 5, foreign: 1, malformed: 0, structure: 1 });
  });

  it.each([
    ["Graylog's", '"timestamp","source","message"\n', ["2026-07-03T17:10:31.250Z", "pf-a", payload()], ","],
    ["Kibana's", '"@timestamp",message\n', ["Jul 3, 2026 @ 17:10:31.250", payload()], ","],
    ["Azure's", "TimeGenerated [UTC];Computer;SyslogMessage\n", ["2026-07-03T17:10:31.25Z", "pf-a", payload()], ";"],
    ["CloudWatch's", "@timestamp,@message\n", ["2026-07-03 17:10:31.250", payload()], ","],
    ["Grafana's", "Date,Time,Line,tsNs,id\n", ["a", "b", payload(), "1783098631250000000", "c"], ","],
    ["one column", "_raw\n", [FULL], ","],
  ])("is %s", async (title, heading, cells, delimiter) => {
    const { records, lines } = await read(`\uFEFF${heading}${row(cells, delimiter)}${heading}\n`);
    const host = cells.includes("pf-a") ? "pf-a" : undefined;
    expect(records).toEqual([title === "one column" ? PF : { ...PF, time: "2026-07-03T17:10:31.250Z", host }]);
    expect(lines).toMatchObject({ parsed: 1, foreign: 0, malformed: 0 });
  });

  it("is Synology's Log Center, whose messages lack time and host", async () => {
    const message = NETFILTER.slice(NETFILTER.indexOf("sip-drop"));
    const text = `Level,Log,Time,Host,Program,Messages\nwarn,Sys,2026-07-03 19:10:30,nas,kernel,"[1.2] ${message}"\n`;
    expect((await read(text)).records).toEqual([
      { format: "iptables", time: "2026-07-03T19:10:30.000Z", host: "nas", port: 5060 },
    ]);
  });

  it("tells the year of a line in a document of its own", async () => {
    const message = `<134>Jul  3 19:10:30 pf filterlog[1]: ${payload()}`;
    const text = `_time,_raw\n${row(["2019-07-03T19:10:31.000Z", JSON.stringify({ message })])}`;
    expect((await read(text)).records).toEqual([{ ...PF, time: "2019-07-03T19:10:30.000Z" }]);
  });

  it("says where a quote stays open", async () => {
    const { lines } = await read(`_time,_raw\n${row(["1783098631", FULL])}1783098631,"${FULL}\n`);
    expect(lines).toMatchObject({ read: 3, parsed: 1, malformed: 1 });
  });

  it("is none where the first line is a log's", async () => {
    expect((await read(`${FULL}\nmessage\n`)).records).toEqual([PF]);
  });
});

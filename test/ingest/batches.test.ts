import { describe, expect, it } from "vitest";
import { EVENT, FORTIGATE, FULL, NETFILTER, PF, read, SESSION } from "./collected.ts";
import { payload } from "./logs.ts";

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
      "Graylog's",
      {
        query: "x",
        messages: [
          { highlight_ranges: {}, message: { gl2_source_node: "x", source: "pf", message: FULL }, index: "graylog_0" },
          {
            highlight_ranges: {},
            message: { gl2_source_node: "x", source: "nf", message: NETFILTER },
            index: "graylog_0",
          },
        ],
      },
      ["pfsense", "iptables"],
    ],
    [
      "FortiAnalyzer's",
      { result: [{ data: { tid: 1, logs: [SESSION, SESSION] } }], id: 2 },
      ["fortigate", "fortigate"],
    ],
    [
      "dmesg's",
      {
        dmesg: [
          { pri: 4, time: 23835.025952, msg: NETFILTER },
          { pri: 6, time: 23835.036132, msg: "eth0: entered promiscuous mode" },
          { pri: 4, time: 23835.046322, msg: NETFILTER },
        ],
      },
      ["iptables", "iptables"],
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

  it("is Loki's, whose labels name the host of lines that do not", async () => {
    const values = (...lines: string[]) => lines.map((line, i) => [`${1783098630500 + i}000000`, line]);
    const result = [
      {
        stream: { job: "syslog", host: "pf-a" },
        values: [...values(payload(), FULL), ["1783098630500000000", "of a web server", {}]],
      },
      { stream: { job: "kernel" }, values: values(payload(), NETFILTER) },
    ];
    const answers = [
      { status: "success", data: { resultType: "streams", result, stats: { summary: {} } } },
      { streams: result },
    ];
    for (const text of answers.flatMap((answer) => [JSON.stringify(answer), JSON.stringify(answer, null, 2)])) {
      const { records, lines } = await read(`${text}\n`);
      expect(records.map(({ host }) => host)).toEqual(["pf-a", "pf", undefined, "nf"]);
      expect(records[0]).toEqual({ ...PF, host: "pf-a" });
      expect(lines).toMatchObject({ parsed: 4, foreign: 1, malformed: 0 });
    }
  });

  it("is CloudWatch Insights', whose times are UTC", async () => {
    const fields = (message: string) => [
      { field: "@timestamp", value: "2026-07-03 17:10:30.500" },
      { field: "@message", value: message },
      { field: "@ptr", value: "x" },
    ];
    const answer = {
      results: [fields(payload()), fields(FULL)],
      statistics: { recordsMatched: 2 },
      status: "Complete",
    };
    for (const indent of [0, 4]) {
      const { records, lines } = await read(JSON.stringify(answer, null, indent));
      expect(records).toEqual([{ ...PF, host: undefined }, PF]);
      expect(lines).toMatchObject({ parsed: 2, foreign: 0, malformed: 0 });
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

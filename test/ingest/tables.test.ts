import { describe, expect, it } from "vitest";
import { FORTIGATE, FULL, NETFILTER, PF, read, row } from "./collected.ts";
import { payload } from "./logs.ts";

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
    ["Chronicle's", "timestamp,log_type,raw_log\n", ["2026-07-03T17:10:31.25Z", "PFSENSE", payload()], ","],
    ["QRadar's", "eventName,time,payloadAsUTF\n", ["x", "2026-07-03T17:10:31.250Z", payload()], ","],
    ["Grafana's", "Date,Time,Line,tsNs,id\n", ["a", "b", payload(), "1783098631250000000", "c"], ","],
    [
      "rsyslog's database's",
      "ReceivedAt,DeviceReportedTime,FromHost,Message,SysLogTag\n",
      ["2026-07-03 17:10:32", "2026-07-03T17:10:31.25Z", "pf-a", payload(), "filterlog:"],
      ",",
    ],
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

import { describe, expect, it } from "vitest";
import { FORTIGATE, PF, read, readCollected } from "./collected.ts";

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
    expect((await readCollected(JSON.stringify([now]))).documents).toMatchObject([
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
    expect((await readCollected(JSON.stringify(document))).documents).toMatchObject([
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

/** Filtering platform events in all the shapes that they are exported in, and where each ends. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { windowsEvents } from "../../ingest/formats/windows-events.ts";
import { RecordSplitter } from "../../ingest/inputs/lines.ts";
import { LogRecord, Span } from "../../ingest/record.ts";
import { cpuMs } from "../cpu-time.ts";

const encoder = new TextEncoder();
const VERDICTS = ["none", "allow", "deny"] as const;
const DIRECTIONS = ["", "in", "out", "forward"] as const;

interface Seen {
  status: LineStatus;
  line: number;
  record: Record<string, unknown> | null;
}

function shown(record: LogRecord): Record<string, unknown> {
  const has = record.ipVersion !== 0;
  return {
    time: Number.isNaN(record.timeMs) ? null : new Date(record.timeMs).toISOString(),
    action: record.textOf(record.action),
    verdict: VERDICTS[record.verdict],
    direction: DIRECTIONS[record.direction],
    source: has ? `${formatAddress(record.source)} ${record.sourcePort}` : null,
    destination: has ? `${formatAddress(record.destination)} ${record.destinationPort}` : null,
    protocol: record.protocol,
    host: record.textOf(record.observer),
    application: record.textOf(record.application),
    rule: record.textOf(record.ruleId),
    reason: record.textOf(record.reason),
    initiator: record.sourceIsInitiator,
  };
}

/** Reads a file in chunks of `chunkBytes`, as the program does. */
function readFile(file: string | Uint8Array, chunkBytes = Number.POSITIVE_INFINITY, zone = "UTC"): Seen[] {
  const bytes = typeof file === "string" ? encoder.encode(file) : file;
  const parse = windowsEvents.open({ clock: new DeviceClock(zone, Date.parse("2026-12-31T12:00:00Z")) });
  const record = new LogRecord();
  const seen: Seen[] = [];
  const take = (chunk: Uint8Array, start: number, end: number, line: number) => {
    const status = parse(chunk, start, end, record);
    seen.push({ status, line, record: status === PARSED || status === NO_VERDICT ? shown(record) : null });
  };
  const splitter = new RecordSplitter(
    { record: take, tooLong: (_chunk, _start, _end, line) => seen.push({ status: MALFORMED, line, record: null }) },
    windowsEvents.recordEnd?.bind(windowsEvents),
  );
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
  splitter.end();
  return seen;
}

const records = (file: string, zone?: string) =>
  readFile(file, undefined, zone).flatMap(({ record }) => (record ? [record] : []));
const statuses = (file: string) => readFile(file).map(({ status }) => status);

interface Connection {
  id: number;
  direction?: string;
  source: string;
  destination: string;
  protocol?: number;
  layer?: number;
}

const data = ({ direction = "%%14592", source, destination, protocol = 6, layer = 44 }: Connection) => {
  const [sourceAddress, sourcePort] = source.split(" ") as [string, string];
  const [destinationAddress, destinationPort] = destination.split(" ") as [string, string];
  return {
    ProcessID: "4",
    Application: "\\device\\harddiskvolume2\\a & b\\server.exe",
    Direction: direction,
    SourceAddress: sourceAddress,
    SourcePort: sourcePort,
    DestAddress: destinationAddress,
    DestPort: destinationPort,
    Protocol: String(protocol),
    FilterOrigin: "Stealth",
    FilterRTID: "70001",
    LayerName: "%%14610",
    LayerRTID: String(layer),
  };
};

const TIME = "2026-07-03T17:10:30.1234567Z";
const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

function xml(connection: Connection, quote = "'", separator = ""): string {
  const values = Object.entries(data(connection))
    .map(([name, value]) => `<Data Name=${quote}${name}${quote}>${escapeXml(value)}</Data>`)
    .join(separator);
  return [
    `<Event xmlns=${quote}http://schemas.microsoft.com/win/2004/08/events/event${quote}>`,
    `<System><Provider Name=${quote}Microsoft-Windows-Security-Auditing${quote} Guid=${quote}{0}${quote}/>`,
    `<EventID>${connection.id}</EventID><TimeCreated SystemTime=${quote}${TIME}${quote}/><Correlation/>`,
    `<Channel>Security</Channel><Computer>PBX01.example.com</Computer><Security/></System>`,
    `<EventData>${values}</EventData></Event>`,
  ].join(separator);
}

const nxlog = (connection: Connection) =>
  JSON.stringify({
    EventTime: "2026-07-03 19:10:30",
    EventID: connection.id,
    Hostname: "PBX01.example.com",
    Channel: "Security",
    "@timestamp": "2026-07-03T17:11:00Z",
    ...data(connection),
  });

const winlogbeat = (connection: Connection) =>
  JSON.stringify({
    "@timestamp": TIME,
    host: { name: "relay", hostname: "relay" },
    event: { code: "1", provider: "Microsoft-Windows-Security-Auditing" },
    winlog: {
      channel: "Security",
      computer_name: "PBX01.example.com",
      event_id: String(connection.id),
      event_data: { ...data(connection), Direction: "Inbound" },
    },
  });

const dotted = (connection: Connection) =>
  JSON.stringify({
    "@timestamp": TIME,
    "winlog.computer_name": "PBX01.example.com",
    "winlog.event_id": connection.id,
    ...Object.fromEntries(Object.entries(data(connection)).map(([key, value]) => [`winlog.event_data.${key}`, value])),
  });

const listed = (connection: Connection, nameFirst: boolean, indent: number) =>
  JSON.stringify(
    {
      Event: {
        System: {
          Provider: { Name: "Microsoft-Windows-Security-Auditing" },
          EventID: nameFirst ? { "#text": String(connection.id), "@Qualifiers": "" } : String(connection.id),
          TimeCreated: { SystemTime: TIME },
          Correlation: null,
          Channel: "Security",
          Computer: "PBX01.example.com",
        },
        EventData: {
          Data: Object.entries(data(connection)).map(([Name, text]) =>
            nameFirst ? { "@Name": Name, "#text": text } : { text, Name },
          ),
        },
      },
    },
    null,
    indent,
  );

const message = (language: "en" | "de") => {
  const words = {
    en: [
      "The Windows Filtering Platform has blocked a connection.",
      "Application Information:\n\tProcess ID:\t\t4\n\tApplication Name:\t\\device\\harddiskvolume2\\a & b\\server.exe",
      "Network Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t198.51.100.9\n\tSource Port:\t\t40001",
      "\tDestination Address:\t192.168.10.5\n\tDestination Port:\t\t5061\n\tProtocol:\t\t6\n\tInterface Index:\t\t7",
      "Filter Information:\n\tFilter Origin:\t\tStealth\n\tFilter Run-Time ID:\t70001\n\tLayer Name:\t\tReceive/Accept",
      "\tLayer Run-Time ID:\t44\n\tRemote User ID:\t\tS-1-0-0",
    ],
    de: [
      "Die Windows-Filterplattform hat eine Verbindung blockiert.",
      "Anwendungsinformationen:\n\tProzess-ID:\t\t4\n\tAnwendungsname:\t\\device\\harddiskvolume2\\a & b\\server.exe",
      "Netzwerkinformationen:\n\tRichtung:\t\tEingehend\n\tQuelladresse:\t\t198.51.100.9\n\tQuellport:\t\t40001",
      "\tZieladresse:\t192.168.10.5\n\tZielport:\t\t5061\n\tProtokoll:\t\t6\n\tSchnittstellenindex:\t\t7",
      "Filterinformationen:\n\tFilterursprung:\t\tStealth\n\tFilterlaufzeit-ID:\t70001\n\tEbenenname:\t\tEmpfangen/Annehmen",
      "\tEbenenlaufzeit-ID:\t44\n\tRemotebenutzer-ID:\t\tS-1-0-0",
    ],
  }[language];
  const [title, application, network, peer, filter, layer] = words;
  return `${title}\n\n${application}\n\n${network}\n${peer}\n\n${filter}\n${layer}`.replaceAll("\n", "\r\n");
};

const INBOUND: Connection = { id: 5157, source: "198.51.100.9 40001", destination: "192.168.10.5 5061" };
const EXPECTED = {
  time: "2026-07-03T17:10:30.123Z",
  action: "5157",
  verdict: "deny",
  direction: "in",
  source: "198.51.100.9 40001",
  destination: "192.168.10.5 5061",
  protocol: 6,
  host: "PBX01.example.com",
  application: "\\device\\harddiskvolume2\\a & b\\server.exe",
  rule: "70001",
  reason: "Stealth",
  initiator: true,
};
const SECONDS = { ...EXPECTED, time: "2026-07-03T17:10:30.000Z" };

describe("shapes", () => {
  it.each([
    ["XML with apostrophes", xml(INBOUND)],
    ["XML with quotes and line ends", xml(INBOUND, '"', "\r\n  ")],
    ["XML in a list", `\ufeff<?xml version="1.0"?>\r\n<Events>${xml(INBOUND)}</Events>`],
    ["Winlogbeat", winlogbeat(INBOUND)],
    ["Winlogbeat with dots", dotted(INBOUND)],
    ["a converter's list", listed(INBOUND, false, 4)],
    ["another converter's list", listed(INBOUND, true, 0)],
    ["a JSON array", `[\n${listed(INBOUND, false, 2)}\n]\n`],
    ["a collector's envelope", `<13>1 2026-07-03T17:10:30Z relay nxlog - - - ${winlogbeat(INBOUND)}`],
  ])("reads %s", (_, file) => {
    expect(records(file)).toEqual([EXPECTED]);
  });

  it("reads NXLog's local time", () => {
    expect(records(nxlog(INBOUND), "Europe/Berlin")).toEqual([SECONDS]);
  });

  it.each([
    ["en", "Keywords,Date and Time,Source,Event ID,Task Category", "7/3/2026 7:10:30 PM"],
    ["de", "Schlüsselwörter,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie", "03.07.2026 19:10:30"],
  ] as const)("reads Event Viewer's table (%s)", (language, heading, time) => {
    const event = `Audit,${time},Microsoft-Windows-Security-Auditing,5157,Filtering,"${message(language)}"`;
    const file = `\ufeff${heading}\r\n${event}\r\n${event}\r\n`;
    const expected = { ...SECONDS, host: "" };
    expect(records(file, "Europe/Berlin")).toEqual([expected, expected]);
    expect(readFile(file).map(({ line }) => line)).toEqual([1, 2, 2 + event.split("\n").length]);
  });

  it("reads PowerShell's table", () => {
    const file = [
      "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord",
      '"Message","Id","Version","ProviderName","LogName","ProcessId","MachineName","TimeCreated"',
      `"${message("en").replace("a & b", 'a & b""')}","5157","1","Microsoft-Windows-Security-Auditing","Security","4","PBX01.example.com","7/3/2026 7:10:30 PM"`,
    ].join("\r\n");
    expect(records(file, "Europe/Berlin")).toEqual([
      { ...SECONDS, application: EXPECTED.application.replace("b\\", 'b"\\') },
    ]);
  });

  it("reads a table of fields", () => {
    const fields = data(INBOUND);
    const names = Object.keys(fields).map((name) => `winlog.event_data.${name}`);
    const file = `@timestamp;winlog.event_id;winlog.computer_name;${names.join(";")}\n${TIME};5157;PBX01.example.com;${Object.values(fields).join(";")}\n`;
    expect(records(file)).toEqual([EXPECTED]);
  });

  it("reads PowerShell's JSON", () => {
    const time = `/Date(${Date.parse("2026-07-03T17:10:30Z")})/`;
    const event = { Id: 5157, MachineName: "PBX01.example.com", TimeCreated: time, Message: message("de") };
    expect(records(JSON.stringify(event, null, 4))).toEqual([SECONDS]);
  });

  it("takes a time without zone as UTC only where the event log itself wrote it", () => {
    const python = xml(INBOUND).replace(TIME, "2026-07-03 17:10:30.123456");
    expect(records(python, "Europe/Berlin")).toEqual([EXPECTED]);
  });
});

describe("ids", () => {
  it.each([
    [5152, PARSED, "deny"],
    [5153, PARSED, "deny"],
    [5156, PARSED, "allow"],
    [5157, PARSED, "deny"],
    [5150, NO_VERDICT, "none"],
    [5151, NO_VERDICT, "none"],
    [5154, NO_VERDICT, "none"],
    [5155, NO_VERDICT, "none"],
    [5158, NO_VERDICT, "none"],
    [5159, NO_VERDICT, "none"],
    [4624, FOREIGN, undefined],
    [5160, FOREIGN, undefined],
    [5149, FOREIGN, undefined],
  ])("%i has status %i and verdict %s", (id, status, verdict) => {
    const [seen] = readFile(xml({ ...INBOUND, id }));
    expect(seen?.status).toBe(status);
    expect(seen?.record?.verdict).toBe(verdict);
  });

  it("leaves other channels alone", () => {
    expect(statuses(xml(INBOUND).replace("<Channel>Security", "<Channel>Application"))).toEqual([FOREIGN]);
  });

  it.each([
    [xml(INBOUND).replace("198.51.100.9", "-"), MALFORMED],
    [xml(INBOUND).replace("2026-07", "2026-13"), MALFORMED],
    [xml(INBOUND).replace(">6<", ">300<"), MALFORMED],
    [xml(INBOUND).slice(0, -10), MALFORMED],
    [winlogbeat(INBOUND).slice(0, -10), MALFORMED],
    ['{"a":1}', FOREIGN],
    ['{"a":', FOREIGN],
    ["<134>Jul  3 19:10:30 fw kernel: IN=eth0", FOREIGN],
    ["2026-07-03 19:10:30 something", FOREIGN],
    ["<html><p>", FOREIGN],
    ["  \r\n", STRUCTURE],
    ["\0\0", STRUCTURE],
  ])("%j has status %i", (file, status) => {
    expect(statuses(file)).toEqual([status]);
  });
});

describe("orientation", () => {
  const CASES: [string, Connection, string, string, string][] = [
    // what is special, event, direction, first side, second side
    [
      "a packet as on the wire",
      { ...INBOUND, id: 5152, source: "10.0.0.2 3333", destination: "10.0.0.1 50000" },
      "in",
      "10.0.0.2 3333",
      "10.0.0.1 50000",
    ],
    [
      "new inbound",
      { ...INBOUND, source: "10.0.0.2 50000", destination: "10.0.0.1 3333" },
      "in",
      "10.0.0.2 50000",
      "10.0.0.1 3333",
    ],
    [
      "old inbound, by ports",
      { ...INBOUND, source: "10.0.0.1 3333", destination: "10.0.0.2 50000" },
      "in",
      "10.0.0.2 50000",
      "10.0.0.1 3333",
    ],
    [
      "old inbound, by addresses",
      { ...INBOUND, source: "10.0.0.1 5060", destination: "192.0.2.1 5060", protocol: 17 },
      "in",
      "192.0.2.1 5060",
      "10.0.0.1 5060",
    ],
    [
      "old inbound, on a broadcast address",
      { ...INBOUND, source: "10.0.3.255 137", destination: "10.0.2.1 137", protocol: 17 },
      "in",
      "10.0.2.1 137",
      "10.0.3.255 137",
    ],
    [
      "inbound on a group",
      { ...INBOUND, source: "10.0.2.1 5353", destination: "224.0.0.251 5353", protocol: 17 },
      "in",
      "10.0.2.1 5353",
      "224.0.0.251 5353",
    ],
    [
      "an answer to a multicast question",
      { ...INBOUND, source: "10.0.0.9 1900", destination: "10.0.0.1 50000", protocol: 17 },
      "in",
      "10.0.0.9 1900",
      "10.0.0.1 50000",
    ],
    [
      "outbound",
      { ...INBOUND, direction: "%%14593", layer: 48, source: "10.0.0.1 80", destination: "10.0.0.2 50000" },
      "out",
      "10.0.0.1 80",
      "10.0.0.2 50000",
    ],
    [
      "a connection authorised again",
      { ...INBOUND, layer: 48, source: "10.0.0.1 50000", destination: "192.0.2.1 443" },
      "out",
      "10.0.0.1 50000",
      "192.0.2.1 443",
    ],
    [
      "the same without its layer",
      { ...INBOUND, layer: 0, source: "10.0.0.1 50000", destination: "192.0.2.1 443" },
      "out",
      "10.0.0.1 50000",
      "192.0.2.1 443",
    ],
    [
      "an unknown word for the direction",
      { ...INBOUND, direction: "Innåtgående", source: "10.0.0.2 50000", destination: "10.0.0.1 80" },
      "in",
      "10.0.0.2 50000",
      "10.0.0.1 80",
    ],
  ];
  it.each(CASES)("%s", (_, connection, direction, source, destination) => {
    expect(records(xml(connection))).toMatchObject([
      { direction, source, destination, initiator: connection.id !== 5152 },
    ]);
  });

  it.each([
    ["%%14592", 44, "10.0.0.2 0", "10.0.0.1 8"],
    ["%%14593", 48, "10.0.0.1 8", "10.0.0.2 0"],
  ])("keeps the ICMP type of a %s event on the host's side", (direction, layer, source, destination) => {
    const parse = windowsEvents.open({ clock: new DeviceClock("UTC", 0) });
    const bytes = encoder.encode(xml({ id: 5156, direction, layer, source, destination, protocol: 1 }));
    const record = new LogRecord();
    expect(parse(bytes, 0, bytes.length, record)).toBe(PARSED);
    expect(record).toMatchObject({ icmpType: 8, icmpCode: 0, sourcePort: -1, destinationPort: -1 });
  });
});

describe("boundaries", () => {
  const shapes = [
    `${xml(INBOUND)}\r\n`,
    xml(INBOUND, '"', "\n"),
    `${winlogbeat(INBOUND)}\n`,
    `${listed(INBOUND, false, 4)}\n`,
    `${nxlog({ ...INBOUND, id: 5156 })},\n`,
    "<Events>",
    "</Events>\r\n",
    "\r\n",
    "[\n",
    "]\n",
    "another program's line\n",
    `${xml(INBOUND).slice(0, 200)}\n`,
    `${winlogbeat(INBOUND).slice(0, 200)}\n`,
  ];
  const files = fc.array(fc.constantFrom(...shapes), { maxLength: 8 }).map((parts) => parts.join(""));

  it("gives the same records for any chunks", () => {
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 700 }), (file, chunkBytes) => {
        expect(readFile(file, chunkBytes)).toEqual(readFile(file));
      }),
      { numRuns: 300 },
    );
  });

  it("loses no whole event to a cut one before it", () => {
    const cut = [xml(INBOUND), winlogbeat(INBOUND), listed(INBOUND, false, 4)].map((event) => event.slice(0, 200));
    for (const before of cut) {
      for (const after of [xml(INBOUND), winlogbeat(INBOUND)]) {
        if (before.startsWith("<") !== after.startsWith("<")) continue;
        expect(readFile(`${before}\n${after}\n${after}\n`).filter(({ status }) => status === PARSED)).toHaveLength(2);
      }
    }
  });

  it("counts lines", () => {
    const file = `<Events>\n${xml(INBOUND, "'", "\n")}\n${xml(INBOUND)}\n</Events>\n`;
    const inner = xml(INBOUND, "'", "\n").split("\n").length;
    expect(readFile(file).map(({ line }) => line)).toEqual([1, 2, 2 + inner, 3 + inner]);
  });

  it("gives up on an event that never closes, in one pass", () => {
    const fillers = ["<Data>", "x", '{"a":', ',"', "[", "<a '", "\\"];
    for (const start of ["<Event >", '{"EventID":', '{"EventID":"', "a,b,", "<?xml "]) {
      for (const filler of fillers) {
        const file = start + filler.repeat(1_200_000 / filler.length);
        const before = cpuMs();
        readFile(encoder.encode(file), 65_536);
        expect(cpuMs() - before, start + filler).toBeLessThan(3000);
      }
    }
    const seen = readFile(`<Event >${"x\n".repeat(600_000)}${xml(INBOUND)}\n`, 65_536);
    expect(seen.at(0)?.status).toBe(MALFORMED);
    expect(seen.at(-1)?.status).toBe(PARSED);
  }, 240_000);

  it("gives a status and spans inside the text for any bytes", () => {
    const events = [...windowsEvents.samples, listed(INBOUND, true, 2), xml(INBOUND, '"', "\n")].map((sample) =>
      encoder.encode(sample),
    );
    const parse = windowsEvents.open({ clock: new DeviceClock("UTC", 0) });
    const record = new LogRecord();
    fc.assert(
      fc.property(
        fc.constantFrom(...events),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.oneof(
              fc.constantFrom(...'<>&"\\{}[],:').map((c) => c.charCodeAt(0)),
              fc.integer({ min: 0, max: 255 }),
            ),
          ),
          { maxLength: 6 },
        ),
        fc.nat(),
        (event, edits, cut) => {
          const bytes = event.slice(0, event.length - (cut % 3 === 0 ? cut % event.length : 0));
          for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const end = windowsEvents.recordEnd?.(bytes, 0, bytes.length) ?? 0;
          expect(end === -1 || (end > 0 && end <= bytes.length)).toBe(true);
          expect([PARSED, NO_VERDICT, FOREIGN, MALFORMED, STRUCTURE]).toContain(parse(bytes, 0, bytes.length, record));
          for (const span of Object.values(record).filter((field) => field instanceof Span))
            expect(span.start >= 0 && span.end <= record.text.length).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("sniff", () => {
  it.each([
    [xml(INBOUND), 1],
    [`${winlogbeat(INBOUND)}\n${winlogbeat({ ...INBOUND, id: 4624 })}\n`, 0.525],
    [xml({ ...INBOUND, id: 4624 }), 0.05],
    ['{"a":1}\n', 0],
    ["something\n", 0],
    ["", 0],
  ])("%j scores %d", (text, score) => {
    expect(windowsEvents.sniff(encoder.encode(text))).toBeCloseTo(score);
  });
});

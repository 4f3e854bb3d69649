/**
 * Generate, render, parse: a packet written in the shape of each format that has no slow parser of its own, keys in any
 * order, comes back as it was.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { type LogFormat, NO_VERDICT, PARSED } from "../../ingest/format.ts";
import { fortigate } from "../../ingest/formats/fortigate.ts";
import { journald } from "../../ingest/formats/journald.ts";
import { ulogd } from "../../ingest/formats/ulogd.ts";
import { unifi } from "../../ingest/formats/unifi.ts";
import { windowsEvents } from "../../ingest/formats/windows-events.ts";
import { LogRecord } from "../../ingest/record.ts";

interface Packet {
  timeMs: number;
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  protocol: 6 | 17;
  isAllowed: boolean;
  host: string;
  rule: string;
  bytes: number;
}

const v4 = fc
  .tuple(fc.constantFrom(10, 192, 203), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join("."));
const v6 = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 6, maxLength: 6 })
  .map((groups) => `2001:db8:${groups.map((group) => group.toString(16)).join(":")}`);
const packet: fc.Arbitrary<Packet> = fc.tuple(fc.constantFrom(v4, v6)).chain(([address]) =>
  fc.record({
    timeMs: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 10, 1) }),
    source: address,
    destination: address,
    sourcePort: fc.integer({ min: 1, max: 65_535 }),
    destinationPort: fc.integer({ min: 1, max: 65_535 }),
    protocol: fc.constantFrom(6 as const, 17 as const),
    isAllowed: fc.boolean(),
    host: fc.constantFrom("fw", "edge-1", "gw.example"),
    rule: fc.constantFrom("Sip trunk", "Phones out", "A b c"),
    bytes: fc.integer({ min: 40, max: 65_535 }),
  }),
);
/** Decides the order of keys. */
const order = fc.nat(1 << 20).map((seed) => Array.from({ length: 16 }, (_, i) => (seed * (i + 3) * 7919) % (i + 5)));

function shuffled<T>(items: readonly T[], by: readonly number[]): T[] {
  return items
    .map((item, i) => ({ item, key: by[i % by.length] as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function object(pairs: readonly (readonly [string, unknown])[], by: readonly number[]): object {
  return Object.fromEntries(shuffled(pairs, by));
}

const transportOf = ({ protocol }: Packet) => (protocol === 6 ? "tcp" : "udp");
const isoOf = ({ timeMs }: Packet) => new Date(timeMs).toISOString();

function unifiLine(p: Packet, by: readonly number[]): string {
  const pairs: [string, unknown][] = [
    ["UNIFIcategory", "Security"],
    ["UNIFIhost", p.host],
    ["proto", transportOf(p).toUpperCase()],
    ["spt", p.sourcePort],
    ["dpt", p.destinationPort],
    ["act", p.isAllowed ? "allowed" : "blocked"],
    ["UNIFIpolicyName", p.rule],
    ["UNIFIpolicyType", "Firewall"],
    [by[0] === 0 ? "src" : "UNIFIsrcClientIp", p.source],
    [by[1] === 0 ? "dst" : "UNIFIdstDeviceIp", p.destination],
    ["UNIFItotalBytes", p.bytes],
    ["UNIFIutcTime", isoOf(p)],
    ["msg", "a=b c was blocked by x=y"],
  ];
  return `CEF:0|Ubiquiti|UniFi Network|10.6.101|203|Blocked by Firewall|4|${shuffled(pairs, by)
    .map(([key, value]) => `${key}=${String(value).replaceAll("=", "\\=")}`)
    .join(" ")}`;
}

function ulogdLine(p: Packet, by: readonly number[]): string {
  const isV6 = p.source.includes(":");
  return JSON.stringify(
    object(
      [
        ["timestamp", "2020-01-01T00:00:00"],
        ["dvc", p.host],
        ["oob.prefix", `${p.rule} ${p.isAllowed ? "accept" : "drop"} `],
        ["oob.time.sec", Math.floor(p.timeMs / 1000)],
        ["oob.time.usec", (p.timeMs % 1000) * 1000],
        ["oob.hook", 1],
        ["ip.protocol", p.protocol],
        [isV6 ? "ip6.payloadlen" : "ip.totlen", isV6 ? p.bytes - 40 : p.bytes],
        ["src_ip", p.source],
        ["dest_ip", p.destination],
        [by[0] === 0 ? "src_port" : `${transportOf(p)}.sport`, p.sourcePort],
        [by[1] === 0 ? "dest_port" : `${transportOf(p)}.dport`, p.destinationPort],
        ["raw.pktlen", 1],
      ],
      by,
    ),
  );
}

function journaldLine(p: Packet, by: readonly number[]): string {
  const isV6 = p.source.includes(":");
  const header = isV6 ? "TC=0 HOPLIMIT=52 FLOWLBL=7" : "TOS=0x00 PREC=0x00 TTL=57 ID=7 DF";
  const tail = p.protocol === 6 ? "WINDOW=1 RES=0x00 SYN URGP=0" : "LEN=8";
  const message = `${p.rule} ${p.isAllowed ? "accept" : "drop"}: IN=eth0 OUT= MAC= SRC=${p.source} DST=${p.destination} LEN=${p.bytes} ${header} PROTO=${transportOf(p).toUpperCase()} SPT=${p.sourcePort} DPT=${p.destinationPort} ${tail} `;
  return JSON.stringify(
    object(
      [
        ["__REALTIME_TIMESTAMP", String(p.timeMs * 1000)],
        ["_HOSTNAME", p.host],
        ["_TRANSPORT", "kernel"],
        ["PRIORITY", "4"],
        ["MESSAGE", by[0] === 0 ? [...Buffer.from(message)] : message],
      ],
      by,
    ),
  );
}

function fortigatePairs(p: Packet, by: readonly number[]): (readonly [string, string | number])[] {
  const pairs: (readonly [string, string | number])[] = [
    ["eventtime", `${p.timeMs}000000`],
    ["devname", p.host],
    ["logid", "0000000013"],
    ["type", "traffic"],
    ["subtype", "forward"],
    ["srcip", p.source],
    ["srcport", p.sourcePort],
    ["dstip", p.destination],
    ["dstport", p.destinationPort],
    ["proto", p.protocol],
    ["action", p.isAllowed ? "close" : "deny"],
    ["policyname", p.rule],
    ["sentbyte", p.bytes],
    ["url", "/?srcip=203.0.113.66&action=accept srcport=1"],
  ];
  return shuffled(pairs, by);
}

const fortigateJson = (p: Packet, by: readonly number[]) => JSON.stringify(Object.fromEntries(fortigatePairs(p, by)));
const fortigateText = (p: Packet, by: readonly number[]) =>
  `date=2020-01-01 time=00:00:00 ${fortigatePairs(p, by)
    .map(([key, value]) => (typeof value === "number" ? `${key}=${value}` : `${key}="${value}"`))
    .join(" ")}`;

function eventData(p: Packet, by: readonly number[]): (readonly [string, string])[] {
  const isIn = by[0] === 0;
  const pairs: (readonly [string, string])[] = [
    ["ProcessId", "4"],
    ["Application", "System"],
    ["Direction", isIn ? "%%14592" : "%%14593"],
    ["SourceAddress", p.source],
    ["SourcePort", String(p.sourcePort)],
    ["DestAddress", p.destination],
    ["DestPort", String(p.destinationPort)],
    ["Protocol", String(p.protocol)],
    ["FilterRTID", "67"],
  ];
  return shuffled(pairs, by);
}

function eventXml(p: Packet, by: readonly number[]): string {
  const data = eventData(p, by).map(([name, value]) => `<Data Name="${name}">${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>5152</EventID><TimeCreated SystemTime='${isoOf(p)}'/><Channel>Security</Channel><Computer>${p.host}</Computer></System><EventData>${data.join("")}</EventData></Event>`;
}

const eventBeat = (p: Packet, by: readonly number[]) =>
  JSON.stringify(
    object(
      [
        ["@timestamp", isoOf(p)],
        [
          "winlog",
          {
            channel: "Security",
            event_id: 5152,
            computer_name: p.host,
            event_data: Object.fromEntries(eventData(p, by)),
          },
        ],
      ],
      by,
    ),
  );

const eventFlat = (p: Packet, by: readonly number[]) =>
  JSON.stringify(
    object(
      [["EventTime", isoOf(p)], ["Hostname", p.host], ["EventID", 5152], ["Channel", "Security"], ...eventData(p, by)],
      by,
    ),
  );

interface Shape {
  title: string;
  format: LogFormat;
  render(p: Packet, by: readonly number[]): string;
  /** What the format cannot show. */
  hides: readonly ("rule" | "bytes" | "verdict")[];
}

const SHAPES: readonly Shape[] = [
  { title: "UniFi's CEF", format: unifi, render: unifiLine, hides: [] },
  { title: "ulogd's JSON", format: ulogd, render: ulogdLine, hides: ["rule"] },
  { title: "the journal's JSON", format: journald, render: journaldLine, hides: ["rule"] },
  { title: "FortiGate's JSON", format: fortigate, render: fortigateJson, hides: [] },
  { title: "FortiGate's pairs", format: fortigate, render: fortigateText, hides: [] },
  { title: "events as XML", format: windowsEvents, render: eventXml, hides: ["rule", "bytes", "verdict"] },
  { title: "Winlogbeat", format: windowsEvents, render: eventBeat, hides: ["rule", "bytes", "verdict"] },
  { title: "NXLog", format: windowsEvents, render: eventFlat, hides: ["rule", "bytes", "verdict"] },
];

describe("generate, render, parse", () => {
  it.each(SHAPES)("$title", ({ format, render, hides }) => {
    const parse = format.open({ clock: new DeviceClock("Europe/Berlin", Date.UTC(2026, 10, 21)) });
    const record = new LogRecord();
    fc.assert(
      fc.property(packet, order, (p, by) => {
        const line = render(p, by);
        const bytes = new TextEncoder().encode(line);
        expect([PARSED, NO_VERDICT], line).toContain(parse(bytes, 0, bytes.length, record));
        // biome-ignore lint/suspicious/noExplicitAny: documents are compared by path
        const document = ecsDocument(record, { line: 1, format: format.id }) as any;
        const verdict = hides.includes("verdict") || !p.isAllowed ? "deny" : "allow";
        expect(
          {
            time: document["@timestamp"],
            source: document.source.ip,
            sourcePort: document.source.port,
            destination: document.destination.ip,
            destinationPort: document.destination.port,
            transport: document.network.transport,
            number: document.network.iana_number,
            host: document.observer.name,
            verdict: document.ringfence.verdict,
            type: document.event.type,
            rule: hides.includes("rule") ? p.rule : document.rule?.name,
            bytes: hides.includes("bytes") ? p.bytes : document.source.bytes,
          },
          line,
        ).toEqual({
          time: isoOf(p),
          source: p.source,
          sourcePort: p.sourcePort,
          destination: p.destination,
          destinationPort: p.destinationPort,
          transport: transportOf(p),
          number: String(p.protocol),
          host: p.host,
          verdict,
          type: ["connection", verdict === "deny" ? "denied" : "allowed"],
          rule: p.rule,
          bytes: p.bytes,
        });
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * Windows filtering platform events of the Security log, as Winlogbeat, Elastic Agent's System integration and Windows
 * event forwarding store them. https://www.elastic.co/docs/reference/integrations/system
 *
 * `event.outcome` follows the audit keyword and says nothing of the packet; the event's id does. Winlogbeat without its
 * ingest pipeline, and older ones, leave addresses and ports in `winlog.event_data` only, as words.
 */
import { windowsEvents as format } from "../../formats/windows-events.ts";
import { TCP, UDP } from "../../protocols.ts";
import { everywhere, ifConcerned, lineReader } from "../counting/line-reader.ts";
import type { BucketValues, Layout, LayoutNames } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, NOTHING, noneOf } from "../server/query.ts";

const CONNECTION_IDS = ["5152", "5153", "5156", "5157"];
const DENY_IDS = ["5152", "5153", "5157"];

const isConnection = (fields: Fields) =>
  anyOf(fields.is("event.code", ...CONNECTION_IDS), fields.is("winlog.event_id", ...CONNECTION_IDS));

const names: LayoutNames = {
  time: "@timestamp",
  source: "source.ip",
  destination: "destination.ip",
  nat: null,
  sourcePort: "source.port",
  destinationPort: "destination.port",
  natPort: null,
  sourceNatPort: null,
};

const rawNames: LayoutNames = {
  ...names,
  source: "winlog.event_data.SourceAddress",
  destination: "winlog.event_data.DestAddress",
  sourcePort: "winlog.event_data.SourcePort",
  destinationPort: "winlog.event_data.DestPort",
};

const common: Omit<Layout, "id" | "title" | "documents" | "names" | "open"> = {
  clauses: (fields) => ({
    tcp: anyOf(fields.is("network.transport", "tcp"), fields.is("winlog.event_data.Protocol", String(TCP))),
    udp: anyOf(fields.is("network.transport", "udp"), fields.is("winlog.event_data.Protocol", String(UDP))),
    // Which end is the host takes both ports to tell: in some Windows versions the source is the local socket.
    opened: NOTHING,
    syn: NOTHING,
    synAck: NOTHING,
    packets: NOTHING,
    sessionEnds: NOTHING,
    refused: NOTHING,
    late: NOTHING,
    denied: anyOf(fields.is("event.code", ...DENY_IDS), fields.is("winlog.event_id", ...DENY_IDS)),
    notable: NOTHING,
  }),
  keys: [
    everywhere("event.code"),
    everywhere("winlog.event_id"),
    everywhere("winlog.computer_name"),
    everywhere("winlog.event_data.Direction"),
    everywhere("winlog.event_data.LayerRTID"),
    everywhere("winlog.event_data.Protocol"),
    everywhere("network.transport"),
    everywhere("winlog.event_data.FilterRTID"),
    everywhere("winlog.event_data.FilterOrigin"),
    ifConcerned("winlog.event_data.Application"),
  ],
  splits: [],
  sums: { bytes: null, packets: null, replyPackets: null, lostEvents: null },
};

export const windows: Layout = {
  ...common,
  id: "elastic-windows",
  title: "Windows Security events 5152 to 5157 of Winlogbeat and Elastic Agent",
  documents: (fields) =>
    allOf(isConnection(fields), anyOf(fields.exists(names.source), noneOf(fields.exists(rawNames.source)))),
  names,
  open: () => lineReader(format, (values) => lineOf(values, names)),
};

export const windowsRaw: Layout = {
  ...common,
  id: "winlogbeat",
  title: "the same events as Winlogbeat sends them, without ECS",
  documents: isConnection,
  names: rawNames,
  open: () => lineReader(format, (values) => lineOf(values, rawNames)),
};

function lineOf(values: BucketValues, { source, destination, sourcePort, destinationPort }: LayoutNames): string {
  const port = (field: string) => (values.number(field) < 0 ? "0" : values.text(field));
  const data = (field: string) => values.text(`winlog.event_data.${field}`) || undefined;
  return JSON.stringify({
    "@timestamp": "2026-01-01T00:00:00.000Z",
    winlog: {
      channel: "Security",
      computer_name: values.text("winlog.computer_name") || undefined,
      event_id: values.text("event.code") || values.text("winlog.event_id"),
      event_data: {
        Application: data("Application"),
        Direction: data("Direction"),
        SourceAddress: values.text(source),
        SourcePort: port(sourcePort),
        DestAddress: values.text(destination),
        DestPort: port(destinationPort),
        Protocol: data("Protocol") ?? protocol(values),
        FilterOrigin: data("FilterOrigin"),
        FilterRTID: data("FilterRTID"),
        LayerRTID: data("LayerRTID"),
      },
    },
  });
}

function protocol(values: BucketValues): string {
  const name = values.text("network.transport");
  return { tcp: "6", udp: "17", icmp: "1", "ipv6-icmp": "58" }[name] ?? name;
}

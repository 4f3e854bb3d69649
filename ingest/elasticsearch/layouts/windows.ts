/**
 * Windows filtering platform events of the Security log, as Winlogbeat, Elastic Agent's System integration and Windows
 * event forwarding store them. https://www.elastic.co/docs/reference/integrations/system
 *
 * `event.outcome` follows the audit keyword and says nothing of the packet; the event's id does. Older Winlogbeats leave
 * addresses in `winlog.event_data` only: of those, documents without `source.ip` are counted as without addresses.
 */
import { windowsEvents as format } from "../../formats/windows-events.ts";
import { TCP, UDP } from "../../protocols.ts";
import type { BucketValues, Layout } from "../layout.ts";
import { everywhere, ifConcerned, lineReader } from "../line-reader.ts";
import { anyOf, NOTHING } from "../query.ts";

const CONNECTION_IDS = ["5152", "5153", "5156", "5157"];

export const windows: Layout = {
  id: "elastic-windows",
  title: "Windows Security events 5152 to 5157 of Winlogbeat and Elastic Agent",
  documents: (fields) =>
    anyOf(fields.is("event.code", ...CONNECTION_IDS), fields.is("winlog.event_id", ...CONNECTION_IDS)),
  names: {
    time: "@timestamp",
    source: "source.ip",
    destination: "destination.ip",
    nat: null,
    sourcePort: "source.port",
    destinationPort: "destination.port",
    natPort: null,
    sourceNatPort: null,
  },
  clauses: (fields) => ({
    tcp: anyOf(fields.is("network.transport", "tcp"), fields.is("winlog.event_data.Protocol", String(TCP))),
    udp: anyOf(fields.is("network.transport", "udp"), fields.is("winlog.event_data.Protocol", String(UDP))),
    // Which end is the host takes both ports to tell: in some Windows versions the source is the local socket.
    opened: NOTHING,
    syn: NOTHING,
    synAck: NOTHING,
    denied: fields.is("event.code", "5152", "5153", "5157"),
    notable: NOTHING,
  }),
  keys: [
    everywhere("event.code"),
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
  open: () => lineReader(format, lineOf),
};

function lineOf(values: BucketValues): string {
  const port = (field: string) => (values.number(field) < 0 ? "0" : values.text(field));
  const data = (field: string) => values.text(`winlog.event_data.${field}`) || undefined;
  return JSON.stringify({
    "@timestamp": "2026-01-01T00:00:00.000Z",
    winlog: {
      channel: "Security",
      computer_name: values.text("winlog.computer_name") || undefined,
      event_id: values.text("event.code"),
      event_data: {
        Application: data("Application"),
        Direction: data("Direction"),
        SourceAddress: values.text("source.ip"),
        SourcePort: port("source.port"),
        DestAddress: values.text("destination.ip"),
        DestPort: port("destination.port"),
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

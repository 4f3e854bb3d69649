/**
 * FortiGate logs as Elastic's integration (`logs-fortinet_fortigate.log-*`) and the Filebeat module before it store them.
 * https://www.elastic.co/docs/reference/integrations/fortinet_fortigate
 *
 * `event.outcome` is `success` even for what was denied, and `event.type` lacks a verdict wherever UTM had a say: what
 * counts is the firewall's own action. Services and applications come in lower case.
 */
import { ELASTIC_PAIRS, pairsOf, quoted } from "../../documents/elastic-fortigate.ts";
import { fortigate as format } from "../../formats/fortigate.ts";
import { STOPPING_WORDS } from "../../fortigate/verdict.ts";
import { TCP, UDP } from "../../protocols.ts";
import { everywhere, ifConcerned, lineReader } from "../counting/line-reader.ts";
import type { BucketValues, Layout } from "../layout.ts";
import { anyOf, NOTHING, noneOf } from "../server/query.ts";

/** `type` of the logs that speak of traffic; before FortiOS 5.4 each engine had a type of its own. */
const TYPES = [
  "traffic",
  "utm",
  "anomaly",
  "dns",
  "voip",
  "ips",
  "virus",
  "webfilter",
  "app-ctrl",
  "dlp",
  "emailfilter",
];

const MESSAGE = "what the message says";
const NO_SESSION = "no session matched";

export const fortigate: Layout = {
  id: "elastic-fortigate",
  title: "Elastic's FortiGate integration, and the Filebeat module before it",
  documents: (fields) => fields.is("fortinet.firewall.type", ...TYPES),
  names: {
    time: "@timestamp",
    source: "source.ip",
    destination: "destination.ip",
    nat: "destination.nat.ip",
    sourcePort: "source.port",
    destinationPort: "destination.port",
    natPort: "destination.nat.port",
    sourceNatPort: "source.nat.port",
  },
  naming: {
    question: "dns.question.name",
    answers: "dns.resolved_ip",
    sessions: ["url.domain", "destination.domain"],
    dns: (fields) => anyOf(fields.is("fortinet.firewall.type", "dns"), fields.is("fortinet.firewall.subtype", "dns")),
    inspected: (fields) => noneOf(fields.is("fortinet.firewall.type", "traffic")),
    stopped: (fields) =>
      anyOf(...["fortinet.firewall.action", "event.action"].map((field) => fields.is(field, ...STOPPING_WORDS))),
  },
  clauses: (fields) => ({
    tcp: fields.is("network.iana_number", String(TCP)),
    udp: fields.is("network.iana_number", String(UDP)),
    opened: fields.is("fortinet.firewall.type", "traffic"),
    syn: anyOf(),
    synAck: anyOf(),
    packets: NOTHING,
    sessionEnds: fields.is("fortinet.firewall.type", "traffic"),
    refused: NOTHING,
    late: NOTHING,
    denied: anyOf(fields.is("fortinet.firewall.action", "deny"), fields.is("event.action", "deny")),
    notable: noneOf(fields.is("fortinet.firewall.type", "traffic")),
  }),
  keys: [
    everywhere("observer.name"),
    everywhere("observer.serial_number"),
    everywhere("observer.ingress.interface.name"),
    everywhere("observer.egress.interface.name"),
    everywhere("event.code"),
    everywhere("event.action"),
    everywhere("fortinet.firewall.action"),
    everywhere("fortinet.firewall.type"),
    everywhere("fortinet.firewall.subtype"),
    everywhere("fortinet.firewall.vd"),
    everywhere("fortinet.firewall.utmaction"),
    everywhere("network.iana_number"),
    everywhere("rule.id"),
    ifConcerned("rule.uuid"),
    ifConcerned("rule.name"),
    ifConcerned("network.protocol"),
    ifConcerned("network.application"),
    ifConcerned("fortinet.firewall.voip_proto"),
    ifConcerned("fortinet.firewall.kind"),
    ifConcerned("fortinet.firewall.attack"),
    ifConcerned("fortinet.firewall.malform_desc"),
    ifConcerned("fortinet.firewall.count"),
  ],
  // The message is full text: it can be searched, not counted.
  splits: [
    { name: MESSAGE, options: [{ value: NO_SESSION, query: (fields) => fields.speaksOf("message", [NO_SESSION]) }] },
  ],
  sums: {
    bytes: "source.bytes",
    packets: "source.packets",
    replyPackets: "destination.packets",
    lostEvents: null,
    shaperDropped: ["fortinet.firewall.shaperdropsentbyte", "fortinet.firewall.shaperdroprcvdbyte"],
  },
  open: () => lineReader(format, lineOf),
};

function lineOf(values: BucketValues): string {
  const pairs = pairsOf(ELASTIC_PAIRS, (field) => values.text(field));
  const message = values.text(MESSAGE);
  if (message !== "") pairs.push(`msg=${quoted(message)}`);
  return `date=2026-01-01 time=00:00:00 ${pairs.join(" ")}`;
}

/**
 * Documents as Elastic's integrations make them of log lines, field by field after their ingest pipelines
 * (github.com/elastic/integrations, packages pfsense, fortinet_fortigate, iptables, system), since the test's servers
 * have no ingest processors. Whole lines are in `event.original` as with the tag preserve_original_event.
 */
import { isIP } from "node:net";

type Document = Record<string, unknown>;

/** What a collector knows of a line whose own head does not say it in full. */
export interface Seen {
  timeMs: number;
  host: string;
}

const TRANSPORTS: Readonly<Record<string, string>> = { 1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 58: "ipv6-icmp" };

/** `src=a dst="b c"` as a map. */
function pairsOf(line: string): Map<string, string> {
  return new Map([...line.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)].map(([, key = "", a, b]) => [key, a ?? b ?? ""]));
}

const number = (text: string | undefined) => (text === undefined || text === "" ? undefined : Number(text));

/** JSON leaves undefined fields out; Elastic's pipelines remove null ones. */
const intf = (name: string | undefined) => (name === undefined || name === "" ? undefined : { interface: { name } });

export function fortigateDocument(line: string, seen?: Seen): Document | null {
  if (!line.includes(" logid=")) return null;
  const pairs = pairsOf(line);
  const at = (key: string) => pairs.get(key);
  const isTraffic = at("type") === "traffic";
  const isDenied = at("action") === "deny";
  const proto = at("proto") ?? "";
  const sent = { bytes: number(at("sentbyte")), packets: number(at("sentpkt")) };
  const received = { bytes: number(at("rcvdbyte")), packets: number(at("rcvdpkt")) };
  return {
    "@timestamp": new Date(seen?.timeMs ?? Number((at("eventtime") ?? "").slice(0, 13))).toISOString(),
    event: {
      module: "fortinet_fortigate",
      dataset: "fortinet_fortigate.log",
      kind: "event",
      category: ["network"],
      // The pipeline sets it for every log, whatever became of the packets.
      outcome: "success",
      type: isTraffic ? ["connection", isDenied ? "denied" : "end"] : ["info"],
      code: at("logid"),
      action: isTraffic ? at("action") : at("eventtype"),
      duration: isTraffic && at("duration") !== undefined ? Number(at("duration")) * 1e9 : undefined,
      original: line,
    },
    fortinet: {
      firewall: {
        type: at("type"),
        subtype: at("subtype"),
        vd: at("vd"),
        trandisp: at("trandisp"),
        utmaction: at("utmaction"),
        voip_proto: at("voip_proto"),
        kind: at("kind"),
        malform_desc: at("malform_desc"),
        attack: at("attack"),
        count: at("count"),
        shaperdropsentbyte: number(at("shaperdropsentbyte")),
        shaperdroprcvdbyte: number(at("shaperdroprcvdbyte")),
        action: at("action"),
      },
    },
    source: {
      ip: at("srcip"),
      port: number(at("srcport") ?? at("src_port")),
      ...sent,
      nat: { ip: at("transip"), port: number(at("transport")) },
    },
    destination: {
      ip: at("dstip"),
      domain: at("dstname"),
      port: number(at("dstport") ?? at("dst_port")),
      ...received,
      nat: { ip: at("tranip"), port: number(at("tranport")) },
    },
    network: {
      iana_number: proto === "" ? undefined : proto,
      transport: TRANSPORTS[proto],
      protocol: at("service")?.toLowerCase(),
      application: at("app"),
    },
    observer: {
      name: at("devname"),
      serial_number: at("devid"),
      vendor: "Fortinet",
      type: "firewall",
      ingress: intf(at("srcintf") ?? at("src_int")),
      egress: intf(at("dstintf") ?? at("dst_int")),
    },
    dns: { question: { name: at("qname") }, resolved_ip: at("ipaddr")?.split(", ") },
    url: { domain: at("hostname") },
    rule: { id: at("policyid") ?? at("policy_id"), uuid: at("poluuid"), name: at("policyname") },
    message: at("msg"),
  };
}

/** As the Filebeat module made them before there was the integration: other names of data sets, the same fields. */
export function filebeatFortinetDocument(line: string): Document | null {
  const document = fortigateDocument(line) as { event: object } | null;
  return document && { ...document, event: { ...document.event, module: "fortinet", dataset: "fortinet.firewall" } };
}

export function pfsenseDocument(line: string, seen?: Seen): Document | null {
  const match =
    /^<\d+>1 (\S+) (\S+) (\S+) \S+ \S+ (?:-|\[[^\]]*\]) (.*)$/.exec(line) ??
    /^(\w{3} [ \d]\d [\d:]{8}) (\S+) ([\w-]+)(?:\[\d+\])?: (.*)$/.exec(line);
  if (!match) return null;
  const [, time = "", host, program, message = ""] = match;
  const moment = new Date(seen?.timeMs ?? time).toISOString();
  const base = { "@timestamp": moment, observer: { name: seen?.host ?? host, type: "firewall" }, message };
  if (program !== "filterlog") return { ...base, event: { provider: program, original: line } };
  const all = message.trim().split(",");
  const isIpv6 = all[8] === "6";
  const columns = all.slice(9);
  const [tos, protocol, length, source, destination, tailAt] = isIpv6
    ? [columns[0], columns[4], columns[5], columns[6], columns[7], 8]
    : [columns[0], columns[6], columns[8], columns[9], columns[10], 11];
  // A line that the pattern does not fit keeps its message, and says so.
  if (isIP(source ?? "") === 0 || isIP(destination ?? "") === 0)
    return {
      ...base,
      event: { provider: "filterlog", original: line },
      error: { message: "Provided Grok expressions do not match" },
    };
  const hasPorts = protocol === "6" || protocol === "17";
  const isWhole = isIpv6 || columns[4] === "0";
  const tail = hasPorts && isWhole ? columns.slice(tailAt) : [];
  return {
    ...base,
    event: {
      provider: "filterlog",
      dataset: "pfsense.log",
      kind: "event",
      category: ["network"],
      type: ["connection", all[6] === "pass" ? "allowed" : "denied"],
      action: all[6],
      reason: all[5],
      original: line,
    },
    rule: { id: all[3] },
    observer: { ...base.observer, vendor: "netgate", ingress: intf(all[4]) },
    network: {
      direction: all[7] === "out" ? "outbound" : "inbound",
      type: isIpv6 ? "ipv6" : "ipv4",
      iana_number: protocol,
      transport: TRANSPORTS[protocol ?? ""],
      bytes: number(length),
    },
    source: { ip: source, port: number(tail[0]) },
    destination: { ip: destination, port: number(tail[1]) },
    pfsense: {
      ip: { tos, ...(isIpv6 ? {} : { offset: number(columns[4]), id: number(columns[3]) }) },
      ...(protocol === "6" ? { tcp: { flags: tail[3] } } : {}),
    },
  };
}

/** The pipeline's own script, which takes IPv6's decimal digits for hexadecimal ones too. */
const hexadecimal = (text: string | undefined) =>
  text === undefined ? undefined : Number.parseInt(text.replace(/^0x/, ""), 16);

export function iptablesDocument(line: string, seen?: Seen): Document | null {
  const match = /^(\S+|\w{3} [ \d]\d [\d:]{8}) (\S+) (\S+?): (.*)$/.exec(line);
  if (!match?.[4]?.includes(" SRC=")) return null;
  const [, time = "", host, , message = ""] = match;
  const pairs = pairsOf(message);
  const at = (key: string) => pairs.get(key);
  const flags = [...message.matchAll(/ (SYN|ACK|FIN|RST|PSH|URG)(?= )/g)].map(([, flag]) => flag);
  const name = (at("PROTO") ?? "").toLowerCase();
  // EdgeOS and UniFi write the rule set, the rule's number and an initial of what it does.
  const [, ruleSet, ruleNumber, initial] = /\[([\w-]+)-(\d+|default)-([ADR])\]/.exec(message) ?? [];
  return {
    "@timestamp": new Date(seen?.timeMs ?? time).toISOString(),
    event: {
      module: "iptables",
      dataset: "iptables.log",
      action: initial && { A: "accept", D: "drop", R: "reject" }[initial],
      kind: "event",
      category: ["network"],
      type: ["connection"],
      original: line,
    },
    observer: { name: seen?.host ?? host },
    source: { ip: at("SRC"), port: number(at("SPT")) },
    destination: { ip: at("DST"), port: number(at("DPT")) },
    network: /^\d+$/.test(name) ? { iana_number: name } : { transport: name === "icmpv6" ? "ipv6-icmp" : name },
    iptables: {
      input_device: at("IN") || undefined,
      output_device: at("OUT") || undefined,
      length: number(at("LEN")),
      tos: hexadecimal(at("TOS") ?? at("TC")),
      precedence_bits: hexadecimal(at("PREC")),
      ...(ruleSet === undefined ? {} : { ubiquiti: { rule_set: ruleSet, rule_number: ruleNumber } }),
      ...(flags.length > 0 ? { tcp: { flags } } : {}),
    },
    message: line.slice(line.indexOf(" ") + 1),
  };
}

/** The event as Winlogbeat ships it, before Elastic Agent's pipeline fills ECS fields in. */
export function winlogEvent(line: string): Document | null {
  const [date, time, action, protocol = "", source, destination, from = "", to = "", ...rest] = line.trim().split(" ");
  const number = { TCP: "6", UDP: "17", ICMP: "1" }[protocol];
  if (number === undefined || (action !== "ALLOW" && action !== "DROP")) return null;
  const isInbound = rest.includes("RECEIVE");
  return {
    "@timestamp": new Date(`${date}T${time}+02:00`).toISOString(),
    winlog: {
      channel: "Security",
      computer_name: "swyx-server",
      event_id: action === "ALLOW" ? "5156" : "5152",
      event_data: {
        Application: "-",
        Direction: isInbound ? "%%14592" : "%%14593",
        SourceAddress: source,
        SourcePort: from === "-" ? "0" : from,
        DestAddress: destination,
        DestPort: to === "-" ? "0" : to,
        Protocol: number,
        FilterRTID: action === "ALLOW" ? "70002" : "70003",
        LayerRTID: isInbound ? "44" : "48",
      },
    },
  };
}

export function windowsDocument(line: string): Document | null {
  const event = winlogEvent(line) as { winlog: { event_id: string; event_data: Record<string, string> } } | null;
  if (!event) return null;
  const { event_id: code, event_data: data } = event.winlog;
  const isDenied = code !== "5156";
  return {
    ...event,
    event: {
      code,
      provider: "Microsoft-Windows-Security-Auditing",
      kind: "event",
      category: ["network"],
      type: ["connection", "info", isDenied ? "denied" : "allowed"],
      // Follows the audit keyword: it says nothing of the packet.
      outcome: isDenied ? "failure" : "success",
    },
    source: { ip: data.SourceAddress, port: number(data.SourcePort) },
    destination: { ip: data.DestAddress, port: number(data.DestPort) },
    network: { transport: TRANSPORTS[data.Protocol ?? ""] },
  };
}

const keyword = { type: "keyword" };
const long = { type: "long" };
const keywords = (...names: string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, keyword])) });
const side = {
  properties: {
    ip: { type: "ip" },
    port: long,
    bytes: long,
    packets: long,
    nat: { properties: { ip: { type: "ip" }, port: long } },
  },
};

/** As the integrations' own mappings, with text where they have match_only_text. */
export const ELASTIC_MAPPINGS = {
  dynamic: false,
  properties: {
    "@timestamp": { type: "date" },
    message: { type: "text" },
    event: {
      properties: {
        ...keywords("module", "dataset", "kind", "category", "outcome", "type", "code", "action", "reason").properties,
        ...keywords("provider").properties,
        duration: long,
      },
    },
    source: side,
    destination: { properties: { ...side.properties, domain: keyword } },
    network: {
      properties: {
        ...keywords("iana_number", "transport", "protocol", "application", "direction", "type").properties,
        bytes: long,
      },
    },
    observer: {
      properties: {
        ...keywords("name", "serial_number", "vendor", "type").properties,
        ingress: { properties: { interface: keywords("name") } },
        egress: { properties: { interface: keywords("name") } },
      },
    },
    rule: keywords("id", "uuid", "name"),
    fortinet: {
      properties: {
        firewall: {
          properties: {
            ...keywords("type", "subtype", "action", "vd", "trandisp", "utmaction", "voip_proto", "malform_desc")
              .properties,
            ...keywords("attack", "count", "kind").properties,
            shaperdropsentbyte: long,
            shaperdroprcvdbyte: long,
          },
        },
      },
    },
    dns: { properties: { question: keywords("name"), resolved_ip: { type: "ip" } } },
    url: keywords("domain"),
    pfsense: { properties: { ip: { properties: { tos: keyword, offset: long, id: long } }, tcp: keywords("flags") } },
    iptables: {
      properties: {
        ...keywords("input_device", "output_device").properties,
        tos: long,
        precedence_bits: long,
        length: long,
        tcp: keywords("flags"),
        ubiquiti: keywords("rule_set", "rule_number"),
      },
    },
    winlog: {
      properties: {
        ...keywords("channel", "computer_name", "event_id").properties,
        event_data: keywords(
          ...["Application", "Direction", "Protocol", "FilterRTID", "LayerRTID"],
          ...["SourceAddress", "SourcePort", "DestAddress", "DestPort"],
        ),
      },
    },
  },
};

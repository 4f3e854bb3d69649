/**
 * FortiGate logs as Elastic's integration keeps them where it was not told to preserve the original: in fields, here put
 * together again as the line that they were made from.
 * https://www.elastic.co/docs/reference/integrations/fortinet_fortigate
 */

/** Keys of a FortiGate line, by the field that holds their value. */
export const ELASTIC_PAIRS: readonly (readonly [key: string, ...fields: string[]])[] = [
  ["devname", "observer.name"],
  ["devid", "observer.serial_number"],
  ["logid", "event.code"],
  ["type", "fortinet.firewall.type"],
  ["subtype", "fortinet.firewall.subtype"],
  ["vd", "fortinet.firewall.vd"],
  ["srcip", "source.ip"],
  ["srcport", "source.port"],
  ["srcintf", "observer.ingress.interface.name"],
  ["dstip", "destination.ip"],
  ["dstport", "destination.port"],
  ["dstintf", "observer.egress.interface.name"],
  ["proto", "network.iana_number"],
  ["action", "fortinet.firewall.action", "event.action"],
  ["policyid", "rule.id"],
  ["poluuid", "rule.uuid"],
  ["policyname", "rule.name"],
  ["service", "network.protocol"],
  ["app", "network.application"],
  ["utmaction", "fortinet.firewall.utmaction"],
  ["tranip", "destination.nat.ip"],
  ["tranport", "destination.nat.port"],
  ["voip_proto", "fortinet.firewall.voip_proto"],
  ["kind", "fortinet.firewall.kind"],
  ["attack", "fortinet.firewall.attack"],
  ["malform_desc", "fortinet.firewall.malform_desc"],
  ["count", "fortinet.firewall.count"],
];
/** What is counted apart where documents are counted at their server. */
const OTHER_PAIRS: typeof ELASTIC_PAIRS = [
  ["sessionid", "fortinet.firewall.sessionid"],
  ["trandisp", "fortinet.firewall.trandisp"],
  ["transip", "source.nat.ip"],
  ["transport", "source.nat.port"],
  ["sentbyte", "source.bytes"],
  ["rcvdbyte", "destination.bytes"],
  ["sentpkt", "source.packets"],
  ["rcvdpkt", "destination.packets"],
  ["sentdelta", "fortinet.firewall.sentdelta"],
  ["rcvddelta", "fortinet.firewall.rcvddelta"],
  ["shaperdropsentbyte", "fortinet.firewall.shaperdropsentbyte"],
  ["shaperdroprcvdbyte", "fortinet.firewall.shaperdroprcvdbyte"],
  ["hostname", "url.domain"],
  ["dstname", "destination.domain"],
  ["qname", "dns.question.name"],
  ["ipaddr", "dns.resolved_ip"],
  ["msg", "message"],
];
const NANOSECONDS = 1e9;

const encoder = new TextEncoder();

/** Whether documents with these fields, or a table with these columns, are of the integration. */
export function isElasticFortigate(names: readonly string[]): boolean {
  return names.includes("fortinet.firewall.type");
}

/** The line, from the text in each field; empty where there is none. `timeMs`: when the device wrote it, or NaN. */
export function elasticFortigateLine(textIn: (field: string) => string, timeMs: number): Uint8Array {
  const pairs = pairsOf([...ELASTIC_PAIRS, ...OTHER_PAIRS], textIn);
  const duration = Number(textIn("event.duration"));
  if (duration > 0) pairs.push(`duration=${Math.round(duration / NANOSECONDS)}`);
  // `eventtime` of the line.
  const startMs = Date.parse(textIn("event.start"));
  const eventMs = Number.isNaN(startMs) ? timeMs : startMs;
  if (!Number.isNaN(eventMs)) pairs.push(`eventtime=${eventMs}`);
  return encoder.encode(pairs.join(" "));
}

/** The pairs for which there is a value, as FortiOS writes them. */
export function pairsOf(keys: typeof ELASTIC_PAIRS, textIn: (field: string) => string): string[] {
  return keys.flatMap(([key, ...fields]) => {
    const value = fields.map((field) => textIn(field)).find((text) => text !== "");
    return value === undefined ? [] : [`${key}=${quoted(value)}`];
  });
}

/** A value between quotation marks. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/\p{Cc}+/gu, " ").replaceAll(/["\\]/g, "\\$&")}"`;
}

/**
 * Packets that nftables' `log group N` or iptables' NFLOG target handed to ulogd2, as its outputs JSON, GPRINT and OPRINT write
 * them (LOGEMU and SYSLOG write the kernel's line: iptables.ts). https://git.netfilter.org/ulogd2/tree/output/
 *
 *   {"timestamp":"2026-07-03T19:10:30.118004+0200","dvc":"Netfilter","oob.prefix":"in-drop ","oob.hook":1,"ip.protocol":6,
 *    local time, newer versions with offset                       log prefix            0 pre, 1 in, 2 forward, 3 out, 4 post
 *    "src_ip":"198.51.100.9","dest_ip":"192.0.2.10","src_port":40001,"dest_port":5061,"tcp.syn":1,"action":"blocked"}
 *   timestamp=2026/07/03-19:10:30,raw.pktlen=60,oob.prefix=in-drop ,oob.time.sec=1783098630,...     GPRINT
 *   ===>PACKET BOUNDARY                    OPRINT: an entry, a key a line (documents/oprint-text.ts)
 *   raw.pktlen=60
 *
 * Gaps: connection tracking events (NFCT) are FOREIGN; no DSCP for IPv6, whose `ip6.priority` ulogd takes from the wrong
 * bits on little-endian machines; OPRINT without IP2STR, which turns addresses round; XML, which holds packets as bytes.
 */
import { ascii, findBytes, OPEN_BRACE, SPACE, startsWith } from "../bytes.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineParser, type LogFormat, STRUCTURE } from "../format.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { PrefixReader } from "../netfilter/prefix.ts";
import { UlogdReader } from "../netfilter/ulogd-reader.ts";
import { Span } from "../record.ts";

const PACKET_KEY = ascii('"oob.');
/** GPRINT's first keys, and OPRINT's. */
const PAIR_STARTS = ["timestamp=", "raw."].map(ascii);
const PAIRS_KEY = ascii("oob.hook=");

const open: LogFormat["open"] = ({ clock, prefixVerdicts }): LineParser => {
  const reader = new UlogdReader(clock, new PrefixReader(prefixVerdicts));
  const envelope = new Envelope();
  const noHost = new Span();
  return (bytes, lineStart, lineEnd, into) => {
    into.reset(bytes);
    let start = lineStart;
    let end = lineEnd;
    while (start < end && (bytes[start] as number) <= SPACE) start++;
    while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
    if (start === end) return STRUCTURE;
    if (bytes[start] === OPEN_BRACE) return reader.readObject(bytes, start, end, noHost, into);
    if (startsPairs(bytes, start, end)) return reader.readPairs(bytes, start, end, noHost, into);
    // A syslog daemon that reads ulogd's file and passes it on.
    if (findBytes(bytes, PACKET_KEY, start, end) < 0 && findBytes(bytes, PAIRS_KEY, start, end) < 0) return FOREIGN;
    readEnvelope(bytes, start, end, clock, envelope);
    const { payload, host } = envelope;
    if (bytes[payload] === OPEN_BRACE) return reader.readObject(bytes, payload, end, host, into);
    return startsPairs(bytes, payload, end) ? reader.readPairs(bytes, payload, end, host, into) : FOREIGN;
  };
};

function startsPairs(bytes: Uint8Array, start: number, end: number): boolean {
  return PAIR_STARTS.some((first) => startsWith(bytes, first, start, end));
}

export const ulogd: LogFormat = {
  id: "ulogd",
  platform: "iptables",
  title: "Linux netfilter through ulogd2 (JSON, GPRINT, OPRINT)",
  reference: "https://www.netfilter.org/projects/ulogd/",
  samples: [
    '{"timestamp":"2026-07-03T19:10:30.118004+0200","dvc":"Netfilter","raw.pktlen":60,"oob.prefix":"input-drop ","oob.time.sec":1783098630,"oob.time.usec":118004,"oob.in":"eth0","oob.out":"","oob.hook":1,"oob.family":2,"oob.protocol":2048,"ip.protocol":6,"ip.tos":0,"ip.ttl":57,"ip.totlen":60,"ip.id":7,"ip.fragoff":16384,"src_port":40001,"dest_port":5061,"tcp.syn":1,"src_ip":"198.51.100.9","dest_ip":"192.0.2.10"}',
    '{"timestamp":"2026-07-03T19:10:31","dvc":"Netfilter","raw.pktlen":172,"oob.prefix":"rtp","oob.hook":2,"oob.ifindex_in":3,"oob.ifindex_out":2,"action":"allowed","ip.protocol":17,"ip.tos":184,"ip.totlen":172,"udp.sport":16402,"udp.dport":10234,"src_ip":"192.168.10.5","dest_ip":"203.0.113.7"}',
    "timestamp=2026/07/03-19:10:32,raw.pktlen=200,raw.pktcount=1,oob.prefix=sip-drop ,oob.time.sec=1783098632,oob.time.usec=118004,oob.mark=0,oob.ifindex_in=3,oob.hook=1,oob.family=2,oob.protocol=2048,ip.saddr=198.51.100.9,ip.daddr=192.0.2.10,ip.protocol=17,ip.tos=0,ip.ttl=57,ip.totlen=200,ip.id=8,ip.fragoff=0,udp.sport=5060,udp.dport=5060,udp.len=180,oob.in=eth0,oob.out=,ip.saddr.str=198.51.100.9,ip.daddr.str=192.0.2.10",
  ],
  unit: "packets",
  shows: [
    "What the kernel's LOG target shows (see iptables), with exact times in UTC.",
    "The verdict, where the stack sets a label and `boolean_label` is on.",
  ],
  hides: ["The verdict of packets without label whose prefix has no clear word for it.", "DSCP of IPv6 packets."],
  enable: [
    'Rules of your own: `nft add rule ... log group 0 prefix "name-accept " accept`, and `name-drop` with `drop`; the last rule of a chain logs the default deny.',
    "In ulogd.conf, use the stack `log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,mac2str1:HWHDR,json1:JSON`.",
  ],
  sniff: (head) => shareOfLines(head, open),
  open,
};

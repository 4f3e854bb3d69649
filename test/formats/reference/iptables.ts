/**
 * The slow, obvious reading of a netfilter packet behind its kernel tag: split at blanks, one map of first values. It does
 * not read envelopes, and the verdict only of the families that the property test renders.
 */
import { canonical } from "./pfsense.ts";

export interface ReferencePacket {
  status: "packet" | "malformed" | "foreign";
  prefix: string;
  ingress: string;
  egress: string;
  source: string;
  destination: string;
  protocol: number;
  sourcePort: number;
  destinationPort: number;
  bytes: number;
  dscp: number;
  ipId: number;
  fragmentOffset: number;
  moreFragments: boolean;
  icmpType: number;
  icmpCode: number;
  tcpFlags: string | null;
}

const FLAG_ORDER = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];
const PROTOCOLS: Record<string, number> = {
  TCP: 6,
  UDP: 17,
  UDPLITE: 136,
  ICMP: 1,
  ICMPv6: 58,
  ESP: 50,
  AH: 51,
  SCTP: 132,
  GRE: 47,
  IGMP: 2,
};

function numberOf(text: string | undefined, max: number): number {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return -1;
  const value = Number(text);
  return value <= max ? value : -1;
}

function hexOf(text: string | undefined): number {
  return text !== undefined && /^(0x)?[0-9a-f]+$/i.test(text) ? Number.parseInt(text.replace(/^0x/i, ""), 16) : -1;
}

function isIpv4(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255);
}

/** Reads what stands behind `kernel: [ stamp] `. */
export function referencePacket(message: string): ReferencePacket {
  const empty: ReferencePacket = {
    status: "foreign",
    prefix: "",
    ingress: "",
    egress: "",
    source: "",
    destination: "",
    protocol: -1,
    sourcePort: -1,
    destinationPort: -1,
    bytes: -1,
    dscp: -1,
    ipId: -1,
    fragmentOffset: -1,
    moreFragments: false,
    icmpType: -1,
    icmpCode: -1,
    tcpFlags: null,
  };
  const head = /^(.*?)(?<!PHYS)IN=\S* +(?:OUT=|SRC=|MAC|PHYS)/s.exec(message);
  if (!head) return empty;
  const prefix = head[1] as string;
  // Words of the packet alone: bracketed parts are quoted packets and byte counts.
  const outer = message.slice(prefix.length).replace(/(?<=^|\s)\[[^\]]*(\]|$)/g, " ");
  // AT&T's gateways leave no blank between MAC and SRC.
  const words = outer
    .split(/ +/)
    .flatMap((word) => (word.startsWith("MAC=") ? word.split(/(?=SRC=)/) : [word]))
    .filter((word) => word !== "");
  const protoIndex = words.findIndex((word) => word.startsWith("PROTO="));
  // Cut in its IP header: the last value may be, too, and of the type of service only a half is left.
  const last = words.at(-1) ?? "";
  const isCut = protoIndex < 0 && last.includes("=");
  if (isCut && !/^(?:SRC|DST|MAC)=/.test(last)) words.pop();
  const ipWords = protoIndex < 0 ? words : words.slice(0, protoIndex);
  const first = (key: string, among = words) => among.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const firstFull = (key: string) =>
    words.find((word) => word.startsWith(`${key}=`) && word.length > key.length + 1)?.slice(key.length + 1);

  // The kernel writes no word in small letters behind the header: another program quotes a stranger's text.
  if (protoIndex >= 0 && words.slice(protoIndex).some((word) => /^[a-z][^=]*$/.test(word))) return empty;
  const source = first("SRC");
  const destination = first("DST");
  if (source === undefined || destination === undefined) {
    const isOtherLayer = words.includes("ARP") || /MAC=(?:..:){12}(?!08:00|86:dd)..:..(?: |$)/.test(outer);
    const isBad = [source, destination].some(
      (text) => text !== undefined && !isIpv4(text) && canonicalOrNull(text) === null,
    );
    return { ...empty, status: isOtherLayer && !isBad ? "foreign" : "malformed" };
  }
  if (isCut && /^(?:SRC|DST)=/.test(last)) return { ...empty, status: "malformed" };
  const version = isIpv4(source) ? 4 : 6;
  if ((isIpv4(destination) ? 4 : 6) !== version) return { ...empty, status: "malformed" };
  const [from, to] = [source, destination].map((text) => (version === 4 ? text : canonicalOrNull(text)));
  if (!from || !to) return { ...empty, status: "malformed" };

  const protocolText = first("PROTO");
  const protocol = PROTOCOLS[protocolText ?? ""] ?? numberOf(protocolText, 255);
  const precedence = hexOf(first("PREC"));
  const tos = isCut && precedence < 0 ? -1 : hexOf(first("TOS"));
  const trafficClass = numberOf(first("TC"), 255);
  // ulogd's LOGEMU leaves a blank before the values of IPv6.
  const behind = (colonKey: string) => {
    const at = ipWords.findIndex((word) => word.startsWith(colonKey));
    return at < 0 ? undefined : ipWords[at] === colonKey ? ipWords[at + 1] : ipWords[at]?.slice(colonKey.length);
  };
  const fragment = /^\d{1,5}$/.test(behind("FRAG:") ?? "") ? Number(behind("FRAG:")) : undefined;
  const colonId = behind("ID:");
  const fragmentOffset = fragment !== undefined ? fragment * (version === 4 ? 8 : 1) : protoIndex < 0 ? -1 : 0;
  // Later fragments have no transport header, whatever ulogd prints of one.
  const isLater = fragmentOffset > 0;
  const flags = words.filter((word, i) => FLAG_ORDER.includes(word) && !(word === "URG" && i === words.length - 1));
  const flagLetters = FLAG_ORDER.filter((flag) => flags.includes(flag))
    .map((flag) => (flag === "CWR" ? "C" : flag[0]))
    .join("");
  const v4Dscp = precedence >= 0 ? (Math.max(tos, 0) | precedence) >> 2 : tos >= 0 ? tos >> 2 : -1;
  return {
    status: "packet",
    prefix,
    ingress: firstFull("IN") ?? "",
    egress: firstFull("OUT") ?? "",
    source: from,
    destination: to,
    protocol,
    sourcePort: isLater || (last.startsWith("SPT=") && first("DPT") === undefined) ? -1 : numberOf(first("SPT"), 65535),
    destinationPort:
      isLater || (last.startsWith("DPT=") && [6, 17, 136].includes(protocol)) ? -1 : numberOf(first("DPT"), 65535),
    bytes: numberOf(first("LEN", ipWords), 1e9),
    dscp: trafficClass >= 0 ? trafficClass >> 2 : v4Dscp,
    ipId: colonId && version === 6 ? hexOf(colonId) : numberOf(first("ID", ipWords), 1e9),
    fragmentOffset,
    moreFragments: words.includes("MF") || (version === 6 && fragment !== undefined && ipWords.includes("INCOMPLETE")),
    icmpType: isLater || last.startsWith("TYPE=") ? -1 : numberOf(first("TYPE"), 255),
    icmpCode: isLater ? -1 : numberOf(first("CODE"), 255),
    tcpFlags: !isLater && protocol === 6 && (flags.length > 0 || first("URGP") !== undefined) ? flagLetters : null,
  };
}

function canonicalOrNull(text: string): string | null {
  try {
    return canonical(text);
  } catch {
    return null;
  }
}

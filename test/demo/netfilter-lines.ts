/** Kernel lines of a netfilter LOG rule (nf_log_syslog.c) as rsyslog stores them with ISO times. */
import { Journal } from "./journal.ts";
import type { Random } from "./random.ts";
import { isoText, secondsIntoWeek } from "./week.ts";

const HOST = "linux-gw";
const UPTIME_AT_START = 1_893_442;

const MAC = {
  eth0: "52:54:00:3c:a1:07:00:1d:aa:90:17:62:08:00",
  eth1: "52:54:00:3c:a1:08:00:50:56:8f:20:10:08:00",
} as const;

export interface NetfilterPath {
  in: "eth0" | "eth1" | "";
  out: "eth0" | "eth1" | "";
}

export interface NetfilterPacket {
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
}

/** Type of service byte as the kernel prints it: precedence apart from the rest. */
const TOS = { none: "TOS=0x00 PREC=0x00", signalling: "TOS=0x00 PREC=0x60", voice: "TOS=0x18 PREC=0xA0" } as const;
export type Tos = keyof typeof TOS;

export class NetfilterLog {
  readonly journal = new Journal();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** `prefix` as the rule says it, with its own blank at the end. */
  udp(
    ms: number,
    prefix: string,
    path: NetfilterPath,
    packet: NetfilterPacket,
    payload: number,
    tos: Tos = "none",
  ): void {
    const { sourcePort, destinationPort } = packet;
    const tail = `PROTO=UDP SPT=${sourcePort} DPT=${destinationPort} LEN=${payload + 8} `;
    this.#ipv4(ms, prefix, path, packet, payload + 28, tos, tail);
  }

  /** `flags` as the kernel orders them: `ACK PSH RST SYN FIN`. */
  tcp(ms: number, prefix: string, path: NetfilterPath, packet: NetfilterPacket, flags: string): void {
    const { sourcePort, destinationPort } = packet;
    const window = flags.includes("RST") ? 0 : flags === "SYN" ? 64_240 : this.#random.between(200, 1026);
    const tail = `PROTO=TCP SPT=${sourcePort} DPT=${destinationPort} WINDOW=${window} RES=0x00 ${flags} URGP=0 `;
    this.#ipv4(ms, prefix, path, packet, flags === "SYN" ? 60 : 52, "none", tail);
  }

  igmp(ms: number, prefix: string, source: string): void {
    const packet = { source, destination: "224.0.0.1" };
    this.#ipv4(ms, prefix, { in: "eth1", out: "" }, packet, 32, "none", "PROTO=2 ", 1);
  }

  /** Addresses of IPv6 are printed in full. */
  routerAdvertisement(ms: number, prefix: string): void {
    const mac = "33:33:00:00:00:01:00:1d:aa:90:17:62:86:dd";
    const addresses = "SRC=fe80:0000:0000:0000:021d:aaff:fe90:1762 DST=ff02:0000:0000:0000:0000:0000:0000:0001";
    const rest = "LEN=120 TC=0 HOPLIMIT=255 FLOWLBL=0 PROTO=ICMPv6 TYPE=134 CODE=0 ";
    this.kernel(ms, `${prefix}IN=eth0 OUT= MAC=${mac} ${addresses} ${rest}`);
  }

  /** A message of the SIP helper, which names no interfaces. */
  sipHelper(ms: number, reason: string, packet: NetfilterPacket, payload: number): void {
    this.udp(ms, `nf_ct_sip: dropping packet: ${reason} `, { in: "", out: "" }, packet, payload, "signalling");
  }

  kernel(ms: number, message: string): void {
    const uptime = (UPTIME_AT_START + secondsIntoWeek(ms)).toFixed(3) + this.#random.digits(3);
    this.other(ms, "kernel", `[${uptime}] ${message}`);
  }

  /** A line of another program. */
  other(ms: number, tag: string, message: string): void {
    this.journal.add(ms, `${isoText(ms, this.#random)} ${HOST} ${tag}: ${message}`);
  }

  #ipv4(
    ms: number,
    prefix: string,
    path: NetfilterPath,
    { source, destination }: Pick<NetfilterPacket, "source" | "destination">,
    length: number,
    tos: Tos,
    tail: string,
    ttl = path.in === "eth0" ? this.#random.between(44, 58) : 63,
  ): void {
    const mac = path.in === "" ? "" : `MAC=${MAC[path.in]} `;
    const id = this.#random.between(1, 65_535);
    const fragment = tail.startsWith("PROTO=TCP") || tos === "voice" ? "DF " : "";
    const head = `IN=${path.in} OUT=${path.out} ${mac}SRC=${source} DST=${destination}`;
    this.kernel(ms, `${prefix}${head} LEN=${length} ${TOS[tos]} TTL=${ttl} ID=${id} ${fragment}${tail}`);
  }
}

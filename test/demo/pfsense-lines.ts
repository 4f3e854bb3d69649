/** pfSense's filterlog in an RFC 5424 envelope, as `filterlog` prints it (FreeBSD-ports sysutils/filterlog). */
import { Journal } from "./journal.ts";
import type { Random } from "./random.ts";
import { isoText } from "./week.ts";

const HOST = "pf-nord.muster.example";

/** A logging rule: its number shifts when rules are added, its tracker stays. */
export interface PfRule {
  number: number;
  tracker: number;
  action: "pass" | "block" | "rdr";
}

export interface PfPacket {
  interface: string;
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
}

const SYN_OPTIONS = "mss;sackOK;TS;nop;wscale";

export class PfsenseLog {
  readonly journal = new Journal();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A TCP packet that opens a connection. */
  syn(ms: number, rule: PfRule, packet: PfPacket, ttl = 64): void {
    const tail = `0,S,${this.#sequence()},,64240,,${SYN_OPTIONS}`;
    this.#ipv4(ms, rule, packet, { ttl, flags: "DF", protocol: "6,tcp", length: 60, tail });
  }

  /** A TCP packet of a connection that the firewall does not know; `flags` as pf's letters. */
  strayTcp(ms: number, rule: PfRule, packet: PfPacket, flags: "A" | "FA" | "RA" | "R" | "PA" | "SA"): void {
    const random = this.#random;
    const data = flags === "PA" ? random.between(30, 900) : 0;
    const first = this.#sequence();
    const sequence = flags === "A" ? "" : data > 0 ? `${first}:${first + data}` : String(first);
    const acknowledged = flags === "R" ? "" : String(this.#sequence());
    const isReset = flags === "R" || flags === "RA";
    const options = flags === "SA" ? SYN_OPTIONS : isReset ? "" : "nop;nop;TS";
    const length = (isReset ? 40 : flags === "SA" ? 60 : 52) + data;
    const tail = `${data},${flags},${sequence},${acknowledged},${isReset ? 0 : random.between(200, 2053)},,${options}`;
    this.#ipv4(ms, rule, packet, { flags: "DF", protocol: "6,tcp", length, tail });
  }

  udp(ms: number, rule: PfRule, packet: PfPacket, payload: number, tos = "0x0", ttl = 64): void {
    const flags = tos === "0xb8" ? "DF" : "none";
    this.#ipv4(ms, rule, packet, { tos, ttl, flags, protocol: "17,udp", length: payload + 28, tail: `${payload + 8}` });
  }

  /** A UDP datagram too long for one packet: the first fragment has ports, the second has none. */
  fragmentedUdp(ms: number, rule: PfRule, packet: PfPacket, payload: number): void {
    const { source, destination, sourcePort, destinationPort } = packet;
    const id = this.#id();
    const head = (offset: number, flags: string, length: number) =>
      `${this.#rule(rule, packet.interface)},4,0x0,,57,${id},${offset},${flags},17,udp,${length},${source},${destination},`;
    this.#line(ms, `${head(0, "+", 1500)}${sourcePort},${destinationPort},${payload + 8}`);
    this.#line(ms, head(1480, "none", payload + 8 - 1480 + 20));
  }

  ping(ms: number, rule: PfRule, packet: Omit<PfPacket, "sourcePort" | "destinationPort">): void {
    const { source, destination } = packet;
    // filterlog glues the length to the sequence number: 1 and 64.
    const tail = `request,${this.#random.between(1, 9999)},164`;
    this.#line(
      ms,
      `${this.#rule(rule, packet.interface)},4,0x0,,64,${this.#id()},0,none,1,icmp,84,${source},${destination},${tail}`,
    );
  }

  igmp(ms: number, rule: PfRule, interfaceName: string, source: string): void {
    this.#line(
      ms,
      `${this.#rule(rule, interfaceName)},4,0xc0,,1,${this.#id()},0,none,2,igmp,36,${source},224.0.0.1,datalength=12 `,
    );
  }

  synV6(ms: number, rule: PfRule, packet: PfPacket, hops = 64): void {
    const { source, destination, sourcePort, destinationPort } = packet;
    const head = `6,0x00,0x${this.#random.hex(5)},${hops},TCP,6,40,${source},${destination}`;
    const tail = `${sourcePort},${destinationPort},0,S,${this.#sequence()},,64800,,${SYN_OPTIONS}`;
    this.#line(ms, `${this.#rule(rule, packet.interface)},${head},${tail}`);
  }

  udpV6(ms: number, rule: PfRule, packet: PfPacket, payload: number, hops = 1): void {
    const { source, destination, sourcePort, destinationPort } = packet;
    const length = payload + 8;
    const head = `6,0x00,0x${this.#random.hex(5)},${hops},UDP,17,${length},${source},${destination}`;
    this.#line(ms, `${this.#rule(rule, packet.interface)},${head},${sourcePort},${destinationPort},${length}`);
  }

  /** A line of another program on the firewall, sent to the same collector. */
  other(ms: number, priority: number, program: string, pid: number | "-", message: string): void {
    this.journal.add(ms, `<${priority}>1 ${isoText(ms, this.#random)} ${HOST} ${program} ${pid} - - ${message}`);
  }

  /** The first `keep` characters of a payload: the collector's disk was full. */
  cut(ms: number, payload: string, keep: number): void {
    this.#line(ms, payload.slice(0, keep));
  }

  #ipv4(
    ms: number,
    rule: PfRule,
    packet: PfPacket,
    header: { tos?: string; ttl?: number; flags: string; protocol: string; length: number; tail: string },
  ): void {
    const { source, destination, sourcePort, destinationPort } = packet;
    const { tos = "0x0", ttl = 64, flags, protocol, length, tail } = header;
    const head = `4,${tos},,${ttl},${this.#id()},0,${flags},${protocol},${length},${source},${destination}`;
    this.#line(ms, `${this.#rule(rule, packet.interface)},${head},${sourcePort},${destinationPort},${tail}`);
  }

  #rule({ number, tracker, action }: PfRule, interfaceName: string): string {
    return `${number},,,${tracker},${interfaceName},match,${action},in`;
  }

  #line(ms: number, payload: string): void {
    this.other(ms, 134, "filterlog", 41_287, payload);
  }

  #sequence(): number {
    return this.#random.between(1_000_000, 4_000_000_000);
  }

  #id(): number {
    return this.#random.between(1, 65_535);
  }
}

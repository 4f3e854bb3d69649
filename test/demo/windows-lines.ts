/** `pfirewall.log` of Windows Server: one line an allowed connection or a dropped packet, CRLF, local time. */
import { Journal } from "./journal.ts";
import type { Random } from "./random.ts";
import { clockText, dateText } from "./week.ts";

const HEADER = [
  "#Version: 1.5",
  "#Software: Microsoft Windows Firewall",
  "#Time Format: Local",
  "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid",
  "",
].join("\r\n");

export interface WindowsPacket {
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
}

export type WindowsPath = "SEND" | "RECEIVE";

export class WindowsLog {
  readonly journal = new Journal();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Written when the firewall service starts. */
  header(ms: number): void {
    this.journal.add(ms, HEADER);
  }

  allow(ms: number, protocol: "TCP" | "UDP", packet: WindowsPacket, path: WindowsPath, pid: number): void {
    const detail = protocol === "TCP" ? "0 - 0 0 0" : "0 - - - -";
    this.#line(ms, `ALLOW ${protocol} ${ends(packet)} ${detail} - - - ${path} ${pid}`);
  }

  /** A refused connection: the client repeats its packet after one second and after three. */
  dropSyn(ms: number, packet: WindowsPacket): void {
    const sequence = this.#number();
    for (const wait of [0, 1000, 3000]) {
      this.#line(ms + wait, `DROP TCP ${ends(packet)} 52 S ${sequence} 0 64240 - - - RECEIVE 4`);
    }
  }

  /** A packet of a connection that the firewall does not know. */
  dropStray(ms: number, packet: WindowsPacket, flags: "A" | "R" | "FA" | "RA"): void {
    const acknowledged = flags === "R" ? 0 : this.#number();
    const window = flags.includes("R") ? 0 : 64_240;
    this.#line(ms, `DROP TCP ${ends(packet)} 40 ${flags} ${this.#number()} ${acknowledged} ${window} - - - RECEIVE 4`);
  }

  dropUdp(ms: number, packet: WindowsPacket, size: number): void {
    this.#line(ms, `DROP UDP ${ends(packet)} ${size} - - - - - - - RECEIVE 4`);
  }

  /** Other protocols by number, such as 2 for IGMP. */
  dropOther(ms: number, protocol: string, source: string, destination: string, size: number): void {
    this.#line(ms, `DROP ${protocol} ${source} ${destination} - - ${size} - - - - - - - RECEIVE 4`);
  }

  ping(ms: number, source: string, destination: string, path: WindowsPath): void {
    this.#line(ms, `ALLOW ICMP ${source} ${destination} - - 0 - - - - 8 0 - ${path} 4`);
  }

  eventsLost(ms: number, events: number): void {
    this.#line(ms, `INFO-EVENTS-LOST - - - - - - - - - - - - ${events} - -`);
  }

  #number(): number {
    return this.#random.between(1_000_000, 4_000_000_000);
  }

  #line(ms: number, rest: string): void {
    this.journal.add(ms, `${dateText(ms)} ${clockText(ms)} ${rest}`);
  }
}

function ends({ source, destination, sourcePort, destinationPort }: WindowsPacket): string {
  return `${source} ${destination} ${sourcePort} ${destinationPort}`;
}

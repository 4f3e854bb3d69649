/**
 * A flood as one process's standard output: `node test/bench/flood.ts BYTES ADDRESSES` writes at least so many bytes of pfSense
 * lines from so many distinct Internet addresses, and says on standard error what it wrote.
 *
 * Six lines in ten knock at ports that nobody serves, three at SIP, one is an allowed packet to the telephone server.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface FloodCounts {
  lines: number;
  bytes: number;
  allowed: number;
  denied: number;
}

const CHUNK_BYTES = 1 << 20;
const ADDRESS_BITS = 25;
/** Odd, so that multiplying by it keeps all addresses distinct. */
const SPREAD = 0x9e3779b1;
/** Sixteen bits' worth of public networks under each of these numbers, none of them special. */
const FIRST_OCTETS = [
  ...[1, 2, 5, 8, 23, 31, 34, 37, 45, 46, 52, 62, 66, 77, 80, 85],
  ...[91, 94, 101, 104, 109, 114, 122, 134, 141, 151, 162, 178, 185, 188, 193, 212],
];

const HEAD = "Oct 12 ";
const KNOCK = " pf-bench filterlog[41287]: 4,,,1000000004,igb0,match,block,in,4,0x0,,47,7919,0,DF,6,tcp,44,";
const SIP = " pf-bench filterlog[41287]: 4,,,1000000004,igb0,match,block,in,4,0x0,,47,7919,0,DF,17,udp,440,";
const CALL = " pf-bench filterlog[41287]: 23,,,1000000023,igb0,match,pass,in,4,0xb8,,47,7919,0,DF,17,udp,640,";

function addressOf(serial: number): string {
  const mixed = Math.imul(serial, SPREAD) & ((1 << ADDRESS_BITS) - 1);
  return `${FIRST_OCTETS[mixed >>> 20]}.${(mixed >>> 12) & 255}.${(mixed >>> 4) & 255}.${(mixed & 15) * 16 + 1}`;
}

function line(serial: number, addresses: number): string {
  const address = addressOf(serial % addresses);
  const second = Math.floor(serial / 4000) % 86_400;
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  const from = 1024 + (serial % 60_000);
  const kind = serial % 10;
  if (kind < 6) {
    const tail = `198.51.100.5,${from},${10_000 + (serial % 37_000)},0,S,${serial},,64240,,mss;nop;wscale;nop;nop;sackOK`;
    return `${HEAD}${time}${KNOCK}${address},${tail}\n`;
  }
  if (kind < 9) return `${HEAD}${time}${SIP}${address},198.51.100.5,${from},5060,420\n`;
  return `${HEAD}${time}${CALL}${address},10.20.0.10,${from},65002,620\n`;
}

const [bytes, addresses] = process.argv.slice(2).map(Number) as [number, number];
const counts: FloodCounts = { lines: 0, bytes: 0, allowed: 0, denied: 0 };

function* chunks(): Generator<Buffer> {
  while (counts.bytes < bytes || counts.lines < addresses) {
    let text = "";
    while (text.length < CHUNK_BYTES) {
      text += line(counts.lines, addresses);
      if (counts.lines % 10 === 9) counts.allowed++;
      else counts.denied++;
      counts.lines++;
    }
    counts.bytes += text.length;
    yield Buffer.from(text, "latin1");
  }
}

await pipeline(Readable.from(chunks()), process.stdout);
process.stderr.write(`${JSON.stringify(counts)}\n`);

/** Lines as collectors keep them, for tests of what is around a line. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { payload, type ReadAgain, readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-wrapped-"));
afterAll(() => rmSync(folder, { recursive: true }));

export const FORTIGATE =
  'date=2026-07-03 time=19:10:30 devname="fg" tz="+0200" logid="0000000003" type="traffic" subtype="forward" srcip=203.0.113.9 srcport=5080 dstip=192.168.10.5 dstport=5060 proto=17 action="deny" policyid=0';
export const NETFILTER =
  "Jul  3 19:10:30 nf kernel: sip-drop: IN=eth0 OUT= SRC=203.0.113.9 DST=192.168.10.5 LEN=440 TOS=0x00 PREC=0x00 TTL=57 ID=1 PROTO=UDP SPT=5080 DPT=5060 LEN=420";
export const FULL = `<134>1 2026-07-03T19:10:30.5+02:00 pf filterlog 1 - - ${payload()}`;

export interface Seen {
  format: unknown;
  time: unknown;
  host: unknown;
  port: unknown;
}

/** A file that holds the text, read. */
export async function readCollected(text: string): Promise<ReadAgain> {
  const file = join(folder, "collected.json");
  writeFileSync(file, text);
  return readAll([file]);
}

/** The same in short. */
export async function read(text: string): Promise<{ records: Seen[]; lines: object }> {
  const { documents, reports } = await readCollected(text);
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  const records = documents.map((document: any) => ({
    format: document.event.module,
    time: document["@timestamp"],
    host: document.observer.name,
    port: document.destination.port,
  }));
  return { records, lines: { ...(reports[0] as (typeof reports)[0]).lines } };
}

export const PF: Seen = { format: "pfsense", time: "2026-07-03T17:10:30.500Z", host: "pf", port: 5060 };

export const EVENT = {
  EventID: 5157,
  EventTime: "2026-07-03T17:10:30Z",
  Hostname: "pbx",
  Channel: "Security",
  Direction: "%%14592",
  SourceAddress: "203.0.113.9",
  SourcePort: "40001",
  DestAddress: "192.168.10.5",
  DestPort: "5061",
  Protocol: "6",
};

export const LOG = {
  date: "2026-07-03",
  time: "19:10:30",
  tz: "+0200",
  logid: "0000000013",
  type: "traffic",
  devname: "fg",
};
export const SESSION = {
  ...LOG,
  srcip: "203.0.113.9",
  dstip: "192.168.10.5",
  dstport: 5060,
  proto: 17,
  action: "deny",
};

/** Cells of a row, quoted as a spreadsheet does. */
export function row(cells: readonly string[], delimiter = ","): string {
  return `${cells.map((cell) => (/["\n;,\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;
}

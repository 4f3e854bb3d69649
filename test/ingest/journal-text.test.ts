import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const packet = (port: number) =>
  `DROP IN=eth0 OUT= SRC=203.0.113.9 DST=192.168.10.5 LEN=440 TOS=0x00 PREC=0x00 TTL=57 ID=1 PROTO=UDP SPT=5080 DPT=${port} LEN=420 `;
const CURSOR = "__CURSOR=s=00ff;i=1;b=00;m=1;t=1;x=1";
const received = (us: number) => `__REALTIME_TIMESTAMP=${us}`;
const AT_US = 1_783_098_630_118_004;

/** A value that is no text, as an export writes it. */
function binary(name: string, value: string): string {
  const bytes = Buffer.from(value, "latin1");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return `${name}\n${length.toString("latin1")}${bytes.toString("latin1")}`;
}

async function read(text: string) {
  const file = join(folder, "journal");
  writeFileSync(file, text, "latin1");
  const { documents, reports } = await readAll([file], { zone: "Europe/Berlin" });
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  const records = documents.map(({ observer, destination, ringfence, ...document }: any) => [
    document["@timestamp"],
    observer.name,
    destination.port,
    ringfence.line,
  ]);
  return { records, lines: (reports[0] as (typeof reports)[0]).lines };
}

describe("the journal's export", () => {
  const entries = [
    [CURSOR, received(AT_US), "_HOSTNAME=fw", "SYSLOG_IDENTIFIER=kernel", `MESSAGE=${packet(1)}`],
    [
      CURSOR,
      received(AT_US),
      `MESSAGE=${packet(2)}`,
      "_HOSTNAME=fw",
      `_SOURCE_REALTIME_TIMESTAMP=${AT_US - 1_000_000}`,
    ],
    [CURSOR, received(AT_US), binary("BLOB", "a\n\nb=c\n\n"), "_HOSTNAME=fw", binary("MESSAGE", `${packet(3)}\xff`)],
    [CURSOR, received(AT_US), "_HOSTNAME=fw", "MESSAGE=session opened for user root"],
    [CURSOR, received(AT_US), "_TRANSPORT=syslog", "SYSLOG_IDENTIFIER=sshd", `MESSAGE=from ${packet(9)}`],
    [CURSOR, received(AT_US), "_HOSTNAME=fw", `MESSAGE=${packet(4)}`],
  ];

  it("is read entry by entry, values that are no text too", async () => {
    const { records, lines } = await read(`${entries.map((entry) => entry.join("\n")).join("\n\n")}\n`);
    expect(records).toEqual([
      ["2026-07-03T17:10:30.118004Z", "fw", 1, 1],
      ["2026-07-03T17:10:29.118004Z", "fw", 2, 7],
      ["2026-07-03T17:10:30.118004Z", "fw", 3, 13],
      ["2026-07-03T17:10:30.118004Z", "fw", 4, 36],
    ]);
    expect(lines).toMatchObject({ read: 6, parsed: 4, foreign: 2, malformed: 0 });
  });

  it("loses no entry behind one that is damaged", async () => {
    const damaged = [CURSOR, received(AT_US), "no value at all", `MESSAGE=${packet(5)}`];
    const { records } = await read(
      [damaged, ...entries.slice(0, 1)].map((entry) => `${entry.join("\n")}\n\n`).join(""),
    );
    expect(records.map(([, , port]) => port)).toEqual([5, 1]);
  });
});

describe("the journal in all words", () => {
  const entry = (second: string, port: number) =>
    `Fr 2026-07-03 19:10:${second} CEST [s=00ff;i=1;b=00;m=1;t=1;x=1]\n    _TRANSPORT=kernel\n    MESSAGE=${packet(port)}\n    _HOSTNAME=fw\n`;

  it("is read by its own times", async () => {
    const text = `-- Logs begin at Fr 2026-07-03 19:00:00 CEST, end at Fr 2026-07-03 20:00:00 CEST. --\n${entry("30.118004", 1)}-- Reboot --\n${entry("31.000000", 2)}`;
    const { records, lines } = await read(text);
    expect(records).toEqual([
      ["2026-07-03T17:10:30.118004Z", "fw", 1, 2],
      ["2026-07-03T17:10:31.000Z", "fw", 2, 7],
    ]);
    expect(lines).toMatchObject({ read: 4, parsed: 2, structure: 2, foreign: 0 });
  });
});

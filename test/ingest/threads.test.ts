import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { InputError } from "../../ingest/errors.ts";
import { type Counted, type CountedSoFar, type CountOptions, countFlows } from "../../ingest/flows/count.ts";
import type { FlowTable } from "../../ingest/flows/flows.ts";
import { warningsOf } from "../../ingest/inputs/input-report.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { describeFlow } from "../flows/reference.ts";
import { SELECT_ALL } from "../flows/select-all.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));

function pfsenseLog(lines: number): string {
  const rows: string[] = [];
  for (let i = 0; i < lines; i++) {
    const second = String(i % 60).padStart(2, "0");
    const address = `203.0.113.${i % 250}`;
    rows.push(
      i % 97 === 0
        ? "<38>1 2026-10-05T10:00:00+02:00 fw sshd 9 - - hello"
        : i % 89 === 0
          ? `<134>1 2026-10-05T10:00:${second}+02:00 fw filterlog 1 - - 4,,,1000000103,igb0,match,block,in,4,0x0`
          : `<134>1 2026-10-05T10:${String(i % 59).padStart(2, "0")}:${second}+02:00 fw filterlog 1 - - 4,,,1000000103,igb0,match,block,in,4,0x0,,57,${i},0,DF,17,udp,440,${address},192.168.10.5,5080,${5060 + (i % 3)},420`,
    );
  }
  return `${rows.join("\n")}\n`;
}

/** Windows logs whose header changes half-way, so that a piece must know the header before it. */
function windowsLog(lines: number): string {
  const head = "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: ";
  const half = Math.floor(lines / 2);
  const usual = Array.from(
    { length: half },
    (_, i) =>
      `2026-10-05 10:00:${String(i % 60).padStart(2, "0")} DROP UDP 203.0.113.${i % 200} 192.168.10.5 5080 5060 440 - - - - - - - RECEIVE`,
  );
  const swapped = Array.from(
    { length: half },
    (_, i) =>
      `2026-10-05 11:00:${String(i % 60).padStart(2, "0")} DROP UDP 192.168.10.5 203.0.113.${i % 200} 5060 5080 440 - - - - - - - RECEIVE`,
  );
  return (
    `${head}date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\n\n${usual.join("\n")}\n` +
    `${head}date time action protocol dst-ip src-ip dst-port src-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\n\n${swapped.join("\n")}\n`
  );
}

/** Two firewalls whose syslogd counts equal messages, and repeats of what nobody wrote down. */
function repeatingLog(lines: number): string {
  const rows: string[] = [];
  for (let i = 0; i < lines; i++) {
    const time = `Oct  5 10:${String(Math.floor(i / 60) % 60).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}`;
    const host = i % 7 < 3 ? "fw-a" : "fw-b";
    if (i % 5 === 4) rows.push(`${time} ${host} last message repeated ${1 + (i % 4)} times`);
    else if (i % 61 === 60) rows.push(`${time} fw-c last message repeated 2 times`);
    else if (i % 31 === 30) rows.push(`${time} ${host} sshd[7]: hello`);
    else
      rows.push(
        `${time} ${host} filterlog[9]: 4,,,1000000103,igb0,match,block,in,4,0x0,,57,0,0,DF,17,udp,440,203.0.113.${i % 250},192.168.10.5,5080,5060,420`,
      );
  }
  return `${rows.join("\n")}\n`;
}

async function count(names: string[], threads: number, more: Partial<CountOptions> = {}): Promise<Counted> {
  return countFlows({
    inputs: await findInputs(names, Date.UTC(2026, 10, 21)),
    selection: SELECT_ALL,
    zone: "Europe/Berlin",
    only: null,
    stdin: Readable.from([]),
    threads,
    minPieceBytes: 10_000,
    onUnreadable: (error) => {
      throw error;
    },
    ...more,
  });
}

function described({ table, reports }: Counted) {
  return {
    flows: [...table.flows()].map((flow) => describeFlow(flow) + JSON.stringify(flow.examples())).sort(),
    lines: reports.map((report) => ({ ...report.lines, samples: report.samples, warnings: warningsOf(report) })),
  };
}

describe("several threads", () => {
  it.each([
    ["pfSense", "pf.log", pfsenseLog(3000)],
    ["Windows, header changing half-way", "pfirewall.log", windowsLog(3000)],
    ["repeats of messages", "repeats.log", repeatingLog(3000)],
  ])("read %s as one does", async (_title, name, text) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const one = described(await count([file], 1));
    expect(one.lines[0]?.parsed).toBeGreaterThan(2500);
    expect(described(await count([file], 2))).toEqual(one);
    expect(described(await count([file], 5))).toEqual(one);
  });

  it("reads a mixture of plain and compressed files as one does", async () => {
    const plain = join(folder, "a.log");
    const zipped = join(folder, "b.log.gz");
    writeFileSync(plain, pfsenseLog(1500));
    writeFileSync(zipped, gzipSync(pfsenseLog(500)));
    expect(described(await count([plain, zipped], 3))).toEqual(described(await count([plain, zipped], 1)));
  });

  it("read many small files as one does, though one of them cannot be read", async () => {
    const own = join(folder, "many");
    mkdirSync(own);
    for (let i = 1; i <= 60; i++) writeFileSync(join(own, `filter.log.${i}`), pfsenseLog(40));
    const names = Array.from({ length: 60 }, (_, i) => join(own, `filter.log.${60 - i}`));
    const inputs = (await findInputs(names, Date.UTC(2026, 10, 21))).map((input, i) =>
      i === 20 ? { ...input, path: join(own, "gone") } : input,
    );
    const told: string[] = [];
    const onUnreadable = ({ message }: InputError) => told.push(message);
    const looks: Promise<CountedSoFar>[] = [];
    let lookNow: (() => Promise<CountedSoFar>) | null = null;
    const onStart = (look: () => Promise<CountedSoFar>) => {
      lookNow = look;
      for (let ms = 0; ms < 1000; ms += 50) setTimeout(() => looks.push(look()), ms);
    };
    const one = described(await count([], 1, { inputs, onUnreadable }));
    const several = await count([], 3, { inputs, onUnreadable, onStart });
    expect(described(several)).toEqual(one);
    expect(one.lines[20]?.warnings).toEqual([expect.stringMatching(/no such file/)]);
    expect(told).toHaveLength(2);
    for (const { table } of await Promise.all(looks))
      expect(packets(table)).toBeLessThanOrEqual(packets(several.table));
    expect(described(await (lookNow as unknown as () => Promise<CountedSoFar>)())).toEqual(one);
  });

  it("can be looked at meanwhile: never more than there is in the end, and every line with its own number", async () => {
    const file = join(folder, "looked-at.log");
    const text = pfsenseLog(60_000);
    writeFileSync(file, text);
    const lines = text.split("\n");
    const looks: CountedSoFar[] = [];
    let look: (() => Promise<CountedSoFar>) | null = null;
    const looking: Promise<unknown>[] = [];
    const counted = await count([file], 3, {
      onStart: (given) => {
        look = given;
        looking.push(given().then((one) => looks.push(one)));
      },
      onBytes: () => looking.push((look as () => Promise<CountedSoFar>)().then((one) => looks.push(one))),
    });
    await Promise.all(looking);
    expect(looks.length).toBeGreaterThan(1);
    const all = packets(counted.table);
    for (const { table, reports, numberedTo } of looks) {
      expect(packets(table)).toBeLessThanOrEqual(all);
      expect(reports[0]?.lines.parsed).toBeLessThanOrEqual(counted.reports[0]?.lines.parsed as number);
      for (const flow of table.flows()) {
        for (const { line, offset } of flow.examples()) {
          if (offset >= (numberedTo[0] as number)) continue;
          expect(text.slice(offset, text.indexOf("\n", offset))).toBe(lines[line - 1]);
        }
      }
    }
    const last = await (look as unknown as () => Promise<CountedSoFar>)();
    expect(described(last)).toEqual(described(counted));
  });
});

function packets(table: FlowTable): number {
  return [...table.flows()].reduce((sum, flow) => sum + flow.count, 0);
}

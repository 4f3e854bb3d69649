import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { readRecords } from "../../ingest/inputs/read-back.ts";
import { FULL, NETFILTER } from "./collected.ts";
import { readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-read-back-"));
afterAll(() => rmSync(folder, { recursive: true }));

const documents = [{ message: FULL }, { message: NETFILTER }];
const texts = documents.map((document) => JSON.stringify(document));
const rows = documents.map(({ message }) => JSON.stringify(["1783098630500000000", message]));
const event = `<Event>\n<System><EventID>5157</EventID></System>\n<EventData><Data Name="SourceAddress">203.0.113.9</Data><Data Name="DestAddress">192.168.10.5</Data></EventData>\n</Event>`;

/** Whatever stands between two records may be shown with the second. */
const bare = (text: string | null) => text?.replace(/^[\s,]+|^\[(?=\{)/, "") ?? null;

it.each<[string, string, (string | null)[]]>([
  ["lines", `${FULL}\r\n${NETFILTER}\n`, [FULL, NETFILTER]],
  ["documents in lines", `${texts.join("\n")}\n`, texts],
  ["an array in one line", `[${texts.join(",")}]`, texts],
  ["an answer in one line", JSON.stringify({ results: documents }), texts],
  [
    "documents over several lines",
    documents.map((document) => `${JSON.stringify(document, null, 2)}\n`).join(""),
    documents.map((document) => JSON.stringify(document, null, 2)),
  ],
  ["Loki's rows in one line", `{"data":{"result":[{"stream":{},"values":[${rows.join()}]}]}}\n`, rows],
  ["events over several lines", `${event}\n${event}\n`, [event, event]],
])("gives single records of %s back", async (_, text, expected) => {
  for (const [name, bytes] of [
    ["plain.log", text],
    ["packed.log.gz", gzipSync(text)],
  ] as const) {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const { documents: read } = await readAll([file]);
    // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
    const offsets = read.map((document: any) => document.log.offset);
    const [input] = await findInputs([file], 0);
    const found = await readRecords(input as never, [...offsets, text.length], name === "plain.log");
    expect(found.map(bare)).toEqual([...expected, null]);
  }
});

/** Lines as people show them to each other: in mails, lists, comments, tables, between marks and tags. */
import { describe, expect, it } from "vitest";
import { FORTIGATE, FULL, NETFILTER, PF, read, readCollected, type Seen } from "./collected.ts";

const WINDOWS = "2026-07-03 19:10:30 DROP UDP 203.0.113.9 192.168.10.5 5080 5060 440 - - - - - - - RECEIVE";
const LINES: [string, string, Seen][] = [
  ["filterlog", FULL, PF],
  ["FortiGate", FORTIGATE, { format: "fortigate", time: "2026-07-03T17:10:30.000Z", host: "fg", port: 5060 }],
  ["netfilter", NETFILTER, { format: "iptables", time: "2026-07-03T19:10:30.000Z", host: "nf", port: 5060 }],
  ["Windows", WINDOWS, { format: "windows", time: "2026-07-03T19:10:30.000Z", host: undefined, port: 5060 }],
];
const MARKS: [string, (line: string) => string][] = [
  ["a mail's quote", (line) => `> ${line}`],
  ["a quote of a quote", (line) => `> >> ${line}`],
  ["a list", (line) => `  - ${line}`],
  ["a numbered list", (line) => `2. ${line}`],
  ["cat -n", (line) => `     2\t${line}`],
  ["a list of texts", (line) => `    '${line}',`],
  ["backticks", (line) => `\`${line}\``],
  ["a list of backticks", (line) => `* \`${line}\``],
  ["a comment", (line) => `// ${line}`],
  ["a table", (line) => `| ${line} |`],
  ["tags", (line) => `<pre><code class="log">${line}</code></pre>`],
  ["a forum's tags", (line) => `[code]${line}[/code]`],
  ["a terminal's colours", (line) => `\u001b[0;31m${line}\u001b[0m`],
  ["an HTML page", (line) => `<p>${line.replaceAll("<", "&lt;").replaceAll('"', "&quot;")}</p>`],
  [
    "Splunk's XML",
    (line) => `\t<field k='_raw'><v xml:space='preserve' trunc='0'>${line.replaceAll("<", "&lt;")}</v></field>`,
  ],
  ["a label", (line) => `Sample log: ${line}`],
  ["a key", (line) => `  "message": "${line}",`],
  ["a test's key", (line) => `log 1 pass = ${line}`],
  ["a shell's prompt", (line) => `root@fw:~# ${line}`],
  ["a byte order mark", (line) => `\ufeff${line}`],
];

describe.each(LINES)("a line of %s", (_, line, seen) => {
  it.each(MARKS)("between the marks of %s", async (_, marked) => {
    expect((await read(`${marked(line)}\n`)).records).toEqual([seen]);
  });

  it("in a text", async () => {
    const text = `This is what it says:\n\n> ${line}\n> ${line}\n\nWhat am I to do?\n`;
    expect(await read(text)).toMatchObject({ records: [seen, seen], lines: { foreign: 2, malformed: 0 } });
  });
});

describe("what is no mark", () => {
  it("another program's text", async () => {
    const text = `Jul  3 19:10:30 pbx app: seen: ${WINDOWS}\nSource: 2026-07-03 19:10:30 closed\n`;
    expect(await read(text)).toMatchObject({ records: [], lines: { foreign: 2 } });
  });

  it("a number that begins an administrator's prefix", async () => {
    const line = `12: sip-drop: ${NETFILTER.slice(NETFILTER.indexOf("IN="))}`;
    const { records } = await read(`${line}\n`);
    expect(records).toEqual([{ format: "iptables", time: undefined, host: undefined, port: 5060 }]);
  });

  it("a quotation mark that ends a value", async () => {
    const { documents } = await readCollected(`> ${FORTIGATE} dstintf="lan"\n`);
    expect(documents).toMatchObject([{ observer: { egress: { interface: { name: "lan" } } } }]);
  });
});

it("finds a single event of several lines behind a sentence", async () => {
  const names = "Log Name:      Security\nDate:          7/3/2026 7:10:30 PM\nEvent ID:      5157\nComputer:      pbx";
  const addresses = "Source Address:\t203.0.113.9\n\tSource Port:\t5080\n\tDestination Address:\t192.168.10.5";
  const network = `Direction:\tInbound\n\t${addresses}\n\tDestination Port:\t5060\n\tProtocol:\t17`;
  const message = `Application Information:\n\tProcess ID:\t4\n\nNetwork Information:\n\t${network}`;
  const { records } = await read(`Hello, what is this:\n\n${names}\nDescription:\n\n${message}\n`);
  expect(records).toEqual([{ format: "windows-events", time: "2026-07-03T19:10:30.000Z", host: "pbx", port: 5060 }]);
});

/** What `ringfence audit` is held against: tools that only count, one that only looks for a word, and what Node itself takes. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FormatId } from "./lines.ts";

export const OURS = "ringfence audit";
export const DUCKDB = "DuckDB";
export const RIPGREP = "rg -c";
export const LINE_ENDS = "line ends";

export interface Contender {
  name: string;
  command(format: FormatId, file: string, site: string): readonly string[];
  /** Seconds by its own clock where that is fairer to it than the whole process's. */
  ownSeconds?(output: string): number;
}

const PROGRAM = fileURLToPath(new URL("../../dist/cmd/main.js", import.meta.url));

/** The built command. */
export function ringfence(...words: string[]): readonly string[] {
  return [process.execPath, PROGRAM, ...words];
}

const END = "END { for (key in n) { groups++; lines += n[key] } print groups, lines }";
const mawkPrograms: Record<FormatId, readonly string[]> = {
  pfsense: ["-F,", `/filterlog/ { n[$7 FS $19 FS $20 FS $22]++ } ${END}`],
  windows: [`/^[0-9]/ { n[$3 FS $5 FS $6 FS $8]++ } ${END}`],
  iptables: [
    `/ SRC=/ { for (i = 8; i <= NF; i++) { key = substr($i, 1, 4); if (key == "SRC=") s = $i; else if (key == "DST=") d = $i;
      else if (key == "DPT=") p = $i } n[$7 FS s FS d FS p]++; p = "" } ${END}`,
  ],
  fortigate: [
    `/ srcip=/ { for (i = 5; i <= NF; i++) { key = substr($i, 1, 6); if (key == "srcip=") s = $i; else if (key == "dstip=") d = $i;
      else if (key == "dstpor") p = $i; else if (key == "action") a = $i } n[a FS s FS d FS p]++; p = "" } ${END}`,
  ],
};

const deniedWords: Record<FormatId, string> = {
  pfsense: ",block,",
  windows: " DROP ",
  iptables: "FWD-DROP",
  fortigate: 'action="deny"',
};

function printedSeconds(output: string): number {
  return (JSON.parse(output) as { milliseconds: number }).milliseconds / 1000;
}

const all: readonly Contender[] = [
  { name: OURS, command: (_, file, site) => ringfence("audit", "--site", site, file, "--format", "json") },
  {
    name: DUCKDB,
    command: (format, file) => [process.execPath, fileURLToPath(new URL("duckdb.ts", import.meta.url)), format, file],
    // Without the start of Node and of the library.
    ownSeconds: printedSeconds,
  },
  { name: "mawk", command: (format, file) => ["mawk", ...mawkPrograms[format], file] },
  { name: RIPGREP, command: (format, file) => ["rg", "-c", "--fixed-strings", deniedWords[format], file] },
  {
    name: LINE_ENDS,
    command: (_, file) => [process.execPath, fileURLToPath(new URL("line-floor.ts", import.meta.url)), file],
    ownSeconds: printedSeconds,
  },
];

/** Those that are installed; the others are named on standard error. */
export function installedContenders(): Contender[] {
  return all.filter(({ name, command }) => {
    const [tool] = command("pfsense", "", "") as [string];
    const isThere =
      tool === process.execPath || spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
    if (!isThere) process.stderr.write(`bench: ${tool} is not installed: no comparison with ${name}\n`);
    return isThere;
  });
}

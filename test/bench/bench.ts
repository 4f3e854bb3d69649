/**
 * `npm run bench`: how fast and how big `ringfence audit` is, beside tools that only count. Everything is run side by side and
 * in turns, because machines are noisy; the best run counts. PERFORMANCE.md says what the numbers were and why.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchFlood } from "./bench-flood.ts";
import { benchFormats } from "./bench-formats.ts";
import { benchMatching } from "./bench-matching.ts";
import { benchParse } from "./bench-parse.ts";
import { benchScaling } from "./bench-scaling.ts";
import { benchStartUp } from "./bench-start-up.ts";
import { FORMATS, type FormatId, folder, SITE } from "./lines.ts";

const PARTS = ["start-up", "formats", "scaling", "matching", "parse", "flood"] as const;

const USAGE = `npm run bench -- [flags]
  --parts <list>        of ${PARTS.join(", ")} (default: all)
  --formats <list>      of ${FORMATS.join(", ")} (default: all)
  --lines <count>       lines of each format's file, and flows to match (default: 2000000)
  --repetitions <count> (default: 3)
  --flood-gb <size>     of the stream with 2 million distinct addresses a gigabyte (default: 10)
Files are kept in ${folder()}.
`;

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: PARTS.join(",") },
    formats: { type: "string", default: FORMATS.join(",") },
    lines: { type: "string", default: "2000000" },
    repetitions: { type: "string", default: "3" },
    "flood-gb": { type: "string", default: "10" },
    help: { type: "boolean", default: false },
  },
});

function chosen<Name extends string>(list: string, known: readonly Name[]): Name[] {
  const words = list.split(",");
  const unknown = words.find((word) => !known.includes(word as Name));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${known.join(", ")}`);
  return known.filter((name) => words.includes(name));
}

if (values.help) process.stdout.write(USAGE);
else {
  const parts = chosen(values.parts, PARTS);
  const formats: FormatId[] = chosen(values.formats, FORMATS);
  const lines = Number(values.lines);
  const repetitions = Number(values.repetitions);
  const site = join(folder(), "site.yaml");
  writeFileSync(site, SITE);
  if (parts.includes("start-up")) await benchStartUp(5 * repetitions);
  if (parts.includes("formats")) await benchFormats(formats, lines, repetitions, site);
  if (parts.includes("scaling")) await benchScaling(formats[0] as FormatId, lines, repetitions, site);
  if (parts.includes("matching")) await benchMatching(lines);
  if (parts.includes("parse")) await benchParse(formats, lines, repetitions);
  if (parts.includes("flood")) await benchFlood(Number(values["flood-gb"]), site);
}

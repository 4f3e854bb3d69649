/** Files that people write for the program: of the site, and of the fleet. */
import { readFileSync, statSync } from "node:fs";
import { UsageError } from "./exit.ts";

/** Twenty thousand telephones fill a third of it; YAML takes a minute for a log of 10 MB that is named by mistake. */
const MOST_BYTES = 1 << 20;

const WORDS = {
  site: { missing: "no such site file", tooLong: "too long for a site file: " },
  fleet: { missing: "no such fleet file", tooLong: "too long for a fleet file: " },
} as const;

/** The file's text. Throws UsageError where there is none, or where it is too long to be of the kind. */
export function readSettings(file: string, kind: keyof typeof WORDS): string {
  const { missing, tooLong } = WORDS[kind];
  let bytes: number;
  let text = "";
  try {
    bytes = statSync(file).size;
    if (bytes <= MOST_BYTES) text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${file}: ${code === "ENOENT" ? missing : `cannot be read (${code})`}`);
  }
  if (bytes > MOST_BYTES)
    throw new UsageError(`${file}: ${tooLong}${Math.round(bytes / 1e6)} MB; logs are named without a flag`);
  return text;
}

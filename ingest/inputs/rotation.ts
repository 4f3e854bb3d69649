/**
 * Rotated logs by their names: newsyslog (`.0` is the newest), logrotate (`.1` is), `dateext` (`-20261005`, with hours or
 * seconds), dates before the ending (`filter_20261005.log`), Windows' `.old`, each of them perhaps compressed.
 */
import { basename, dirname } from "node:path";

const COMPRESSED = /\.(?:gz|gzip|bz2|bzip2|xz|lzma|zst|zstd|lz4|z)$/i;
const OLD = /^(.+)\.(?:old|bak)$/i;
/** The number last, or before the ending (logrotate's `extension`). */
const NUMBERED = /^(.+)\.(\d{1,4})(\.[a-z][a-z0-9]*)?$/i;
/** Year, month, day, then perhaps hour, minute, second, or seconds since 1970. */
const DATED =
  /^(.*?)[-_.]?((?:19|20)\d\d)([-_.]?)(\d\d)\3(\d\d)(?:[-_.T]?(\d\d)(?:[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?)?|-\d{9,10})?(\.[a-z][a-z0-9]*)?$/i;
/** A host's address is no generation: `192.0.2.1`, `10.1.2.3.log`. */
const ADDRESS = /(?:^|[^\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\.[a-z][a-z0-9]*)?$|^(?:\d{1,3}\.){3}\d{1,3}/i;

/** Which set a file belongs to, and where it stands in it. */
interface Generation {
  folder: string;
  set: string;
  /** UTC milliseconds of the date in the name; infinite where there is none. */
  dateMs: number;
  /** 0 for the live file, more for older ones. */
  age: number;
}

/** The paths by folder and set, each set from its oldest file to the live one. */
export function inTimeOrder(paths: readonly string[]): string[] {
  const order = new Intl.Collator("en", { numeric: true });
  const byName = (a: string, b: string) => order.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
  return paths
    .map((path) => ({ path, ...generationOf(path) }))
    .sort(
      (a, b) =>
        byName(a.folder, b.folder) ||
        byName(a.set, b.set) ||
        Math.sign(a.dateMs - b.dateMs || 0) ||
        b.age - a.age ||
        byName(a.path, b.path),
    )
    .map(({ path }) => path);
}

/** UTC milliseconds of the date that a rotated file's name tells, or null. */
export function dateInName(path: string): number | null {
  const { dateMs } = generationOf(path);
  return Number.isFinite(dateMs) ? dateMs : null;
}

/** Whether the name says that nothing is written to the file any more: `.1`, `.old`, `.gz`. */
export function isRotatedAway(path: string): boolean {
  return COMPRESSED.test(path) || generationOf(path).age > 0;
}

function generationOf(path: string): Generation {
  const folder = dirname(path);
  let name = basename(path).replace(COMPRESSED, "");
  let age = 0;
  const old = OLD.exec(name);
  const numbered = old || ADDRESS.test(name) ? null : NUMBERED.exec(name);
  if (old) {
    name = old[1] as string;
    age = 0.5;
  } else if (numbered) {
    name = `${numbered[1]}${numbered[3] ?? ""}`;
    age = Number(numbered[2]) + 1;
  }
  const dated = DATED.exec(name);
  const dateMs = dated ? dateOf(dated) : Number.NaN;
  if (!dated || Number.isNaN(dateMs)) return { folder, set: name, dateMs: Number.POSITIVE_INFINITY, age };
  return { folder, set: `${dated[1]}${dated[9] ?? ""}`, dateMs, age };
}

/** NaN where the digits are no date. */
function dateOf(match: RegExpExecArray): number {
  const [year, month, day, hour, minute, second] = [2, 4, 5, 6, 7, 8].map((group) => Number(match[group] ?? 0));
  const date = new Date(
    Date.UTC(year as number, (month as number) - 1, day as number, hour as number, minute as number, second as number),
  );
  const isReal = date.getUTCMonth() === (month as number) - 1 && (hour as number) < 24 && (minute as number) < 60;
  return isReal ? date.getTime() : Number.NaN;
}

/** What is wrong with a catalog folder, said so that its author finds the place. */

export interface CatalogProblem {
  file: string;
  /** 1-based; null: the file as a whole. */
  line: number | null;
  /** 1-based position in YAML, the column's name in CSV; null: the line as a whole. */
  column: number | string | null;
  /** Starts lowercase, names the wrong value and lists the valid ones. */
  message: string;
}

/** `file:line:column: message`, as compilers print it, so that editors can jump there. */
export function formatProblem(problem: CatalogProblem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== null);
  return `${place.join(":")}: ${problem.message}`;
}

const LONGEST_QUOTE = 60;

/** A wrong value in quotes: control bytes escaped and long text cut, since catalogs may come from anybody. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}..."` : text;
}

/** The valid values of a place, or that there are none. */
export function listed(values: Iterable<string>): string {
  const all = [...new Set(values)];
  return all.length === 0 ? "(none)" : all.join(", ");
}

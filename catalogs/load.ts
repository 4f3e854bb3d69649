/** Loads catalog folders: `catalog.yaml` and `ports.csv`, both read to their ends so that all problems show at once. */
import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Catalog } from "./catalog.ts";
import { checkShape } from "./catalog-schema.ts";
import { type CatalogHead, checkHead, toHead } from "./head.ts";
import { COLUMNS, parsePortsCsv } from "./ports-csv.ts";
import type { CatalogProblem } from "./problems.ts";
import { readRow } from "./requirement-row.ts";
import { checkRowIds, checkRowNames } from "./row-references.ts";
import { type CatalogSource, type RequirementRow, requirementsAt } from "./source.ts";
import { languagesOf, readTranslations, translatableTexts } from "./translations.ts";
import { parseYaml } from "./yaml-file.ts";

export interface LoadedCatalog {
  /** Normalised, at the parameters' defaults; null if there is any problem. */
  catalog: Catalog | null;
  /** For `requirementsAt` with a site's own parameters; null if there is any problem. */
  source: CatalogSource | null;
  problems: CatalogProblem[];
  /** Of `catalog.yaml` and `ports.csv`, one after the other, as `cat catalog.yaml ports.csv | sha256sum` prints it. */
  sha256: string;
}

/** Reads one catalog folder, and says all that is wrong with it. */
export function loadCatalog(folder: string): LoadedCatalog {
  const hash = createHash("sha256");
  const { head, problems: headProblems } = loadHead(folder, hash);
  const { rows, problems: rowProblems } = loadRows(folder, head, hash);
  const sha256 = hash.digest("hex");
  const { translations, problems: languageProblems } = loadTranslations(folder, head, rows);
  const problems = [...headProblems.sort(byPlace), ...rowProblems.sort(byPlace), ...languageProblems];
  if (head === null || problems.length > 0) {
    return { catalog: null, source: null, problems, sha256 };
  }
  const source: CatalogSource = { head: { ...head, translations }, rows };
  const { policies, ...rest } = head;
  const catalog: Catalog = { ...rest, requirements: requirementsAt(source, new Map()), policies, translations };
  return { catalog, source, problems, sha256 };
}

/** Names of the catalog folders in a folder, sorted; a folder that cannot be read holds none. */
export function listCatalogIds(catalogsRoot: string): string[] {
  if (!existsSync(catalogsRoot)) {
    return [];
  }
  return readdirSync(catalogsRoot)
    .filter((name) => existsSync(join(catalogsRoot, name, "catalog.yaml")))
    .sort();
}

function loadHead(folder: string, hash: Hash): { head: CatalogHead | null; problems: CatalogProblem[] } {
  const file = join(folder, "catalog.yaml");
  const { text, problems } = readText(file, hash);
  if (text === null) {
    return { head: null, problems };
  }
  const { yaml, problems: yamlProblems } = parseYaml(file, text);
  if (yaml === null) {
    return { head: null, problems: yamlProblems };
  }
  const { content, problems: shapeProblems } = checkShape(yaml);
  if (content === null) {
    return { head: null, problems: shapeProblems };
  }
  const head = toHead(content);
  return { head, problems: checkHead(yaml, content, head, basename(resolve(folder))) };
}

/** Without a head the rows' own form is still checked, only not what they name. */
function loadRows(
  folder: string,
  head: CatalogHead | null,
  hash: Hash,
): { rows: RequirementRow[]; problems: CatalogProblem[] } {
  const file = join(folder, "ports.csv");
  const { text, problems } = readText(file, hash);
  if (text === null) {
    return { rows: [], problems };
  }
  const csv = parsePortsCsv(file, text);
  const read = csv.rows.map((row) => readRow(file, row));
  const rows = read.map(({ row }) => row).filter((row) => row !== null);
  const all = [
    ...csv.problems,
    ...read.flatMap((result) => result.problems),
    ...checkRowIds(file, rows),
    ...(head === null ? [] : rows.flatMap((row) => checkRowNames(file, row, head))),
  ];
  return { rows, problems: all };
}

/** A catalog that is wrong itself is put right first: nobody can tell which of its texts are meant. */
function loadTranslations(
  folder: string,
  head: CatalogHead | null,
  rows: readonly RequirementRow[],
): { translations: Catalog["translations"]; problems: CatalogProblem[] } {
  if (head === null) {
    return { translations: {}, problems: [] };
  }
  const known = translatableTexts(head, rows);
  const read = languagesOf(folder).map((language) => {
    const file = join(folder, `${language}.yaml`);
    const { text, problems } = readText(file);
    const { yaml, problems: yamlProblems } = text === null ? { yaml: null, problems } : parseYaml(file, text);
    const { texts, problems: own } = yaml ? readTranslations(yaml, known) : { texts: {}, problems: yamlProblems };
    return { language, texts, problems: own };
  });
  return {
    translations: Object.fromEntries(read.map(({ language, texts }) => [language, texts])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Reading order, within one file. */
function byPlace(a: CatalogProblem, b: CatalogProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || position(a) - position(b);
}

function position({ column }: CatalogProblem): number {
  return typeof column === "string" ? (COLUMNS as readonly string[]).indexOf(column) : (column ?? 0);
}

function readText(file: string, hash?: Hash): { text: string | null; problems: CatalogProblem[] } {
  try {
    const bytes = readFileSync(file);
    hash?.update(bytes);
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), problems: [] };
  } catch (error) {
    return { text: null, problems: [{ file, line: null, column: null, message: unreadable(error) }] };
  }
}

function unreadable(error: unknown): string {
  if (error instanceof TypeError) {
    return "is not UTF-8; save it with that encoding";
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return code === "ENOENT" ? "does not exist" : `cannot be read: ${code}`;
}

/**
 * A catalog in other languages: `de.yaml` beside `catalog.yaml` maps its English texts to German ones. A text that it does
 * not list stays English; one that the catalog does not have is a problem, since then the English has changed.
 */
import { readdirSync } from "node:fs";
import type { Catalog } from "./catalog.ts";
import { type CatalogProblem, quoted } from "./problems.ts";
import type { YamlFile } from "./yaml-file.ts";

/** The languages of a catalog's folder, each the name of a file: `de` for `de.yaml`. */
export function languagesOf(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => /^([a-z]{2})\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/** The texts of a catalog that reports show and another language may say. */
export function translatableTexts(
  { product, document, policies }: Pick<Catalog, "product" | "document" | "policies">,
  rows: readonly { application: string }[],
): Set<string> {
  return new Set([
    product,
    document.title,
    document.revision,
    ...policies.map(({ statement }) => statement),
    ...rows.map(({ application }) => application),
  ]);
}

/** One language's texts, or what is wrong with them. */
export function readTranslations(
  yaml: YamlFile,
  known: ReadonlySet<string>,
): { texts: Record<string, string>; problems: CatalogProblem[] } {
  const { value } = yaml;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { texts: {}, problems: [yaml.problemAt([], "must map English texts to translations")] };
  }
  const entries = Object.entries(value as Record<string, unknown>);
  const problems = entries.flatMap(([english, text]) => {
    if (typeof text !== "string" || text.trim() === "") {
      return [yaml.problemAt([english], `the translation of ${quoted(english)} must be a text`)];
    }
    return known.has(english)
      ? []
      : [yaml.problemAtKey([], english, `no text of this catalog that reports show reads ${quoted(english)}`)];
  });
  return { texts: Object.fromEntries(entries) as Record<string, string>, problems };
}

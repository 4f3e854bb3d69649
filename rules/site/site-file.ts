/** Reads `site.yaml`, and builds the site of the short form (`--catalog`, `--host`). */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { CatalogProblem } from "../../catalogs/problems.ts";
import { schemaProblem } from "../../catalogs/schema-problem.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../../catalogs/yaml-file.ts";
import schema from "../site.schema.json" with { type: "json" };
import { NO_SITE_FILE, type Site } from "./site.ts";
import { type DeploymentYaml, type SiteOptions, SiteReader, type SiteYaml } from "./site-reader.ts";

// That the schema is one is for test/cmd/schemas.test.ts to say, not for every start.
const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  validateSchema: false,
}).compile<SiteYaml>(schema);

/** The site that a file describes, or everything that is wrong with it, with line and column. */
export function readSite(
  file: string,
  text: string,
  options: SiteOptions,
): { site: Site | null; problems: CatalogProblem[] } {
  const { yaml, problems } = parseYaml(file, text);
  if (!yaml) return { site: null, problems };
  const { value } = yaml;
  if (!validate(value)) {
    return { site: null, problems: (validate.errors ?? []).map((error) => schemaProblem(yaml, error)) };
  }
  return new SiteReader(yaml, options).read(value);
}

/** The site of `audit fw.log --catalog ID --host ADDRESS`; problems are messages without a place. */
export function shortSite(
  deployments: DeploymentYaml[],
  options: SiteOptions,
): { site: Site | null; problems: string[] } {
  const content: SiteYaml = { site: NO_SITE_FILE.text, deployments };
  const problems: string[] = [];
  const collect = (_path: YamlPath, message: string): CatalogProblem => ({
    file: "",
    line: null,
    column: null,
    message,
  });
  const yaml: YamlFile = {
    file: "",
    value: content,
    problemAt: collect,
    problemAtKey: (path, _key, message) => collect(path, message),
  };
  const result = new SiteReader(yaml, options).read(content);
  problems.push(...result.problems.map(({ message }) => message));
  return { site: result.site, problems };
}

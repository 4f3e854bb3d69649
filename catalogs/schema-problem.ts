/** What a JSON Schema does not let through, in words for people and with the place in the YAML file. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { type CatalogProblem, listed, quoted } from "./problems.ts";
import type { YamlFile, YamlPath } from "./yaml-file.ts";

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  integer: "a whole number",
  array: "a list",
  object: "a mapping",
};

/** One complaint of ajv (compiled with `verbose`) as a problem at its place in the file. */
export function schemaProblem(yaml: YamlFile, error: ErrorObject): CatalogProblem {
  const path = toPath(error.instancePath);
  const name = nameOf(path);
  switch (error.keyword) {
    case "additionalProperties": {
      const key: string = error.params.additionalProperty;
      return yaml.problemAtKey(path, key, `unknown key ${quoted(key)}; valid: ${validKeys(error)}`);
    }
    case "required":
      return yaml.problemAt(path, `missing key ${quoted(error.params.missingProperty)} in ${name}`);
    case "enum":
      return yaml.problemAt(
        path,
        `unknown ${name} ${quoted(error.data)}; valid: ${listed(error.params.allowedValues)}`,
      );
    case "type": {
      const types: string[] = [error.params.type].flat();
      const wanted = types.map((type) => TYPE_NAMES[type] ?? type).join(" or ");
      return yaml.problemAt(path, `${name} must be ${wanted}, not ${found(error.data)}`);
    }
    case "minItems":
      return yaml.problemAt(path, `${name} must have at least one entry`);
    case "minProperties":
      return yaml.problemAt(
        path,
        `${name} must have at least one entry: ${error.parentSchema?.description ?? "it is empty"}`,
      );
    case "pattern":
      return yaml.problemAt(path, `${name} ${quoted(error.data)} is not valid: ${description(error)}`);
    default:
      return yaml.problemAt(path, `${name} ${error.message ?? "is not valid"}, found ${quoted(error.data)}`);
  }
}

/** Turns a JSON pointer into a path; list positions become numbers. */
function toPath(pointer: string): YamlPath {
  const parts = pointer.split("/").slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
}

/** What a value is called: its key, or `policies entry 3` in a list. */
function nameOf(path: YamlPath): string {
  const last = path.at(-1);
  if (last === undefined) {
    return "the file";
  }
  return typeof last === "number" ? `${path.at(-2)} entry ${last + 1}` : last;
}

function validKeys(error: ErrorObject): string {
  return listed(Object.keys(error.parentSchema?.properties ?? {}));
}

function description(error: ErrorObject): string {
  return `expected ${error.parentSchema?.description ?? error.params.pattern}`;
}

/** A number where a text belongs is most often a version or revision that YAML reads as a number. */
function found(value: unknown): string {
  if (value === null) {
    return "empty";
  }
  return typeof value === "number" ? `the number ${value}; put it in quotes` : quoted(value);
}

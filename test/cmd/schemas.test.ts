/** The schemas of what people write, and of what is published: the program itself takes their soundness for granted. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

const SCHEMAS = ["catalogs/catalog", "cmd/fleet", "rules/result", "rules/site"];

describe("schemas", () => {
  it.each(SCHEMAS)("%s is a JSON Schema", (name) => {
    const schema: object = JSON.parse(readFileSync(new URL(`../../${name}.schema.json`, import.meta.url), "utf8"));
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  it("tells one that is none", () => {
    expect(new Ajv2020({ logger: false }).validateSchema({ type: "no type" })).toBe(false);
  });
});

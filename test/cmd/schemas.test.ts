/** The schemas of what people write, and of what is published: the program itself takes their soundness for granted. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

const SCHEMAS = ["catalogs/catalog", "cmd/fleet", "rules/result", "rules/site"];

describe("schemas", () => {
  it.each(SCHEMAS)("%s is a JSON Schema", (name) => {
    const schema: object = read(name);
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  it.each(["zone", "platform"])("a site file may name each %s that a result may", (name) => {
    expect([...read("rules/site").$defs[name].enum].sort()).toEqual([...read("rules/result").$defs[name].enum].sort());
  });

  it("tells one that is none", () => {
    expect(new Ajv2020({ logger: false }).validateSchema({ type: "no type" })).toBe(false);
  });
});

function read(name: string) {
  return JSON.parse(readFileSync(new URL(`../../${name}.schema.json`, import.meta.url), "utf8"));
}

/** The shape of `catalog.yaml`, checked by its JSON Schema, with messages for people. */
import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "./catalog.schema.json" with { type: "json" };
import type { Catalog, PolicyKind, RequirementTransport, UnboundMeaning } from "./catalog.ts";
import type { CatalogProblem } from "./problems.ts";
import { schemaProblem } from "./schema-problem.ts";
import type { YamlFile } from "./yaml-file.ts";

/** What `catalog.schema.json` lets through. */
export interface CatalogYaml {
  id: string;
  vendor: string;
  product: string;
  document: Catalog["document"];
  roles: {
    id: string;
    title: string;
    main?: boolean;
    unbound?: UnboundMeaning;
    provider?: boolean;
    members?: string[];
  }[];
  components: { id: string; title: string; role: string }[];
  features?: { id: string; title: string }[];
  deployments?: { id: string; title: string }[];
  parameters?: { id: string; default: number; title: string }[];
  policies?: PolicyYaml[];
}

export interface PolicyYaml {
  id: string;
  kind: PolicyKind;
  section: string;
  statement: string;
  component?: string;
  transport?: RequirementTransport | "any";
  ports?: string | number;
  seconds?: number;
  when?: string;
}

// That the schema is one is for test/cmd/schemas.test.ts to say, not for every start.
const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  validateSchema: false,
}).compile<CatalogYaml>(schema);

/** The file's content if it has the right shape, else what is wrong with it. */
export function checkShape(yaml: YamlFile): { content: CatalogYaml | null; problems: CatalogProblem[] } {
  if (validate(yaml.value)) {
    return { content: yaml.value, problems: [] };
  }
  return { content: null, problems: (validate.errors ?? []).map((error) => schemaProblem(yaml, error)) };
}

/** Asks which fields the indices have, and how they are mapped. */
import { InputError } from "../../errors.ts";
import type { Layout } from "../layout.ts";
import { askPatiently, type Engine, type Patience } from "./engine.ts";
import { type FieldCaps, Fields } from "./fields.ts";

interface Answer {
  indices: string | readonly string[];
  fields: FieldCaps;
}

/** Roots of all fields that the layouts name: short enough for a URL, unlike the names themselves. */
function patternsOf(layouts: readonly Layout[]): string[] {
  const names = layouts.flatMap(({ names, naming, keys, sums }) => [
    ...Object.values(names),
    ...(naming ? [naming.question, naming.answers, ...naming.sessions] : []),
    ...Object.values(sums).flat(),
    ...keys.map(({ field }) => field),
  ]);
  const roots = names.filter((name) => name !== null).map((name) => (name.includes(".") ? name.split(".")[0] : name));
  return [...new Set([...roots, "@timestamp", "event", "data_stream", "message"])].flatMap((root) => [
    `${root}`,
    `${root}.*`,
  ]);
}

export async function fieldsOf(
  engine: Engine,
  index: string,
  layouts: readonly Layout[],
  patience: Patience,
): Promise<{ fields: Fields; indices: readonly string[] }> {
  const answer = await askPatiently(
    () =>
      engine.ask<Answer>({
        method: "GET",
        path: `/${index}/_field_caps`,
        query: { fields: patternsOf(layouts).join(",") },
      }),
    patience,
  );
  const indices = [answer.indices].flat();
  if (indices.length === 0)
    throw new InputError("not-found", `${engine.name}: no index matches ${index}`, "check --index");
  return { fields: new Fields(answer.fields), indices };
}

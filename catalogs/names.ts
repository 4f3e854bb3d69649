/** Whether what a row or condition names exists in its catalog. */
import type { Catalog } from "./catalog.ts";
import { comparisons, parseCondition } from "./condition.ts";
import { listed, quoted } from "./problems.ts";
import { ExpressionError } from "./token-stream.ts";

type Names = Pick<Catalog, "roles" | "components" | "features" | "deployments" | "parameters">;

/** A host name (or an address) has a dot, which no id has. */
const HOST_NAME = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** Why a condition does not parse or what it names that the catalog does not have. */
export function conditionProblems(text: string, names: Names): string[] {
  try {
    return comparisons(parseCondition(text)).flatMap((comparison) => {
      if (comparison.kind === "version") {
        return [];
      }
      const plural = { feature: "features", deployment: "deployments", parameter: "parameters" } as const;
      return unknownId(comparison.kind, comparison.id, names[plural[comparison.kind]]);
    });
  } catch (error) {
    if (error instanceof ExpressionError) {
      return [error.message];
    }
    throw error;
  }
}

/** Why an id names nothing in a list of the catalog. */
export function unknownId(what: string, id: string, known: readonly { id: string }[]): string[] {
  const ids = known.map((entry) => entry.id);
  return ids.includes(id) ? [] : [`unknown ${what} ${quoted(id)}; valid: ${listed(ids)}`];
}

/** Why a row's `remote` names nobody. */
export function remoteProblems(remote: string, names: Names): string[] {
  const ids = [...new Set([...names.roles, ...names.components].map(({ id }) => id))];
  const parties = remote.split(";").map((party) => party.trim());
  if (parties.length > 1 && parties.includes("any")) {
    return [`remote ${quoted(remote)} joins "any" with others, which it already holds`];
  }
  return parties
    .filter((party) => party !== "any" && party !== "localhost" && !ids.includes(party) && !HOST_NAME.test(party))
    .map((party) => `unknown remote ${quoted(party)}; valid: any, localhost, a host name, or ${listed(ids)}`);
}

/** What a finding rests on: the vendor's word, and the requirement, policy or check that asks for it. */
import type { FindingResult } from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import type { Rich } from "./text/style.ts";

/** As fields with their labels. */
export function citationFields(finding: FindingResult): [label: string, value: Rich][] {
  const { citation, catalog, requirement, policy, check, alsoRequiredBy } = finding;
  const all: [string, Rich][] = [];
  if (citation) {
    all.push([
      phrases.text.vendor,
      [
        `${phrases.quoted(citation.statement)} `,
        { text: phrases.citation(citation.section, citation.document), tone: "quiet" },
      ],
    ]);
  }
  const names = [
    requirement === null ? "" : phrases.requirementNamed(requirement),
    policy === null ? "" : phrases.policyNamed(policy),
    check === null ? "" : phrases.checkNamed(check),
  ].filter((name) => name !== "");
  const also = alsoRequiredBy.length > 0 ? `; ${phrases.text.also(alsoRequiredBy.join(", "))}` : "";
  const owner = catalog === null ? "" : `${catalog}: `;
  if (names.length > 0) all.push([phrases.fields.restsOn, `${owner}${names.join(", ")}${also}`]);
  return all;
}

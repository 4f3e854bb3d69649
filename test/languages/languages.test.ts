/** Every text of every result can be said in every language, and said back. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../catalogs/load.ts";
import { languages } from "../../rules/languages.ts";
import { failureIn, localise } from "../../rules/messages/localise.ts";
import { messageOf } from "../../rules/messages/message-table.ts";
import { type AuditResult, type InputResult, LANGUAGES, type MessageResult } from "../../rules/result.ts";
import { auditDemo } from "../readme/demo-result.ts";
import { auditOf, loadScenario, scenarioNames } from "../scenarios/scenario.ts";
import { hasWords, knownTemplates } from "./templates.ts";

const INGEST = join(import.meta.dirname, "..", "..", "ingest");
const ROOT = join(import.meta.dirname, "..", "..");
const CATALOGS = join(import.meta.dirname, "..", "..", "catalogs");
const others = LANGUAGES.filter((language) => language !== "en");

describe.each(others)("the dictionary of %s", (language) => {
  const { templates, warnings } = languages[language];

  test("says the warnings that inputs can have, and says them back", async () => {
    const sources = globSync("**/*.ts", { cwd: INGEST })
      .map((file) => readFileSync(join(INGEST, file), "utf8"))
      .join("\n");
    const result = await auditDemo();
    const [input] = result.evidence.inputs as [InputResult];
    for (const english of Object.keys(warnings)) {
      for (const part of english.split(/\{\d\}|(?<=lines\) )(?=before|after)|(?<=since|until)(?=:)/)) {
        if (part !== "") expect(sources).toContain(part);
      }
      const warned = english.replaceAll(/\{\d\}/g, "a.b*c");
      const one = { ...result, evidence: { ...result.evidence, inputs: [{ ...input, warnings: [warned, "else"] }] } };
      const said = localise(one, language);
      expect(said.evidence.inputs[0]?.warnings[0]).toBe(warnings[english]?.replaceAll(/\{\d\}/g, "a.b*c"));
      expect(localise(said, "en").evidence.inputs[0]?.warnings).toEqual([warned, "else"]);
    }
  });

  test("says why audits fail, as the sources do", () => {
    const sources = ["ingest", "catalogs", "rules", "cmd"]
      .flatMap((folder) => globSync(`${folder}/**/*.{ts,json}`, { cwd: ROOT }))
      .filter((file) => !file.includes("languages"))
      .map((file) => readFileSync(join(ROOT, file), "utf8"))
      .join("\n");
    for (const english of Object.keys(languages[language].failures)) {
      for (const part of english.split(
        /\{\d\}|(?<=unknown )(?:feature|deployment|role)|(?<=a text)(?= or)|(?<= or )/,
      )) {
        const words = part.replace(/^: /, "");
        if (words !== "") expect(sources.includes(words), words).toBe(true);
      }
    }
  });

  test.each([
    [
      'c/site.yaml:6:46: unknown zone "intern"; valid: internal, dmz',
      /^c\/site\.yaml:6:46: .*intern.*: internal, dmz$/,
    ],
    [
      "logs/*.log: no such file or folder (check the path, or quote a pattern such as 'logs/*.log')",
      /^logs\/\*\.log: /,
    ],
    [
      "c/site.yaml:2:9: version must be a text, not the number 13.1; put it in quotes",
      /^c\/site\.yaml:2:9: version .* 13\.1/,
    ],
    [
      "http://192.0.2.1:9 refuses the connection (check the address and the port, and that the server runs)",
      /^http:\/\/192/,
    ],
    ["https://es:9200 has no such index (gone) (check --index)", /^https:\/\/es:9200 .*\(gone\)/],
  ])("says why an audit failed, down to the advice: %s", (english, own) => {
    const said = failureIn(english, language);
    expect(said).toMatch(own);
    expect(said).not.toMatch(/\b(?:no|the|must|check|unknown|refuses|valid|has)\b/);
  });

  test("says what an index lacks, down to the reason, and says it back", async () => {
    const result = await auditDemo();
    const limits = ["logs-* is incomplete: 2 of 5 shards did not answer (logs-1: gone).", "x is incomplete: else"];
    const said = localise({ ...result, evidence: { ...result.evidence, limits } }, language);
    expect(said.evidence.limits.join()).not.toMatch(/incomplete|answer/);
    expect(said.evidence.limits[0]).toContain("logs-1: gone");
    expect(localise(said, "en").evidence.limits).toEqual(limits);
  });

  test("says moments of audits from before they were written for people", async () => {
    const result = await auditDemo();
    const text = "fw wrote nothing from 2026-10-03T10:00:00+02:00";
    const messages = [{ template: "fw wrote nothing from {0}", values: ["2026-10-03T10:00:00+02:00"] }];
    const said = localise({ ...result, messages, evidence: { ...result.evidence, limits: [text] } }, language);
    expect(said.evidence.limits[0]).not.toContain("T10:00");
  });

  test("says what a site is called that no file describes, and leaves the names of others", async () => {
    const result = await auditDemo();
    const named = (name: string) => ({ ...result, site: { ...result.site, name } });
    const said = localise(named("(command line)"), language);
    expect(said.site.name).toBe(templates["(command line)"]);
    expect(localise(said, "en").site.name).toBe("(command line)");
    expect(localise(named("from inside"), language).site.name).toBe("from inside");
  });

  test("says what an input is called that is no file, wherever it is named", async () => {
    const result = await auditDemo();
    const [input] = result.evidence.inputs;
    const [finding] = result.findings.filter(({ examples }) => examples.length > 0);
    if (!input || !finding) throw new Error("the demo has inputs and examples");
    const [example] = finding.examples;
    const said = localise(
      {
        ...result,
        evidence: { ...result.evidence, inputs: [{ ...input, name: "(standard input)" }] },
        findings: [{ ...finding, examples: [{ ...(example as typeof example & object), input: "(standard input)" }] }],
      },
      language,
    );
    const own = templates["(standard input)"];
    expect([said.evidence.inputs[0]?.name, said.findings[0]?.examples[0]?.input]).toEqual([own, own]);
    expect(localise(said, "en").findings[0]?.examples[0]?.input).toBe("(standard input)");
  });

  test("has each template of the sources, and none that is gone", () => {
    expect(Object.keys(templates).sort()).toEqual([...knownTemplates()].sort());
  });

  test("uses the values of each template, all and no others", () => {
    const wrong = Object.entries({ ...templates, ...warnings }).filter(
      ([english, text]) => placeholders(english) !== placeholders(text),
    );
    expect(wrong).toEqual([]);
  });

  test.each(scenarioNames())("says all of %s, and it can be said back", async (name) => {
    const scenario = loadScenario(name);
    const result = await auditOf(
      scenario,
      scenario.logs.map((log) => join(scenario.folder, "logs", log.name)),
    );
    const unsaid = [...wordsOf(result)].filter((template) => templates[template] === undefined);
    expect(unsaid).toEqual([]);
    const said = localise(result, language);
    expect(said.language).toBe(language);
    const { language: _, ...back } = localise(said, "en");
    expect(back).toEqual(result);
  });
});

test.each(["agfeo", "jtel", "pascom", "pbxact", "swyxware"])(
  "the catalog %s says each statement in each language",
  (id) => {
    const { catalog, problems } = loadCatalog(join(CATALOGS, id));
    expect(problems).toEqual([]);
    for (const language of others) {
      const texts = catalog?.translations[language] ?? {};
      expect(
        catalog?.policies.filter(({ statement }) => texts[statement] === undefined).map((policy) => policy.id),
      ).toEqual([]);
    }
  },
);

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g))].sort().join();
}

/** Templates that no catalog brings with it, of all that the result is made of. */
function wordsOf({ messages = [], findings }: AuditResult): Set<string> {
  const listed = new Set(messages.map((message) => messageOf(message).text));
  const found = new Set(findings.map(({ title }) => title).filter((title) => !listed.has(title)));
  const add = ({ template, values = [], translations }: MessageResult): void => {
    if (hasWords(template) && !translations) found.add(template);
    for (const value of values) if (typeof value === "object") add(value);
  };
  for (const message of messages) add(message);
  return found;
}

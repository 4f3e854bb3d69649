/** The commands that take documents as `audit` does. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { AuditResult } from "../../rules/result.ts";
import { hasTmux, Terminal } from "../tui/tmux.ts";
import { askFor } from "./ask.ts";
import { demoLogs, demoSite, documentsAt, main, resultOf, ringfence, verdictOf } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").at(-1) as SharedServer;
const index = `${inject("indexPrefix")}-commands`;
const log = demoLogs.find((file) => file.includes("pfsense")) as string;

describe.skipIf(server === undefined)("Documents in other commands", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-commands-"));
  let fromFile: AuditResult;
  beforeAll(async () => {
    await ringfence(["ship", log, ...documentsAt(server, index)], server.environment);
    await askFor(server, "POST", `/${index}/_refresh`);
    fromFile = resultOf(await ringfence(["audit", log, "--site", demoSite, "--json"]));
    expect(fromFile.findings.length).toBeGreaterThan(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("fleet: a customer's documents, by its entry or its site file; never by what all share", async () => {
    const where = `url: "${server.url}"\n    index: ${index}`;
    const site = readFileSync(demoSite, "utf8");
    writeFileSync(join(folder, "plain.yaml"), site);
    writeFileSync(join(folder, "knows.yaml"), `${site}\nelasticsearch:\n    ${where}\n`);
    const customers = [
      `  - name: One\n    site: plain.yaml\n    elasticsearch: {url: "${server.url}", index: ${index}}\n`,
      "  - {name: Two, site: knows.yaml, elasticsearch: {}}\n",
      "  - {name: Three, site: plain.yaml, elasticsearch: {}}\n",
    ];
    const file = join(folder, "fleet.yaml");
    writeFileSync(file, `formats: [json]\ncustomers:\n${customers.join("")}`);
    const shared = { ...server.environment, ELASTICSEARCH_URL: server.url, ELASTICSEARCH_INDEX: index };
    const run = await ringfence(["fleet", file], shared);
    for (const slug of ["one", "two"]) {
      const [day = ""] = readdirSync(join(folder, "reports", slug));
      const result = JSON.parse(readFileSync(join(folder, "reports", slug, day, "audit.json"), "utf8")) as AuditResult;
      expect(verdictOf(result)).toEqual(verdictOf(fromFile));
      expect(result.evidence.inputs.map(({ name }) => name)).toEqual([index]);
    }
    // What only the environment names would be the same documents for everybody.
    expect(`${run.stdout}${run.stderr}`).toMatch(/Three[\s\S]*say which documents are this customer's/);
    expect(run.status).toBe(3);
  });

  test.skipIf(!hasTmux)("triage: the most urgent finding is on the screen", async () => {
    const where = documentsAt(server, index).join(" ");
    const command = `'${process.execPath}' '${main}' triage --site '${demoSite}' ${where}`;
    const terminal = new Terminal(command, { columns: 120, rows: 40, folder, env: { ...server.environment } });
    try {
      await terminal.shows(fromFile.findings[0]?.title.slice(0, 40) ?? "", "q quit");
      await terminal.press('"q');
    } finally {
      terminal.close();
    }
  });
});

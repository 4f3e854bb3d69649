/** The audit of the bundled example site, with input names as they look from the checkout's top. */
import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { runAudit } from "../../cmd/run-audit.ts";
import { siteFromFlags } from "../../cmd/site-options.ts";
import type { AuditResult } from "../../rules/result.ts";

export async function auditDemo(): Promise<AuditResult> {
  const folder = fileURLToPath(new URL("../../cmd/demo/site/", import.meta.url));
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .sort();
  const result = await runAudit({
    site: siteFromFlags({ site: `${folder}site.yaml` }),
    inputNames: logs.map((name) => `${folder}${name}`),
    window: { sinceMs: null, untilMs: null },
    read: { only: null, stdin: Readable.from([]), threads: 1 },
    nowMs: Date.UTC(2026, 10, 21),
    onUnreadable: (error) => {
      throw error;
    },
  });
  const short = (name: string) => name.replace(folder, "cmd/demo/site/");
  for (const input of result.evidence.inputs) input.name = short(input.name);
  for (const finding of result.findings) for (const example of finding.examples) example.input = short(example.input);
  return result;
}

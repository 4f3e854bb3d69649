/** Runs the built program, beside a server and without blocking the test. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AuditResult } from "../../rules/result.ts";

export const main = fileURLToPath(new URL("../../dist/cmd/main.js", import.meta.url));
export const demoFolder = fileURLToPath(new URL("../../cmd/demo/site/", import.meta.url));
export const demoSite = join(demoFolder, "site.yaml");
export const demoLogs = readdirSync(demoFolder)
  .filter((name) => name.endsWith(".log"))
  .sort()
  .map((name) => join(demoFolder, name));

export interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

export function ringfence(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("ELASTIC"));
  const env = { ...Object.fromEntries(own), NO_COLOR: "1", ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}

/** The arguments that name documents on the server. */
export function documentsAt({ url }: { url: string }, index: string): string[] {
  return ["--elasticsearch", url, "--index", index];
}

/** Fails with the program's own words where it prints no result. */
export function resultOf({ stdout, stderr, status }: Run): AuditResult {
  if (stdout === "") throw new Error(`no result, status ${status}: ${stderr}`);
  return JSON.parse(stdout) as AuditResult;
}

/**
 * What must be equal wherever the same records came from. Left out, and nothing else: the list of inputs with the lines
 * that are no records, the limit that counts these, and which of a flow's lines are shown.
 */
export function verdictOf(result: AuditResult): object {
  const { evidence, findings, messages, ...rest } = result;
  const isOfLines = (text: string) => text.includes("could not be read");
  // Where a name was learned is a line of a file here and a document there.
  const placeless = (text: string) => text.replace(/\((DNS answer|session), [^)]*\)/g, "($1)");
  const namesPlaces = (template: string) => template.startsWith("The logs themselves tell addresses");
  return {
    ...rest,
    messages: messages?.filter(({ template }) => !isOfLines(template) && !namesPlaces(template)),
    evidence: { ...evidence, inputs: null, limits: evidence.limits.filter((text) => !isOfLines(text)).map(placeless) },
    findings: findings.map((finding) => ({ ...finding, examples: finding.examples.length })),
  };
}

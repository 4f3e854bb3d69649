/** `ringfence report audit.json`: renders a saved audit again. */
import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InputError } from "../ingest/errors.ts";
import { unreadable } from "../ingest/inputs.ts";
import schema from "../rules/result.schema.json" with { type: "json" };
import type { AuditResult } from "../rules/result.ts";
import { auditStatus } from "./exit.ts";
import { type ShowFlags, show, targetsFromFlags } from "./show.ts";

export async function reportCommand(file: string, flags: ShowFlags): Promise<number> {
  const targets = await targetsFromFlags(flags);
  const result = await readResult(file);
  await show(result, targets, flags);
  return auditStatus(result, flags.failOn ?? null, false);
}

/** A saved result; throws InputError where the file is none. */
export async function readResult(file: string): Promise<AuditResult> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw unreadable(file, cause);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      "unrecognised",
      `${file}: is no JSON (${(cause as Error).message})`,
      "save one with: ringfence audit ... -o audit.json",
    );
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== "1") {
    throw new InputError(
      "unrecognised",
      `${file}: is no audit of this version of ringfence (schemaVersion ${JSON.stringify(version)})`,
    );
  }
  const validate = new Ajv2020({ allErrors: false }).compile<AuditResult>(schema);
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    throw new InputError("unrecognised", `${file}: is no valid audit: ${error?.instancePath || "/"} ${error?.message}`);
  }
  return value;
}

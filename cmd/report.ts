/** `ringfence report audit.json`: renders a saved audit again. */
import { readFile, stat } from "node:fs/promises";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { InputError } from "../ingest/errors.ts";
import { unreadable } from "../ingest/inputs/inputs.ts";
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

/** Longer ones are no audits, and no text can hold them. */
const LARGEST_BYTES = 0x1fffffe8;
/** Mistakes that are told at once. */
const MOST_PROBLEMS = 5;
const SAVE_ONE = "save one with: ringfence audit ... -o audit.json";

/** A saved result, older ones completed with the defaults of what they lack; throws InputError where the file is none. */
export async function readResult(file: string): Promise<AuditResult> {
  const value = parsed(file, await textOf(file));
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version === undefined) throw new InputError("unrecognised", `${file}: is no audit of ringfence`, SAVE_ONE);
  if (version !== "1") {
    throw new InputError(
      "unrecognised",
      `${file}: is an audit with schemaVersion ${excerpt(version)}, and this version of ringfence reads "1"`,
      "audit the logs again, or use the version that wrote it",
    );
  }
  const validate = new Ajv2020({ allErrors: true, useDefaults: true, verbose: true }).compile<AuditResult>(schema);
  if (!validate(value)) throw new InputError("unrecognised", problemsText(file, validate.errors ?? []));
  return value;
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES)
      throw new InputError(
        "unrecognised",
        `${file}: has ${Math.round(size / 2 ** 20)} MB, and no audit is so big`,
        SAVE_ONE,
      );
    return await readFile(file, "utf8");
  } catch (cause) {
    throw cause instanceof InputError ? cause : unreadable(file, cause);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new InputError("unrecognised", `${file}: is no JSON (${(cause as Error).message})`, SAVE_ONE);
  }
}

/** The first problem of each place, and the place as a path: `findings[3].severity`. */
function problemsText(file: string, errors: readonly ErrorObject[]): string {
  const told = [...new Map(errors.toReversed().map((error) => [placeOf(error), error])).values()]
    .toReversed()
    .map((error) => `${placeOf(error)}: ${complaintOf(error)}`);
  const more = told.length - MOST_PROBLEMS;
  return [
    `${file}: is no valid audit:`,
    ...told.slice(0, MOST_PROBLEMS).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}

function placeOf({ instancePath }: ErrorObject): string {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join("");
  return path === "" ? "the whole" : path.replace(/^\./, "");
}

function complaintOf({ keyword, params, data, message }: ErrorObject): string {
  if (keyword === "required") return `lacks ${params.missingProperty}`;
  if (keyword === "additionalProperties") return `has ${excerpt(params.additionalProperty)}, which is unknown`;
  if (keyword === "enum") return `is ${excerpt(data)}, not one of ${params.allowedValues.join(", ")}`;
  if (keyword === "const") return `is ${excerpt(data)}, not ${JSON.stringify(params.allowedValue)}`;
  return `is ${excerpt(data)}: ${message}`;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Renders a result in the formats that were asked for, to standard output or to files. */
import { access, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { loadReportFormat, reportFormatIdOf, reportFormats } from "../reports/formats.ts";
import type { ReportFormat } from "../reports/report-format.ts";
import type { AuditResult, LanguageId, Severity } from "../rules/result.ts";
import { terminalStyle, writeOut } from "./console.ts";
import { UsageError } from "./exit.ts";

export interface ShowFlags {
  format?: string[];
  output?: string[];
  json?: boolean;
  failOn?: Severity;
  verbose?: boolean;
  ascii?: boolean;
  color?: boolean;
  redact?: boolean;
  lang?: LanguageId;
}

/** As a file's name. */
export const STANDARD_OUTPUT = "-";
const DEFAULT_FORMAT = "text";

interface Target {
  format: ReportFormat;
  /** Null: standard output. */
  file: string | null;
}

/** What to render and where; checked before the work begins, so that a slip does not cost an audit. */
export async function targetsFromFlags(flags: ShowFlags): Promise<Target[]> {
  const ids = [...(flags.format ?? []), ...(flags.json ? ["json"] : [])];
  const files = flags.output ?? [];
  if (files.length === 0) {
    if (ids.length > 1) throw new UsageError("several --format need an -o FILE each");
    const format = await formatNamed(ids[0] ?? DEFAULT_FORMAT);
    if (format.binary) throw new UsageError(`${format.id} is no text: name a file with -o`);
    return [{ format, file: null }];
  }
  if (ids.length > files.length) throw new UsageError("more --format than -o: each format needs a file");
  await Promise.all(files.map(checkFolder));
  return Promise.all(
    files.map(async (file, index) => ({
      file: file === STANDARD_OUTPUT ? null : file,
      format: await formatNamed(ids[index] ?? formatOfFile(file)),
    })),
  );
}

async function checkFolder(file: string): Promise<void> {
  await access(dirname(file)).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `-o ${file}: ${cause.code === "ENOENT" ? "there is no such folder" : `cannot be written (${cause.code})`}`,
    );
  });
}

function formatOfFile(file: string): string {
  const id = file === STANDARD_OUTPUT ? DEFAULT_FORMAT : reportFormatIdOf(file);
  if (id === undefined)
    throw new UsageError(
      `-o ${file}: its ending names no report format; endings: ${reportFormats.map(({ extension }) => `.${extension}`).join(", ")}`,
    );
  return id;
}

async function formatNamed(id: string): Promise<ReportFormat> {
  const format = await loadReportFormat(id);
  if (!format)
    throw new UsageError(
      `--format: unknown report format ${id}; known: ${reportFormats.map((entry) => entry.id).join(", ")}`,
    );
  return format;
}

/** In the language that is asked for, else in its own, and without what tells whose it is where that is asked for. */
async function readied(
  result: AuditResult,
  { redact, lang = result.language ?? "en" }: ShowFlags,
): Promise<AuditResult> {
  const { localise } = await import("../rules/messages/localise.ts");
  const english = localise(result, "en");
  return localise(redact ? (await import("./redact.ts")).redact(english) : english, lang);
}

/** Renders in all the formats, each to where it goes. */
export async function show(whole: AuditResult, targets: readonly Target[], flags: ShowFlags): Promise<void> {
  const result = await readied(whole, flags);
  for (const { format, file } of targets) {
    const style = terminalStyle(flags);
    const rendered = await format.render(result, file === null ? style : { ...style, color: false });
    if (file === null) await writeOut(rendered);
    else {
      await writeFile(file, rendered).catch((cause: NodeJS.ErrnoException) => {
        throw new UsageError(`-o ${file}: cannot be written (${cause.code})`);
      });
    }
  }
}

/** `ringfence triage`: the findings in the terminal, from logs or from a saved audit. */
import { closeSync, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { ReadStream } from "node:tty";
import { DateTime } from "luxon";
import type { InputError } from "../ingest/errors.ts";
import type { AuditResult, WaivedResult } from "../rules/result.ts";
import { standardInput, terminalStyle } from "./console.ts";
import { auditTarget, type ElasticsearchFlags } from "./elasticsearch-options.ts";
import { auditStatus, EXIT_DONE, UsageError } from "./exit.ts";
import { listInputs } from "./input-list.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { readResult } from "./report.ts";
import { runAudit } from "./run-audit.ts";
import { type SiteFlags, siteFromFlags } from "./site-options.ts";
import { waivedIn } from "./tui/action.ts";
import type { Session } from "./tui/session.tsx";
import { waivedByFile } from "./tui/site-file.ts";
import { startState } from "./tui/start-state.ts";
import type { Message } from "./tui/state.ts";

export interface TriageFlags extends SiteFlags, ReadFlags, ElasticsearchFlags {
  ascii?: boolean;
  color?: boolean;
  screenReader?: boolean;
}

/** Where a result comes from, and what only that source knows. */
interface Source {
  timezone: string;
  totalBytes: number | null;
  /** Where a saved audit lies. */
  folder: string | null;
  load(session: Session): Promise<{ result: AuditResult; unreadable: string[] }>;
}

const HEAD_BYTES = 4096;
/** Progress is shown this often at most. */
const PROGRESS_MS = 100;

/** Resolves to the exit status when the user has left. */
export async function triageCommand(inputs: readonly string[], flags: TriageFlags): Promise<number> {
  if (!process.stdout.isTTY)
    throw new UsageError("triage needs a terminal; without one use: ringfence audit, or ringfence report audit.json");
  const source = isSavedAudit(inputs) ? savedSource(inputs[0] as string, flags) : await logSource(inputs, flags);
  await waiversReadable(flags.site);
  const keyboard = openKeyboard();
  // React's development build measures itself and is several times slower.
  process.env.NODE_ENV ??= "production";
  const { startSession } = await import("./tui/session.tsx");
  const { color, ascii } = terminalStyle(flags);
  const today = DateTime.now().setZone(source.timezone).toISODate() ?? new Date().toISOString().slice(0, 10);
  const state = startState({
    columns: process.stdout.columns,
    rows: process.stdout.rows,
    look: { color, ascii },
    inputs,
    totalBytes: source.totalBytes,
    siteFile: flags.site ?? null,
    user: userName(),
    today,
  });
  const screenReader = flags.screenReader === true || process.env.TERM === "dumb";
  const session = startSession({ state, stdin: keyboard, stdout: process.stdout, screenReader, folder: source.folder });
  let status: number | null = null;
  const loading = source
    .load(session)
    .then(async ({ result, unreadable }) => {
      status = auditStatus(result, null, unreadable.length > 0);
      session.dispatch({
        type: "loaded",
        result,
        waived: source.folder === null ? waivedIn(result) : await waivedSince(result, flags.site),
        message: unreadable.length > 0 ? unreadableMessage(unreadable) : null,
      });
    })
    .catch((error: unknown) => session.fail(error));
  await session.ended;
  if (keyboard !== process.stdin) keyboard.destroy();
  // Left while logs were being read: their threads have nobody to work for.
  if (status === null) process.exit(EXIT_DONE);
  await loading;
  return status;
}

function savedSource(file: string, flags: TriageFlags): Source {
  return {
    timezone: flags.tz ?? "local",
    totalBytes: null,
    folder: dirname(file),
    load: async () => ({ result: await readResult(file), unreadable: [] }),
  };
}

async function logSource(inputs: readonly string[], flags: TriageFlags): Promise<Source> {
  const nowMs = Date.now();
  const site = siteFromFlags(flags);
  const elasticsearch = auditTarget(flags, site, inputs.length > 0);
  if (inputs.length === 0 && elasticsearch === null)
    throw new UsageError("say what to read: log files, a saved audit, or --elasticsearch URL and --index PATTERN");
  const window = windowFromFlags(flags, site.timezone, nowMs);
  const only = formatsFromFlag(flags);
  // What is missing is said by the audit itself.
  const found = await listInputs(inputs, nowMs, () => undefined);
  const sizes = found.map(({ name, sizeBytes }) => (/\.gz$/i.test(name) ? null : sizeBytes));
  return {
    timezone: site.timezone,
    totalBytes: sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    folder: null,
    load: async (session) => {
      const unreadable: string[] = [];
      const onBytes = progressOf(session);
      const result = await runAudit({
        site,
        inputNames: inputs,
        elasticsearch,
        window,
        read: { only, stdin: standardInput(), threads: null, onBytes },
        nowMs,
        onUnreadable: (error: InputError) => unreadable.push(error.message),
      });
      return { result, unreadable };
    },
  };
}

function progressOf(session: Session): (bytes: number) => void {
  const startedMs = performance.now();
  let bytes = 0;
  let shownMs = Number.NEGATIVE_INFINITY;
  return (more) => {
    bytes += more;
    const now = performance.now();
    if (now - shownMs < PROGRESS_MS) return;
    shownMs = now;
    session.dispatch({ type: "progress", bytes, elapsedMs: now - startedMs });
  };
}

/** A log may be JSON too: only an audit says its schema's version at its beginning. */
function isSavedAudit(inputs: readonly string[]): boolean {
  const [file] = inputs;
  if (inputs.length !== 1 || file === undefined || !/\.json$/i.test(file)) return false;
  try {
    const descriptor = openSync(file, "r");
    const head = Buffer.alloc(HEAD_BYTES);
    const length = readSync(descriptor, head, 0, HEAD_BYTES, 0);
    closeSync(descriptor);
    return head.toString("utf8", 0, length).includes('"schemaVersion"');
  } catch {
    // Whoever opens it next says what is wrong with it.
    return false;
  }
}

async function waiversReadable(site: string | undefined): Promise<void> {
  if (site === undefined) return;
  await readFile(site, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${site}: ${cause.code === "ENOENT" ? "no such site file" : `cannot be read (${cause.code})`}`,
    );
  });
}

/** What was waived when the audit was saved, and what the site file says now. */
async function waivedSince(result: AuditResult, site: string | undefined): Promise<Map<string, WaivedResult>> {
  const waived = waivedIn(result);
  if (site === undefined) return waived;
  const ids = result.findings.map(({ id }) => id).filter((id) => !waived.has(id));
  for (const [id, waiver] of await waivedByFile(site, ids, result.site.timezone, Date.now())) waived.set(id, waiver);
  return waived;
}

/** The keyboard, also where the logs come through standard input. */
function openKeyboard(): ReadStream {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync(process.platform === "win32" ? "\\\\.\\CONIN$" : "/dev/tty", "r"));
  } catch {
    throw new UsageError("triage needs a keyboard: run it in a terminal, or use ringfence audit");
  }
}

function unreadableMessage([first, ...more]: string[]): Message {
  const rest = more.length > 0 ? ` and ${more.length} more inputs: see Evidence` : "";
  return { text: `not read: ${first}${rest}`, tone: "warning" };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // No entry for this user id, as in bare containers.
    return "";
  }
}

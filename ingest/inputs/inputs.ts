/** From what a user names on the command line (files, folders, globs, `-`) to the list of inputs to read. */
import { globSync, realpathSync, type Stats, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { inTimeOrder } from "./rotation.ts";

export interface Input {
  /** As shown to the user. */
  name: string;
  /** Null: standard input. */
  path: string | null;
  /** Last modification, UTC milliseconds; of a pipe the moment the run began. */
  modifiedMs: number;
  sizeBytes: number | null;
  /** The user named this very file; others were found in a folder or by a pattern. */
  named: boolean;
  /** It comes through a pipe (`-`, a FIFO, the shell's `<(ssh fw cat filter.log)`): whoever opens it again finds nothing. */
  once: boolean;
}

export const STDIN_NAME = "-";

/**
 * Files as they were named, each once, also under several names (OPNsense's `latest.log` is a link). A folder stands for
 * its files, its subfolders' included; a pattern for what it matches; both from the oldest file of a rotated set to the
 * newest. A name that leads nowhere is an InputError for `onMissing`, which may throw it (as it does by default) or not.
 */
export async function findInputs(
  names: readonly string[],
  nowMs: number,
  onMissing: (error: InputError) => void = raise,
): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  for (const name of names) {
    for (const input of name === STDIN_NAME ? [stdin(nowMs)] : await inputsOf(name, nowMs, onMissing)) {
      const key = input.path === null ? STDIN_NAME : realPath(input.path);
      if (!inputs.has(key)) inputs.set(key, input);
    }
  }
  return [...inputs.values()];
}

function raise(error: InputError): never {
  throw error;
}

function stdin(nowMs: number): Input {
  return { name: "(standard input)", path: null, modifiedMs: nowMs, sizeBytes: null, named: true, once: true };
}

async function inputsOf(name: string, nowMs: number, onMissing: (error: InputError) => void): Promise<Input[]> {
  try {
    return await existingInputs(name, nowMs, onMissing);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    onMissing(cause);
    return [];
  }
}

async function existingInputs(name: string, nowMs: number, onMissing: (error: InputError) => void): Promise<Input[]> {
  const stats = statOrNull(name);
  if (stats?.isDirectory()) return folderInputs(name, onMissing);
  if (stats?.isFile()) return [fileInput(name, stats, true)];
  if (stats) return [{ ...stdin(nowMs), name, path: name }];
  if (!/[*?[\]{}]/.test(name)) {
    throw new InputError(
      "not-found",
      `${name}: no such file or folder`,
      "check the path, or quote a pattern such as 'logs/*.log'",
    );
  }
  const files = foundInputs(globSync(name.replaceAll("\\", "/")));
  if (files.length === 0) throw new InputError("not-found", `${name}: no file matches this pattern`);
  return files;
}

/** A folder within that cannot be read does not keep the others' files from being read. */
async function folderInputs(folder: string, onMissing: (error: InputError) => void): Promise<Input[]> {
  const errors: InputError[] = [];
  const files = foundInputs(await filesIn(folder, errors), (error) => errors.push(error));
  const [first] = errors;
  if (files.length === 0) throw first ?? new InputError("not-found", `${folder}: the folder holds no files`);
  for (const error of errors) onMissing(error);
  return files;
}

/** Paths of all files and links to files below the folder; what is hidden is none of them. */
async function filesIn(folder: string, errors: InputError[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    errors.push(unreadable(folder, cause));
    return [];
  });
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...(await filesIn(path, errors)));
    else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path);
  }
  return paths;
}

/** What went away since it was found is none, nor is a link that leads nowhere. */
function foundInputs(paths: readonly string[], onUnreadable: (error: InputError) => void = raise): Input[] {
  return inTimeOrder(paths).flatMap((path) => {
    try {
      const stats = statOrNull(path);
      return stats?.isFile() ? [fileInput(path, stats, false)] : [];
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      onUnreadable(cause);
      return [];
    }
  });
}

function fileInput(path: string, stats: Stats, named: boolean): Input {
  return { name: path, path, modifiedMs: stats.mtimeMs, sizeBytes: stats.size, named, once: false };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Whoever opens it says what is wrong with it.
    return path;
  }
}

function statOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EINVAL") return null;
    throw unreadable(path, cause);
  }
}

/** An operating system's refusal in words that name the file and what to do. */
export function unreadable(path: string, cause: unknown): InputError {
  const code = (cause as NodeJS.ErrnoException).code ?? "error";
  if (code === "EACCES" || code === "EPERM") {
    return new InputError(
      "no-permission",
      `${path}: no permission to read it`,
      "run with an account that may read the log",
    );
  }
  if (code === "ENOENT") return new InputError("not-found", `${path}: no such file or folder`);
  if (code === "EISDIR") return new InputError("unreadable", `${path}: is a folder, not a file`);
  return new InputError("unreadable", `${path}: cannot be read (${code})`);
}

/** Opens a log or a text in the user's own pager or editor. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { phrases } from "../../../reports/phrases.ts";

/** The program and its arguments, with the way in which it goes to a line; after $PAGER, $VISUAL, $EDITOR. */
export function viewerCommand(
  file: string,
  line: number | null,
  env: NodeJS.ProcessEnv,
  windows: boolean,
): [program: string, args: string[]] {
  const chosen = [env.PAGER, env.VISUAL, env.EDITOR].find((one) => one !== undefined && one.trim() !== "");
  const words = (chosen ?? (windows ? "notepad.exe" : "less")).match(/"[^"]*"|\S+/g) ?? ["less"];
  const [program = "less", ...args] = words.map((word) => word.replaceAll('"', ""));
  return [program, [...args, ...lineArguments(basename(program).replace(/\.exe$/i, ""), line), file]];
}

const KNOWS_LINES = /^(less|more|most|vi|vim|nvim|nano|emacs|emacsclient|kak|micro|ne|joe|mg|hx|helix)$/;

function lineArguments(program: string, line: number | null): string[] {
  return line !== null && KNOWS_LINES.test(program) ? [`+${line}`] : [];
}

/** Waits until the viewer is closed; throws where it cannot be started. */
export async function view(file: string, line: number | null): Promise<void> {
  const [program, args] = viewerCommand(file, line, process.env, process.platform === "win32");
  const child = spawn(program, args, { stdio: "inherit" });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) => {
      reject(new Error(cause.code === "ENOENT" ? phrases.message.noViewer(program) : cause.message));
    });
    child.once("exit", () => resolve());
  });
}

/** The same for a text, in a file that is gone afterwards. */
export async function viewText(text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ringfence-"));
  try {
    const file = join(folder, "ringfence.txt");
    await writeFile(file, text, { mode: 0o600 });
    await view(file, null);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `ringfence triage`: the findings in the terminal, from logs or from a saved audit. */
import { openSync } from "node:fs";
import { userInfo } from "node:os";
import { ReadStream } from "node:tty";
import { DateTime } from "luxon";
import { terminalStyle } from "./console.ts";
import { EXIT_DONE, UsageError } from "./exit.ts";
import { readSettings } from "./settings-file.ts";
import { type TriageFlags, triageSource } from "./triage/source.ts";
import { startState } from "./tui/start-state.ts";

/**
 * Resolves to the exit status when the user has left.
 * @param waiverFile the site file that waivers are written to; null: none are taken
 */
export async function triageCommand(
  inputs: readonly string[],
  flags: TriageFlags,
  waiverFile = flags.site ?? null,
): Promise<number> {
  if (!process.stdout.isTTY)
    throw new UsageError("triage needs a terminal; without one use: ringfence audit, or ringfence report audit.json");
  if (inputs.includes("-") && process.stdin.isTTY)
    throw new UsageError("-: standard input is the keyboard; pipe the logs in, or name their files");
  const source = triageSource(inputs, flags);
  if (flags.site !== undefined) readSettings(flags.site, "site");
  const keyboard = openKeyboard();
  // React's development build measures itself and is several times slower.
  process.env.NODE_ENV ??= "production";
  const { startSession } = await import("./tui/session.tsx");
  const { color, ascii } = terminalStyle(flags);
  const { timezone, folder, unfollowable } = source;
  const session = startSession({
    state: startState({
      columns: process.stdout.columns,
      rows: process.stdout.rows,
      look: { color, ascii },
      language: flags.lang ?? "en",
      inputs: source.inputs,
      siteFile: waiverFile,
      user: userName(),
      today: DateTime.now().setZone(timezone).toISODate() ?? new Date().toISOString().slice(0, 10),
      unfollowable,
    }),
    stdin: keyboard,
    stdout: process.stdout,
    screenReader: flags.screenReader === true || process.env.TERM === "dumb",
    mouse: flags.mouse === true,
    folder,
    follow: source.follow,
  });
  source.open(session).catch((error: unknown) => session.fail(error));
  await session.ended;
  if (keyboard !== process.stdin) keyboard.destroy();
  await source.close();
  return source.status() ?? EXIT_DONE;
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

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // No entry for this user id, as in bare containers.
    return "";
  }
}

/** What the state asks the world to do, done; what came of it goes back as actions. */
import { stat, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { phrases } from "../../../reports/phrases.ts";
import type { AuditResult } from "../../../rules/result.ts";
import type { Action, Effect } from "../action.ts";
import { MAX_COPY_BYTES, osc52 } from "./clipboard.ts";
import { view, viewText } from "./pager.ts";
import { savedText } from "./saving.ts";
import { takeBack, writeWaivers } from "./site-file.ts";
import { fileOf, readSurroundings } from "./surroundings.ts";

/** The world, as far as a session touches it. */
export interface World {
  dispatch(action: Action): void;
  result(): AuditResult | null;
  /** Where a saved audit lies; null for logs. */
  folder: string | null;
  /** Hands the terminal over while the work lasts. */
  suspend(work: () => Promise<void>): Promise<void>;
  /** To the terminal, past the screen. */
  write(sequence: string): void;
  /** Reads on as the files grow. */
  follow(): void;
  quit(): void;
}

/** Never throws: what fails is said. */
export async function perform(effect: Effect, world: World): Promise<void> {
  try {
    await performed(effect, world);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const file = "file" in effect ? `${effect.file}: ` : "";
    world.dispatch({ type: "say", message: { text: `${file}${text}`, tone: "bad" } });
  }
}

async function performed(effect: Effect, world: World): Promise<void> {
  switch (effect.do) {
    case "quit":
      world.quit();
      return;
    case "suspend":
      if (process.platform !== "win32") await world.suspend(untilForeground);
      return;
    case "follow":
      world.follow();
      return;
    case "read-raw": {
      const input = world.result()?.evidence.inputs.find(({ name }) => name === effect.place.input);
      const surroundings = await readSurroundings(effect.place, input, world.folder);
      world.dispatch({ type: "raw-read", place: effect.place, surroundings });
      return;
    }
    case "waive": {
      const step = await writeWaivers(effect.file, effect.ids, effect.waiver);
      world.dispatch({ type: "waived", step, waiver: effect.waiver });
      return;
    }
    case "unwaive":
      await takeBack(effect.file, effect.step);
      world.dispatch({ type: "unwaived", step: effect.step });
      return;
    case "copy":
      copy(effect, world);
      return;
    case "save":
      await save(effect, world);
      return;
    case "open":
      await openOutside(effect, world);
  }
}

/** A terminal that nobody's shell watches ignores the signal, and is drawn again at once. */
const STOPPED_MS = 50;

/** Stops the whole job, as Ctrl-Z does outside raw mode; goes on when the shell brings it back. */
async function untilForeground(): Promise<void> {
  process.kill(0, "SIGTSTP");
  await setTimeout(STOPPED_MS);
}

function copy({ text, what }: Extract<Effect, { do: "copy" }>, world: World): void {
  const sequence = osc52(text, process.env);
  if (sequence === null) {
    const message = phrases.message.tooLong(Buffer.byteLength(text), MAX_COPY_BYTES);
    world.dispatch({ type: "say", message: { text: message, tone: "warning" } });
    return;
  }
  world.write(sequence);
  world.dispatch({ type: "say", message: { text: phrases.message.copied(what), tone: "good" } });
}

async function save(effect: Extract<Effect, { do: "save" }>, world: World): Promise<void> {
  const { file, overwrite, view: name, filter, rows } = effect;
  const exists = (await stat(file).catch(() => null)) !== null;
  if (exists && !overwrite) {
    const text = phrases.message.exists(file);
    world.dispatch({ type: "say", message: { text, tone: "warning" } });
    return;
  }
  await writeFile(file, savedText(file, name, filter, rows), { flag: overwrite ? "w" : "wx" });
  const text = phrases.message.saved(rows.length, file);
  world.dispatch({ type: "say", message: { text, tone: "good" } });
}

async function openOutside({ place, text }: Extract<Effect, { do: "open" }>, world: World): Promise<void> {
  const file = place ? await fileOf(place, world.folder) : null;
  await world.suspend(() => (file === null ? viewText(text) : view(file, place?.line ?? null)));
}

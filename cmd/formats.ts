/** `ringfence formats`: log formats, what each can and cannot show, and how to switch the needed logging on. */
import type { LogFormat } from "../ingest/format.ts";
import { formats } from "../ingest/formats.ts";
import { writeOut } from "./console.ts";
import { EXIT_DONE, UsageError } from "./exit.ts";

export async function formatsCommand(id: string | undefined, flags: { json?: boolean }): Promise<number> {
  const wanted = id === undefined ? formats : formats.filter((format) => format.id === id);
  if (wanted.length === 0)
    throw new UsageError(`unknown log format ${id}; known: ${formats.map((format) => format.id).join(", ")}`);
  if (flags.json) {
    const plain = wanted.map(({ id, platform, title, reference, unit, shows, hides, enable, samples }) => ({
      id,
      platform,
      title,
      reference,
      unit,
      shows,
      hides,
      enable,
      samples,
    }));
    await writeOut(`${JSON.stringify(id === undefined ? plain : plain[0], null, 2)}\n`);
  } else for (const format of wanted) await writeOut(describe(format, id !== undefined));
  return EXIT_DONE;
}

function describe(format: LogFormat, full: boolean): string {
  const list = (title: string, items: readonly string[]) =>
    `  ${title}\n${items.map((item) => `    - ${item}\n`).join("")}`;
  return (
    `${format.id}: ${format.title} (counts ${format.unit})\n` +
    list("shows", format.shows) +
    list("does not show", format.hides) +
    (full
      ? list("to switch the needed logging on", format.enable) +
        `  described at ${format.reference}\n${list("looks like", format.samples)}`
      : "") +
    "\n"
  );
}

/** `ringfence checks`: what is looked for, and why. */
import { checks } from "../rules/checks.ts";
import { remedyText } from "../rules/inspection/remedy.ts";
import { writeOut } from "./console.ts";
import { EXIT_DONE, UsageError } from "./exit.ts";
import { RATING_SUBJECTS, ratingText } from "./ratings.ts";

export async function listChecks(flags: { json?: boolean }): Promise<number> {
  if (flags.json)
    await writeOut(
      `${JSON.stringify(
        checks.map(({ meta }) => meta),
        null,
        2,
      )}\n`,
    );
  else {
    const width = Math.max(...checks.map(({ meta }) => meta.id.length));
    for (const { meta } of checks) {
      await writeOut(
        `${meta.id.padEnd(width)}  ${meta.severity.padEnd(8)}  ${meta.title}  [${meta.platforms.join(", ")}]\n`,
      );
    }
  }
  return EXIT_DONE;
}

export async function explainCheck(id: string): Promise<number> {
  const rating = ratingText(id);
  if (rating !== null) {
    await writeOut(rating);
    return EXIT_DONE;
  }
  const meta = checks.find((check) => check.meta.id === id)?.meta;
  if (!meta) {
    const known = [...checks.map((check) => check.meta.id), ...RATING_SUBJECTS];
    throw new UsageError(`unknown check ${id}; known: ${known.join(", ")}`);
  }
  const sections: [string, string][] = [
    ["Severity", meta.severity],
    ["Why it matters", meta.rationale.text],
    ["Shows in the logs of", meta.platforms.join(", ")],
    ["Needs, to be sure", meta.needs],
    ["Could also be", meta.alternatives],
    ...Object.entries(meta.remediation).map(([platform, remedy]): [string, string] => [
      `What to do on ${platform}`,
      remedyText(remedy, null).text,
    ]),
    ["Whose advice this is", meta.references.map((reference) => `- ${reference}`).join("\n")],
  ];
  await writeOut(`${meta.id}: ${meta.title}\n`);
  for (const [title, text] of sections) await writeOut(`\n${title}\n${text.replaceAll(/^/gm, "  ")}\n`);
  return EXIT_DONE;
}

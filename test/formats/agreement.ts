/**
 * How far our reading agrees with that of a corpus's publisher, by field. Each corpus has a section in AGREEMENT.md, which
 * the corpora tests hold to be true where the corpora are there; `UPDATE_GOLDEN=1 npm run test:only --
 * --no-file-parallelism test/formats/corpora` writes it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

const path = join(import.meta.dirname, "AGREEMENT.md");

interface FieldCount {
  compared: number;
  equal: number;
  /** Reason of a difference, and how often it holds. */
  reasons: Map<string, number>;
}

export class Agreement {
  readonly #title: string;
  readonly #fields = new Map<string, FieldCount>();

  /** `title`: the corpus and whose reading it is. */
  constructor(title: string) {
    this.#title = title;
  }

  get compared(): number {
    return [...this.#fields.values()].reduce((sum, { compared }) => sum + compared, 0);
  }

  /** `reason`: null where both agree; else why they do not. */
  take(field: string, reason: string | null): void {
    const count = this.#fields.get(field) ?? { compared: 0, equal: 0, reasons: new Map() };
    this.#fields.set(field, count);
    count.compared++;
    if (reason === null) count.equal++;
    else count.reasons.set(reason, (count.reasons.get(reason) ?? 0) + 1);
  }

  /** Fails where AGREEMENT.md says otherwise. */
  expectAsWritten(): void {
    const rows = [...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = table([
      ["field", "compared", "equal", "otherwise, and why"],
      ...rows.map(([field, { compared, equal, reasons }]) => {
        const why = [...reasons].sort().map(([reason, times]) => `${times}: ${reason}`);
        return [field, String(compared), String(equal), why.join("; ")];
      }),
    ]);
    const heading = `## ${this.#title}`;
    const [preface, ...sections] = readFileSync(path, "utf8").split(/\n(?=## )/);
    const isOurs = (section: string) => section.startsWith(`${heading}\n`);
    if (process.env.UPDATE_GOLDEN === "1") {
      const all = [...sections.filter((section) => !isOurs(section)), `${heading}\n\n${text}`];
      writeFileSync(
        path,
        `${[preface as string, ...all.toSorted()].map((section) => section.trimEnd()).join("\n\n")}\n`,
      );
    } else expect(sections.find(isOurs)?.slice(heading.length).trim(), this.#title).toBe(text);
  }
}

/** Markdown, its columns padded as the formatter wants them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number, fill)).join(" | ")} |`;
  const [head, ...body] = rows;
  return [
    line(head as string[], " "),
    line(
      widths.map(() => ""),
      "-",
    ),
    ...body.map((row) => line(row, " ")),
  ].join("\n");
}

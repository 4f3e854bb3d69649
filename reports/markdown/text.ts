/** Pieces of GitHub-flavoured Markdown. All of them take text as it came, and escape it. */
import { blocksOf } from "../blocks.ts";
import { escapeMarkdown, neutraliseLines } from "../escape.ts";

/** A heading with an empty line after it. */
export function heading(level: number, text: string): string {
  return `${"#".repeat(level)} ${escapeMarkdown(text).trim()}\n\n`;
}

/** A paragraph with an empty line after it; nothing for no text. */
export function paragraph(text: string): string {
  const escaped = escapeMarkdown(text).trim();
  return escaped === "" ? "" : `${escaped}\n\n`;
}

/** Strong text within a line. */
export function strong(text: string): string {
  const escaped = escapeMarkdown(text).trim();
  return escaped === "" ? "" : `**${escaped}**`;
}

/** A list of items that are Markdown already. */
export function list(items: readonly string[], ordered = false): string {
  if (items.length === 0) return "";
  return `${items.map((item, index) => `${ordered ? `${index + 1}.` : "-"} ${item}`).join("\n")}\n\n`;
}

/** Labels and values as a list; values that are empty are left out. */
export function facts(entries: readonly (readonly [label: string, value: string])[]): string {
  return list(
    entries.filter(([, value]) => value !== "").map(([label, value]) => `${strong(label)}: ${escapeMarkdown(value)}`),
  );
}

/** A table. Numbers are set to the right. */
export function table(
  columns: readonly { title: string; right?: boolean }[],
  rows: readonly (readonly (string | number)[])[],
): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ right }) => (right ? "--:" : "---"))),
    ...rows.map((cells) => line(cells.map((cell) => (typeof cell === "number" ? String(cell) : escapeMarkdown(cell))))),
    "\n",
  ].join("");
}

/** Text as it stands, in a fence that it cannot close. */
export function code(text: string): string {
  const safe = neutraliseLines(text);
  const longest = Math.max(2, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${safe}\n${fence}\n\n`;
}

/** A quotation of one paragraph. */
export function quotation(text: string, source: string): string {
  return `> ${escapeMarkdown(text).trim()}\n>\n> — ${escapeMarkdown(source).trim()}\n\n`;
}

/** A text of sentences, steps and commands, each as what it is. */
export function prose(text: string): string {
  return blocksOf(text)
    .map((block) => {
      if (block.kind === "code") return code(block.text);
      if (block.kind === "paragraph") return paragraph(block.text);
      const items = block.items.map(
        (item, index) => `${block.ordered ? `${block.start + index}.` : "-"} ${escapeMarkdown(item)}`,
      );
      return `${items.join("\n")}\n\n`;
    })
    .join("");
}

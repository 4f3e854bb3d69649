/** Rows that share a reason, told once: two hundred requirements that no log could show are one sentence. */
import { groupByReason } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { number } from "../words.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./style.ts";

/** Ids that are named per group unless everything is wanted. */
const IDS_SHOWN = 6;

/** Each reason with the ids of its rows. */
export function writeIdsByReason(page: Page, rows: readonly { id: string; reason: string | null }[]): void {
  for (const { reason, rows: group } of groupByReason(rows)) {
    const shown = group.length <= IDS_SHOWN + 1 ? group : group.slice(0, IDS_SHOWN);
    const more = group.length - shown.length;
    const rest = more > 0 ? ` ${phrases.text.others(more)}` : "";
    writeReason(page, group.length, reason);
    page.paragraph({ text: `${shown.map(({ id }) => id).join(", ")}${rest}`, tone: "quiet" }, 4);
  }
}

/** Each reason with its rows as a table. */
export function writeRowsByReason<Row extends { reason: string | null }>(
  page: Page,
  rows: readonly Row[],
  cells: (row: Row) => Rich[],
): void {
  for (const { reason, rows: group } of groupByReason(rows)) {
    writeReason(page, group.length, reason);
    const table = group.map((row) => ({ cells: cells(row) }));
    page.table(
      (table[0]?.cells ?? []).map(() => ({ title: "", flexible: true })),
      table,
      4,
    );
  }
}

function writeReason(page: Page, count: number, reason: string | null): void {
  if (reason !== null) page.paragraph([{ text: `${number(count)} × `, tone: "strong" }, reason], 2, 2);
}

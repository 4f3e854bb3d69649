/** What rows of requirements and of policies have in common: a state, and where the vendor says so. */
import { phrases } from "../../../reports/phrases.ts";
import { stateLook } from "../../../reports/text/style.ts";
import { coded, type TableSpec } from "./table.ts";

interface Stated {
  state: keyof typeof stateLook;
  catalog: string;
  deployment: number;
  section: string;
}

type ColumnOf<Item> = TableSpec<Item>["columns"][number];

/** `order`: what needs attention first. */
export function stateColumn<Item extends Stated>(order: readonly Item["state"][]): ColumnOf<Item> {
  return {
    id: "state",
    get width() {
      return phrases.triage.stateWidth;
    },
    cell: ({ state }) => {
      const { symbol, words, tone } = stateLook[state];
      return { text: `${symbol} ${words}`, tone };
    },
    sort: ({ state }) => order.indexOf(state),
  };
}

/** Room for `agfeo (192.168.100.100)`. */
const SYSTEM_WIDTH = 24;

/** The phone system that a row is of, as `systemNames` calls it; rows of twins differ in nothing else. */
export function systemColumn(systems: readonly string[]): ColumnOf<Stated> {
  const longest = Math.max(0, ...systems.map((name) => name.length));
  return {
    id: "catalog",
    width: Math.min(SYSTEM_WIDTH, Math.max(9, longest)),
    from: longest > 9 ? 110 : 96,
    cell: (row) => ({ text: systemOf(row, systems) }),
    sort: (row) => systemOf(row, systems),
  };
}

export function systemOf({ catalog, deployment }: Stated, systems: readonly string[]): string {
  return systems[deployment] ?? catalog;
}

/** `from`: the width of the list from which on there is room for it. */
export function sectionColumn(from: number): ColumnOf<Stated> {
  return { id: "section", width: 8, from, cell: ({ section }) => ({ text: section }), sort: ({ section }) => section };
}

export const stateField = coded(
  ({ state }: Stated) => state,
  (state) => stateLook[state].words,
);

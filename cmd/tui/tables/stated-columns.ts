/** What rows of requirements and of policies have in common: a state, and where the vendor says so. */
import { phrases } from "../../../reports/phrases.ts";
import { stateLook } from "../../../reports/text/style.ts";
import { coded, type TableSpec } from "./table.ts";

interface Stated {
  state: keyof typeof stateLook;
  catalog: string;
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

export const catalogColumn: ColumnOf<Stated> = {
  id: "catalog",
  width: 9,
  from: 96,
  cell: ({ catalog }) => ({ text: catalog }),
  sort: ({ catalog }) => catalog,
};

/** `from`: the width of the list from which on there is room for it. */
export function sectionColumn(from: number): ColumnOf<Stated> {
  return { id: "section", width: 8, from, cell: ({ section }) => ({ text: section }), sort: ({ section }) => section };
}

export const stateField = coded(
  ({ state }: Stated) => state,
  (state) => stateLook[state].words,
);

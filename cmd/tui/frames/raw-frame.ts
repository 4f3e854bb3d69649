/** A log line in its surroundings, and its fields beside or below it. */
import { phrases } from "../../../reports/phrases.ts";
import type { Span } from "../../../reports/text/style.ts";
import { splitAtWidth, textWidth } from "../../../reports/text/width.ts";
import { clean, cut, fitSpans, fitted, type Line } from "../look.ts";
import { rawFields } from "../raw.ts";
import type { RawLayer, State, Surroundings } from "../state.ts";
import { geometryOf } from "./geometry.ts";
import { scrolledTo } from "./viewport.ts";

/** From here on the fields stand beside the lines. */
const BESIDE_FROM = 110;
const WHOLE_LINE_ROWS = 4;

/** Exactly as many lines as the body has. */
export function rawLines(layer: RawLayer, state: State): readonly Line[] {
  const { bodyHeight } = geometryOf(state);
  const { columns, look } = state;
  const { surroundings } = layer;
  if (!surroundings)
    return [titleLine(layer, state), { spans: [{ text: ` ${phrases.triage.raw.reading}`, tone: "quiet" }] }];
  const title = [titleLine(layer, state)];
  if (surroundings.note !== null)
    title.push({ spans: fitSpans([{ text: ` ${surroundings.note}`, tone: "warning" }], columns, look) });
  const room = bodyHeight - title.length;
  const whole = wholeLine(surroundings, layer.cursor, state);
  if (columns >= BESIDE_FROM) {
    const fieldsWidth = Math.min(58, Math.floor(columns * 0.4));
    const left = neighbours(layer, surroundings, columns - fieldsWidth - 3, room - whole.length - 1, state);
    const right = fieldLines(layer, state, fieldsWidth, 1, room - whole.length - 1);
    const rule: Span = { text: look.ascii ? " | " : " │ ", tone: "quiet" };
    const blank = { spans: [{ text: " ".repeat(columns - fieldsWidth - 3) }] };
    const rows = Array.from({ length: room - whole.length - 1 }, (_, row): Line => {
      const { spans } = left[row] ?? blank;
      return { spans: [...spans, rule, ...(right[row]?.spans ?? [])] };
    });
    return [...title, ...rows, { spans: [] }, ...whole];
  }
  const fields = fieldLines(layer, state, columns - 2, 2, Math.ceil((room - whole.length - 2) * 0.65));
  const left = neighbours(layer, surroundings, columns, room - whole.length - fields.length - 2, state);
  return [...title, ...left, { spans: [] }, ...whole, { spans: [] }, ...fields];
}

function titleLine(layer: RawLayer, { columns, look }: State): Line {
  const place = layer.places[layer.index];
  const of = layer.places.length > 1 ? `  ${phrases.triage.raw.example(layer.index + 1, layer.places.length)}` : "";
  const name = `${place?.input ?? ""}${place?.line == null ? "" : `:${place.line}`}`;
  return {
    spans: fitSpans(
      [
        { text: ` ${name}`, tone: "strong" },
        { text: of, tone: "quiet" },
      ],
      columns,
      look,
    ),
  };
}

/** Lines around the cursor; the finding's own is pointed at. */
function neighbours(
  layer: RawLayer,
  { lines, focus }: Surroundings,
  width: number,
  height: number,
  state: State,
): Line[] {
  const rows = Math.max(1, height);
  const top = scrolledTo(layer.cursor, Math.max(0, layer.cursor - (rows >> 1)), rows, lines.length);
  const digits = String(lines.at(-1)?.line ?? "").length;
  return lines.slice(top, top + rows).map(({ line, text }, index): Line => {
    const at = top + index;
    const sign = at === focus ? (state.look.ascii ? ">" : "▸") : " ";
    const number = `${sign}${String(line ?? "").padStart(digits)} `;
    const spans: Span[] = [
      { text: number, tone: at === focus ? "strong" : "quiet" },
      { text: fitted(text, width - number.length, state.look), tone: at === focus ? "strong" : undefined },
    ];
    return at === layer.cursor ? { spans, selected: true } : { spans };
  });
}

/** The line under the cursor in full, as far as there is room. */
function wholeLine({ lines }: Surroundings, cursor: number, { columns, look }: State): Line[] {
  const shown: Line[] = [];
  let rest = clean((lines[cursor]?.text ?? "").slice(0, columns * WHOLE_LINE_ROWS * 2), look);
  while (rest !== "" && shown.length < WHOLE_LINE_ROWS) {
    const [head, tail] = splitAtWidth(rest, columns - 2);
    shown.push({ spans: [{ text: ` ${head}` }] });
    rest = tail;
  }
  return shown;
}

function fieldLines(layer: RawLayer, state: State, width: number, across: number, height: number): Line[] {
  const { format, fields } = rawFields(layer, state);
  const { look } = state;
  if (format === null) return [{ spans: [{ text: cut(` ${phrases.triage.raw.unread}`, width, look), tone: "quiet" }] }];
  const each = Math.floor((width - 2 * (across - 1)) / across);
  const names = Math.min(Math.floor(each * 0.48), Math.max(...fields.map(([name]) => textWidth(name))) + 1);
  const rows = Math.max(1, height);
  const cells = fields.map(([name, value]): Span[] => [
    { text: ` ${fitted(name, names - 1, look)} `, tone: "quiet" },
    { text: fitted(value, each - names - 1, look) },
  ]);
  const used = Math.min(rows, Math.ceil(cells.length / across));
  const missing = cells.length - used * across;
  if (missing > 0)
    cells[used * across - 1] = [{ text: cut(` ${phrases.triage.raw.moreFields(missing + 1)}`, each, look) }];
  return Array.from(
    { length: used },
    (_, row): Line => ({
      spans: Array.from({ length: across }, (_, column) => cells[column * used + row] ?? []).flatMap((cell, column) =>
        column > 0 ? [{ text: "  " }, ...cell] : cell,
      ),
    }),
  );
}

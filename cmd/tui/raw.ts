/** Raw lines: where the cursor goes among them. */
import type { Effect } from "./action.ts";
import { clamp } from "./frames/viewport.ts";
import type { LinePlace } from "./line-place.ts";
import type { RawLayer, State, Surroundings } from "./state.ts";
import type { ParsedLine } from "./world/parsed-line.ts";
import { parsedLine } from "./world/parsed-line.ts";

/** The layer for these places, and what must be read for it. */
export function rawLayer(places: readonly LinePlace[], index: number): readonly [RawLayer, Effect] {
  const place = places[index] as LinePlace;
  return [
    { kind: "raw", places, index, surroundings: null, cursor: 0, search: "" },
    { do: "read-raw", place },
  ];
}

/** The layer with what was read, if it still waits for that. */
export function withSurroundings(layer: RawLayer, place: LinePlace, surroundings: Surroundings): RawLayer {
  return layer.places[layer.index] === place ? { ...layer, surroundings, cursor: surroundings.focus } : layer;
}

export function rawMoved(layer: RawLayer, step: number): RawLayer {
  return { ...layer, cursor: clamp(layer.cursor + step, layer.surroundings?.lines.length ?? 0) };
}

/** To the next line that holds the searched text; null where none does. */
export function toRawMatch(layer: RawLayer, step: 1 | -1): RawLayer | null {
  const lines = layer.surroundings?.lines ?? [];
  const wanted = layer.search.toLowerCase();
  for (let offset = 1; offset <= lines.length; offset++) {
    const at = (layer.cursor + step * offset + lines.length * 2) % lines.length;
    if (lines[at]?.text.toLowerCase().includes(wanted)) return { ...layer, cursor: at };
  }
  return null;
}

/** The line under the cursor as a place of its own. */
export function rawPlace(layer: RawLayer): LinePlace | null {
  const place = layer.places[layer.index];
  const line = layer.surroundings?.lines[layer.cursor];
  return place && line ? { input: place.input, ...line } : (place ?? null);
}

/** The fields of the line under the cursor. */
export function rawFields(layer: RawLayer, state: State): ParsedLine {
  const { surroundings, cursor } = layer;
  const line = surroundings?.lines[cursor];
  if (!surroundings || !line || !state.result) return { format: null, fields: [] };
  const { evidence, site } = state.result;
  const until = evidence.to === null ? Number.NaN : Date.parse(evidence.to);
  return parsedLine(
    line.text,
    surroundings.formats,
    line.line === 1 ? [] : surroundings.head,
    site.timezone,
    Number.isNaN(until) ? Date.parse(state.today) : until,
  );
}

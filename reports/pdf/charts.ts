/** What is drawn in the PDF report: columns over time, and states as bars. */
import type { Content } from "pdfmake";
import type { RequirementState } from "../../rules/result.ts";
import { type Ground, light } from "../html/palette.ts";
import { groundOfState } from "../state-ground.ts";

export interface ChartSeries {
  ground: Ground;
  counts: readonly number[];
}

/** Counts as columns above a line, and part of each at its foot. */
export function columnChart(
  width: number,
  height: number,
  whole: ChartSeries,
  part: ChartSeries | null = null,
): Content {
  const most = Math.max(1, ...whole.counts);
  const step = width / whole.counts.length;
  const columns = ({ counts, ground }: ChartSeries) =>
    counts.flatMap((count, index) => {
      if (count <= 0) return [];
      const h = Math.max(1, (count / most) * height);
      const color = light.grounds[ground];
      return [{ type: "rect" as const, x: index * step, y: height - h, w: Math.max(0.6, step * 0.8), h, color }];
    });
  const base = {
    type: "line" as const,
    x1: 0,
    y1: height,
    x2: width,
    y2: height,
    lineWidth: 0.6,
    lineColor: light.quiet,
  };
  return { canvas: [...columns(whole), ...(part ? columns(part) : []), base], margin: [0, 0, 0, 4] };
}

/** States as parts of one bar. */
export function stateBar(
  states: ReadonlyMap<RequirementState, number>,
  full: number,
  width: number,
  height = 8,
): Content {
  let x = 0;
  const parts = [...states]
    .filter(([state]) => state !== "not-applicable")
    .map(([state, count]) => {
      const w = (count / Math.max(1, full)) * width;
      const part = { type: "rect" as const, x, y: 0, w, h: height, color: light.grounds[groundOfState(state)] };
      x += w;
      return part;
    });
  return parts.length === 0 ? { text: "" } : { canvas: parts };
}

/** What became of every line of an input; reports of pieces add up to the report of the whole. */
import type { Input } from "./inputs.ts";

const MAX_SAMPLES = 3;

export interface LineSample {
  line: number;
  text: string;
}

/** `read` is the sum of the others. */
export interface LineCounts {
  read: number;
  parsed: number;
  foreign: number;
  malformed: number;
  /** Blank lines and the format's own headers. */
  structure: number;
  /** Sound records outside the chosen time window. */
  outsideWindow: number;
}

export interface InputReport {
  input: Input;
  /** Records by format id. */
  records: Map<string, number>;
  lines: LineCounts;
  samples: { foreign: LineSample[]; malformed: LineSample[] };
  warnings: string[];
  /** Messages that lines say were repeated, where none of the lines before is the one meant. Those lines are foreign. */
  strayRepeats: number;
  /** Decompressed. */
  bytesRead: number;
  /** Byte offsets of lines are offsets in the file. */
  isPlain: boolean;
  /** Line ends seen, so that the lines of the next piece can be numbered. */
  lineEnds: number;
}

export function emptyReport(input: Input): InputReport {
  return {
    input,
    records: new Map(),
    lines: { read: 0, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 0 },
    samples: { foreign: [], malformed: [] },
    warnings: [],
    strayRepeats: 0,
    bytesRead: 0,
    isPlain: true,
    lineEnds: 0,
  };
}

/** Keeps the sample if there are few yet. */
export function keepSample(samples: LineSample[], sample: () => LineSample): void {
  if (samples.length < MAX_SAMPLES) samples.push(sample());
}

/** Ids of the formats found, most records first; empty where no line was recognised. */
export function formatsFound({ records }: InputReport): string[] {
  return [...records].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

/** All that people should know of how the input was read. */
export function warningsOf({ warnings, strayRepeats }: InputReport): string[] {
  if (strayRepeats === 0) return warnings;
  return [...warnings, `${strayRepeats} repeats of messages that are not here: they are not in the counts`];
}

/** Reports of an input's pieces, in their order, as one. */
export function joinReports(pieces: readonly InputReport[]): InputReport {
  const [first] = pieces as readonly [InputReport];
  const whole = emptyReport(first.input);
  for (const piece of pieces) {
    for (const [id, count] of piece.records) whole.records.set(id, (whole.records.get(id) ?? 0) + count);
    for (const key of Object.keys(whole.lines) as (keyof LineCounts)[]) whole.lines[key] += piece.lines[key];
    for (const kind of ["foreign", "malformed"] as const) {
      for (const { line, text } of piece.samples[kind]) {
        keepSample(whole.samples[kind], () => ({ line: line + whole.lineEnds, text }));
      }
    }
    for (const warning of piece.warnings) if (!whole.warnings.includes(warning)) whole.warnings.push(warning);
    whole.strayRepeats += piece.strayRepeats;
    whole.bytesRead += piece.bytesRead;
    whole.isPlain &&= piece.isPlain;
    whole.lineEnds += piece.lineEnds;
  }
  return whole;
}

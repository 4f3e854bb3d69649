/** What became of every document of an index, in the terms in which files are reported. */
import type { LineCounts } from "../../inputs/input-report.ts";
import type { KeptBuckets } from "./kept-buckets.ts";

export interface PullReport {
  index: string;
  /** Documents; those that could not be counted are among `malformed`. */
  lines: LineCounts;
  /** Documents that the server has and could not be counted. */
  uncounted: number;
  /** Documents by layout id. */
  layouts: Map<string, number>;
  /** Records by format id. */
  records: Map<string, number>;
  /** Buckets that could not be understood. */
  samples: string[];
  warnings: Set<string>;
  /** Why the counts are incomplete; empty: they are complete. */
  gaps: Set<string>;
  requests: number;
  kept: KeptBuckets;
}

/** The gaps as sentences that limit a whole result. */
export function limitsOf({ index, gaps }: PullReport): string[] {
  return [...gaps].map((gap) => `${index} is incomplete: ${gap}`);
}

export function emptyPull(index: string, kept: KeptBuckets): PullReport {
  return {
    index,
    lines: { read: 0, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 0 },
    uncounted: 0,
    layouts: new Map(),
    records: new Map(),
    samples: [],
    warnings: new Set(),
    gaps: new Set(),
    requests: 0,
    kept,
  };
}

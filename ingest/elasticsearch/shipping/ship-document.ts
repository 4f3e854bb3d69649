/** A record as a document to store: what `ringfence parse` prints, the line itself, and what the audit will ask for. */
import { createHash } from "node:crypto";
import { textOf } from "../../bytes.ts";
import { ecsDocument } from "../../ecs/ecs.ts";
import type { LogFormat } from "../../format.ts";
import type { RecordPlace } from "../../inputs/input-reader.ts";
import type { LogRecord } from "../../record.ts";

/** A longer line is cut: it is evidence to look at. */
const MAX_LINE_BYTES = 32_768;

/** `timelessMs`: the moment under which a record is stored that carries none. */
export function shipDocument(
  record: LogRecord,
  format: LogFormat,
  place: RecordPlace,
  input: string,
  timelessMs: number,
): object {
  const { line, offset, bytes, start, end } = place;
  const document = ecsDocument(record, { line, offset, input, format: format.id }) as Record<string, unknown>;
  const event = document.event as Record<string, unknown>;
  const ringfence = document.ringfence as Record<string, unknown>;
  const isTimeless = Number.isNaN(record.timeMs);
  const application = record.textOf(record.application);
  return {
    ...document,
    ...(isTimeless ? { "@timestamp": new Date(timelessMs).toISOString() } : {}),
    event: { ...event, original: textOf(bytes, start, Math.min(end, start + MAX_LINE_BYTES)) },
    ringfence: {
      ...ringfence,
      ...(record.sourceIsInitiator ? { initiator: "source" } : {}),
      ...(record.sourceNatPort >= 0 && record.sourceNatPort !== record.sourcePort
        ? { source_port_rewritten: true }
        : {}),
      ...(isTimeless ? { time_unknown: true } : {}),
      ...(application === application.toLowerCase() ? {} : { application }),
    },
  };
}

/** Lines between two equal ones beyond which the second may get the first one's id. */
const REMEMBERED_LINES = 200_000;

/**
 * Ids that a line always gets again: from its text and from how often the same text stood before it in its input.
 * Equal lines are as many packets, and a line that is shipped twice, under whatever file name, is one document.
 */
export class DocumentIds {
  readonly #label: string;
  #recent = new Map<string, number>();
  #older = new Map<string, number>();

  /** `label` tells devices apart whose lines do not name them. */
  constructor(label: string) {
    this.#label = label;
  }

  /** A new input: what stood in the last one does not count. */
  nextInput(): void {
    this.#recent.clear();
    this.#older.clear();
  }

  of({ bytes, start, end }: RecordPlace): string {
    const line = bytes.subarray(start, end);
    const text = createHash("sha256").update(this.#label).update("\0").update(line).digest("base64url").slice(0, 22);
    const seen = (this.#recent.get(text) ?? this.#older.get(text) ?? 0) + 1;
    this.#recent.set(text, seen);
    if (this.#recent.size >= REMEMBERED_LINES) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    return seen === 1 ? text : `${text}.${seen}`;
  }
}

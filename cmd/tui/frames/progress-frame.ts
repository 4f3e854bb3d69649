/** How far the reading is, while there is nothing else to show, and beside what there is so far. */
import { phrases } from "../../../reports/phrases.ts";
import { number } from "../../../reports/words.ts";
import { fitSpans, type Line } from "../look.ts";
import type { Progress, State } from "../state.ts";

export function progressLines({ progress, columns, look }: State): Line[] {
  const { inputs } = progress;
  const share = progressShare(progress);
  const width = Math.min(60, columns - 12);
  const done = Math.round((share ?? 0) * width);
  const [full, empty] = look.ascii ? ["#", "."] : ["█", "·"];
  const bar = share === null ? "" : `${full.repeat(done)}${empty.repeat(width - done)}  ${Math.floor(share * 100)} %`;
  const more = inputs.length > 3 ? ` ${phrases.more(inputs.length - 3)}` : "";
  const names = `${inputs.slice(0, 3).join(", ")}${more}`;
  const own = { ...look, ascii: false };
  return [
    { spans: [{ text: " ringfence", tone: "strong" }] },
    { spans: [] },
    { spans: fitSpans([{ text: ` ${phrases.triage.progress.reading(names)}` }], columns, look) },
    { spans: fitSpans([{ text: ` ${bar}`, tone: "notice" }], columns, own) },
    { spans: fitSpans([{ text: ` ${doneText(progress)}`, tone: "quiet" }], columns, look) },
  ];
}

/** Between 0 and 1; null where it cannot be known. Documents are counted after files. */
export function progressShare({ bytes, totalBytes, documents }: Progress): number | null {
  const [part, whole] = documents ? [documents.done, documents.total] : [bytes, totalBytes];
  return whole === null || whole === 0 ? null : Math.min(1, part / whole);
}

function doneText({ bytes, totalBytes, elapsedMs, documents }: Progress): string {
  const words = phrases.triage.progress;
  if (documents) return words.documents(documents.done, documents.total);
  const seconds = elapsedMs / 1000;
  const speed = seconds > 0.5 ? `, ${words.speed(megabytes(bytes / seconds))}` : "";
  const done = totalBytes === null ? megabytes(bytes) : words.of(megabytes(bytes), megabytes(totalBytes));
  return `${done}${speed}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${number(Math.round(bytes / 1e3))} kB` : `${number(Math.round(bytes / 1e6))} MB`;
}

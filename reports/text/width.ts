/** How many columns text takes in a terminal, and where it may be cut. Expects neutralised text. */
import stringWidth from "string-width";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A longer cluster is an attack or an accident; terminals disagree on its width, so its characters are counted singly. */
const LONGEST_CLUSTER = 16;

/** All letters before it are one column wide. */
const FIRST_COMBINING = "\u0300";

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that the text takes. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(text)) width += clusterWidth(cluster);
  return width;
}

/**
 * Cuts after the last cluster that fits; the head holds at least one, so that a loop over the tail ends. Looks no
 * further than it must: a log line may be a megabyte.
 */
export function splitAtWidth(text: string, width: number): [head: string, tail: string] {
  const room = Math.max(1, width);
  if (ASCII.test(text.slice(0, room + 1))) return [text.slice(0, room), text.slice(room)];
  let end = 0;
  let used = 0;
  for (const cluster of clusters(text.slice(0, (room + 1) * LONGEST_CLUSTER))) {
    used += clusterWidth(cluster);
    if (used > room && end > 0) break;
    end += cluster.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** As `splitAtWidth`, but where it can, after a character at which ids, paths and URLs may be broken, or a space. */
export function splitSoftly(text: string, width: number): [head: string, tail: string] {
  const [head, tail] = splitAtWidth(text, width);
  if (tail === "") return [head, tail];
  const at = Math.max(...[" ", "/", ",", ";", "?", "&"].map((mark) => head.lastIndexOf(mark))) + 1;
  return at > head.length / 2 ? [text.slice(0, at), text.slice(at)] : [head, tail];
}

function* clusters(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) {
    if (segment.length <= LONGEST_CLUSTER) yield segment;
    else yield* segment;
  }
}

function clusterWidth(cluster: string): number {
  return cluster.length === 1 && cluster < FIRST_COMBINING ? 1 : stringWidth(cluster);
}

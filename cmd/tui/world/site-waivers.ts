/**
 * Waivers in the text of a site file. Writing adds lines and leaves every other byte as it is: comments, order, spacing
 * and line ends are the user's.
 */
import { type Document, isMap, isSeq, type Pair, parseDocument, type Scalar, stringify, type YAMLSeq } from "yaml";
import { phrases } from "../../../reports/phrases.ts";
import type { WaivedResult } from "../../../rules/result.ts";

/** The file is no YAML, or holds waivers in a form that cannot be added to. */
export class SiteFileError extends Error {
  override name = "SiteFileError";
}

/** The text with a waiver of each of these findings at the end of its waivers. */
export function withWaivers(text: string, ids: readonly string[], waiver: WaivedResult): string {
  const document = parsed(text);
  const entries = ids.map((finding) => ({ finding, ...waiver }));
  const added = insertedAsText(text, document, entries) ?? insertedAsDocument(document, entries);
  assertAdded(text, added, entries);
  return added;
}

/** Ids and patterns of the waivers that a site file holds, without those for single address blocks. */
export function waiversOf(text: string): (WaivedResult & { finding: string })[] {
  const { waivers } = (parsed(text).toJS() ?? {}) as { waivers?: unknown };
  if (!Array.isArray(waivers)) return [];
  return waivers.filter((one) => typeof one?.finding === "string" && one.cidr === undefined);
}

function parsed(text: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new SiteFileError(phrases.siteFile.noYaml(error.message.split("\n")[0] ?? ""));
  if (!isMap(document.contents)) throw new SiteFileError(phrases.siteFile.noSiteFile);
  return document;
}

interface Entry extends WaivedResult {
  finding: string;
}

/** Null where the waivers are written in a form that lines cannot be added to (on one line, or not at all a list). */
function insertedAsText(text: string, document: Document, entries: readonly Entry[]): string | null {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const pair = waiversPair(document);
  if (!pair) {
    const body = text.replace(/(?:\r?\n)?\.\.\.\s*$/, "");
    const gap = body === "" || body.endsWith("\n") ? "" : end;
    return `${body}${gap}waivers:${end}${itemLines(entries, "  ", end)}`;
  }
  const list = pair.value;
  if (!isSeq(list) || list.flow || list.items.length === 0 || !list.range) return null;
  const first = text.lastIndexOf("-", (list.items[0] as { range?: [number] }).range?.[0] ?? 0);
  const indent = /^[ ]*$/.exec(text.slice(text.lastIndexOf("\n", first) + 1, first))?.[0];
  if (indent === undefined) return null;
  const at = lineAfter(text, lastValueEnd(list));
  const gap = at > 0 && text[at - 1] !== "\n" ? end : "";
  return text.slice(0, at) + gap + itemLines(entries, indent, end) + text.slice(at);
}

function waiversPair(document: Document): Pair<Scalar, unknown> | undefined {
  if (!isMap(document.contents)) return undefined;
  return (document.contents.items as Pair<Scalar, unknown>[]).find(({ key }) => key.value === "waivers");
}

/** Where the last waiver's own text ends: before comments that follow it on lines of their own. */
function lastValueEnd(list: YAMLSeq): number {
  const last = list.items.at(-1) as { range?: [number, number, number] } | undefined;
  return last?.range?.[1] ?? 0;
}

/** The beginning of the next line, or the end of the text. */
function lineAfter(text: string, at: number): number {
  if (at > 0 && text[at - 1] === "\n") return at;
  const lf = text.indexOf("\n", at);
  return lf < 0 ? text.length : lf + 1;
}

function itemLines(entries: readonly Entry[], indent: string, end: string): string {
  return entries
    .map((entry) => {
      const lines = stringify(entry, { lineWidth: 0 }).trimEnd().split("\n");
      return lines.map((line, index) => `${indent}${index === 0 ? "- " : "  "}${line}${end}`).join("");
    })
    .join("");
}

function insertedAsDocument(document: Document, entries: readonly Entry[]): string {
  const pair = waiversPair(document);
  if (!isSeq(pair?.value) && pair?.value != null && (pair.value as { value?: unknown }).value !== null)
    throw new SiteFileError(phrases.siteFile.noList);
  if (isSeq(pair?.value)) for (const entry of entries) pair.value.add(document.createNode(entry));
  else document.set("waivers", document.createNode(entries));
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Rather nothing written than something broken. */
function assertAdded(before: string, after: string, entries: readonly Entry[]): void {
  const old = parsed(before).toJS() as { waivers?: Entry[] | null };
  const expected = { ...old, waivers: [...(old.waivers ?? []), ...entries] };
  if (JSON.stringify(sorted(parsed(after).toJS())) !== JSON.stringify(sorted(expected)))
    throw new SiteFileError(phrases.siteFile.doesNotFit);
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

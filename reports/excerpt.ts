/** Log lines and their places, as documents print them. */
import type { ExampleResult } from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import { number } from "./words.ts";

/** No line of a real firewall is longer; what is belongs to an attack or an accident. */
const LONGEST = 2000;

/** The line, cut where it is endless; the cut says how much it took. */
export function excerptOf(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = /[\ud800-\udbff]/.test(text[LONGEST - 1] as string) ? LONGEST - 1 : LONGEST;
  return `${text.slice(0, cut)}${phrases.moreCharacters(text.length - cut)}`;
}

/** `fw.log:812 at byte 140,233`. */
export function placeOf({ input, line, offset }: ExampleResult): string {
  const at = offset === null ? "" : ` ${phrases.atByte(offset)}`;
  return `${input}${line === null ? "" : `:${line}`}${at}`;
}

/** More rules than these are for the JSON to list. */
const SHOWN_RULES = 12;

/** The rules that decided: `1700000002, 1700000003 and 36 more`. */
export function rulesText(rules: readonly string[]): string {
  const more = rules.length - SHOWN_RULES;
  return `${rules.slice(0, SHOWN_RULES).join(", ")}${more > 0 ? ` ${phrases.more(more)}` : ""}`;
}

/** Peers, busiest first: `203.0.113.7, 203.0.113.66 and 36 more`. */
export function peersText(peers: readonly string[], count: number): string {
  const more = Math.max(count, peers.length) - peers.length;
  if (peers.length === 0) return more > 0 ? number(more) : "";
  return `${peers.join(", ")}${more > 0 ? ` ${phrases.more(more)}` : ""}`;
}

/**
 * Tables that hold no line but its fields, a column each, put together again as the line that a format reads: Sentinel's
 * CommonSecurityLog, Elastic's FortiGate integration, FortiOS's fields by their own names, the columns of a pfirewall.log. An
 * export holds some thousand rows, so texts are welcome here.
 */
import { commonSecurityLine, isCommonSecurity } from "./common-security.ts";
import { elasticFortigateLine, isElasticFortigate } from "./elastic-fortigate.ts";

/** The row's text under a column's name; empty where there is none. */
type TextIn = (column: string) => string;

/** Makes the line of a row; `timeMs`: the row's own time, or NaN. */
export type RowLine = (textIn: TextIn, timeMs: number) => Uint8Array;

const FORTIOS = "type srcip dstip".split(" ");
const W3C =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path".split(
    " ",
  );
/** Without these, a row tells nothing of a packet. */
const W3C_NEEDED = W3C.slice(0, 6);
/** What a key of FortiOS's pairs may consist of. */
const KEY = /^[\w.-]+$/;
/** Would be another line, or another column. */
const CONTROLS = /\p{Cc}+/gu;
const BLANKS = /\s+/g;

const encoder = new TextEncoder();

/** How to make lines of a table with these columns, or null where none is told by their names. */
export function rowLineOf(names: readonly string[]): RowLine | null {
  const has = (wanted: readonly string[]) => wanted.every((name) => names.includes(name));
  if (isCommonSecurity(names)) return commonSecurityLine;
  if (isElasticFortigate(names)) return elasticFortigateLine;
  if (has(FORTIOS)) return fortiosLine(names.filter((name) => KEY.test(name)));
  return has(W3C_NEEDED) ? w3cLine : null;
}

function fortiosLine(keys: readonly string[]): RowLine {
  return (textIn) => {
    const pairs = keys
      .map((key) => [key, textIn(key).replace(CONTROLS, " ")] as const)
      .filter(([, value]) => value !== "")
      .map(([key, value]) => `${key}="${value.replace(/["\\]/g, "\\$&")}"`);
    return encoder.encode(pairs.join(" "));
  };
}

const w3cLine: RowLine = (textIn) =>
  encoder.encode(W3C.map((name) => textIn(name).replace(BLANKS, "") || "-").join(" "));

/**
 * A row of OPNsense's live view as its API gives it (`/api/diagnostics/firewall/log`, `stream_log`): the columns of a
 * filterlog line by their names, with time and host beside them. Put together again, it is that line. An answer holds some
 * thousand rows, so objects and texts are welcome here. opnsense/core src/opnsense/scripts/filter/read_log.py
 *
 *   {"rulenr":"12","subrulenr":"","anchorname":"","rid":"0011...ff","interface":"igb0","reason":"match","action":"block",...
 *    "src":"198.51.100.9","dst":"192.0.2.10","srcport":"40001","dstport":"5061",...,"__timestamp__":"...","__host__":"fw"}
 */
import { ascii, findBytes, textOf } from "../bytes.ts";
import { type Fields, fieldsIn, LineMadeAnew } from "./line-made-anew.ts";

/** Columns of a line, a name each; where releases differ in it, all of them. */
const GENERAL = "rulenr subrulenr anchorname ridentifier|rid interface reason action dir version|ipversion";
const IPV4 = "tos ecn ttl id offset ipflags proto|protonum protoname length src dst";
const IPV6 = "class flowlabel|flow hlim|hoplimit protoname proto|protonum payload-length|length src dst";
const PORTS = "srcport dstport datalen";
const TCP = `${PORTS} tcpflags seq ack urp tcpopts`;

const RULE_NUMBER = ascii('"rulenr"');
/** Would be other columns, or another line. */
const NO_VALUE = /[,\p{Cc}]/u;

const encoder = new TextEncoder();

export class OpnsenseRow extends LineMadeAnew {
  /** Whether `[start, end)` is such a row. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    if (findBytes(bytes, RULE_NUMBER, start, end) < 0) return false;
    const row = fieldsIn(textOf(bytes, start, end));
    const line = row && lineOf(row);
    if (!line) return false;
    this.hold(encoder.encode(line));
    return true;
  }
}

/** The row as filterlog wrote it, or null where a value cannot have stood in a line. */
function lineOf(row: Fields): string | null {
  const isV6 = textUnder(row, "version|ipversion") === "6";
  const number = textUnder(row, "proto|protonum");
  const tail = number === "6" ? TCP : number === "17" ? PORTS : "datalen";
  const columns = `${GENERAL} ${isV6 ? IPV6 : IPV4} ${tail}`.split(" ").map((names) => textUnder(row, names));
  const [time, host] = [textUnder(row, "__timestamp__"), textUnder(row, "__host__")];
  if ([...columns, time, host].some((value) => NO_VALUE.test(value))) return null;
  return `${time === "" ? "" : `${time} `}${host === "" ? "" : `${host} `}filterlog: ${columns.join(",")}`;
}

/** The value under the first of these names that is there. */
function textUnder(row: Fields, names: string): string {
  const name = names.split("|").find((one) => row[one] !== undefined && row[one] !== null);
  return name === undefined ? "" : String(row[name]);
}

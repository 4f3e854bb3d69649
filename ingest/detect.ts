/** Which formats an input may hold, from its first bytes. */
import { ascii, findBytes } from "./bytes.ts";
import { CLOG_ADVICE, looksLikeClog } from "./clog.ts";
import type { LogFormat } from "./format.ts";

const CLIXML = ascii("<Objs Version=");

/** Below this share of recognised lines a file is not of the format; a relay's file may hold few of ours among many. */
const MIN_SCORE = 0.001;

/**
 * The formats worth trying, best first; a relay's file may hold several. `forced`: the user named the formats, so all
 * are tried whatever the first bytes look like. `tail`: the file's last bytes, empty where they are not known. A warning says why nothing can be read where the reason is known.
 */
export function rankFormats(
  head: Uint8Array,
  formats: readonly LogFormat[],
  forced: boolean,
  tail: Uint8Array = head.subarray(0, 0),
): { ranked: LogFormat[]; warning: string | null } {
  const scored = formats
    .map((format) => ({ format, score: format.sniff(head) }))
    .filter(({ score }) => forced || score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score);
  const ranked = scored.map(({ format }) => format);
  if (looksLikeClog(head, tail)) return { ranked, warning: CLOG_ADVICE };
  if (ranked.length > 0) return { ranked, warning: null };
  const warning = unreadableReason(head);
  // Nothing recognised so far: a relay may have written other programs' lines first, so every line is tried.
  return { ranked: warning ? [] : formats.filter((format) => !format.recordEnd), warning };
}

function unreadableReason(head: Uint8Array): string | null {
  const starts = (...magic: number[]) => magic.every((byte, i) => head[i] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "this is a ZIP archive: unpack it first";
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46))
    return "this is a picture, not a log";
  if (starts(0x25, 0x50, 0x44, 0x46)) return "this is a PDF document, not a log";
  if (starts(0xd4, 0xc3, 0xb2, 0xa1) || starts(0x0a, 0x0d, 0x0d, 0x0a)) return "this is a packet capture, not a log";
  if (starts(0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65))
    return "this is a Windows event log (.evtx): export it with `wevtutil qe FILE /lf:true /f:xml /e:Events > events.xml`";
  if (starts(0x37, 0x7a, 0xbc, 0xaf)) return "this is a 7-Zip archive: unpack it first";
  if (starts(0x04, 0x22, 0x4d, 0x18) || starts(0x1f, 0x9d)) return "this is packed by lz4 or compress: unpack it first";
  if (findBytes(head, CLIXML, 0, Math.min(head.length, 256)) >= 0)
    return "this is PowerShell's Export-Clixml: use `ConvertTo-Json` or `Export-Csv` instead";
  if (head.subarray(0, 4096).includes(0)) return "this is a binary file, not a log";
  return null;
}

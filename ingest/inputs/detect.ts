/** Which formats an input may hold, from its first bytes. */
import type { LogFormat } from "../format.ts";
import { CLOG_ADVICE, looksLikeClog } from "./clog.ts";
import { whatBinary, whatText, whyUnreadable } from "./no-log.ts";

/** Below this share of recognised lines a file is not of the format; a relay's file may hold few of ours among many. */
const MIN_SCORE = 0.001;

/**
 * The formats worth trying, best first; a relay's file may hold several. `forced`: the user named the formats, so all
 * are tried whatever the first bytes look like. `tail`: the file's last bytes, empty where they are not known. A warning
 * says what the file is where no line was recognised and that is known. Nothing of an archive is read, forced or not.
 */
export function rankFormats(
  head: Uint8Array,
  formats: readonly LogFormat[],
  forced: boolean,
  tail: Uint8Array = head.subarray(0, 0),
): { ranked: LogFormat[]; warning: string | null } {
  const binary = whatBinary(head);
  if (binary) return { ranked: [], warning: binary };
  const scored = formats
    .map((format) => ({ format, score: format.sniff(head) }))
    .filter(({ score }) => forced || score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score);
  const ranked = scored.map(({ format }) => format);
  if (looksLikeClog(head, tail)) return { ranked, warning: CLOG_ADVICE };
  if (ranked.length > 0) return { ranked, warning: null };
  const why = whyUnreadable(head);
  if (why) return { ranked: [], warning: why };
  // Nothing recognised so far: a relay may have written other programs' lines first, so every line is tried.
  return { ranked: formats.filter((format) => !format.recordEnd), warning: whatText(head) };
}

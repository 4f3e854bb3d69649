/**
 * netfilter lines in the journal's JSON, one entry a line: `journalctl -k -o json`, `-o json-seq`, `-o json-sse`.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/
 *
 *   {"__REALTIME_TIMESTAMP":"1783098630118004","_HOSTNAME":"fw","MESSAGE":"[UFW BLOCK] IN=eth0 OUT= SRC=... DST=..."}
 *    microseconds since 1970                                     the kernel's line, without stamp and envelope
 *
 * What journalctl prints as text is for journal-text.ts.
 */
import { ascii, equals, OPEN_BRACE, parseDecimal } from "../bytes.ts";
import { JournalWriter } from "../documents/journal-writer.ts";
import { FOREIGN, type LineParser, type LogFormat, MALFORMED, type ParseContext, STRUCTURE } from "../format.ts";
import {
  JSON_BROKEN,
  JSON_CLOSE_OBJECT,
  JSON_END,
  JSON_LITERAL,
  JSON_OPEN_ARRAY,
  JSON_STRING,
  JsonScanner,
} from "../lexing/json-scan.ts";
import { afterStreamLead } from "../lexing/json-stream.ts";
import { Scratch } from "../lexing/scratch.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { readNetfilterLine } from "../netfilter/line.ts";
import { startsAsKernels } from "../netfilter/loggers.ts";
import { PrefixReader } from "../netfilter/prefix.ts";
import { Span } from "../record.ts";

const MESSAGE = ascii("MESSAGE");
const RECEIVED = ascii("__REALTIME_TIMESTAMP");
const SENT = ascii("_SOURCE_REALTIME_TIMESTAMP");
const HOST = ascii("_HOSTNAME");

/** One entry's fields; the texts are in the scratch buffer. */
class Entry {
  readonly scratch = new Scratch();
  readonly message = new Span();
  readonly host = new Span();
  readonly writer = new JournalWriter();
  receivedUs = -1;
  sentUs = -1;
  readonly #scanner = new JsonScanner();

  /** False where `[start, end)` is no whole JSON object. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const scanner = this.#scanner;
    this.scratch.clear();
    this.message.set(0, 0);
    this.host.set(0, 0);
    this.writer.clear();
    this.receivedUs = -1;
    this.sentUs = -1;
    scanner.open(bytes, start, end);
    for (;;) {
      const event = scanner.next();
      if (event === JSON_END) return true;
      if (event === JSON_BROKEN) return false;
      if (scanner.depth === 1 && event === JSON_STRING) this.#takeText(bytes);
      else if (scanner.depth === 2 && event === JSON_OPEN_ARRAY && this.#isKey(bytes, MESSAGE)) this.#startBytes();
      else if (scanner.depth === 2 && event === JSON_LITERAL) this.#takeByte(bytes);
      else if (event === JSON_CLOSE_OBJECT && scanner.depth === 0) continue;
      else this.#isMessageBytes = false;
    }
  }

  /** Whether the array being read is the message, which the journal prints as numbers where it is no UTF-8. */
  #isMessageBytes = false;

  #isKey(bytes: Uint8Array, key: Uint8Array): boolean {
    return equals(bytes, key, this.#scanner.keyStart, this.#scanner.keyEnd);
  }

  #startBytes(): void {
    this.#isMessageBytes = true;
    this.message.set(this.scratch.length, this.scratch.length);
  }

  #takeByte(bytes: Uint8Array): void {
    if (!this.#isMessageBytes) return;
    const byte = parseDecimal(bytes, this.#scanner.valueStart, this.#scanner.valueEnd);
    if (byte >= 0 && byte <= 255) this.scratch.appendByte(byte);
    this.message.end = this.scratch.length;
  }

  #takeText(bytes: Uint8Array): void {
    const { keyStart, keyEnd, valueStart, valueEnd } = this.#scanner;
    this.#isMessageBytes = false;
    if (this.#isKey(bytes, MESSAGE)) this.#keep(bytes, this.message);
    else if (this.#isKey(bytes, HOST)) this.#keep(bytes, this.host);
    else if (this.#isKey(bytes, RECEIVED)) this.receivedUs = parseDecimal(bytes, valueStart, valueEnd);
    else if (this.#isKey(bytes, SENT)) this.sentUs = parseDecimal(bytes, valueStart, valueEnd);
    else this.writer.take(bytes, keyStart, keyEnd, valueStart, valueEnd);
  }

  #keep(bytes: Uint8Array, span: Span): void {
    const start = this.scratch.appendJson(bytes, this.#scanner.valueStart, this.#scanner.valueEnd);
    span.set(start, this.scratch.length);
  }
}

function open({ prefixVerdicts }: ParseContext): LineParser {
  const prefixes = new PrefixReader(prefixVerdicts);
  const entry = new Entry();
  return (bytes, lineStart, end, into) => {
    into.reset(bytes);
    const start = afterStreamLead(bytes, lineStart, end);
    if (start === end) return STRUCTURE;
    if (bytes[start] !== OPEN_BRACE) return FOREIGN;
    if (!entry.read(bytes, start, end)) return MALFORMED;
    if (entry.message.isEmpty || entry.receivedUs < 0) return FOREIGN;
    into.text = entry.scratch.bytes;
    into.timeMs = (entry.sentUs >= 0 ? entry.sentUs : entry.receivedUs) / 1000;
    into.observer.set(entry.host.start, entry.host.end);
    const { start: messageStart, end: messageEnd } = entry.message;
    if (entry.writer.isProgram && !startsAsKernels(into.text, messageStart, messageEnd)) return FOREIGN;
    return readNetfilterLine(into.text, messageStart, messageEnd, prefixes, into);
  };
}

export const journald: LogFormat = {
  id: "journald",
  platform: "iptables",
  title: "Linux netfilter in the systemd journal (JSON)",
  reference: "https://systemd.io/JOURNAL_EXPORT_FORMATS/",
  samples: [
    '{"__REALTIME_TIMESTAMP":"1783098630118004","_HOSTNAME":"fw","_TRANSPORT":"kernel","MESSAGE":"[UFW BLOCK] IN=eth0 OUT= MAC= SRC=198.51.100.9 DST=192.0.2.10 LEN=60 TOS=0x00 PREC=0x00 TTL=57 ID=7 DF PROTO=TCP SPT=40001 DPT=5061 WINDOW=64240 RES=0x00 SYN URGP=0 "}',
    '{"__REALTIME_TIMESTAMP":"1783098631000000","_HOSTNAME":"fw","MESSAGE":[68,82,79,80,32,73,78,61,97,32,79,85,84,61,32,83,82,67,61,49,57,50,46,48,46,50,46,49,32,68,83,84,61,49,57,50,46,48,46,50,46,50,32,80,82,79,84,79,61,50]}',
  ],
  unit: "packets",
  shows: ["What the kernel's LOG target shows (see iptables), with exact times in UTC and the host's name."],
  hides: ["What the kernel's LOG target hides (see iptables), and what the journal's rate limit dropped."],
  enable: [
    "Switch logging on in the firewall as for iptables; the journal keeps what the kernel prints.",
    "Export with `journalctl -k -o json --since ... > fw.json`.",
  ],
  sniff: (head) => shareOfLines(head, open),
  open,
};

/**
 * Who wrote an entry of the systemd journal. The kernel's own have the transport `kernel`, which nobody can forge; those that came
 * by syslog bear the name of the program, and the kernel's facility where they were relayed.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html
 *
 *   {"_TRANSPORT":"syslog","SYSLOG_IDENTIFIER":"sshd","SYSLOG_FACILITY":"4","MESSAGE":"Invalid user ..."}
 *   {"systemd":{"transport":"syslog"},"syslog":{"identifier":"sshd","facility":4},"message":"..."}      Filebeat
 */
import { ascii, CLOSE_BRACKET, COLON, DIGIT_0, equals, findByte, isOneOf, OPEN_BRACKET } from "../bytes.ts";
import { KERNEL, LOGGERS } from "../netfilter/loggers.ts";
import { Span } from "../record.ts";

const TRANSPORT = ascii("_TRANSPORT");
const IDENTIFIER = ascii("SYSLOG_IDENTIFIER");
const FACILITY = ascii("SYSLOG_FACILITY");

/** Filebeat's objects, and their keys. */
const SYSTEMD = ascii("systemd");
const TRANSPORT_KEY = ascii("transport");
const SYSLOG = ["syslog", "log.syslog"].map(ascii);
const NAME_KEYS = ["identifier", "appname"].map(ascii);
const FACILITY_KEY = ascii("facility");
const FACILITIES = ["facility", "syslog.facility", "log.syslog.facility"].map(ascii);
const CODE_KEY = ascii("code");

const NOTHING = new Span();

export class JournalWriter {
  #isJournal = false;
  #isKernel = false;
  #isNamed = false;

  /** Whether another program is named than the kernel and those that write for it. */
  get isProgram(): boolean {
    return this.#isJournal && this.#isNamed && !this.#isKernel;
  }

  clear(): void {
    this.#isJournal = false;
    this.#isKernel = false;
    this.#isNamed = false;
  }

  /** Takes the value `[start, end)` if its key `[keyStart, keyEnd)` in the object of that name tells something of this. */
  take(bytes: Uint8Array, keyStart: number, keyEnd: number, start: number, end: number, object: Span = NOTHING): void {
    if (equals(bytes, TRANSPORT, keyStart, keyEnd)) this.#takeTransport(bytes, start, end);
    else if (equals(bytes, IDENTIFIER, keyStart, keyEnd)) {
      this.#isJournal = true;
      this.#takeName(bytes, start, end);
    } else if (equals(bytes, FACILITY, keyStart, keyEnd)) this.#takeFacility(bytes, start, end);
    else if (equals(bytes, SYSTEMD, object.start, object.end)) {
      if (equals(bytes, TRANSPORT_KEY, keyStart, keyEnd)) this.#takeTransport(bytes, start, end);
    } else if (isOneOf(bytes, SYSLOG, object.start, object.end)) {
      if (isOneOf(bytes, NAME_KEYS, keyStart, keyEnd)) this.#takeName(bytes, start, end);
      else if (equals(bytes, FACILITY_KEY, keyStart, keyEnd)) this.#takeFacility(bytes, start, end);
    } else if (equals(bytes, CODE_KEY, keyStart, keyEnd) && isOneOf(bytes, FACILITIES, object.start, object.end))
      this.#takeFacility(bytes, start, end);
  }

  #takeTransport(bytes: Uint8Array, start: number, end: number): void {
    this.#isJournal = true;
    this.#isKernel ||= equals(bytes, KERNEL, start, end);
  }

  /** `sshd`; relays leave more of the tag there: `kernel:`, `ulogd[7]`. */
  #takeName(bytes: Uint8Array, start: number, end: number): void {
    const isTag = bytes[end - 1] === COLON || bytes[end - 1] === CLOSE_BRACKET;
    const nameEnd = isTag ? findByte(bytes, OPEN_BRACKET, start, end - 1) : end;
    this.#isNamed = nameEnd > start && !isOneOf(bytes, LOGGERS, start, nameEnd);
  }

  #takeFacility(bytes: Uint8Array, start: number, end: number): void {
    this.#isKernel ||= end === start + 1 && bytes[start] === DIGIT_0;
  }
}

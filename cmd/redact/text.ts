/** Redacts one text: addresses and known names everywhere; in log lines also whatever its place shows to be a name. */
import { addressFromText } from "../../ingest/address.ts";
import type { PseudonymKind, Pseudonyms } from "./pseudonyms.ts";

/** Fields whose values name a person, a device or a part of the network. */
const TELLING_KEY =
  /user|host|computer|login|account|mail|serial|owner|domain|machine_?id|boot_?id|cursor|dev(?:ice)?_?id|devname|(?:src|dst|policy|rule)_?name|call_?id|caller|callee|subject|contact|fqdn|ssid|authserver|tunnel(?!type)|^_*(?:from|to|group|agent|sid|uid|vd|xid|cn|url|uri)$/i;

/** Interface names stay; `ssl.root` looks like a host. */
const INTERFACE_KEY = /(?:^|_|[a-z])int(?:f|erface)?(?:name)?$/i;

const KEY = "[A-Za-z_][\\w.-]*";
const PATTERNS = {
  xml: `<Data Name=["'](?<xmlKey>${KEY})["']>(?<xmlValue>[^<]*)(?=</Data>)|<Computer>(?<computer>[^<]*)`,
  head: String.raw`^(?<stamp>(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\dT\S+) +)(?<headHost>[^\s:[\]=]+)(?=\s)`,
  field: String.raw`(?<![\w.-])(?<lead>(?<key>${KEY})(?:=|"\s*:\s*))(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|(?<bare>[^\s"',;<>|}\]]+))`,
  sip: String.raw`(?<scheme>sips?:)(?<sipUser>[^\s@<>"';,]{0,128})@(?<sipHost>\[[^\]\s]*\]|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|[^\s<>"';:,\]?]+)|(?<=\btel:)(?<number>\+?[\d().-]{3,})`,
  mail: String.raw`(?<mailUser>[^\s@<>"'=,;:|/\\()[\]]{1,64})@(?<mailHost>\[[^\]\s]*\]|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|[\p{L}\p{N}._-]{0,253}[\p{L}\p{N}])`,
  mac: String.raw`(?<mac>(?<![\w:-])[\da-f]{2}(?:[:-][\da-f]{2}){5,}(?![\w:-]))`,
  colons: `(?<colons>(?<![0-9A-Za-z:])[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)`,
  dots: String.raw`(?<dots>\d{1,10}(?:\.\d{1,10}){3})`,
  partial: String.raw`(?<partial>(?<![\d.])\d{1,3}\.\d{1,3}\.(?:\d{1,3}\.)?\*)`,
  serial: `(?<serial>(?<![A-Za-z0-9])F[A-Z][A-Z0-9]{14}(?![A-Za-z0-9]))`,
  sid: String.raw`(?<sid>\bS-1-5-21(?:-\d+)+)`,
  home: String.raw`(?<=[\\/](?:users|home)[\\/])(?<home>[^\\/\s"<>]+)`,
  fqdn: String.raw`(?<fqdn>(?<![\p{L}\p{N}._-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,20}(?:xn--[a-z\d-]+|\p{L}{2,})(?![\p{L}\p{N}_-]))`,
} as const;

type Part = keyof typeof PATTERNS;
const IN_OUR_TEXTS: readonly Part[] = ["sip", "mail", "mac", "colons", "dots", "partial", "serial", "sid"];
const IN_LOG_TEXTS: readonly Part[] = ["xml", "head", "field", ...IN_OUR_TEXTS, "home", "fqdn"];

/** Of IPv6 with a dotted end. */
const LONGEST_ADDRESS = 45;

const PRIVATE_PART = /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

export class TextRedactor {
  readonly #pseudonyms: Pseudonyms;
  readonly #ours: RegExp;
  readonly #log: RegExp;

  /** Knows the names that have been met by now; redacting may bring up others. */
  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
    const names = pseudonyms.pattern();
    const known = names ? [`(?<name>${names.source})`] : [];
    // What stands in a telling place goes as a whole, so places come before names.
    const compile = (parts: readonly Part[], places: number) =>
      new RegExp(
        [
          ...parts.slice(0, places).map((part) => PATTERNS[part]),
          ...known,
          ...parts.slice(places).map((part) => PATTERNS[part]),
        ].join("|"),
        "giu",
      );
    this.#ours = compile(IN_OUR_TEXTS, 2);
    this.#log = compile(IN_LOG_TEXTS, 5);
  }

  /** A text of ours or of the site file. */
  text(text: string): string {
    return text.replace(this.#ours, (...match) => this.#replaced(match));
  }

  /** A log line, or another text in which anything may stand. */
  log(text: string): string {
    return text.replace(this.#log, (...match) => this.#replaced(match));
  }

  #replaced(match: unknown[]): string {
    const [whole] = match as [string];
    const found = match.at(-1) as Record<string, string | undefined>;
    const { lead, key, scheme, sipUser, sipHost, mailUser, mailHost, xmlKey, xmlValue } = found;
    if (xmlKey !== undefined && xmlValue !== undefined)
      return `<Data Name="${xmlKey}">${TELLING_KEY.test(xmlKey) ? this.#value(xmlKey, xmlValue) : this.log(xmlValue)}`;
    if (found.computer !== undefined) return `<Computer>${this.#host(found.computer)}`;
    if (found.stamp !== undefined) return found.stamp + this.#host(found.headHost ?? "");
    if (lead !== undefined && key !== undefined) return lead + this.#field(key, found);
    if (scheme !== undefined) return `${scheme}${this.#named("user", sipUser ?? "")}@${this.#host(sipHost ?? "")}`;
    if (mailUser !== undefined) return `${this.#named("user", mailUser)}@${this.#host(mailHost ?? "")}`;
    if (found.name !== undefined) return this.#named("name", found.name);
    if (found.colons !== undefined) return this.#colons(found.colons);
    if (found.dots !== undefined) return this.#address(found.dots) ?? found.dots;
    if (found.partial !== undefined) return PRIVATE_PART.test(found.partial) ? found.partial : "public-*";
    if (found.fqdn !== undefined) return this.#named("host", found.fqdn);
    for (const [group, kind] of [
      ["number", "user"],
      ["mac", "mac"],
      ["serial", "serial"],
      ["sid", "user"],
      ["home", "user"],
    ] as const) {
      const token = found[group];
      if (token !== undefined) return this.#named(kind, token);
    }
    return whole;
  }

  #field(key: string, { double, single, bare }: Record<string, string | undefined>): string {
    const redacted = (value: string) => {
      if (INTERFACE_KEY.test(key)) return this.text(value);
      return TELLING_KEY.test(key) ? this.#value(key, value) : this.log(value);
    };
    if (double !== undefined) return `"${redacted(double)}"`;
    if (single !== undefined) return `'${redacted(single)}'`;
    return redacted(bare ?? "");
  }

  /** The value of a telling field: as a whole, unless it is of a form that keeps its parts apart. */
  #value(key: string, value: string): string {
    if (/^(?:<?sips?:)?[^\s@]+@[^\s@]+$/i.test(value) || /^[\d.:/a-f[\]]+$/i.test(value)) {
      const parts = this.text(value);
      if (parts !== value || /[.:]/.test(value)) return parts;
    }
    const account = /^([^\\]+)(\\{1,2})([^\\]+)$/.exec(value);
    if (account) return this.#named("name", account[1] ?? "") + account[2] + this.#named("user", account[3] ?? "");
    const lower = key.toLowerCase();
    const kind: PseudonymKind = /serial|dev(?:ice)?_?id/.test(lower)
      ? "serial"
      : /host|computer|devname|srcname|dstname|fqdn|domain|url|uri/.test(lower)
        ? "host"
        : /user|login|account|mail|owner|call|from|to$|contact|uid|subject/.test(lower)
          ? "user"
          : "name";
    return this.#named(kind, value);
  }

  #host(text: string): string {
    if (/^[\da-f:.]*:[\da-f]*:[\da-f:.]*$/i.test(text)) return this.#colons(text);
    const bare = text.replace(/^\[(.*)\]$/, "$1");
    if (!addressFromText(bare)) return this.#named("host", text);
    return this.#address(bare) ?? text;
  }

  #named(kind: PseudonymKind, token: string): string {
    return this.#pseudonyms.ofName(kind, token);
  }

  /** Null where the text is no address, or one that stays. */
  #address(text: string): string | null {
    const words = addressFromText(text);
    return words && this.#pseudonyms.ofAddress(words);
  }

  /** The longest beginning that is an IPv6 address; what follows it may hold more. */
  #colons(text: string): string {
    for (let end = Math.min(text.length, LONGEST_ADDRESS); end > 2; end -= 1) {
      const inGroup = /[0-9A-Fa-f]/.test(text[end] ?? "");
      const words = inGroup ? null : addressFromText(text.slice(0, end));
      if (words) return (this.#pseudonyms.ofAddress(words) ?? text.slice(0, end)) + this.#dotted(text.slice(end));
    }
    return this.#dotted(text);
  }

  #dotted(text: string): string {
    return text.replace(/\d+(?:\.\d+){3}/g, (dots) => this.#address(dots) ?? dots);
  }
}

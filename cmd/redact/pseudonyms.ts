/** Stand-ins for what must not be shared: the same token always gets the same one, and none occurs in the original. */
import { formatAddress, isMulticastOrBroadcast, isPrivateAddress, isUnspecified } from "../../ingest/address.ts";

/** What a stand-in is called; a number follows. */
export type PseudonymKind =
  | "site"
  | "firewall"
  | "input"
  | "host"
  | "user"
  | "person"
  | "name"
  | "serial"
  | "mac"
  | "public";

/** Words that say nothing about anybody, and that our own texts need. */
const TELLS_NOTHING = new Set(
  "n/a,-,none,null,unknown,undefined,any,all,local,localhost,localdomain,root,admin,administrator,system,guest,user,default,firewall,fw,gw,gateway,router,kernel,pfsense,opnsense,fortigate,fortinet,windows,linux,iptables,internal,internet,external,wan,lan,dmz,vpn,provider,voice,phones,server,pbx,sip".split(
    ",",
  ),
);

/** Shorter ones would hit ordinary words, and shorter numbers ports and counts. */
const SHORTEST_WORD = 3;
const SHORTEST_NUMBER = 7;

const LETTER = "[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}]";

export class Pseudonyms {
  readonly #original: string;
  readonly #byToken = new Map<string, string>();
  readonly #kept: ReadonlySet<string>;
  readonly #counts = new Map<PseudonymKind, number>();

  /**
   * @param original everything that will be redacted: no stand-in may look like a part of it
   * @param kept names that stay, in lower case: those of the vendors' own servers
   */
  constructor(original: string, kept: ReadonlySet<string>) {
    this.#original = original.toLowerCase();
    this.#kept = kept;
  }

  /** The first kind under which a token is met stays. */
  of(kind: PseudonymKind, token: string): string {
    const key = token.toLowerCase();
    const known = this.#byToken.get(key);
    if (known !== undefined) return known;
    const made = this.#next(kind);
    this.#byToken.set(key, made);
    return made;
  }

  /** Another way to write a token that is known already. */
  alias(made: string, token: string): void {
    const key = token.toLowerCase();
    if (!this.#byToken.has(key)) this.#byToken.set(key, made);
  }

  /** As `of`, but a word that tells nothing about anybody stays. */
  ofName(kind: PseudonymKind, token: string): string {
    const word = token.trim().toLowerCase();
    return word === "" || TELLS_NOTHING.has(word) || this.#kept.has(word) ? token : this.of(kind, token);
  }

  /** Null where the address may stay: private ones, and those that are nobody's. However it is spelt, it is one token. */
  ofAddress(words: ArrayLike<number>): string | null {
    if (isPrivateAddress(words) || isMulticastOrBroadcast(words) || isUnspecified(words)) return null;
    return this.of("public", formatAddress(words));
  }

  /** Finds all names that were met, wherever they stand by themselves; null where there are none. */
  pattern(): RegExp | null {
    const names = [...this.#byToken]
      .filter(([token, made]) => !made.startsWith("public-") && isTelling(token))
      .map(([token]) => token)
      .sort((a, b) => b.length - a.length);
    if (names.length === 0) return null;
    const words = names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
    return new RegExp(`(?<!${LETTER})(?:${words})(?!${LETTER})`, "giu");
  }

  #next(kind: PseudonymKind): string {
    let number = this.#counts.get(kind) ?? 0;
    let made: string;
    do {
      number += 1;
      made = `${kind}-${number}`;
    } while (this.#original.includes(made));
    this.#counts.set(kind, number);
    return made;
  }
}

/** Whether a token can be replaced wherever it stands, without knowing what stands around it. */
export function isTelling(token: string): boolean {
  if (TELLS_NOTHING.has(token.toLowerCase())) return false;
  return /^[\d\s.+-]*$/.test(token)
    ? token.replaceAll(/\D/g, "").length >= SHORTEST_NUMBER
    : token.length >= SHORTEST_WORD;
}

/** Tokens of the two small languages in a catalog's cells: conditions and port formulas. */

/** A text that is no condition, formula or port list; `message` is ready to be shown. */
export class ExpressionError extends Error {
  override name = "ExpressionError";
}

/** Keeps recursive parsing and evaluation of a hostile catalog's text from exhausting the stack. */
const LONGEST_TEXT = 1000;

/** A cursor over the tokens of one text. */
export class TokenStream {
  readonly text: string;
  readonly #tokens: string[];
  #next = 0;

  /** @param token matches one token at its `lastIndex` (a sticky expression); blanks separate tokens. */
  constructor(text: string, token: RegExp) {
    if (text.length > LONGEST_TEXT) {
      throw new ExpressionError(`longer than ${LONGEST_TEXT} characters`);
    }
    this.text = text;
    this.#tokens = tokenize(text, token);
  }

  /** The next token, or the empty string at the end. */
  peek(): string {
    return this.#tokens[this.#next] ?? "";
  }

  take(): string {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is `wanted`. */
  accept(wanted: string): boolean {
    if (this.peek() !== wanted) {
      return false;
    }
    this.#next += 1;
    return true;
  }

  /** Throws an error that says what was found in place of `wanted`. */
  fail(wanted: string): never {
    const found = this.peek() === "" ? "nothing more" : JSON.stringify(this.peek());
    throw new ExpressionError(`expected ${wanted}, found ${found} in ${JSON.stringify(this.text)}`);
  }

  expectEnd(wanted: string): void {
    if (this.peek() !== "") {
      this.fail(wanted);
    }
  }
}

function tokenize(text: string, token: RegExp): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      throw new ExpressionError(`unexpected ${JSON.stringify(text[at])} in ${JSON.stringify(text)}`);
    }
    tokens.push(match[0]);
    at = token.lastIndex;
  }
  return tokens;
}

/** A problem with an input that a user can mend; anything else that is thrown is a bug and keeps its stack. */
export class InputError extends Error {
  readonly code: "not-found" | "no-permission" | "unreadable" | "unrecognised" | "bad-option";
  /** What to do about it. */
  readonly hint: string | null;

  constructor(code: InputError["code"], message: string, hint: string | null = null) {
    super(message);
    this.name = "InputError";
    this.code = code;
    this.hint = hint;
  }
}

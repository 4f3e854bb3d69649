/**
 * Every fixed sentence and label of the reports, in the language that is being rendered. `languages/en/` has the English
 * ones; another language is another object of their shape, and nothing else in reports/ holds words that people read.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { english } from "./languages/en.ts";

/** The words of a language: the English ones' shape. */
export type Phrases = Spoken<typeof english>;
/** What another language must have for the English words. */
export type Spoken<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Words[Key] extends string
      ? string
      : Words[Key] extends number
        ? number
        : Spoken<Words[Key]>;
};

const speaking = new AsyncLocalStorage<Phrases>();

/** Renders in a language from beginning to end, whatever is rendered in others meanwhile. */
export function speak<Report>(words: Phrases, render: () => Report): Report {
  return speaking.run(words, render);
}

/** The words of the language that is being rendered; English outside of `speak`. */
export const phrases: Phrases = spoken((words) => words);

/** A part of `phrases`. */
export function spoken<Part extends object>(part: (words: Phrases) => Part): Part {
  return new Proxy({} as Part, { get: (_, key) => Reflect.get(part(speaking.getStore() ?? english), key) });
}

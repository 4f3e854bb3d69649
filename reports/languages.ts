/** The languages of the reports: another one costs a folder in languages/ and a line here. */
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { type Phrases, speak } from "./phrases.ts";

const words: ReadonlyMap<string | undefined, Phrases> = new Map([
  ["en", english],
  ["de", german],
]);

/** What it renders speaks this language, English where that is not known here. */
export function inLanguage<Report>(language: string | undefined, render: () => Report): Report {
  return speak(words.get(language) ?? english, render);
}

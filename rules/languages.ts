/** The languages that results can be said in: another one costs a file here, one in reports/, and a line in both registries. */
import { german } from "./languages/de.ts";
import type { Language } from "./languages/language.ts";
import type { LanguageId } from "./result.ts";

export const languages: Readonly<Record<LanguageId, Language>> = {
  /** As the code writes it: counts stand as they are. */
  en: { templates: {}, warnings: {}, failures: {}, number: String, moment: (...parts) => parts.join(" ") },
  de: german,
};

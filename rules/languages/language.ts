/** What a language is made of. */
export interface Language {
  /** From each English template of ours to the one of this language; a placeholder may stand elsewhere. */
  templates: Readonly<Record<string, string>>;
  /** The same for warnings of inputs, which carry no messages: they are known by their form. */
  warnings: Readonly<Record<string, string>>;
  number(count: number): string;
  /** A moment within a sentence, given as ISO 8601 with an offset. */
  moment(iso: string): string;
}

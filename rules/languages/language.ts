/** What a language is made of. */
export interface Language {
  /** From each English template of ours to the one of this language; a placeholder may stand elsewhere. */
  templates: Readonly<Record<string, string>>;
  /** The same for warnings of inputs, which carry no messages: they are known by their form. */
  warnings: Readonly<Record<string, string>>;
  /** The same for why an audit failed: of inputs, site files, servers. */
  failures: Readonly<Record<string, string>>;
  number(count: number): string;
  /** A moment within a sentence: `2026-10-03`, `10:00` and `+02:00`. */
  moment(day: string, time: string, zone: string): string;
}

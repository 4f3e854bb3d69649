/** Where a log line stands, as far as it is known. */
export interface LinePlace {
  input: string;
  line: number | null;
  offset: number | null;
  /** As the audit saw it; null: not read back. */
  text: string | null;
}

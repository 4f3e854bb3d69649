/** The contract of a report format: one file that exports one of these, and one line in `formats.ts`. */
import type { AuditResult } from "../rules/result.ts";

/** Whom a report is to look like, on top of its own design. Formats check and escape what they use of it. */
export interface Branding {
  /** The customer's or provider's name, as plain text. */
  name: string;
  /** `data:image/...;base64,...` */
  logo: string | null;
  /** `#rrggbb`; for decoration only, never behind or in text. */
  colours: { primary: string | null; accent: string | null };
  /** One line of plain text for the foot of each page. */
  footer: string | null;
}

/** How a result is to be shown. A format takes what concerns it and ignores the rest. */
export interface RenderOptions {
  /** Columns of the terminal or page; narrower than 60 counts as 60. */
  width: number;
  /** Whether ANSI colours may be used: the caller has asked NO_COLOR and the terminal. */
  color: boolean;
  /** Nothing but ASCII is printed. */
  ascii: boolean;
  /** Everything: whole log lines, all rows, waived findings in full. */
  verbose: boolean;
  branding?: Branding | undefined;
}

/** One way to show an audit's result. */
export interface ReportFormat {
  /** What `--format` takes. */
  id: string;
  title: string;
  /** Of a file that holds it, without the dot. */
  extension: string;
  /** The output is no text and does not belong in a terminal. */
  binary?: boolean;
  /** It shows the inputs' SHA-256, which costs a second reading of them. */
  showsHashes?: boolean;
  /**
   * The whole report. It neutralises whatever comes from outside (log text, names, rules) for its medium, ends with a
   * line end where it is text, and depends on nothing but its arguments: no clock, no environment, no files.
   */
  render(result: AuditResult, options: RenderOptions): string | Promise<Uint8Array | string>;
}

/** `ports.csv` as cells: the file's form only; what the cells mean is read elsewhere. */
import { CsvError, type Info } from "csv-parse";
import { parse } from "csv-parse/sync";
import { type CatalogProblem, quoted } from "./problems.ts";

/** The header of `ports.csv`, in this order. */
export const COLUMNS = [
  "id",
  "section",
  "component",
  "direction",
  "application",
  "transport",
  "local_ports",
  "remote",
  "remote_ports",
  "scope",
  "strength",
  "when",
  "configurable_via",
  "uncertain",
  "note",
] as const;

export type Column = (typeof COLUMNS)[number];

export interface CsvRow {
  line: number;
  cells: Record<Column, string>;
}

/** Splits the file into rows; broken quotes end the reading, since nothing behind them can be trusted. */
export function parsePortsCsv(file: string, text: string): { rows: CsvRow[]; problems: CatalogProblem[] } {
  const records: { line: number; fields: string[] }[] = [];
  let linesRead = 0;
  const problems: CatalogProblem[] = [];
  const collect = (fields: string[], info: Info): null => {
    const breaks = fields.reduce((sum, field) => sum + field.split("\n").length - 1, 0);
    linesRead = info.lines;
    records.push({ line: info.lines - breaks, fields: fields.map((field) => field.trim()) });
    return null;
  };
  try {
    // Spreadsheets save CRLF and a byte order mark; a row's line number is right only where every line ends alike.
    parse(text.replaceAll("\r\n", "\n"), {
      bom: true,
      relax_column_count: true,
      record_delimiter: "\n",
      on_record: collect,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) {
      throw error;
    }
    problems.push(brokenQuotes(file, linesRead + 1, error));
  }
  const [header, ...body] = records;
  if (header === undefined) {
    problems.unshift({ file, line: 1, column: null, message: `no header; expected ${COLUMNS.join(",")}` });
    return { rows: [], problems };
  }
  const wrongHeader = checkHeader(file, header.fields);
  if (wrongHeader.length > 0) {
    return { rows: [], problems: [...wrongHeader, ...problems] };
  }
  const rows = body.filter(({ fields }) => fields.length === COLUMNS.length);
  const ragged = body.filter(({ fields }) => fields.length !== COLUMNS.length);
  return {
    rows: rows.map(({ line, fields }) => ({ line, cells: toCells(fields) })),
    problems: [...ragged.map(({ line, fields }) => wrongCount(file, line, fields)), ...problems],
  };
}

function checkHeader(file: string, fields: string[]): CatalogProblem[] {
  const at = COLUMNS.findIndex((column, index) => fields[index] !== column);
  if (at === -1 && fields.length === COLUMNS.length) {
    return [];
  }
  const wrong = at === -1 ? COLUMNS.length : at;
  const expected = COLUMNS[wrong] === undefined ? "no further column" : quoted(COLUMNS[wrong]);
  const found = fields[wrong] === undefined ? "nothing" : quoted(fields[wrong]);
  const message = `header column ${wrong + 1} is ${found}, expected ${expected}; the header is ${COLUMNS.join(",")}`;
  return [{ file, line: 1, column: fields[wrong] ?? COLUMNS[wrong] ?? null, message }];
}

function wrongCount(file: string, line: number, fields: string[]): CatalogProblem {
  const expected = COLUMNS.length;
  if (fields.length === 1 && fields[0] === "") {
    return { file, line, column: null, message: `empty row; expected ${expected} columns` };
  }
  const message = `${fields.length} columns, expected ${expected}`;
  if (fields.length < expected) {
    return { file, line, column: COLUMNS[fields.length] ?? null, message };
  }
  return { file, line, column: "note", message: `${message}: is a text with commas not in quotes?` };
}

const QUOTE_ERRORS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE:
    "a quote inside a text that does not begin with one; quote the whole text and double the quote",
  CSV_INVALID_CLOSING_QUOTE: "text behind the closing quote; double a quote that belongs to the text",
  CSV_QUOTE_NOT_CLOSED: "the quote that begins the text is not closed before the end of the file",
};

/** @param line where the broken row begins: an open quote is noticed only at the end of the file */
function brokenQuotes(file: string, line: number, error: CsvError): CatalogProblem {
  const column = typeof error.column === "number" ? (COLUMNS[error.column] ?? null) : null;
  return { file, line, column, message: QUOTE_ERRORS[error.code] ?? error.message };
}

function toCells(fields: string[]): Record<Column, string> {
  const pairs = COLUMNS.map((column, index) => [column, fields[index] ?? ""]);
  return Object.fromEntries(pairs);
}

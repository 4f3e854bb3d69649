/** What the terminal UI answers to what was pressed, typed or tried. */
import { counted, number } from "./counting.ts";

export const triageMessages = {
  message: {
    noExample: "no further example of this row",
    nothingToFind: "nothing to find: / searches",
    noMatch: "no row matches",
    notFound: (text: string) => `not found: ${text}`,
    readingOn: "reading on as the files grow ...",
    noNew: "no new finding",
    noUrgent: {
      further: "no further critical or high finding that is not waived",
      earlier: "no earlier critical or high finding that is not waived",
    },
    noLine: "no log line stands behind this row",
    notWaived: "nothing was waived in this session",
    onlyFindings: "only findings can be waived",
    noSiteFile: "waivers are kept in the site file: start with --site site.yaml to waive",
    waivedAlready: "already waived; u takes this session's last waiver back",
    waived: (count: number, file: string) =>
      `${count === 1 ? "waived" : `waived ${number(count)} findings`} in ${file}; u takes it back`,
    takenBack: (file: string) => `taken back from ${file}`,
    rangeHowTo: "Space marks where the range begins, then v its end",
    gone: "what was open here is no longer in the result",
    sortByWhat: (columns: string) => `sort by what? ${columns}`,
    whichCommand: (word: string, names: string) => `which one (${word}): ${names}`,
    noCommand: (word: string) => `no such command (${word}); ? lists the keys`,
    meant: (word: string, name: string) => `no such command (${word}): ${name}`,
    ending: "the file's ending says how to save: .json or .csv",
    exists: (file: string) => `${file} exists: Enter again replaces it`,
    saved: (count: number, file: string) => `saved ${counted(count, "row")} to ${file}`,
    tooLong: (bytes: number, most: number) =>
      `${number(bytes)} bytes are too many to copy (${number(most)} at most): save them with s`,
    copied: (what: string) => `sent ${what} to the terminal's clipboard`,
    logLine: "the log line",
    rows: (count: number) => (count === 1 ? "the row" : `${number(count)} rows`),
    rowsAsMarkdown: (count: number) => (count === 1 ? "the row as Markdown" : `${number(count)} rows as Markdown`),
    unreadable: (first: string, more: number) =>
      `not read: ${first}${more > 0 ? ` and ${counted(more, "more input")}: see Evidence` : ""}`,
    savedDoesNotGrow: "a saved audit does not grow: open the logs themselves to follow them",
    documentsDoNotGrow: "documents in Elasticsearch cannot be followed: open them again to see newer ones",
    inputDoesNotGrow: "standard input cannot be read again to follow it",
    listening: (transport: string, host: string, port: number) => `listening at ${transport} ${host} port ${port}`,
    dropped: (count: number) => `syslog: ${counted(count, "datagram")} dropped: the buffer was full`,
    noViewer: (program: string) => `${program} is not installed: set PAGER or EDITOR`,
  },
  surroundings: {
    notReadBack: "(the line could not be read back)",
    noLine: "This evidence is no line of a file.",
    notHere: (input: string) => `${input} is not here: only this line was kept.`,
    lineGone: (input: string, line: number) => `${input} has no line ${line} any more.`,
    byteGone: (input: string, offset: number) => `${input} has no line at byte ${offset} any more.`,
    changed: "The file has changed since the audit: this is another line than the one that was judged.",
  },
  siteFile: {
    noYaml: (why: string) => `it is no valid YAML (${why})`,
    noSiteFile: "it is no site file",
    noList: "its waivers are no list",
    doesNotFit: "the waiver does not fit into its waivers: add it by hand",
    changed: "it was changed meanwhile: take the waiver out by hand",
  },
} as const;

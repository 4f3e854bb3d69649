/** The names of everything that keys and the palette can do, and of where they can. */

/** What is on top: the list itself, or a layer over it. */
export type Place = "list" | "detail" | "raw" | "help" | "prompt" | "waive" | "progress";

export type Group = "Move" | "Find" | "Views" | "Look" | "Act" | "Program";

/** One thing that can be done. */
export type Command =
  | "down"
  | "up"
  | "page-down"
  | "page-up"
  | "half-page-down"
  | "half-page-up"
  | "first"
  | "last"
  | "next-row"
  | "previous-row"
  | "filter"
  | "drop-term"
  | "next-match"
  | "previous-match"
  | "next-finding"
  | "previous-finding"
  | "next-new"
  | "follow"
  | "next-view"
  | "previous-view"
  | "view"
  | "command"
  | "detail"
  | "raw"
  | "sort-right"
  | "sort-left"
  | "reverse"
  | "mark"
  | "mark-range"
  | "mark-all"
  | "waive"
  | "undo"
  | "copy"
  | "copy-markdown"
  | "save"
  | "open"
  | "accept"
  | "next-field"
  | "previous-field"
  | "help"
  | "back"
  | "close"
  | "suspend"
  | "quit";

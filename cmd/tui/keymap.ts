/** Every key, once: what it does, where, and in which words. The handlers, the footer and the help all read this table. */
import type { Command, Group, Place } from "./command.ts";
import { views } from "./views.ts";

export interface Binding {
  command: Command;
  /** As `keyName` spells them; the first is the one that the footer shows. */
  keys: readonly string[];
  places: readonly Place[];
  group: Group;
  help: string;
  /** For the footer: where it is worth its room, and what it is called there. */
  footer?: Partial<Record<Place, string>>;
}

const SCROLLING: readonly Place[] = ["list", "detail", "raw", "help"];
const ROWS: readonly Place[] = ["list", "detail"];
const EVERYWHERE: readonly Place[] = ["list", "detail", "raw", "help", "prompt", "waive", "progress"];

export const keymap: readonly Binding[] = [
  { command: "down", keys: ["down", "j"], places: SCROLLING, group: "Move", help: "one down" },
  { command: "up", keys: ["up", "k"], places: SCROLLING, group: "Move", help: "one up" },
  { command: "page-down", keys: ["pagedown", "ctrl-f"], places: SCROLLING, group: "Move", help: "a page down" },
  { command: "page-up", keys: ["pageup", "ctrl-b"], places: SCROLLING, group: "Move", help: "a page up" },
  { command: "half-page-down", keys: ["ctrl-d"], places: SCROLLING, group: "Move", help: "half a page down" },
  { command: "half-page-up", keys: ["ctrl-u"], places: SCROLLING, group: "Move", help: "half a page up" },
  { command: "first", keys: ["g", "home"], places: SCROLLING, group: "Move", help: "to the first" },
  { command: "last", keys: ["G", "end"], places: SCROLLING, group: "Move", help: "to the last" },
  {
    command: "next-row",
    keys: ["right", "l"],
    places: ["detail", "raw"],
    group: "Move",
    help: "next row; in raw lines, the finding's next example",
    footer: { detail: "next", raw: "next example" },
  },
  {
    command: "previous-row",
    keys: ["left", "h"],
    places: ["detail", "raw"],
    group: "Move",
    help: "previous row or example",
  },
  {
    command: "detail",
    keys: ["enter"],
    places: ["list"],
    group: "Look",
    help: "everything about this row",
    footer: { list: "detail" },
  },
  {
    command: "filter",
    keys: ["/"],
    places: SCROLLING,
    group: "Find",
    help: "filter rows: words, field:value, !not; in a text, search",
    footer: { list: "filter", detail: "search", help: "search" },
  },
  {
    command: "drop-term",
    keys: ["backspace"],
    places: ["list"],
    group: "Find",
    help: "drop the filter's last term",
  },
  { command: "next-match", keys: ["n"], places: SCROLLING, group: "Find", help: "next match" },
  { command: "previous-match", keys: ["N"], places: SCROLLING, group: "Find", help: "previous match" },
  {
    command: "next-finding",
    keys: ["e"],
    places: ROWS,
    group: "Find",
    help: "next critical or high finding that is not waived",
    footer: { list: "next urgent", detail: "next urgent" },
  },
  {
    command: "previous-finding",
    keys: ["E"],
    places: ROWS,
    group: "Find",
    help: "the previous one",
  },
  {
    command: "next-new",
    keys: ["+"],
    places: ROWS,
    group: "Find",
    help: "next finding that is new since the logs are followed",
  },
  { command: "next-view", keys: ["tab"], places: ROWS, group: "Views", help: "next view" },
  { command: "previous-view", keys: ["shift-tab"], places: ROWS, group: "Views", help: "previous view" },
  {
    command: "view",
    keys: views.map((_, index) => String(index + 1)),
    places: ROWS,
    group: "Views",
    help: views.map(({ title }) => title).join(", "),
  },
  {
    command: "command",
    keys: [":"],
    places: SCROLLING,
    group: "Views",
    help: "command: a view, sort COLUMN, filter TEXT, save FILE, or any action by name",
  },
  {
    command: "raw",
    keys: ["r"],
    places: ROWS,
    group: "Look",
    help: "the log line in its surroundings, with its fields",
    footer: { list: "raw", detail: "raw" },
  },
  {
    command: "open",
    keys: ["o"],
    places: ["list", "detail", "raw"],
    group: "Look",
    help: "open the log at this line in $PAGER or $EDITOR",
    footer: { raw: "open" },
  },
  {
    command: "follow",
    keys: ["f", "F"],
    places: ROWS,
    group: "Look",
    help: "follow the logs as they grow; while following, hold the picture still, or go on",
  },
  { command: "sort-right", keys: [">"], places: ["list"], group: "Look", help: "sort by the next column" },
  { command: "sort-left", keys: ["<"], places: ["list"], group: "Look", help: "sort by the previous column" },
  { command: "reverse", keys: ["z"], places: ["list"], group: "Look", help: "reverse the order" },
  { command: "mark", keys: ["space"], places: ROWS, group: "Act", help: "mark or unmark, and one down" },
  {
    command: "mark-range",
    keys: ["v"],
    places: ["list"],
    group: "Act",
    help: "mark all rows from the nearest marked one to here",
  },
  { command: "mark-all", keys: ["*"], places: ["list"], group: "Act", help: "mark or unmark all shown rows" },
  {
    command: "waive",
    keys: ["w"],
    places: ROWS,
    group: "Act",
    help: "waive this finding, or the marked ones, in the site file",
    footer: { list: "waive", detail: "waive" },
  },
  { command: "undo", keys: ["u"], places: ROWS, group: "Act", help: "take the last waiver of this session back" },
  {
    command: "copy",
    keys: ["y"],
    places: ["list", "detail", "raw"],
    group: "Act",
    help: "copy the row, the marked rows or the log line (OSC 52)",
    footer: { raw: "copy" },
  },
  {
    command: "copy-markdown",
    keys: ["Y"],
    places: ROWS,
    group: "Act",
    help: "copy everything about the row as Markdown",
  },
  {
    command: "save",
    keys: ["s"],
    places: ROWS,
    group: "Act",
    help: "save the rows that the filter shows, as .json or .csv",
    footer: { list: "save" },
  },
  { command: "accept", keys: ["enter"], places: ["prompt"], group: "Program", help: "", footer: { prompt: "apply" } },
  {
    command: "accept",
    keys: ["enter"],
    places: ["waive"],
    group: "Program",
    help: "",
    footer: { waive: "next field, then write" },
  },
  {
    command: "next-field",
    keys: ["tab", "down"],
    places: ["waive", "prompt"],
    group: "Program",
    help: "",
    footer: { waive: "next field", prompt: "complete" },
  },
  { command: "previous-field", keys: ["shift-tab", "up"], places: ["waive"], group: "Program", help: "" },
  {
    command: "help",
    keys: ["?"],
    places: SCROLLING,
    group: "Program",
    help: "these keys",
    footer: { list: "help", detail: "help", raw: "help" },
  },
  {
    command: "back",
    keys: ["esc"],
    places: EVERYWHERE,
    group: "Program",
    help: "one layer back; in the list, drop the filter",
    footer: { detail: "back", raw: "back", help: "back", prompt: "cancel", waive: "cancel" },
  },
  {
    command: "close",
    keys: ["q"],
    places: ["list", "detail", "raw", "help", "progress"],
    group: "Program",
    help: "back, and from the list quit",
    footer: { list: "quit", progress: "quit" },
  },
  { command: "quit", keys: ["ctrl-c"], places: EVERYWHERE, group: "Program", help: "quit at once" },
];

/** What a key does there. */
export function commandOf(key: string, place: Place): Command | null {
  return keymap.find(({ keys, places }) => keys.includes(key) && places.includes(place))?.command ?? null;
}

/** Commands that can be typed after `:`: those that act by themselves. */
export const namedCommands: readonly Command[] = [
  ...new Set(
    keymap.filter(({ places, command }) => places.includes("list") && command !== "view").map((b) => b.command),
  ),
];

const KEY_LABELS: Readonly<Record<string, string>> = {
  up: "Up",
  down: "Down",
  left: "Left",
  right: "Right",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  enter: "Enter",
  esc: "Esc",
  tab: "Tab",
  backspace: "Backspace",
  "shift-tab": "Shift-Tab",
  space: "Space",
};

/** A key as people write it: `Ctrl-D`, `PgDn`, `Enter`. */
export function keyLabel(key: string): string {
  return KEY_LABELS[key] ?? (key.startsWith("ctrl-") ? `Ctrl-${key.slice(5).toUpperCase()}` : key);
}

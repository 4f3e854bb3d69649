/** Every key, once: what it does, and where. The handlers, the footer and the help all read this table. */
import { phrases } from "../../../reports/phrases.ts";
import { views } from "../views.ts";
import type { Command, Group, Place } from "./command.ts";

/** A command, its keys, and where they mean it. */
export interface Binding {
  command: Command;
  /** As `keyName` spells them; the first is the one that the footer shows. */
  keys: readonly string[];
  places: readonly Place[];
  /** In the help; absent: it is not told there. */
  group?: Group;
  /** For the footer: where it is worth its room, and which word it has there. */
  footer?: Partial<Record<Place, keyof typeof phrases.keys.footer>>;
}

const SCROLLING: readonly Place[] = ["list", "detail", "raw", "help"];
const ROWS: readonly Place[] = ["list", "detail"];
const EVERYWHERE: readonly Place[] = ["list", "detail", "raw", "help", "prompt", "waive", "progress"];

export const keymap: readonly Binding[] = [
  { command: "down", keys: ["down", "j"], places: SCROLLING, group: "Move" },
  { command: "up", keys: ["up", "k"], places: SCROLLING, group: "Move" },
  { command: "page-down", keys: ["pagedown", "ctrl-f"], places: SCROLLING, group: "Move" },
  { command: "page-up", keys: ["pageup", "ctrl-b"], places: SCROLLING, group: "Move" },
  { command: "half-page-down", keys: ["ctrl-d"], places: SCROLLING, group: "Move" },
  { command: "half-page-up", keys: ["ctrl-u"], places: SCROLLING, group: "Move" },
  { command: "first", keys: ["g", "home"], places: SCROLLING, group: "Move" },
  { command: "last", keys: ["G", "end"], places: SCROLLING, group: "Move" },
  {
    command: "next-row",
    keys: ["right", "l"],
    places: ["detail", "raw"],
    group: "Move",
    footer: { detail: "next", raw: "nextExample" },
  },
  {
    command: "previous-row",
    keys: ["left", "h"],
    places: ["detail", "raw"],
    group: "Move",
  },
  {
    command: "detail",
    keys: ["enter"],
    places: ["list"],
    group: "Look",
    footer: { list: "detail" },
  },
  {
    command: "filter",
    keys: ["/"],
    places: SCROLLING,
    group: "Find",
    footer: { list: "filter", detail: "search" },
  },
  {
    command: "drop-term",
    keys: ["backspace"],
    places: ["list"],
    group: "Find",
  },
  { command: "next-match", keys: ["n"], places: SCROLLING, group: "Find" },
  { command: "previous-match", keys: ["N"], places: SCROLLING, group: "Find" },
  {
    command: "next-finding",
    keys: ["e"],
    places: ROWS,
    group: "Find",
    footer: { list: "nextUrgent", detail: "nextUrgent" },
  },
  {
    command: "previous-finding",
    keys: ["E"],
    places: ROWS,
    group: "Find",
  },
  {
    command: "next-new",
    keys: ["+"],
    places: ROWS,
    group: "Find",
  },
  { command: "next-view", keys: ["tab"], places: ROWS, group: "Views" },
  { command: "previous-view", keys: ["shift-tab"], places: ROWS, group: "Views" },
  {
    command: "view",
    keys: views.map((_, index) => String(index + 1)),
    places: ROWS,
    group: "Views",
  },
  {
    command: "command",
    keys: [":"],
    places: SCROLLING,
    group: "Views",
  },
  {
    command: "raw",
    keys: ["r"],
    places: ROWS,
    group: "Look",
    footer: { list: "raw", detail: "raw" },
  },
  {
    command: "open",
    keys: ["o"],
    places: ["list", "detail", "raw"],
    group: "Look",
    footer: { raw: "open" },
  },
  {
    command: "follow",
    keys: ["f", "F"],
    places: ROWS,
    group: "Look",
  },
  { command: "sort-right", keys: [">"], places: ["list"], group: "Look" },
  { command: "sort-left", keys: ["<"], places: ["list"], group: "Look" },
  { command: "reverse", keys: ["z"], places: ["list"], group: "Look" },
  { command: "mark", keys: ["space"], places: ROWS, group: "Act" },
  {
    command: "mark-range",
    keys: ["v"],
    places: ["list"],
    group: "Act",
  },
  { command: "mark-all", keys: ["*"], places: ["list"], group: "Act" },
  {
    command: "waive",
    keys: ["w"],
    places: ROWS,
    group: "Act",
    footer: { list: "waive", detail: "waive" },
  },
  { command: "undo", keys: ["u"], places: ROWS, group: "Act" },
  {
    command: "copy",
    keys: ["y"],
    places: ["list", "detail", "raw"],
    group: "Act",
    footer: { raw: "copy" },
  },
  {
    command: "copy-markdown",
    keys: ["Y"],
    places: ROWS,
    group: "Act",
  },
  {
    command: "save",
    keys: ["s"],
    places: ROWS,
    group: "Act",
    footer: { list: "save" },
  },
  { command: "accept", keys: ["enter"], places: ["prompt"], footer: { prompt: "apply" } },
  {
    command: "accept",
    keys: ["enter"],
    places: ["waive"],
    footer: { waive: "nextThenWrite" },
  },
  {
    command: "next-field",
    keys: ["tab", "down"],
    places: ["waive", "prompt"],
    footer: { waive: "nextField", prompt: "complete" },
  },
  { command: "previous-field", keys: ["shift-tab", "up"], places: ["waive"] },
  {
    command: "help",
    keys: ["?"],
    places: SCROLLING,
    group: "Program",
    footer: { list: "help", detail: "help", raw: "help" },
  },
  {
    command: "back",
    keys: ["esc"],
    places: EVERYWHERE,
    group: "Program",
    footer: { detail: "back", raw: "back", help: "back", prompt: "cancel", waive: "cancel" },
  },
  {
    command: "close",
    keys: ["q"],
    places: ["list", "detail", "raw", "help", "progress"],
    group: "Program",
    footer: { list: "quit", progress: "quit" },
  },
  { command: "suspend", keys: ["ctrl-z"], places: EVERYWHERE, group: "Program" },
  { command: "quit", keys: ["ctrl-c"], places: EVERYWHERE, group: "Program" },
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

/** A key as people write it: `Ctrl-D`, `PgDn`, `Enter`. */
export function keyLabel(key: string): string {
  const { names, control } = phrases.keys;
  if (key in names) return names[key as keyof typeof names];
  return key.startsWith("ctrl-") ? control(key.slice(5).toUpperCase()) : key;
}

/** The help, from the key table. */
import { phrases } from "../../../reports/phrases.ts";
import type { Command, Group } from "../keys/command.ts";
import { keyLabel, keymap } from "../keys/keymap.ts";
import type { Line, Look } from "../look.ts";
import { views } from "../views.ts";
import { Page } from "./page.ts";

const GROUPS: readonly Group[] = ["Move", "Find", "Views", "Look", "Act", "Program"];

/** @param fields of the filter, in the current view */
export function helpLines(width: number, look: Look, fields: readonly string[]): readonly Line[] {
  const page = new Page(width, look);
  for (const group of GROUPS) {
    page.heading(phrases.keys.groups[group]);
    for (const { keys, command } of keymap.filter((binding) => binding.group === group)) {
      page.field(keysLabel(keys), helpOf(command));
    }
  }
  const words = phrases.keys;
  page.heading(words.filterTitle);
  page.paragraph(words.filterIntro);
  page.field("sip alg", words.filterBoth);
  page.field("!scanner", words.filterNot);
  page.field("severity:high", words.filterField);
  page.field("!waived:yes", words.filterNotWaived);
  page.field(words.filterFields, fields.join(", "));
  return page.lines;
}

function helpOf(command: Command): string {
  if (command === "view") return views.map(({ id }) => phrases.triage.views[id].title).join(", ");
  const { help } = phrases.keys;
  return command in help ? help[command as keyof typeof help] : "";
}

/** `Down j`, or `1-6` for a run. */
function keysLabel(keys: readonly string[]): string {
  return keys.length > 2 ? `${keys[0]}-${keys.at(-1)}` : keys.map(keyLabel).join(" ");
}

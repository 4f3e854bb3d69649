/** The help, from the key table. */

import type { Group } from "./command.ts";
import { keyLabel, keymap } from "./keymap.ts";
import type { Line, Look } from "./look.ts";
import { Page } from "./page.ts";

const GROUPS: readonly Group[] = ["Move", "Find", "Views", "Look", "Act", "Program"];

export function helpLines(width: number, look: Look, fields: readonly string[]): readonly Line[] {
  const page = new Page(width, look);
  for (const group of GROUPS) {
    page.heading(group);
    for (const { keys, help } of keymap.filter((binding) => binding.group === group && binding.help !== "")) {
      page.field(keysLabel(keys), help);
    }
  }
  page.heading("Filter");
  page.paragraph("Words are looked for everywhere in a row; all of them must be there. Quotes keep spaces together.");
  page.field("sip alg", "both words");
  page.field("!scanner", "not this word");
  page.field("severity:high", "a field holds this text; port:5060 looks into ranges");
  page.field("!waived:yes", "not waived");
  page.field("Fields here", fields.join(", "));
  return page.lines;
}

/** `Down j`, or `1-6` for a run. */
function keysLabel(keys: readonly string[]): string {
  return keys.length > 2 ? `${keys[0]}-${keys.at(-1)}` : keys.map(keyLabel).join(" ");
}

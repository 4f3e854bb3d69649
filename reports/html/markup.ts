/** HTML that cannot forget to escape: text becomes markup only through the tag below, which escapes whatever it is given. */
import { escapeHtml } from "../escape.ts";

/** Finished HTML. Only `markup` and `trusted` make it. */
export class Markup {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

export type MarkupPart = Markup | string | number | null | readonly MarkupPart[];

/** A template of our own HTML with values from anywhere: markup goes in as it is, all else is escaped, null is nothing. */
export function markup(template: TemplateStringsArray, ...values: MarkupPart[]): Markup {
  let html = template[0] as string;
  for (const [index, value] of values.entries()) html += render(value) + (template[index + 1] as string);
  return new Markup(html);
}

/** Our own constant text (style sheet, script) as it is: never anything that a result holds. */
export function trusted(html: string): Markup {
  return new Markup(html);
}

function render(value: MarkupPart): string {
  if (value === null) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(render).join("");
}

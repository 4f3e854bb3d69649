/** Well-formed XML 1.0, whatever the text holds. */
import { neutralise, neutraliseLines } from "./escape.ts";

/** Not allowed in XML even as references, and not among the unseen characters. */
const NONCHARACTERS = /[\ufffe\uffff]/g;

/** Text between tags; line ends are kept. */
export function xmlText(text: string): string {
  return escaped(neutraliseLines(text));
}

/** An element's opening tag up to its end: `<testcase name="..."`. Attributes that are null are left out. */
export function xmlTag(name: string, attributes: Readonly<Record<string, string | number | null>>): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([attribute, value]) => ` ${attribute}="${escaped(neutralise(String(value)))}"`);
  return `<${name}${written.join("")}`;
}

function escaped(text: string): string {
  return text
    .replace(NONCHARACTERS, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What a catalog says, in the languages that it says it in. */
import type { Catalog, Policy } from "../../catalogs/catalog.ts";
import { joined, Message } from "./message.ts";

/** A place in a vendor's document, and what it says there. */
export interface Citation {
  section: string;
  document: Message;
  statement: Message;
}

/** A text of the catalog; a name where no language has another word for it. */
export function vendorText({ translations }: Pick<Catalog, "translations">, text: string): Message {
  const own = Object.entries(translations).flatMap(([language, texts]) => {
    const translation = texts[text];
    return translation === undefined ? [] : [[language, translation] as const];
  });
  return own.length > 0 ? new Message(text, [], Object.fromEntries(own)) : joined([text], "");
}

/** Where the vendor says so. */
export function citationOf(catalog: Catalog, section: string, statement: Message): Citation {
  return { section, document: vendorText(catalog, catalog.document.title), statement };
}

/** The same for a statement that is no port row. */
export function policyCitation(catalog: Catalog, { section, statement }: Policy): Citation {
  return citationOf(catalog, section, vendorText(catalog, statement));
}

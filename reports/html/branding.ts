/** A customer's logo, colours and footer in the HTML report: text escaped for where it stands, colours for decoration only. */
import { neutralise } from "../escape.ts";
import type { Branding } from "../report-format.ts";
import { type Markup, markup } from "./markup.ts";

const COLOUR = /^#[0-9a-f]{6}$/i;
/** A picture inside the file: nothing is fetched, and scripts in an SVG do not run in an `<img>`. */
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/;

/** The picture if it is one, else null. */
export function logoOf(branding: Branding | undefined): string | null {
  const { logo = null } = branding ?? {};
  return logo !== null && PICTURE.test(logo) ? logo : null;
}

/** The picture if the PDF library can set it, else null. */
export function printableLogoOf(branding: Branding | undefined): string | null {
  const logo = logoOf(branding);
  return logo !== null && /^data:image\/(?:png|jpeg);/.test(logo) ? logo : null;
}

/** A colour if it is one, else null. */
export function colourOf(branding: Branding | undefined, name: keyof Branding["colours"]): string | null {
  const colour = branding?.colours[name] ?? null;
  return colour !== null && COLOUR.test(colour) ? colour : null;
}

/** Above the title; the name stands beside the logo unless the title says it already. */
export function brandHeader(branding: Branding | undefined, siteName: string): Markup | null {
  if (!branding) return null;
  const logo = logoOf(branding);
  const name = branding.name === siteName ? null : branding.name;
  if (logo === null && name === null) return null;
  const picture = logo === null ? null : markup`<img src="${logo}" alt="${name === null ? branding.name : ""}">`;
  return markup`<p class="brand">${picture}${name === null ? null : markup`<span>${name}</span>`}</p>\n`;
}

export function brandFooter(branding: Branding | undefined): Markup | null {
  return branding?.footer ? markup`<p>${branding.footer}</p>` : null;
}

/** Rules on top of the report's own; empty where there is nothing to add. */
export function brandStyle(branding: Branding | undefined): string {
  if (!branding) return "";
  const primary = colourOf(branding, "primary");
  const accent = colourOf(branding, "accent");
  return [
    "\n.brand{display:flex;align-items:center;gap:.9rem;margin:0 0 .6rem;font-weight:600}",
    ".brand img{max-height:3.5rem;max-width:14rem;background:#fff;padding:.25rem;border-radius:.25rem}",
    primary === null ? "" : `.layout{border-top:.5rem solid ${primary}}`,
    accent === null ? "" : `main h2{border-bottom:.15rem solid ${accent};padding-bottom:.3rem}`,
    branding.footer
      ? `@page{@bottom-left{content:${cssString(branding.footer)};font:8pt sans-serif;color:#526072}}`
      : "",
  ]
    .filter((rule) => rule !== "")
    .join("\n");
}

/** A CSS string in which nothing but plain characters stands as it is: no quote, backslash, line end or tag survives. */
export function cssString(text: string): string {
  const safe = neutralise(text).replace(
    /[^\p{L}\p{N} .,:()-]/gu,
    (character) => `\\${(character.codePointAt(0) as number).toString(16)} `,
  );
  return `"${safe}"`;
}

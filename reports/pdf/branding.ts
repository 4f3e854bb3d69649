/** A customer's logo, colour and footer in the PDF report. */
import type { Content } from "pdfmake";
import { colourOf, printableLogoOf } from "../html/branding.ts";
import type { Branding } from "../report-format.ts";
import { PAGE_WIDTH, text } from "./parts.ts";

const BAND_HEIGHT = 5;
/** More would run into the page number. */
const LONGEST_FOOT = 110;

/** Above the title of the first page. */
export function brandCover(branding: Branding | undefined, siteName: string): Content[] {
  if (!branding) return [];
  const primary = colourOf(branding, "primary");
  const logo = printableLogoOf(branding);
  const band: Content = {
    canvas: [{ type: "rect", x: 0, y: 0, w: PAGE_WIDTH, h: BAND_HEIGHT, color: primary ?? "" }],
    margin: [0, 0, 0, 10],
  };
  return [
    ...(primary === null ? [] : [band]),
    ...(logo === null ? [] : [{ image: logo, fit: [160, 60], margin: [0, 0, 0, 8] } as Content]),
    ...(branding.name === siteName ? [] : [text(branding.name, { bold: true, margin: [0, 0, 0, 6] })]),
  ];
}

/** The left part of each page's foot. */
export function brandFoot(branding: Branding | undefined, window: string): string {
  const { footer = null } = branding ?? {};
  if (footer === null) return window;
  const whole = `${window} · ${footer}`;
  return whole.length > LONGEST_FOOT ? `${whole.slice(0, LONGEST_FOOT - 1)}…` : whole;
}

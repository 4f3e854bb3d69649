/** A customer's logo, colours and footer, read and checked before anything is rendered with them. */
import { readFile, stat } from "node:fs/promises";
import type { Branding } from "../../reports/report-format.ts";
import { UsageError } from "../exit.ts";
import type { FleetCustomer } from "./config.ts";

/** A logo stands in every report of the customer. */
const LARGEST_LOGO = 512 * 1024;

/** Throws UsageError where the logo is no picture. */
export async function brandingOf(customer: FleetCustomer): Promise<Branding> {
  const { name, logo, colours, footer } = customer;
  return { name, logo: logo === null ? null : await pictureOf(logo), colours, footer };
}

async function pictureOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_LOGO)
      throw new UsageError(`logo ${file}: has ${Math.ceil(size / 1024)} KB, at most ${LARGEST_LOGO / 1024} KB fit`);
    bytes = await readFile(file);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`logo ${file}: ${code === "ENOENT" ? "no such file" : `cannot be read (${code})`}`);
  }
  const type = mediaTypeOf(bytes);
  if (type === null) throw new UsageError(`logo ${file}: is no PNG, JPEG, GIF, WebP or SVG picture`);
  return `data:${type};base64,${bytes.toString("base64")}`;
}

/** By what the file holds, not by its name. */
function mediaTypeOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 12).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return "image/webp";
  return /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(
    bytes.subarray(0, 4096).toString("utf8"),
  )
    ? "image/svg+xml"
    : null;
}

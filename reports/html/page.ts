/** One HTML page that needs nothing else: its policy lets nothing run or load but its own style and script. */
import { createHash } from "node:crypto";
import { phrases } from "../phrases.ts";
import { type Markup, markup, trusted } from "./markup.ts";

export interface HtmlPage {
  title: string;
  /** What the first link, for the keyboard, skips to is `#main`. */
  skip: string;
  style: string;
  script?: string;
  /** Whether the body has images, as data. */
  images?: boolean;
  body: Markup;
}

export function htmlPage({ title, skip, style, script, images = false, body }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    ...(images ? ["img-src data:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `${markup`<!DOCTYPE html>
<html lang="${phrases.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">${skip}</a>
<div class="layout">
${body}
</div>
${script === undefined ? null : markup`<script>${trusted(script)}</script>\n`}</body>
</html>`}\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** Page breaks of the PDF report: no heading is left behind at the foot of a page. */
import type { Content } from "pdfmake";

/** The margins of the page, in points. */
export const margins = { side: 45, top: 58, bottom: 52 } as const;
const PAGE_HEIGHT = 841.89;

/** Longer paragraphs may be torn. */
const SHORT = 900;

/** Puts headings and what follows them, if that is short, into blocks that move to the next page as one. */
export function keepHeadings(contents: readonly Content[]): Content[] {
  const kept: Content[] = [];
  let heads: Content[] = [];
  for (const content of contents) {
    if (isHead(content)) {
      // a block that cannot be torn holds no page break
      if (hasBreak(content)) kept.push({ text: "", pageBreak: "after" });
      heads.push(hasBreak(content) ? unbroken(content) : content);
      continue;
    }
    if (heads.length === 0) kept.push(content);
    else if (isShort(content)) kept.push({ stack: [...heads, content], unbreakable: true });
    else kept.push(block(heads), content);
    heads = [];
  }
  if (heads.length > 0) kept.push(block(heads));
  return kept;
}

/** What pdfmake tells of a node that it has set. */
interface SetNode {
  headlineLevel?: number | undefined;
  stack?: boolean | undefined;
  text?: unknown;
  startPosition: { top: number };
}

/** Headings that begin lower leave no room for the first rows of what they head. */
const LOWEST_HEADING = PAGE_HEIGHT - margins.bottom - 150;

/**
 * Whether a block of headings stands at the foot of a page without anything of what it heads: a table whose first row is
 * tall (its heading row is none, and is set twice), or a long text. What is short stands in one block with its headings
 * anyway.
 */
export function isLeftBehind(
  { headlineLevel, stack, startPosition }: SetNode,
  { getFollowingNodesOnPage }: { getFollowingNodesOnPage: () => Pick<SetNode, "text" | "headlineLevel">[] },
): boolean {
  if (stack !== true || headlineLevel === undefined) return false;
  if (startPosition.top > LOWEST_HEADING) return true;
  return getFollowingNodesOnPage().every((node) => node.text === undefined || node.headlineLevel !== undefined);
}

function block(heads: Content[]): Content {
  return { stack: heads, unbreakable: true, headlineLevel: 1 };
}

function hasBreak(content: Content): boolean {
  return typeof content === "object" && "pageBreak" in content;
}

function unbroken(content: Content): Content {
  const { pageBreak: _, ...rest } = content as { pageBreak?: unknown };
  return rest as Content;
}

function isHead(content: Content): boolean {
  return typeof content === "object" && "headlineLevel" in content;
}

function isShort(content: Content): boolean {
  if (typeof content !== "object") return false;
  if ("unbreakable" in content && content.unbreakable === true) return true;
  return "text" in content && typeof content.text === "string" && content.text.length < SHORT;
}

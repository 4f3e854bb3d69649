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
      heads.push(content);
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
  startPosition: { top: number };
}

/** Whether a block of headings stands alone at the foot of its page, running headers and footers aside. */
export function isLeftBehind(node: SetNode, following: () => readonly SetNode[]): boolean {
  if (node.headlineLevel === undefined) return false;
  return !following().some(({ headlineLevel, startPosition: { top } }) => {
    const running = top < margins.top - 1 || top > PAGE_HEIGHT - margins.bottom;
    return headlineLevel === undefined && !running;
  });
}

function block(heads: Content[]): Content {
  return { stack: heads, unbreakable: true, headlineLevel: 1 };
}

function isHead(content: Content): boolean {
  return typeof content === "object" && "headlineLevel" in content;
}

function isShort(content: Content): boolean {
  if (typeof content !== "object") return false;
  if ("unbreakable" in content) return true;
  return "text" in content && typeof content.text === "string" && content.text.length < SHORT;
}

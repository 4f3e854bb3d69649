/** A YAML file with the place of everything in it, so that problems found later still point at line and column. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { type CatalogProblem, quoted } from "./problems.ts";

/** Where a value stands: keys and indices from the top, as in `["policies", 3, "when"]`. */
export type YamlPath = readonly (string | number)[];

export interface YamlFile {
  file: string;
  value: unknown;
  /** A problem at a value, or at the closest one around it that exists. */
  problemAt(path: YamlPath, message: string): CatalogProblem;
  /** A problem at a mapping's key rather than at its value. */
  problemAtKey(path: YamlPath, key: string, message: string): CatalogProblem;
}

/** Stands in a text for bytes that are no UTF-8: an umlaut of an older editor, or UTF-16. */
const REPLACEMENT = "\ufffd";

/** Parses YAML 1.2; duplicate keys, unknown tags and everything else the parser warns of are problems. */
export function parseYaml(file: string, text: string): { yaml: YamlFile | null; problems: CatalogProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problem = (offset: number, message: string): CatalogProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message };
  };
  const unreadable = text.indexOf(REPLACEMENT);
  if (unreadable >= 0) return { yaml: null, problems: [problem(unreadable, "is no text in UTF-8: save it as UTF-8")] };
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const [start] = error.pos;
    return problem(start, describe(error.code, error.message, text.slice(start)));
  });
  if (problems.length > 0) {
    return { yaml: null, problems };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that multiply without end are found only while they are expanded.
    const message = error instanceof Error ? error.message : String(error);
    return { yaml: null, problems: [problem(0, `cannot be expanded: ${message}`)] };
  }
  return {
    yaml: {
      file,
      value,
      problemAt: (path, message) => problem(offsetOf(document, path), message),
      problemAtKey: (path, key, message) => problem(keyOffset(document, path, key), message),
    },
    problems: [],
  };
}

/** @param source the text from the error onwards */
function describe(code: string, message: string, source: string): string {
  if (code === "DUPLICATE_KEY") {
    return `duplicate key ${quoted(/^[^:\n]*/.exec(source)?.[0].trim())}`;
  }
  return `no valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function nodeAt(document: Document, path: YamlPath): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

function offsetOf(document: Document, path: YamlPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
}

function keyOffset(document: Document, path: YamlPath, key: string): number {
  const map = nodeAt(document, path);
  if (isMap(map)) {
    for (const { key: node } of map.items) {
      if (isScalar(node) && String(node.value) === key && node.range) {
        return node.range[0];
      }
    }
  }
  return offsetOf(document, path);
}

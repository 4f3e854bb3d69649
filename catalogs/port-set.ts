/** A cell of ports: a word, or ports and ranges joined by `;`, whose ends may be formulas. */
import type { PortRange, PortSet } from "./catalog.ts";
import { evaluateFormula, type Formula, formulaParameters, parseFormula } from "./formula.ts";
import { ExpressionError } from "./token-stream.ts";

type PortWord = Extract<PortSet, string>;
type RangeSpec = { low: Formula; high: Formula };

/** Ports as a catalog writes them: still with formulas, and with the text for people to read. */
export interface PortSpec {
  text: string;
  ports: PortWord | RangeSpec[];
}

const WORDS: readonly PortWord[] = ["any", "dynamic", "unknown"];
const RANGE = /^(\d+|\{[^{}]*\})(?:\s*-\s*(\d+|\{[^{}]*\}))?$/;
const HIGHEST = 65535;
const EXPECTED = "any, dynamic, unknown, or ports such as 5060, 51000-51499, 16203;57203 or 6000-{6000+channels*10}";

/** Parses a cell; throws ExpressionError. Ranges are checked as far as they do not depend on parameters. */
export function parsePortSpec(text: string): PortSpec {
  const word = WORDS.find((candidate) => candidate === text);
  if (word !== undefined) {
    return { text, ports: word };
  }
  const spec = { text, ports: text.split(";").map((item) => parseRange(item.trim(), text)) };
  if (portSpecParameters(spec).length === 0) {
    const problem = portRangeProblem(spec, new Map());
    if (problem !== null) {
      throw new ExpressionError(problem);
    }
  }
  return spec;
}

function parseRange(item: string, text: string): RangeSpec {
  const match = RANGE.exec(item);
  if (match?.[1] === undefined) {
    const part = item === text ? "" : `${JSON.stringify(item)} in `;
    throw new ExpressionError(`${part}${JSON.stringify(text)} is no port; expected ${EXPECTED}`);
  }
  const low = parseEnd(match[1]);
  return { low, high: match[2] === undefined ? low : parseEnd(match[2]) };
}

function parseEnd(text: string): Formula {
  return parseFormula(text.startsWith("{") ? text.slice(1, -1) : text);
}

/** Ids of the parameters that the ports depend on, each once. */
export function portSpecParameters(spec: PortSpec): string[] {
  if (typeof spec.ports === "string") {
    return [];
  }
  return [...new Set(spec.ports.flatMap(({ low, high }) => [...formulaParameters(low), ...formulaParameters(high)]))];
}

/** Whether the ports depend on parameters, so that their text says more than their numbers. */
export function hasFormula(spec: PortSpec): boolean {
  return portSpecParameters(spec).length > 0;
}

/** Why the ports make no sense at these parameters, or null. */
export function portRangeProblem(spec: PortSpec, parameters: ReadonlyMap<string, number>): string | null {
  if (typeof spec.ports === "string") {
    return null;
  }
  for (const range of spec.ports) {
    const low = evaluateFormula(range.low, parameters);
    const high = evaluateFormula(range.high, parameters);
    const outside = [low, high].find((port) => port < 0 || port > HIGHEST);
    if (outside !== undefined) {
      return `port ${outside} of ${JSON.stringify(spec.text)} is outside 0-${HIGHEST}`;
    }
    if (low > high) {
      return `range ${low}-${high} of ${JSON.stringify(spec.text)} runs backwards`;
    }
  }
  return null;
}

/**
 * The ports at these parameters. What lies outside 0-65535 is cut off, since no packet can carry it: a site with odd
 * parameters still gets an audit, and `parameterProblems` tells what was odd.
 */
export function resolvePorts(spec: PortSpec, parameters: ReadonlyMap<string, number>): PortSet {
  if (typeof spec.ports === "string") {
    return spec.ports;
  }
  const ranges = spec.ports.map(
    ({ low, high }): PortRange => [
      Math.max(0, evaluateFormula(low, parameters)),
      Math.min(HIGHEST, evaluateFormula(high, parameters)),
    ],
  );
  return ranges.filter(([low, high]) => low <= high);
}

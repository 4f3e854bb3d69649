/** Holds a result against what an engineer expects, in words that say what is missing, surplus or different. */
import { basename } from "node:path";
import { systemNames } from "../../reports/systems.ts";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import type { Expected, FindingMatcher } from "./scenario.ts";

/** Everything that differs, one sentence each; empty where the expert agrees. */
export function differences(expected: Expected, result: AuditResult, lineTexts: ReadonlyMap<string, string>): string[] {
  const systems = systemNames(result.deployments);
  return [
    ...findingDifferences(expected, result),
    ...stateDifferences("requirement", expected.requirements ?? {}, result.requirements, systems),
    ...stateDifferences("policy", expected.policies ?? {}, result.policies, systems),
    ...noiseDifferences(expected, result),
    ...accountingDifferences(expected, result),
    ...firewallDifferences(expected, result),
    ...hourDifferences(result),
    ...undeclaredDifferences(expected, result),
    ...limitDifferences(expected, result),
    ...seenDifferences(expected, result),
    ...exampleDifferences(result, lineTexts),
  ];
}

/**
 * Hours add up to the whole, since every line of a scenario carries a time; of sessions that the log shows only the
 * beginning of, no hour tells.
 */
function hourDifferences({ evidence }: AuditResult): string[] {
  return evidence.firewalls.flatMap(({ name, hourly, ...whole }) =>
    (["allowed", "denied"] as const).flatMap((key) => {
      const sum = hourly.reduce((all, hour) => all + hour[key], 0);
      return sum === whole[key] || (whole.unit !== "packets" && sum < whole[key])
        ? []
        : [`${name}: ${whole[key]} ${key}, but ${sum} by hours`];
    }),
  );
}

function findingDifferences(expected: Expected, result: AuditResult): string[] {
  const left = new Set(result.findings);
  const problems: string[] = [];
  for (const matcher of expected.findings) {
    const found = [...left].find((finding) => mismatches(matcher, finding).length === 0);
    if (found) left.delete(found);
    else problems.push(missing(matcher, [...left]));
  }
  if (!expected.allowOther) problems.push(...[...left].map((finding) => `unexpected finding: ${describe(finding)}`));
  for (const matcher of expected.absent ?? []) {
    for (const finding of result.findings.filter((one) => mismatches(matcher, one).length === 0)) {
      problems.push(`must not appear: ${describe(finding)}`);
    }
  }
  return problems;
}

/** The matcher that nothing fits, with what keeps the nearest finding from fitting. */
function missing(matcher: FindingMatcher, left: FindingResult[]): string {
  const near = left
    .map((finding) => ({ finding, wrong: mismatches(matcher, finding) }))
    .sort((a, b) => a.wrong.length - b.wrong.length)[0];
  const hint = near ? `\n    nearest: ${describe(near.finding)}\n    differs in: ${near.wrong.join("; ")}` : "";
  return `missing finding: ${JSON.stringify(matcher)}${hint}`;
}

function mismatches(matcher: FindingMatcher, finding: FindingResult): string[] {
  const wrong: string[] = [];
  const want = (key: string, wanted: unknown, got: unknown, holds: boolean) => {
    if (wanted !== undefined && !holds)
      wrong.push(`${key}: want ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  };
  const simple = [
    "kind",
    "catalog",
    "check",
    "host",
    "direction",
    "peerZone",
    "transport",
    "packets",
    "stopped",
    "endedAt",
  ] as const;
  for (const key of simple) want(key, matcher[key], finding[key], matcher[key] === finding[key]);
  for (const key of ["severity", "confidence", "requirement", "policy"] as const) {
    const wanted = matcher[key];
    want(key, wanted, finding[key], [wanted].flat().includes(finding[key] as never));
  }
  for (const key of ["ports", "peers", "firewalls", "rules"] as const) {
    want(key, matcher[key], finding[key], same(matcher[key], finding[key]));
  }
  for (const key of ["title", "why"] as const) {
    want(key, matcher[key], finding[key], matcher[key] !== undefined && finding[key].includes(matcher[key]));
  }
  want("section", matcher.section, finding.citation?.section, matcher.section === finding.citation?.section);
  want(
    "alsoRequiredBy",
    matcher.alsoRequiredBy,
    finding.alsoRequiredBy,
    matcher.alsoRequiredBy?.every((id) => finding.alsoRequiredBy.includes(id)) ?? true,
  );
  const advice = finding.remediation.map(({ text }) => text).join("\n");
  want("remedySays", matcher.remedySays, advice, matcher.remedySays?.every((one) => advice.includes(one)) ?? true);
  want(
    "remedyNever",
    matcher.remedyNever,
    advice,
    !(matcher.remedyNever?.some((one) => advice.includes(one)) ?? false),
  );
  const remedies = finding.remediation.filter(({ text }) => text.trim() !== "").map(({ platform }) => platform);
  want(
    "remedies",
    matcher.remedies,
    remedies,
    matcher.remedies?.every((one) => remedies.includes(one as never)) ?? true,
  );
  const lines = finding.examples.map(({ input, line }) =>
    typeof matcher.exampleLines?.[0] === "string" ? `${basename(input)}:${line}` : (line as number),
  );
  want("exampleLines", matcher.exampleLines, lines, same(sorted(matcher.exampleLines ?? []), sorted(lines)));
  return wrong;
}

function sorted(lines: (number | string)[]): (number | string)[] {
  return [...lines].sort((a, b) => (a < b ? -1 : 1));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function describe(finding: FindingResult): string {
  const { id, severity, confidence, ports, packets, peers, firewalls, title } = finding;
  const lines = finding.examples.map(({ input, line }) => `${basename(input)}:${line}`);
  return `${id} (${severity}, ${confidence}, ports ${JSON.stringify(ports)}, ${packets} packets, from ${peers.join(" ")}, at ${firewalls.join(" ")}, lines ${lines.join(" ")}): ${title}`;
}

interface Stated {
  catalog: string;
  deployment: number;
  id: string;
  state: string;
  reason: string | null;
}

/** A row's name is its id, alone or after its catalog or its system: `agfeo (10.1.0.10)/never-open-5060-80-443`. */
function stateDifferences(
  what: string,
  expected: NonNullable<Expected["policies"]>,
  results: Stated[],
  systems: readonly string[],
): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const found = results.filter(({ catalog, deployment, id }) =>
      [id, `${catalog}/${id}`, `${systems[deployment]}/${id}`].includes(name),
    );
    if (found.length === 0) return [`no such ${what}: ${name}`];
    const { state, reason } = typeof wanted === "string" ? { state: wanted, reason: undefined } : wanted;
    return found
      .filter((one) => one.state !== state || !hasReason(one, reason))
      .map(
        (one) =>
          `${what} ${name}: want ${state}${reason === undefined ? "" : ` (${reason ?? "no reason"})`}, got ${one.state} (${one.reason ?? "no reason"})`,
      );
  });
}

function hasReason({ reason }: Stated, wanted: string | null | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted === null ? reason === null : reason?.includes(wanted) === true;
}

function accountingDifferences({ accounting }: Expected, result: AuditResult): string[] {
  if (accounting === undefined) return [];
  const [wanted, got] = [
    Object.entries(accounting).map(([meaning, packets]) => `${meaning} ${packets}`),
    result.accounting.map(({ meaning, packets }) => `${meaning} ${packets}`),
  ];
  return same(wanted.sort(), got.sort()) ? [] : [`accounting: want ${wanted.join(", ")}, got ${got.join(", ")}`];
}

function noiseDifferences({ noise }: Expected, result: AuditResult): string[] {
  const got = result.noise as unknown as Record<string, Record<string, unknown>>;
  return Object.entries(noise ?? {}).flatMap(([kind, counts]) =>
    Object.entries(counts)
      .filter(([key, wanted]) => !same(got[kind]?.[key], wanted))
      .map(
        ([key, wanted]) =>
          `noise ${kind}.${key}: want ${JSON.stringify(wanted)}, got ${JSON.stringify(got[kind]?.[key])}`,
      ),
  );
}

function firewallDifferences({ firewalls }: Expected, result: AuditResult): string[] {
  return Object.entries(firewalls ?? {}).flatMap(([name, wanted]) => {
    const got = result.evidence.firewalls.find((firewall) => firewall.name === name);
    if (!got) return [`no such firewall in the evidence: ${name}`];
    return Object.entries(wanted)
      .filter(([key, value]) => !same(got[key as keyof typeof got], value))
      .map(
        ([key, value]) =>
          `firewall ${name}: want ${key} ${JSON.stringify(value)}, got ${JSON.stringify(got[key as keyof typeof got])}`,
      );
  });
}

function undeclaredDifferences(expected: Expected, { undeclaredHosts }: AuditResult): string[] {
  const wanted = expected.undeclaredHosts ?? {};
  const got = Object.fromEntries(
    undeclaredHosts.map(({ address, evidence }) => [
      address,
      evidence.map(({ what, transport }) => `${what} ${transport}`),
    ]),
  );
  const addresses = [...new Set([...Object.keys(wanted), ...Object.keys(got)])];
  return addresses
    .filter((address) => !same(wanted[address], got[address]))
    .map(
      (address) =>
        `undeclared host ${address}: want ${JSON.stringify(wanted[address])}, got ${JSON.stringify(got[address])}`,
    );
}

function seenDifferences({ seen }: Expected, { deployments }: AuditResult): string[] {
  const told = deployments.map((one) => one.seen);
  return seen === undefined || same(seen, told) ? [] : [`deployments seen: want ${seen}, got ${told}`];
}

function limitDifferences({ limits, parsed }: Expected, result: AuditResult): string[] {
  const { inputs, limits: said } = result.evidence;
  const silent = (limits ?? []).filter((text) => !said.some((limit) => limit.includes(text)));
  const problems = silent.map((text) => `no limit says "${text}"; said: ${said.join(" | ") || "nothing"}`);
  const count = inputs.reduce((sum, { lines }) => sum + lines.parsed, 0);
  // Every line counts unless the case says that some are another program's.
  const wanted = parsed ?? inputs.reduce((sum, { lines }) => sum + lines.read - lines.structure, 0);
  if (wanted !== count) problems.push(`parsed lines: want ${wanted}, got ${count}`);
  return problems;
}

/** Every example must be the very line that its pointer names. */
function exampleDifferences(result: AuditResult, lineTexts: ReadonlyMap<string, string>): string[] {
  return result.findings.flatMap(({ id, examples }) =>
    examples
      .filter(({ input, line, text }) => text === null || text !== lineTexts.get(`${input}:${line}`))
      .map(({ input, line, text }) => `${id}: example ${basename(input)}:${line} is not that line: ${text}`),
  );
}

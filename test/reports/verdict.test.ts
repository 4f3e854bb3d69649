/** No finding may mean that all is well, or that nothing was there to judge: a report must never be green for the second. */
import { expect, test } from "vitest";
import { firstSteps } from "../../reports/first-steps.ts";
import { outlineOf } from "../../reports/outline.ts";
import { verdictOf } from "../../reports/verdict.ts";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { everything, nothingRead, quiet } from "./samples.ts";

const [input] = quiet.evidence.inputs;
const outside = {
  ...(input as NonNullable<typeof input>),
  lines: { read: 9, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 9 },
};
const unseen = quiet.deployments.map((one) => ({ ...one, seen: false }));

test.each<[string, AuditResult, string, RegExp, RegExp]>([
  ["sound", quiet, "good", /^No findings in what these logs show/, /^Nothing\./],
  ["no line of a log", nothingRead, "unknown", /no log line was recognised/, /firewall logs/],
  [
    "no line in the window",
    { ...nothingRead, evidence: { ...nothingRead.evidence, inputs: [outside] } },
    "unknown",
    /no log line lies in the chosen window/,
    /chosen window/,
  ],
  ["no line of the system", { ...quiet, deployments: unseen }, "unknown", /names a host/, /addresses/],
  [
    "nothing but what was not asked for",
    { ...quiet, findingsLeftOut: 3 },
    "unknown",
    /^No findings among those asked for\. 3 findings are left out by --only, --skip or --severity\.$/,
    /left out/,
  ],
  [
    "no line of one system of two",
    { ...quiet, deployments: [...quiet.deployments, ...unseen] },
    "good",
    /^No findings in what these logs show/,
    /^Nothing\./,
  ],
])("%s", (_title, result, level, headline, step) => {
  expect(verdictOf(result, outlineOf(result))).toMatchObject({ level, headline: expect.stringMatching(headline) });
  expect(firstSteps(result, []).map(({ text }) => text)).toEqual([expect.stringMatching(step)]);
});

test("speaks of strangers only where something reached the system", () => {
  const meaning = (result: AuditResult) => verdictOf(result, outlineOf(result)).points.map(({ means }) => means);
  const exposures = everything.findings.filter(
    ({ kind, peerZone }) => kind === "open-but-unneeded" && peerZone === "internet",
  );
  expect(meaning({ ...everything, findings: exposures })).toEqual([
    expect.stringMatching(/^Strangers on the Internet/),
  ]);
  const stopped = exposures.map((finding) => ({ ...finding, stopped: true }));
  expect(meaning({ ...everything, findings: stopped })).toEqual([expect.stringMatching(/^Every needless opening/)]);
  const ended = exposures.map((finding) => ({ ...finding, endedAt: "2026-10-06T16:30:00+02:00" }));
  expect(meaning({ ...everything, findings: ended })).toEqual([expect.stringMatching(/^Every needless opening/)]);
});

test("is as urgent as what goes on", () => {
  const verdict = (findings: FindingResult[]) => {
    const { level, headline } = verdictOf({ ...everything, findings }, outlineOf({ ...everything, findings }));
    return `${level}: ${headline}`;
  };
  const of = (severity: string, endedAt: string | null) => {
    const finding = everything.findings.find((one) => one.severity === severity && one.waived === null);
    return { ...(finding as FindingResult), endedAt };
  };
  const then = "2026-10-06T16:30:00+02:00";
  expect(verdict([of("critical", then)])).toBe(
    "warning: See that it stays so: 1 finding ended while the logs were written.",
  );
  expect(verdict([of("critical", then), of("high", null)])).toBe(
    "bad: Action needed: 1 finding of high severity. 1 finding ended while the logs were written.",
  );
  expect(verdict([of("critical", null), of("high", null)])).toBe("worst: Act now: 1 critical finding, and 1 other.");
});

test("asks first for what goes on, then to keep what ended as it is", () => {
  const [worst, second] = everything.findings.filter(({ severity }) => severity !== "info") as [
    FindingResult,
    FindingResult,
  ];
  const ended = { ...worst, endedAt: "2026-10-06T16:30:00+02:00", firewalls: ["fw1"] };
  const steps = firstSteps(
    everything,
    [ended, second].map((finding, index) => ({ finding, label: `B${index + 1}`, like: null })),
  );
  expect(steps.slice(0, 2).map(({ title }) => title)).toEqual([second.title, worst.title]);
  expect(steps[1]?.text).toBe(
    "It ended at 2026-10-06 16:30:00 +02:00, as far as the logs show: see that it stays so. On fw1.",
  );
});

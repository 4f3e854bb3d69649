import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { ocsf } from "../../reports/ocsf.ts";
import type { AuditResult } from "../../rules/result.ts";
import { everything, samples } from "./samples.ts";
import { ocsfSchema } from "./schemas/ocsf.ts";

const validate = new Ajv2020({ allErrors: true, strict: true }).compile(ocsfSchema);

function eventsOf(sample: AuditResult) {
  const printed = String(ocsf.render(sample, { width: 80, color: false, ascii: false, verbose: false }));
  return JSON.parse(printed) as {
    finding_info: { uid: string };
    type_uid: number;
    status: string;
    time: number;
    severity_id: number;
  }[];
}

describe("the OCSF report", () => {
  test.each(Object.entries(samples))("of %s fits the class", (_, sample) => {
    validate(eventsOf(sample));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("is one event a finding, suppressed where it is waived", () => {
    const events = eventsOf({ ...everything, baseline: null });
    expect(events.map(({ finding_info }) => finding_info.uid)).toEqual(everything.findings.map(({ id }) => id));
    expect(events.map(({ status }) => status)).toEqual(
      everything.findings.map(({ waived }) => (waived === null ? "New" : "Suppressed")),
    );
  });

  test("creates, updates and closes findings against a baseline, and leaves alone what is out of sight", () => {
    const told = eventsOf(everything).map(({ finding_info, type_uid, status }) => [finding_info.uid, type_uid, status]);
    const [gone] = everything.baseline?.gone ?? [];
    expect(told).toEqual([
      ...everything.findings.map(({ id, baseline, waived }) => [
        id,
        baseline === "new" ? 200301 : 200302,
        waived ? "Suppressed" : "New",
      ]),
      [gone?.id, 200303, "Resolved"],
    ]);
  });

  test("counts time in milliseconds", () => {
    const [event] = eventsOf({ ...everything, findings: everything.findings.slice(2, 3) });
    expect(event?.time).toBe(Date.parse("2026-10-02T17:40:02+02:00"));
    expect(event?.severity_id).toBe(5);
  });
});

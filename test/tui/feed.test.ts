/** Results that follow each other: what is new is marked, and what somebody looks at stays where it is. */
import { describe, expect, it } from "vitest";
import type { Judged } from "../../cmd/tui/judged.ts";
import type { State } from "../../cmd/tui/state.ts";
import { currentSubject } from "../../cmd/tui/state.ts";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { applied, openedOn, pressed, pressing, screenOf } from "./driving.ts";
import { sampleFlows } from "./sample-flows.ts";
import { sampleResult } from "./sample-result.ts";

const whole = sampleResult(60, ["blocked-but-required"]);

const ACCEPTED = { reason: "agreed", owner: "IT", expires: "2027-01-01" };

/** The result with only some of its findings. */
function some(wanted: (index: number) => boolean): AuditResult {
  return { ...whole, findings: whole.findings.filter((_, index) => wanted(index)) };
}

function judged(state: State, result: AuditResult, phase: Judged["phase"]): State {
  const flows = phase === "saved" ? null : sampleFlows(20);
  return applied(state, { type: "judged", judged: { phase, result, flows, waived: new Map() }, message: null });
}

function live(result: AuditResult): State {
  return judged(openedOn(result, { rows: 30 }), result, "live");
}

function chosen(state: State): FindingResult | null {
  const subject = currentSubject(state);
  return subject?.kind === "finding" ? subject.finding : null;
}

describe("while logs are read", () => {
  it("the list fills, and nothing is called new", () => {
    let state = judged(
      openedOn(some(() => false)),
      some((index) => index < 3),
      "reading",
    );
    expect(screenOf(state)[1]).toContain("[1 Blocked]");
    state = judged(
      state,
      some((index) => index < 10),
      "reading",
    );
    state = judged(state, whole, "whole");
    expect(screenOf(state).join("\n")).toContain("1 of 60");
    expect(state.fresh.size).toBe(0);
  });

  it.each<[string, FindingResult["kind"], Partial<FindingResult>, State["view"]]>([
    ["graver", "open-but-unneeded", { severity: "critical" }, "open"],
    ["graver", "inspection-anomaly", { severity: "critical" }, "anomalies"],
    ["as grave", "open-but-unneeded", { severity: "high" }, "blocked"],
    ["graver, but accepted", "open-but-unneeded", { severity: "critical", waived: ACCEPTED }, "blocked"],
  ])("opens the view that holds the gravest finding: %s than what is blocked, %s", (_grave, kind, other, view) => {
    const blocked = { ...(whole.findings[0] as FindingResult), severity: "high" as const };
    const findings = [{ ...blocked, id: "other", kind, ...other }, blocked];
    expect(openedOn({ ...whole, findings }).view).toBe(view);
  });

  it("opens the first view that holds anything, until somebody chose one", () => {
    const nothing = judged(
      openedOn(some(() => false)),
      some(() => false),
      "reading",
    );
    expect(nothing.view).toBe("coverage");
    expect(judged(nothing, whole, "whole").view).toBe("blocked");
    expect(judged(pressed(nothing, "5"), whole, "whole").view).toBe("policies");
  });

  it("stays on the row that somebody chose", () => {
    let state = judged(
      openedOn(some(() => false)),
      some((index) => index % 2 === 1),
      "reading",
    );
    state = pressed(state, "down", "down", "down");
    const before = chosen(state);
    state = judged(state, whole, "whole");
    expect(chosen(state)?.id).toBe(before?.id);
  });
});

describe("following", () => {
  it("marks what is new, and scrolling holds still", () => {
    let state = pressed(live(some((index) => index >= 20)), "pagedown", "down");
    const row = screenOf(state).findIndex((line) => line.startsWith("▸"));
    const before = chosen(state);
    state = judged(state, whole, "live");
    expect(chosen(state)?.id).toBe(before?.id);
    expect(screenOf(state).findIndex((line) => line.startsWith("▸"))).toBe(row);
    expect(screenOf(state)[0]).toContain("following  +20 new");
    // The next new one, looked at, is new no more.
    state = pressed(state, "+");
    expect(state.fresh.has(chosen(state)?.id ?? "")).toBe(true);
    expect(screenOf(state).find((line) => line.startsWith("▸"))).toMatch(/^▸ \+/);
    state = pressed(state, "enter");
    expect(screenOf(state)[0]).toContain("+19 new");
  });

  it("finds what is new by a filter", () => {
    const state = pressed(judged(live(some((index) => index >= 5)), whole, "live"), "/", '"new:yes', "enter");
    expect(screenOf(state)[2]).toContain("5 shown, 55 hidden by [new:yes]");
  });

  it("holds the picture, counts what waits, and goes on", () => {
    let state = pressed(live(some((index) => index >= 8)), "f");
    state = judged(
      state,
      some((index) => index >= 4),
      "live",
    );
    state = judged(state, whole, "live");
    expect(screenOf(state)[0]).toContain("held still (f goes on)  +8 new");
    expect(screenOf(state).join("\n")).toContain("1 of 52");
    state = pressed(state, "f");
    expect(screenOf(state).join("\n")).toContain("of 60");
    expect(state.fresh.size).toBe(8);
  });

  it("says where there is nothing to follow", () => {
    const { state, effects } = pressing(openedOn(whole, { unfollowable: "a saved audit does not grow" }), "f");
    expect(effects).toEqual([]);
    expect(screenOf(state).at(-2)).toContain("a saved audit does not grow");
  });

  it("begins after logs were read, and shows nothing less until it has caught up", () => {
    const read = judged(openedOn(whole), whole, "whole");
    const { state, effects } = pressing(read, "f");
    expect(effects).toEqual([{ do: "follow" }]);
    expect(
      judged(
        state,
        some(() => false),
        "reading",
      ).result?.findings,
    ).toHaveLength(60);
    expect(judged(state, whole, "live").feed.phase).toBe("live");
  });

  it("keeps a waiver of this session", () => {
    const [first] = whole.findings as [FindingResult];
    const waiver = { reason: "agreed", owner: "noc", expires: "2027-01-01" };
    const step = { ids: [first.id], before: "", after: "" };
    const waived = applied(live(whole), { type: "waived", step, waiver });
    expect(judged(waived, whole, "live").waived.get(first.id)).toEqual(waiver);
  });

  it("says that what was open is gone", () => {
    const state = judged(
      pressed(live(whole), "down", "enter"),
      some((index) => index !== 1),
      "live",
    );
    expect(state.layers).toEqual([]);
    expect(screenOf(state).at(-2)).toContain("no longer in the result");
  });
});

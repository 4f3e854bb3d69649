import { describe, expect, it } from "vitest";
import { announcements } from "../../cmd/tui/announce.ts";
import type { State } from "../../cmd/tui/state.ts";
import { applied, openedOn, pressed } from "./driving.ts";
import { sampleResult } from "./sample-result.ts";

const opened = openedOn(sampleResult(30));
const said = (state: State, ...keys: string[]) => announcements(state, pressed(state, ...keys));

describe("the screen-reader mode", () => {
  it("says view and row, without signs, bars and borders", () => {
    expect(announcements(null, opened)).toEqual([
      "View Blocked: 10 findings. ? lists the keys.",
      expect.stringMatching(/^1 of 10: critical, SIP from the provider is denied, /),
    ]);
    const everything = [["enter"], ["2", "down"], ["4"], ["6"], ["?"], ["w"]].flatMap((keys) => said(opened, ...keys));
    expect(everything.join("")).not.toMatch(/[▁-█│─✖▲●○▸\p{Cc}]/u);
  });

  it("says only what changed", () => {
    expect(said(opened, "down")).toEqual([expect.stringMatching(/^2 of 10: /)]);
    expect(said(opened, "up")).toEqual([]);
    expect(said(opened, "space")).toEqual([expect.stringMatching(/^2 of 10: /)]);
  });

  it("echoes what is typed, with what it finds", () => {
    expect(said(opened, "/", '"zzz')).toEqual(["filter: zzz, 0 shown"]);
    const typing = pressed(opened, "/", '"high');
    expect(said(typing, "enter")).toEqual([expect.stringMatching(/^\d of 2: high/)]);
  });

  it("says what went wrong", () => {
    expect(said(opened, ":", '"nonsense', "enter")).toContainEqual(expect.stringContaining("no such command"));
    expect(said(pressed(opened, "w"), "enter")).toContainEqual(expect.stringContaining("Say why"));
  });

  it("says what came up while logs are followed, and not each look", () => {
    const result = sampleResult(30);
    const judged = (state: State, findings: number) =>
      applied(state, {
        type: "judged",
        judged: {
          phase: "live",
          result: { ...result, findings: result.findings.slice(0, findings) },
          flows: null,
          waived: new Map(),
        },
        message: null,
      });
    const few = judged(opened, 28);
    expect(announcements(few, judged(few, 28))).toEqual([]);
    expect(announcements(few, judged(few, 30))).toEqual(["2 new: + goes there. 2 not looked at."]);
  });
});

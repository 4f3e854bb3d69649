import { describe, expect, it } from "vitest";
import { currentList, currentRow, currentSubject, type State } from "../../cmd/tui/state.ts";
import { applied, openedOn, pressed, pressing } from "./driving.ts";
import { sampleResult } from "./sample-result.ts";

const result = sampleResult(60);

function currentId(state: State): string {
  const subject = currentSubject(state);
  return subject?.kind === "finding" ? subject.finding.id : "";
}

describe("moving", () => {
  it("stays inside the list and keeps the cursor on the screen", () => {
    let state = openedOn(result, { rows: 16 });
    for (const key of ["up", "pagedown", "pagedown", "pagedown", "G", "j", "pageup", "ctrl-u", "g", "end"]) {
      state = pressed(state, key);
      const { cursor, top, order } = currentList(state);
      expect(cursor).toBeGreaterThanOrEqual(top);
      expect(cursor).toBeLessThan(Math.min(order.length, top + 10));
    }
    expect(currentList(state).cursor).toBe(19);
  });

  it("keeps the cursor on the screen when the window shrinks", () => {
    const state = applied(pressed(openedOn(result, { rows: 40 }), "G"), { type: "resize", columns: 60, rows: 16 });
    expect(currentList(state).top).toBe(10);
  });

  it("goes to the next urgent finding, across views, and past waived ones", () => {
    let state = openedOn(result);
    const visited: string[] = [];
    for (let i = 0; i < 100; i++) {
      const next = pressed(state, "e");
      if (currentId(next) === currentId(state) && next.view === state.view) break;
      state = next;
      visited.push(currentId(state));
    }
    const urgent = result.findings.filter(({ severity }) => severity === "critical" || severity === "high");
    expect(new Set(visited).size).toBe(urgent.length);
  });
});

describe("going to what the filter means", () => {
  it("finds it however far it is, both ways, and only at itself when there is no other", () => {
    const many = sampleResult(2600, ["blocked-but-required"]);
    const wanted = currentId(pressed(openedOn(many), "G"));
    const named = pressed(openedOn(many), "/", `"${wanted}`, "enter", "esc", "g");
    expect(currentList(named).order).toHaveLength(2600);
    for (const key of ["n", "N"]) {
      const found = pressed(named, key);
      expect(currentId(found)).toBe(wanted);
      expect(currentId(pressed(found, key))).toBe(wanted);
    }
  });
});

describe("filtering", () => {
  it("filters while typing, keeps the row under the cursor, and comes back with Esc", () => {
    const start = pressed(openedOn(result), "down", "down");
    const typing = pressed(start, "/", '"severity:high');
    expect(currentList(typing).order.length).toBeLessThan(20);
    expect(currentId(typing)).toBe(currentId(start));
    expect(currentList(pressed(typing, "esc")).order).toHaveLength(20);
    const kept = pressed(typing, "enter");
    expect(kept.layers).toHaveLength(0);
    expect(currentList(kept).terms).toHaveLength(1);
    expect(currentList(pressed(kept, "esc")).terms).toHaveLength(0);
  });

  it("finds by field, negation and port range, and drops the last term", () => {
    const state = pressed(openedOn(result), "/", '"!severity:info port:40003 !waived:yes', "enter");
    const hits = Array.from(currentList(state).order, (row) => state.tables?.blocked.subject(row));
    for (const hit of hits) {
      if (hit?.kind !== "finding") throw new Error("a row that is no finding");
      expect(hit.finding.severity).not.toBe("info");
      expect(hit.finding.waived).toBeNull();
      expect(hit.finding.ports.some(([low, high]) => low <= 40003 && 40003 <= high)).toBe(true);
    }
    expect(currentList(pressed(state, "backspace")).filter).toBe("!severity:info port:40003");
  });

  it("completes a field's name", () => {
    expect(currentList(pressed(openedOn(result), "/", '"!sev', "tab", '"high')).filter).toBe("!severity:high");
  });

  it("goes on to what the filter meant after it was dropped", () => {
    const state = pressed(openedOn(result), "/", '"severity:info', "enter", "esc", "g", "n");
    const subject = currentSubject(state);
    expect(subject?.kind === "finding" && subject.finding.severity).toBe("info");
    expect(currentList(state).order).toHaveLength(20);
  });
});

describe("sorting and marking", () => {
  it("sorts by the next shown column, reverses, and keeps the row", () => {
    const start = pressed(openedOn(result), "down", "down", "down");
    const sorted = pressed(start, ">", ">");
    const packets = Array.from(currentList(sorted).order, (row) => {
      const subject = sorted.tables?.blocked.subject(row);
      return subject?.kind === "finding" ? subject.finding.packets : -1;
    });
    expect(packets).toEqual(packets.toSorted((a, b) => b - a));
    expect(currentRow(sorted)).toBe(currentRow(start));
    expect(Array.from(currentList(pressed(sorted, "z")).order)).toEqual(
      Array.from(currentList(sorted).order).reverse(),
    );
  });

  it.each<[string, string[], number[]]>([
    ["down to here", ["space", "j", "j", "v"], [0, 1, 2, 3]],
    ["up to here", ["j", "j", "j", "space", "k", "k", "k", "v"], [1, 2, 3]],
    ["from the nearest above", ["space", "j", "j", "space", "j", "v"], [0, 3, 4, 5]],
    ["nothing where none is marked", ["j", "v"], []],
  ])("marks a range %s", (_, keys, rows) => {
    const state = pressed(openedOn(result), ...keys);
    const { order } = state.lists[state.view];
    const table = state.tables?.[state.view];
    expect([...state.marks].sort()).toEqual(rows.map((row) => table?.keyOf(order[row] as number)).sort());
    if (rows.length === 0) expect(state.message?.text).toContain("Space marks where the range begins");
  });

  it("marks, and lets the filter show the marked ones", () => {
    const state = pressed(openedOn(result), "space", "space", "/", '"marked:yes', "enter");
    expect(currentList(state).order).toHaveLength(2);
    expect(pressed(state, "*").marks.size).toBe(0);
  });
});

describe("layers", () => {
  it("takes one away with Esc and q, and quits from the list", () => {
    const deep = pressed(openedOn(result), "enter", "r", "?");
    expect(deep.layers.map(({ kind }) => kind)).toEqual(["detail", "raw", "help"]);
    expect(pressed(deep, "esc", "q").layers.map(({ kind }) => kind)).toEqual(["detail"]);
    const { effects } = pressing(deep, "q", "q", "q", "q");
    expect(effects.filter((effect) => effect.do === "quit")).toHaveLength(1);
  });

  it("quits at once with Ctrl-C, from everywhere", () => {
    for (const keys of [[], ["enter"], ["/"], ["w"], ["?"], [":"]]) {
      const { effects } = pressing(pressed(openedOn(result), ...keys), "ctrl-c");
      expect(effects).toEqual([{ do: "quit" }]);
    }
  });

  it("types q in a prompt", () => {
    expect(currentList(pressed(openedOn(result), "/", '"q')).filter).toBe("q");
  });

  it("ignores what arrives for raw lines that were left", () => {
    const { state, effects } = pressing(openedOn(result), "r", "right");
    expect(effects.map((effect) => effect.do)).toEqual(["read-raw", "read-raw"]);
    const place = effects[0]?.do === "read-raw" ? effects[0].place : null;
    if (!place) throw new Error("nothing was read");
    const surroundings = { lines: [], focus: 0, head: [], formats: [], note: null };
    const [layer] = applied(state, { type: "raw-read", place, surroundings }).layers;
    expect(layer?.kind === "raw" && layer.surroundings).toBeNull();
  });
});

describe("the palette", () => {
  it.each([
    ["coverage", (state: State) => state.view === "coverage"],
    ["cov", (state: State) => state.view === "coverage"],
    ["sort count", (state: State) => state.tables?.blocked.columns[currentList(state).column]?.id === "count"],
    ["filter severity:high", (state: State) => currentList(state).filter === "severity:high"],
    ["help", (state: State) => state.layers[0]?.kind === "help"],
    ["nonsense", (state: State) => state.message?.tone === "warning"],
    ["sort nonsense", (state: State) => state.message?.text.startsWith("sort by what?") === true],
    ["s", (state: State) => state.message?.text.startsWith("which one") === true],
  ])("understands :%s", (line, holds) => {
    expect(holds(pressed(openedOn(result), ":", `"${line}`, "enter"))).toBe(true);
  });

  it("completes with Tab", () => {
    expect(pressed(openedOn(result), ":", '"ev', "tab", "enter").view).toBe("evidence");
  });
});

describe("waiving", () => {
  it("asks for reason, owner and expiry, and says what is wrong", () => {
    const form = pressed(openedOn(result), "w", "enter");
    expect(form.layers[0]).toMatchObject({ kind: "waive", focus: "reason", problem: expect.stringContaining("why") });
    const dated = pressed(form, '"known', "enter", "enter", "ctrl-u", '"2026-02-30', "enter");
    expect(dated.layers[0]).toMatchObject({ focus: "expires", problem: expect.stringContaining("calendar") });
    const past = pressed(dated, "ctrl-u", '"2026-10-06', "enter");
    expect(past.layers[0]).toMatchObject({ problem: expect.stringContaining("past") });
    const { state, effects } = pressing(past, "ctrl-u", '"2027-03-31', "enter");
    const waiver = { reason: "known", owner: "noc", expires: "2027-03-31" };
    expect(effects).toEqual([{ do: "waive", file: "site.yaml", ids: [currentId(openedOn(result))], waiver }]);
    expect(state.layers).toHaveLength(0);
  });

  it("refuses without a site file, on rows that are no findings, and twice", () => {
    expect(pressed(openedOn(result, { siteFile: null }), "w").message?.text).toContain("--site");
    expect(pressed(openedOn(result), "4", "w").message?.text).toContain("only findings");
    const waived = pressed(openedOn(result), "/", '"waived:yes', "enter", "w");
    expect(waived.message?.text).toContain("already waived");
  });

  it("waives the marked ones together, drops them from the filter, and takes them back", () => {
    const marked = pressed(openedOn(result), "/", '"!waived:yes', "enter", "space", "space", "w", '"ok', "enter");
    const { state, effects } = pressing(marked, "enter", "enter");
    const [effect] = effects;
    if (effect?.do !== "waive") throw new Error("nothing was waived");
    expect(effect.ids).toHaveLength(2);
    const step = { ids: effect.ids, before: "a", after: "b" };
    const waived = applied(state, { type: "waived", step, waiver: effect.waiver });
    expect(currentList(waived).order.length).toBe(currentList(state).order.length - 2);
    expect(waived.marks.size).toBe(0);
    const undo = pressing(waived, "u");
    expect(undo.effects).toEqual([{ do: "unwaive", file: "site.yaml", step }]);
    const back = applied(undo.state, { type: "unwaived", step });
    expect(currentList(back).order.length).toBe(currentList(state).order.length);
    expect(pressed(back, "u").message?.text).toContain("nothing was waived");
  });
});

describe("saving", () => {
  it("takes the rows that the filter shows, and asks before it overwrites", () => {
    const filtered = pressed(openedOn(result), "/", '"severity:high', "enter", "s", "ctrl-u");
    expect(pressed(filtered, '"x.txt', "enter").message?.text).toContain(".json or .csv");
    const first = pressing(filtered, '"x.csv', "enter");
    expect(first.effects[0]).toMatchObject({ do: "save", file: "x.csv", overwrite: false, filter: "severity:high" });
    const said = applied(first.state, { type: "say", message: { text: "exists", tone: "warning" } });
    expect(said.layers).toHaveLength(1);
    const second = pressing(said, "enter");
    expect(second.effects[0]).toMatchObject({ do: "save", overwrite: true });
    const done = applied(second.state, { type: "say", message: { text: "saved", tone: "good" } });
    expect(done.layers).toHaveLength(0);
  });
});

/** Dates in digits that may be read either way (`07/03/2026`), and what of an input tells how. */
import { describe, expect, it } from "vitest";
import { dateOrderOf } from "../../ingest/clocks/date-order.ts";
import { FORTIGATE, PF, read } from "./collected.ts";

const NEWEST_MS = Date.parse("2026-07-20T12:00:00Z");
const PACKET = "5,,,1000000103,em0,match,block,in,4,0x0,,64,1,0,DF,17,udp,440,203.0.113.9,192.0.2.1,5080,5060,420";

describe("dateOrderOf", () => {
  it.each([
    ["03/07/2026 19:10:30,a\n31/07/2025 19:10:30,b", "day first"],
    ["7/3/2026 19:10,a\n7/13/2026 19:10,b", "month first"],
    // the seventh of December has not come yet
    ["07/12/2026 19:10:30,a", "month first"],
    ["12-07-2026\t19:10:30\ta", "day first"],
    ["03/07/2026 19:10:30,a", null],
    ["07/13/2026 19:10:30,a\n13/07/2026 19:10:30,b", null],
    ["07/12/2026 19:10:30,a\n12/07/2026 19:10:30,b", null],
    ["2026/07/13 19:10:30 a", null],
    ["1.2.3.4/13/2026 19:10:30", null],
    ["GET /7/13/2026 19:10:30", null],
    ["", null],
  ])("%j: %s", (head, order) => {
    expect(dateOrderOf(new TextEncoder().encode(head), NEWEST_MS)).toBe(order);
  });
});

it("reads all dates of a table as those that tell", async () => {
  const rows = ["7/3/2026 19:10", "7/13/2026 19:10"].map((time) => `${time},pf,"${PACKET}"\n`);
  const { records } = await read(`Time,Source,Message\n${rows.join("")}`);
  const seen = (time: string) => ({ ...PF, time });
  expect(records).toEqual([seen("2026-07-03T19:10:00.000Z"), seen("2026-07-13T19:10:00.000Z")]);
});

it("reads all dates of Kiwi's lines as those that tell", async () => {
  const line = FORTIGATE.slice(FORTIGATE.indexOf("devname"));
  const lines = ["03-07-2026", "13-07-2026"].map((date) => `${date}\t19:10:30\tLocal7.Notice\t192.0.2.1\t${line}\n`);
  const { records } = await read(lines.join(""));
  expect(records.map(({ time }) => time)).toEqual(["2026-07-03T19:10:30.000Z", "2026-07-13T19:10:30.000Z"]);
});

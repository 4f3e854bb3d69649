import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { csv } from "../../reports/csv.ts";
import { everything, nothingRead } from "./samples.ts";

const render = (sample = everything) =>
  String(csv.render(sample, { width: 80, color: false, ascii: false, verbose: false }));
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

describe("the CSV report", () => {
  test("reads back as the findings, class after class, the worst first, and waived ones last", () => {
    const rows = rowsOf(render());
    expect(rows.map(({ id, waived }) => `${waived} ${id}`)).toEqual([
      "no open/agfeo/never-open-5060/in/internet/192.168.10.5",
      "no open/swyxware/unlisted-9999/in/vpn/10.20.0.10",
      "no blocked/swyxware/server-out-rtp/out/provider/10.20.0.10",
      "no anomaly/sip-alg/both/provider/10.20.0.10",
      "yes open/swyxware/unlisted-8443/in/internet/10.20.0.10",
    ]);
    for (const row of rows) {
      const finding = everything.findings.find(({ id }) => id === row.id);
      expect(row).toMatchObject({
        title: finding?.title,
        why: finding?.why,
        severity: finding?.severity,
        count: String(finding?.packets),
        peers: finding?.peers.join("; "),
        first_seen: finding?.firstSeen ?? "",
        waived_reason: finding?.waived?.reason ?? "",
        cited_statement: finding?.citation?.statement ?? "",
      });
    }
  });

  test("ends its records with CRLF and begins with the names of its columns", () => {
    const text = render(nothingRead);
    expect(text).toMatch(/^id,kind,severity,[a-z_,]+\r\n$/);
    expect(rowsOf(text)).toEqual([]);
  });
});

/** What is said of a flood from more addresses than are kept apart. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { siteFromFlags } from "../../cmd/site-options.ts";
import { FlowSelector } from "../../ingest/flow-selection.ts";
import { FlowTable } from "../../ingest/flows.ts";
import { LogRecord, TCP_SYN, VERDICT_DENY } from "../../ingest/record.ts";
import { prepareSite } from "../../rules/selection.ts";
import { judgeTraffic } from "../../rules/traffic.ts";
import { FORMAT, fill } from "../flows/records.ts";

const SITE = `site: Flooded
firewalls:
  - {name: fw, platform: pfsense, public: [198.51.100.5]}
deployments:
  - catalog: swyxware
    version: "13.10"
    hosts: {IpPbxSrv: 10.20.0.10}
`;

const folder = mkdtempSync(join(tmpdir(), "ringfence-flood-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** 200 Internet addresses, each of which knocks once at a port that nobody serves and once at SIP. */
function knocksOf(maxFlows: number) {
  const file = join(folder, "site.yaml");
  writeFileSync(file, SITE);
  const prepared = prepareSite(siteFromFlags({ site: file }), { sinceMs: null, untilMs: null });
  const table = new FlowTable(new FlowSelector(prepared.selection), maxFlows);
  const record = new LogRecord();
  for (let i = 0; i < 400; i++) {
    const isSip = i % 2 === 1;
    const source = `${20 + ((i >> 1) % 4)}.1.${i >> 3}.9`;
    const plain = {
      timeMs: Date.UTC(2026, 9, 5),
      verdict: VERDICT_DENY,
      outOfState: false,
      rule: "",
      bytes: 60,
    } as const;
    const ports = { sourcePort: 40_000, destinationPort: isSip ? 5060 : 7777 };
    const packet = { protocol: isSip ? 17 : 6, tcpFlags: isSip ? -1 : TCP_SYN, source, destination: "198.51.100.5" };
    table.add(fill(record, { ...plain, ...packet, ...ports }), FORMAT, 0, i + 1, i * 100);
  }
  return { level: table.foldLevel, scanners: judgeTraffic(prepared, table.flows()).scanners };
}

describe("a flood", () => {
  it.each([
    ["that fits", 1000, 0],
    ["folded into prefixes", 250, 3],
    ["of which nothing is left but its numbers", 3, 4],
  ])("%s is scanners, every packet of it", (_, maxFlows, level) => {
    const knocks = knocksOf(maxFlows);
    expect(knocks.level).toBe(level);
    expect(knocks.scanners.packets).toBe(400);
  });
});

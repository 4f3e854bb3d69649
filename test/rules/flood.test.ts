/** What is said of a flood from more addresses than are kept apart. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Policy } from "../../catalogs/catalog.ts";
import { siteFromFlags } from "../../cmd/site-options.ts";
import { FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { LogRecord, PHASE_END, TCP_SYN, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { CheckClaim } from "../../rules/check.ts";
import { sipFragmentDropped } from "../../rules/checks/sip-fragment-dropped.ts";
import { FindingCollector } from "../../rules/findings/finding.ts";
import { policiesOf } from "../../rules/findings/policy-scope.ts";
import { judgeTimeouts } from "../../rules/findings/policy-voice.ts";
import { prepareSite } from "../../rules/matching/selection.ts";
import type { Deployment } from "../../rules/site/site.ts";
import { judgeTraffic } from "../../rules/traffic/traffic.ts";
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

describe("a flood of inside addresses, as a worm or somebody who forges them makes it", () => {
  /** 300 private addresses, IPv4 and IPv6, that may not reach SIP, and one telephone of the site's that may not either. */
  function callersOf(maxFlows: number) {
    const site = siteFromFlags({ catalog: ["agfeo"], host: ["192.168.10.5", "2001:db8::5", "sip-devices=10.9.9.9"] });
    const prepared = prepareSite(site, { sinceMs: null, untilMs: null });
    const table = new FlowTable(new FlowSelector(prepared.selection), maxFlows);
    const record = new LogRecord();
    for (let i = 0; i < 301; i++) {
      const isV6 = i % 3 === 0;
      const forged = isV6 ? `fd${10 + (i % 7)}:${i}::1` : `10.${(i >> 2) % 11}.${i >> 2}.${9 + (i & 3)}`;
      fill(record, {
        timeMs: Date.UTC(2026, 9, 5),
        verdict: VERDICT_DENY,
        outOfState: false,
        rule: "",
        bytes: 60,
        protocol: 17,
        tcpFlags: -1,
        source: i === 300 ? "10.9.9.9" : forged,
        destination: isV6 && i !== 300 ? "2001:db8::5" : "192.168.10.5",
        sourcePort: 5060,
        destinationPort: 5060,
      });
      table.add(record, FORMAT, 0, i + 1, i * 100);
    }
    const { judged, scanners } = judgeTraffic(prepared, table.flows());
    return {
      level: table.foldLevel,
      packets: judged.reduce((sum, { flow }) => sum + flow.count, 0),
      zones: [...new Set(judged.map(({ peer }) => peer.zone))],
      peers: new Set(judged.map((one) => one.peerText)),
      scanners: scanners.packets,
    };
  }

  it.each([
    ["that fits", 1000, 0, "10.1.1.10"],
    ["folded into small prefixes", 50, 5, "10.1.1.0/24"],
    ["folded into wide ones", 15, 6, "10.1.0.0/16"],
  ])("%s keeps every packet, its zone, and the site's own telephone", (_, maxFlows, level, peer) => {
    const callers = callersOf(maxFlows);
    expect(callers).toMatchObject({ level, packets: 301, zones: ["internal"], scanners: 0 });
    expect(callers.peers).toContain(peer);
    expect(callers.peers).toContain("10.9.9.9");
  });
});

describe("more flows than a call takes arguments", () => {
  const callers = 130_000;

  /** As many Internet addresses that the system calls on SIP, with a long packet or in a session of some time. */
  function callsOf(isSession: boolean) {
    const site = siteFromFlags({ catalog: ["agfeo"], host: ["192.168.10.5"] });
    const prepared = prepareSite(site, { sinceMs: null, untilMs: null });
    const table = new FlowTable(new FlowSelector(prepared.selection));
    const record = new LogRecord();
    for (let i = 0; i < callers; i++) {
      fill(record, {
        timeMs: Date.UTC(2026, 9, 5),
        verdict: VERDICT_ALLOW,
        outOfState: false,
        rule: "",
        protocol: 17,
        tcpFlags: -1,
        source: "192.168.10.5",
        destination: `${60 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.9`,
        sourcePort: 5060,
        destinationPort: 5060,
        bytes: i === 7 ? 1411 : 1400,
      });
      if (isSession) {
        record.phase = PHASE_END;
        record.durationMs = i === 7 ? 45_000 : 90_000;
      }
      table.add(record, FORMAT, 0, i + 1, i * 100);
    }
    return judgeTraffic(prepared, table.flows());
  }

  it("do not keep a check from the longest SIP packet of all", () => {
    const claims = new Set<CheckClaim>();
    sipFragmentDropped.run(callsOf(false), (claim) => claims.add(claim));
    expect([...claims].map(({ why }) => why.text)).toEqual([expect.stringContaining("up to 1411 bytes")]);
  });

  it("do not keep a policy from the shortest session of all", () => {
    const traffic = callsOf(true);
    const [deployment] = traffic.site.deployments as [Deployment];
    const [timeouts] = policiesOf(deployment, "timeouts") as [Policy];
    const evidence = { firewalls: [], firstMs: Number.NaN, lastMs: Number.NaN, outsideWindow: 0 };
    const scene = { traffic, evidence, findings: new FindingCollector(), deployment, flows: traffic.judged };
    expect(judgeTimeouts(timeouts, scene).reason?.text).toContain("45 seconds");
  });
});

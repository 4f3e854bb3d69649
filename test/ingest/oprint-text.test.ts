import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-oprint-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As ulogd 2.0.8 writes it: the numeric addresses of IPv4 are turned round, those of IPv6 cut. */
function entry(prefix: string, keys: readonly string[]): string {
  const around = ["raw.mac=default", "raw.pkt=default", "raw.pktlen=58", "raw.pktcount=1", `oob.prefix=${prefix}`];
  const time = ["oob.time.sec=1783098630", "oob.time.usec=118004", "oob.ifindex_in=3", "oob.hook=1"];
  return ["===>PACKET BOUNDARY", ...around, ...time, ...keys].map((line) => `${line}\n`).join("");
}

const SIP = ["oob.family=2", "ip.saddr=9.100.51.198", "ip.daddr=10.2.0.192", "ip.protocol=17", "ip.tos=184"];
const NAMED = ["udp.sport=5060", "udp.dport=5061", "oob.in=wan0", "oob.out="];
const TEXTS = ["ip.saddr.str=198.51.100.9", "ip.daddr.str=192.0.2.10"];
const LATER = ["oob.family=10", "ip.saddr=184.13.1.32", "ip6.payloadlen=18", "ip6.nexthdr=17", "ip6.fragoff=1448"];
const TEXTS6 = ["ip.saddr.str=2001:db8:1::9", "ip.daddr.str=2001:db8:2::10"];
const FLOW = "===>PACKET BOUNDARY\norig.ip.saddr=9.100.51.198\norig.l4.sport=5060\nct.event=1\noob.family=2\n";

it("is read entry by entry", async () => {
  const file = join(folder, "oprint.log");
  const entries = [
    entry("a, b=c drop ", [...SIP, ...NAMED, ...TEXTS]),
    FLOW,
    entry("unturned ", [...SIP, ...NAMED]),
    entry("sip-accept ", [...LATER, ...TEXTS6]),
  ];
  writeFileSync(file, entries.join(""));
  const { documents, reports } = await readAll([file]);
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  const records = documents.map(({ source, destination, network, rule, ringfence, ...document }: any) => [
    document["@timestamp"],
    rule.name,
    ringfence.verdict,
    `${source.ip} ${source.port} > ${destination.ip} ${destination.port} ${network.transport} ${network.bytes}`,
    ringfence.fragment?.offset,
    ringfence.line,
  ]);
  expect(records).toEqual([
    ["2026-07-03T17:10:30.118004Z", "a, b=c drop", "deny", "198.51.100.9 5060 > 192.0.2.10 5061 udp 58", undefined, 1],
    [
      "2026-07-03T17:10:30.118004Z",
      "sip-accept",
      "allow",
      "2001:db8:1::9 undefined > 2001:db8:2::10 undefined udp 58",
      1448,
      46,
    ],
  ]);
  expect(reports[0]?.lines).toMatchObject({ read: 4, parsed: 2, foreign: 2, malformed: 0 });
});

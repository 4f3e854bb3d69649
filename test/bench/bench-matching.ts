/** Two million flows against all five catalogs at once: what matching them costs beside parsing and counting their lines. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listInputs } from "../../cmd/input-list.ts";
import { siteFromFlags } from "../../cmd/site-options.ts";
import { countFlows } from "../../ingest/flows/count.ts";
import { audit } from "../../rules/audit.ts";
import { prepareSite } from "../../rules/matching/selection.ts";
import { judgeTraffic } from "../../rules/traffic/traffic.ts";
import { folder } from "./lines.ts";
import { verdict } from "./table.ts";

/** One system of each vendor, and the phones of two of them. */
const SITE = `site: Every vendor
timezone: UTC
networks: {trunk: {cidr: 217.10.64.0/20, zone: provider}, branches: {cidr: 10.100.0.0/14, zone: vpn}}
firewalls: [{name: pf-bench, platform: pfsense, public: [198.51.100.5]}]
deployments:
  - {catalog: swyxware, version: "13.10", features: [fax, mobile, remote-connector], hosts: {IpPbxSrv: 10.20.0.10, phones: 10.21.0.0/24}}
  - {catalog: agfeo, hosts: {pbx: 10.20.0.20, phones: 10.22.0.0/24, provider: 217.10.64.10}}
  - {catalog: jtel, features: [redundant], hosts: {ACD-TEL: [10.20.0.30, 10.20.0.31], ACD-LB: 10.20.0.32, ACD-JB: 10.20.0.33}}
  - {catalog: pascom, deployment: onsite, features: [remote-devices], hosts: {server: 10.20.0.40}}
  - {catalog: pbxact, hosts: {pbx: 10.20.0.50}}
`;
const HOSTS = ["10", "20", "30", "31", "32", "33", "40", "50"].map((last) => `10.20.0.${last}`);
const PORTS = [5060, 5061, 443, 80, 22, 9094, 9100, 51_002, 30_010, 12_000, 5222, 3306, 65_002, 389, 8080, 4711];
/** In a network that the site names as its VPN, so that no flood folds them: every line is a flow of its own. */
const PEERS_PER_BLOCK = 250;

function* lines(count: number): Generator<string> {
  for (let serial = 0; serial < count; serial++) {
    const host = HOSTS[serial % HOSTS.length] as string;
    const port = PORTS[Math.floor(serial / HOSTS.length) % PORTS.length] as number;
    const peer = Math.floor(serial / (HOSTS.length * PORTS.length));
    const address = `10.${100 + (Math.floor(peer / (PEERS_PER_BLOCK * 256)) % 100)}.${Math.floor(peer / PEERS_PER_BLOCK) % 256}.${1 + (peer % PEERS_PER_BLOCK)}`;
    const action = serial % 7 === 0 ? "block" : "pass";
    const second = String(serial % 60).padStart(2, "0");
    const head = `Oct 12 10:00:${second} pf-bench filterlog[1]: 7,,,1000000${action === "pass" ? 104 : 103},igb1,match,${action},in,4,0x0,,64,1,0,DF`;
    yield serial % 2 === 0
      ? `${head},17,udp,200,${address},${host},40000,${port},180\n`
      : `${head},6,tcp,60,${address},${host},40000,${port},0,S,1,,64240,,mss\n`;
  }
}

export async function benchMatching(flows: number): Promise<void> {
  const siteFile = join(folder(), "every-vendor.yaml");
  const log = join(folder(), `flows-${flows}.log`);
  await pipeline(Readable.from([SITE]), createWriteStream(siteFile));
  await pipeline(Readable.from(lines(flows)), createWriteStream(log));
  const site = siteFromFlags({ site: siteFile });
  const prepared = prepareSite(site, { sinceMs: null, untilMs: null });
  const onUnreadable = (error: Error) => {
    throw error;
  };
  const inputs = await listInputs([log], Date.now(), onUnreadable);
  const started = processorMs();
  const { table, reports } = await countFlows({
    inputs,
    selection: prepared.selection,
    zone: site.timezone,
    only: null,
    stdin: Readable.from([]),
    threads: 1,
    onUnreadable,
  });
  const parsed = processorMs();
  const traffic = judgeTraffic(prepared, table.flows());
  const matched = processorMs();
  const { result } = audit({
    prepared,
    flows: table.flows(),
    activity: table.activity(),
    hostNames: table.hostNames.all(),
    inputs: reports.map(({ input, lines, samples, warnings }) => ({
      name: input.name,
      format: "pfsense",
      formats: ["pfsense"],
      lines,
      samples,
      warnings,
      sha256: null,
    })),
    folded: table.foldLevel > 0,
    toolVersion: "bench",
    nowMs: Date.now(),
  });
  const judged = processorMs();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  console.log(`\nmatching, ${table.size} flows against ${site.deployments.length} catalogs, one thread`);
  console.log(
    `  parse and count ${seconds(parsed - started)}, match ${seconds(matched - parsed)}, whole audit ${seconds(judged - matched)}: ${traffic.judged.length} judged, ${result.findings.length} findings`,
  );
  console.log(verdict("matching beside parsing", (matched - parsed) / (parsed - started), 1, " times", 2));
}

/** Of this process: other programs on the machine do not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

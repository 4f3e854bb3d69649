/**
 * The bundled example site: what the generator writes is what is committed, and the audit of it tells the story that its
 * logs were written for.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoCommand } from "../../cmd/demo.ts";
import { formats } from "../../ingest/formats.ts";
import { rankFormats } from "../../ingest/inputs/detect.ts";
import type { AuditResult, FindingKind, FindingResult, InputResult } from "../../rules/result.ts";
import { demoFiles, siteFolder } from "./generate.ts";

const LOGS = [
  { file: "fgt-60f.log", format: "fortigate", least: 850, most: 1100, malformed: 0 },
  { file: "linux-gw.log", format: "iptables", least: 850, most: 1100, malformed: 0 },
  { file: "pfsense-fw.log", format: "pfsense", least: 1900, most: 2400, malformed: 1 },
  { file: "swyx-server-pfirewall.log", format: "windows", least: 2000, most: 2600, malformed: 0 },
] as const;
const MOST_BYTES = 1_500_000;
const PBX = "192.168.10.5";
const SERVER = "10.20.0.10";

describe("generator", () => {
  const files = demoFiles();

  it("writes the files that are committed, byte for byte", () => {
    expect([...files.keys()].sort()).toEqual(readdirSync(siteFolder).sort());
    for (const [name, text] of files) {
      expect(readFileSync(join(siteFolder, name), "utf8") === text, `${name}: run npm run demo:generate`).toBe(true);
    }
  });

  it("gives the same bytes each time", () => {
    expect([...demoFiles()]).toEqual([...files]);
  });

  it("stays small enough to read and to ship", () => {
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(MOST_BYTES);
    const lines = LOGS.reduce((sum, { file }) => sum + lineCount(files.get(file)), 0);
    expect(lines).toBeGreaterThanOrEqual(6000);
  });

  it.each(LOGS)("writes $file within its range, recognisable as $format", ({ file, format, least, most }) => {
    const text = files.get(file) as string;
    expect(lineCount(text)).toBeGreaterThanOrEqual(least);
    expect(lineCount(text)).toBeLessThanOrEqual(most);
    const head = new TextEncoder().encode(text.slice(0, 65_536));
    expect(rankFormats(head, formats, false).ranked[0]?.id).toBe(format);
  });

  it("uses no public address outside the ranges for documentation", () => {
    const documentation = /^(192\.0\.2|198\.51\.100|203\.0\.113)\./;
    const elsewhere = /^(10|127|192\.168|224|0)\./;
    for (const [name, text] of files) {
      const addresses = new Set(text.match(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g));
      const odd = [...addresses].filter((address) => !documentation.test(address) && !elsewhere.test(address));
      expect(odd, name).toEqual([]);
    }
  });
});

describe("audit of the demo", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-demo-"));
  let result: AuditResult;

  beforeAll(async () => {
    const output = join(folder, "audit.json");
    expect(await demoCommand({ output: [output] })).toBe(0);
    result = JSON.parse(readFileSync(output, "utf8"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const found = (kind: FindingKind, catalog: string, subject: string): FindingResult[] =>
    result.findings.filter(
      (finding) => finding.kind === kind && finding.catalog === catalog && rests(finding, subject),
    );
  const stateOf = (catalog: string, id: string) =>
    result.requirements.find((one) => one.catalog === catalog && one.id === id)?.state;

  it.each(LOGS)("reads $file as $format", ({ file, format, malformed }) => {
    const input = result.evidence.inputs.find(({ name }) => basename(name) === file) as InputResult;
    expect(input.formats).toEqual([format]);
    expect(input.lines.malformed).toBe(malformed);
    expect(input.lines.read).toBe(lineCount(readFileSync(join(siteFolder, file), "utf8")));
    expect(input.warnings).toEqual([]);
  });

  it("covers the one week, on every machine and in every year", () => {
    expect(result.evidence.from).toMatch(/^2026-10-12T00:.*\+02:00$/);
    expect(result.evidence.to).toMatch(/^2026-10-18T23:.*\+02:00$/);
  });

  it("sees four firewalls that log both verdicts, and events that Windows lost", () => {
    const names = ["fgt-60f", "linux-gw", "pf-nord.muster.example", "swyx-server"];
    expect(result.evidence.firewalls.map(({ name }) => name)).toEqual(names);
    expect(result.evidence.firewalls.every(({ logsAllows, logsDenies }) => logsAllows && logsDenies)).toBe(true);
    expect(result.evidence.firewalls.map(({ lostEvents }) => lostEvents)).toEqual([0, 0, 0, 42]);
  });

  it("finds the AGFEO system's 5060 and 443 open to the Internet", () => {
    const [exposure, ...others] = found("open-but-unneeded", "agfeo", "never-open-5060-80-443");
    expect(others).toEqual([]);
    expect(exposure).toMatchObject({
      severity: "critical",
      host: PBX,
      direction: "in",
      peerZone: "internet",
      firewalls: ["pf-nord.muster.example"],
      rules: ["1791876077", "1791886101"],
      packets: 69,
    });
    expect(exposure?.ports).toEqual([
      [443, 443],
      [5060, 5060],
    ]);
    expect(exposure?.firstSeen).toMatch(/^2026-10-13T09/);
    expect(exposure?.lastSeen).toMatch(/^2026-10-16T/);
    expect(stateOfPolicy(result, "agfeo", "never-open-5060-80-443")).toBe("violated");
  });

  it("finds the phones' audio blocked for some hours", () => {
    const [audio] = found("blocked-but-required", "swyxware", "server-in-rtp");
    expect(audio).toMatchObject({ severity: "high", host: SERVER, firewalls: ["fgt-60f"] });
    expect(audio?.firstSeen?.slice(0, 10)).toBe("2026-10-14");
    expect(audio?.lastSeen?.slice(0, 10)).toBe("2026-10-14");
    expect(found("blocked-but-required", "swyxware", "yealink-in-rtp")).toHaveLength(1);
    expect(stateOf("swyxware", "server-in-rtp")).toBe("intermittent");
  });

  it("finds the upper floor cut off from the configuration service", () => {
    const [configuration] = found("blocked-but-required", "swyxware", "swyxit-out-cds");
    expect(configuration).toMatchObject({ severity: "high", host: SERVER, peerCount: 5, packets: 51 });
    expect(rests(configuration as FindingResult, "cds-in-config")).toBe(true);
    expect(stateOf("swyxware", "swyxit-out-cds")).toBe("intermittent");
  });

  it("finds the licence server out of reach", () => {
    const [licence] = found("blocked-but-required", "swyxware", "cds-out-licensing");
    expect(licence).toMatchObject({ severity: "high", firewalls: ["fgt-60f"] });
    expect(["blocked", "intermittent"]).toContain(stateOf("swyxware", "cds-out-licensing"));
  });

  it("finds the REST interface dropped by the server's own firewall", () => {
    const [rest] = found("blocked-but-required", "swyxware", "cds-in-rest-full");
    expect(rest).toMatchObject({ host: SERVER, firewalls: ["swyx-server"] });
  });

  it("finds both SIP helpers at work, and what they dropped", () => {
    const helpers = result.findings.filter(({ check }) => check === "sip-alg-active" || check === "sip-alg-drops");
    expect([...new Set(helpers.flatMap(({ firewalls }) => firewalls))].sort()).toEqual(["fgt-60f", "linux-gw"]);
    const drops = helpers.filter(({ check }) => check === "sip-alg-drops");
    expect(drops.length).toBeGreaterThan(0);
    expect(drops.every(({ kind, severity }) => kind === "inspection-anomaly" && severity === "high")).toBe(true);
  });

  it("takes packets without a session for what they are", () => {
    expect(result.findings.filter(({ check }) => check === "out-of-state-voice").length).toBeGreaterThan(0);
    expect(result.noise.outOfStateDenials.packets).toBeGreaterThan(250);
    expect(found("blocked-but-required", "agfeo", "pbx-in-asip")).toEqual([]);
    expect(found("blocked-but-required", "swyxware", "server-in-sip-tcp")).toEqual([]);
  });

  it("takes neither scanners nor the way a session ended for a refusal", () => {
    expect(result.noise.scannerDenials.sources).toBeGreaterThan(150);
    expect(stateOf("swyxware", "swyxit-out-ldap-tcp")).toBe("open");
    expect(stateOf("swyxware", "cds-in-provisioning")).toBe("open");
    expect(stateOf("swyxware", "swyxit-out-sip-tcp")).toBe("open");
  });

  it("leaves alone what is open because the vendor wants it", () => {
    const open = result.findings.filter(({ kind }) => kind === "open-but-unneeded");
    expect(open.filter(({ ports }) => ports.some(([low]) => low === 16_203 || low === 9101))).toEqual([]);
    expect(stateOf("swyxware", "rc-in-tunnel")).toBe("open");
    expect(stateOf("swyxware", "cds-in-rest-auth")).toBe("open");
  });

  it.each([
    ["swyxware", "server-in-sip-udp"],
    ["swyxware", "swyxit-out-sip-tcp"],
    ["swyxware", "linkmanager-out-remote-sip-udp"],
    ["swyxware", "linkmanager-out-rtp"],
    ["swyxware", "yealink-out-ldaps"],
    ["swyxware", "server-out-phone-whitelist"],
    ["agfeo", "pbx-out-sip-udp"],
    ["agfeo", "pbx-in-sip"],
    ["agfeo", "pbx-in-asip"],
    ["agfeo", "pbx-in-csta"],
    ["agfeo", "pbx-in-https"],
    ["agfeo", "pbx-out-dns-udp"],
    ["agfeo", "pbx-rtp-es-7xx-plus"],
    ["agfeo", "cloud-licence"],
    ["agfeo", "cloud-remote"],
  ])("shows %s %s open", (catalog, id) => {
    expect(stateOf(catalog, id)).toBe("open");
  });

  describe("judgement", () => {
    it("calls no scanner's packet blocked but required", () => {
      expect(found("blocked-but-required", "swyxware", "android-ext-out-tunnel")).toEqual([]);
    });
    it("does not judge a packet to the branch's address for the system at headquarters", () => {
      const atBranch = result.findings.filter(({ firewalls }) => firewalls.includes("pf-nord.muster.example"));
      expect(atBranch.filter(({ catalog }) => catalog === "swyxware")).toEqual([]);
    });
    it("counts each scanner's packet once", () => {
      expect(result.noise.scannerDenials.packets).toBeLessThanOrEqual(800);
    });
    it("sees what the AGFEO system sends to the provider and to time servers", () => {
      expect(stateOf("agfeo", "pbx-rtp-es-7xx-plus-provider")).toBe("open");
      expect(stateOf("agfeo", "pbx-out-ntp-udp")).toBe("open");
    });
    it("calls blocked what one of two firewalls in a row denies", () => {
      expect(stateOf("swyxware", "cds-out-licensing")).toBe("blocked");
    });
    it("names the server, not its vendor's, as the host that is cut off", () => {
      const [licence] = found("blocked-but-required", "swyxware", "cds-out-licensing");
      expect(licence).toMatchObject({ host: SERVER, direction: "out" });
    });
    it("takes no DNS question for audio", () => {
      expect(stateOf("swyxware", "conference-out-rtp")).toBe("not-seen");
    });
    it("blames no SIP helper on a system that it never saw", () => {
      expect(stateOfPolicy(result, "agfeo", "sip-alg-off")).not.toBe("violated");
    });
  });

  it("shows the line behind each finding", () => {
    for (const finding of result.findings) {
      expect(finding.examples.length, finding.id).toBeGreaterThan(0);
      for (const { text } of finding.examples) expect(text, finding.id).not.toBeNull();
    }
  });
});

function lineCount(text: string | undefined): number {
  return (text ?? "").split("\n").length - 1;
}

/** Whether the finding rests on this requirement, policy or check, be it beside another. */
function rests(finding: FindingResult, subject: string): boolean {
  const { requirement, policy, check, alsoRequiredBy } = finding;
  return [requirement, policy, check, ...alsoRequiredBy].includes(subject);
}

function stateOfPolicy(result: AuditResult, catalog: string, id: string): string | undefined {
  return result.policies.find((one) => one.catalog === catalog && one.id === id)?.state;
}

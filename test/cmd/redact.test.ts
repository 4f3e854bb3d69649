import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { redact } from "../../cmd/redact.ts";
import { reportFormats } from "../../reports/formats.ts";
import { localise } from "../../rules/messages/localise.ts";
import schema from "../../rules/result.schema.json" with { type: "json" };
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { auditDemo } from "../readme/demo-result.ts";
import { hostileText, withStrings } from "../reports/hostile.ts";
import { everything, nothingRead, samples } from "../reports/samples.ts";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
const problems = (value: unknown) =>
  validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

/** A result with the given example lines of one finding. */
function withLines(lines: readonly string[], change: (result: AuditResult) => void = () => {}): AuditResult {
  const result = structuredClone(everything);
  const [finding] = result.findings;
  if (!finding) throw new Error("the sample has no finding");
  finding.examples = lines.map((text, index) => ({ input: "logs/fgt.log", line: index + 1, offset: index, text }));
  change(result);
  return result;
}

/** Numbers count from 1: nothing but the line holds anything to redact. */
function redactedLine(line: string): string {
  const [finding] = withLines([line]).findings;
  const bare = { id: "x", title: "t", why: "w", host: "10.0.0.1", peers: [], firewalls: [], remediation: [] };
  const result = { ...nothingRead, findings: [{ ...(finding as FindingResult), ...bare }] };
  return redact(result).findings[0]?.examples[0]?.text ?? "";
}

describe("redacted log lines", () => {
  it.each<[string, string, string]>([
    [
      "pfSense with a header",
      "Oct  5 10:00:00 gw-office filterlog[9]: 4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,9.8.7.6,192.168.10.5,5080,5060,420",
      "Oct  5 10:00:00 host-1 filterlog[9]: 4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,public-1,192.168.10.5,5080,5060,420",
    ],
    [
      "FortiGate with people",
      'date=2026-10-12 devname="box-hq" devid="FGT60FTK20042317" user="erika.m" group="vertrieb" srcip=9.8.7.6 dstip=10.20.0.10 action="permit" vd="root" from="sip:203@voip.example.org" to="sip:+4930123456@10.20.0.10" status="N/A"',
      'date=2026-10-12 devname="host-1" devid="serial-1" user="user-1" group="name-1" srcip=public-1 dstip=10.20.0.10 action="permit" vd="root" from="sip:user-2@host-2" to="sip:user-3@10.20.0.10" status="N/A"',
    ],
    [
      "netfilter with hardware addresses",
      "2026-10-12T09:46:08.142065+02:00 gw kernel: [1.0] DROP IN=eth0 OUT= MAC=00:11:22:33:44:55:66:77:88:99:aa:bb:08:00 SRC=9.8.7.6 DST=2A00:1450:4001:0000:0000:0000:0000:200E LEN=40",
      "2026-10-12T09:46:08.142065+02:00 gw kernel: [1.0] DROP IN=eth0 OUT= MAC=mac-1 SRC=public-1 DST=public-2 LEN=40",
    ],
    [
      "a journal entry with a line inside",
      '{"_HOSTNAME":"edge-7","MESSAGE":"DROP IN=eth0 SRC=9.8.7.6 DST=10.0.0.1","_MACHINE_ID":"abc123","PRIORITY":"4"}',
      '{"_HOSTNAME":"host-1","MESSAGE":"DROP IN=eth0 SRC=public-1 DST=10.0.0.1","_MACHINE_ID":"name-1","PRIORITY":"4"}',
    ],
    [
      "a Windows event",
      "<Computer>srv1.corp.example</Computer><Data Name='SubjectUserName'>erika</Data><Data Name='Application'>\\device\\disk\\users\\erika\\a.exe</Data>",
      '<Computer>host-1</Computer><Data Name="SubjectUserName">user-1</Data><Data Name="Application">\\device\\disk\\users\\user-1\\host-2</Data>',
    ],
    [
      "IPv6 with a port and a zone",
      "from [2001:db8::1]:5060 and fe80::1%eth0, 10:00:00",
      "from [public-1]:5060 and fe80::1%eth0, 10:00:00",
    ],
    ["a mapped address", "a 9.8.7.6 b ::ffff:9.8.7.6 c", "a public-1 b public-1 c"],
    ["an account of a domain", 'user="CORP\\\\erika" x', 'user="name-1\\\\user-1" x'],
  ])("%s", (_, line, wanted) => expect(redactedLine(line)).toBe(wanted));
});

describe("a redacted result", () => {
  it.each(Object.entries(samples))("of %s still follows the schema", (_, sample) => {
    expect(problems(redact(sample))).toEqual([]);
  });

  it("leaves the given result alone", () => {
    const before = JSON.stringify(everything);
    redact(everything);
    expect(JSON.stringify(everything)).toBe(before);
  });

  it("says that it is redacted", () => {
    expect(redact(nothingRead).evidence.limits.join()).toMatch(/Redacted for sharing/);
  });

  it("keeps ids of findings apart and in step with hosts", () => {
    const redacted = redact(everything);
    const ids = new Set(everything.findings.map(({ id }) => id));
    expect(new Set(redacted.findings.map(({ id }) => id)).size).toBe(ids.size);
    everything.findings.forEach((finding, index) => {
      const host = redacted.findings[index]?.host ?? "";
      if (finding.id.endsWith(finding.host)) expect(redacted.findings[index]?.id.endsWith(host)).toBe(true);
    });
  });

  it("names inputs, firewalls and requirements in step", () => {
    const { findings, evidence, requirements } = redact(everything);
    const inputs = new Set(evidence.inputs.map(({ name }) => name));
    const firewalls = new Set(evidence.firewalls.map(({ name }) => name));
    const rows = new Set(requirements.map(({ id }) => id));
    const given = everything.findings;
    findings.forEach((finding, index) => {
      for (const name of finding.firewalls) expect(firewalls).toContain(name);
      if (given[index]?.requirement && everything.requirements.some(({ id }) => id === given[index]?.requirement))
        expect(rows).toContain(finding.requirement);
      for (const [at, { input }] of finding.examples.entries())
        if (everything.evidence.inputs.some(({ name }) => name === given[index]?.examples[at]?.input))
          expect(inputs).toContain(input);
    });
  });

  it("survives hostile texts everywhere", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const result = withStrings(everything, (text) => `${text}${hostile}` || "x");
        expect(() => redact(result)).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });

  it("takes its time only once: a line of a megabyte is done in seconds", () => {
    for (const unit of ["a", "1", ":", "a:", "1.", "a.", "@", 'a="', "sip:", "a-"]) {
      const started = performance.now();
      redactedLine(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - started, unit).toBeLessThan(10_000);
    }
  });
});

const octet = fc.integer({ min: 0, max: 255 });
const publicAddress = fc
  .tuple(fc.integer({ min: 1, max: 223 }), octet, octet, octet)
  .filter(([a, b]) => ![10, 127].includes(a) && !(a === 192 && b === 168) && !(a === 169 && b === 254))
  .filter(([a, b]) => !(a === 172 && b >= 16 && b < 32) && !(a === 100 && b >= 64 && b < 128))
  .map((octets) => octets.join("."));
const publicAddress6 = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 7, maxLength: 7 })
  .map((groups) => ["2a00", ...groups.map((group) => group.toString(16))].join(":"));
/** No part of it is a word of ours, of the samples or of log lines. */
const name = fc.stringMatching(/^[qxz][a-z]{3,8}[qxz][0-9]?$/);

describe("no original token survives", () => {
  it("wherever it stands, and the same token gets the same stand-in", () => {
    fc.assert(
      fc.property(
        fc.record({
          addresses: fc.uniqueArray(fc.oneof(publicAddress, publicAddress6), { minLength: 2, maxLength: 4 }),
          names: fc.uniqueArray(name, { minLength: 6, maxLength: 6 }),
          serial: fc.stringMatching(/^FGT60F[A-Z]{2}[0-9]{8}$/),
        }),
        ({ addresses, names, serial }) => {
          const [user, host, site, firewall, owner, file] = names as [string, string, string, string, string, string];
          const [a, b] = addresses as [string, string];
          const lines = [
            `Oct  5 10:00:00 ${firewall} filterlog[9]: 4,,,1,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,${a},${b},5080,5060,420`,
            `date=2026-10-12 devname="${firewall}" devid="${serial}" user="${user}" srcname=${host} srcip=${a} dstip=${b} from="sip:${user}@${a}" msg="login of ${user} at ${host}.example"`,
            `"${user}@${host}.example.org" wrote to ${a}, ${b}; [${b}]`,
          ];
          const result = withLines(lines, (sample) => {
            sample.site.name = `${site} GmbH`;
            sample.evidence.limits.push(`${site}-gmbh/${file}.log was read; ${a}/32 too`);
            sample.evidence.firewalls.push({
              ...(sample.evidence.firewalls[0] as never as object),
              name: firewall,
            } as never);
            sample.evidence.inputs.push({
              ...(sample.evidence.inputs[0] as never as object),
              name: `${file}.log`,
            } as never);
            sample.waivers.push({
              finding: `open/agfeo/*/${a}`,
              cidr: `${b}/32`,
              reason: `${owner} says so`,
              owner,
              expires: "2027-01-01",
              state: "orphaned",
              matched: 0,
            });
            const [first] = sample.findings;
            if (first) {
              first.peers = [a, b];
              first.host = a;
              first.id = `open/agfeo/x/in/internet/${a}`;
              first.title = `${a} of ${firewall} is reachable`;
            }
          });
          const redacted = redact(result);
          expect(problems(redacted)).toEqual([]);
          const text = JSON.stringify(redacted).toLowerCase();
          for (const token of [...addresses.slice(0, 2), ...names, serial]) {
            const at = text.search(
              new RegExp(`(?<![a-z0-9.:])${token.toLowerCase().replaceAll(".", "\\.")}(?![a-z0-9:]|\\.[0-9])`),
            );
            expect(at < 0 ? "" : text.slice(Math.max(0, at - 40), at + 60), token).toBe("");
          }
          const [finding] = redacted.findings;
          const [standInA, standInB] = finding?.peers ?? [];
          expect(standInA).toMatch(/^public-\d+$/);
          expect(standInB).not.toBe(standInA);
          expect(finding?.host).toBe(standInA);
          expect(finding?.id).toBe(`open/agfeo/x/in/internet/${standInA}`);
          expect(finding?.examples[0]?.text).toContain(`,${standInA},${standInB},`);
          expect(finding?.examples[1]?.text).toContain(`srcip=${standInA} dstip=${standInB}`);
          expect(redacted.waivers.at(-1)).toMatchObject({
            finding: `open/agfeo/*/${standInA}`,
            cidr: `${standInB}/32`,
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it("never makes a stand-in that the original has already", () => {
    expect(redactedLine("SRC=9.8.7.6 DST=8.8.8.8 public-1 host-1")).toBe("SRC=public-2 DST=public-3 public-1 host-1");
  });
});

describe("the demo", () => {
  it("has nothing of its own left in any format, in either language", async () => {
    const result = await auditDemo();
    const text = JSON.stringify(result);
    const lines = result.findings.flatMap(({ examples }) => examples.map((example) => example.text ?? "")).join("\n");
    const marks = new Set([
      ...[...text.matchAll(/(?<![\d.])(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+/g)].map(([address]) => address),
      ...[...lines.matchAll(/\b(?:devid|callid|call_id|mac|MAC)="?([^\s"]+)/g)].map(([, value]) => value as string),
      ...[...lines.matchAll(/sips?:([a-z][\w.]{3,})@/g)].map(([, user]) => user as string),
      ...result.evidence.firewalls.map(({ name }) => name),
      "Muster",
    ]);
    expect(marks.size).toBeGreaterThan(30);
    const redacted = redact(result);
    for (const one of [redacted, localise(redacted, "de")]) {
      for (const { id, load } of reportFormats.filter((format) => format.id !== "pdf")) {
        const shown = await (await load()).render(one, { width: 200, color: false, ascii: false, verbose: true });
        for (const mark of marks) {
          const at = new RegExp(`(?<![\\w.:-])${mark.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?!\\w)`, "i").exec(
            String(shown),
          );
          expect(at && String(shown).slice(at.index - 40, at.index + 40), `${mark} in ${id}`).toBeNull();
        }
      }
    }
  });
});

describe("the built command", () => {
  const main = fileURLToPath(new URL("../../dist/cmd/main.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "ringfence-redact-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const LOG = [
    "Oct  5 10:00:00 gw-sparta filterlog[9]: 70,,,1694000001,igb0,match,pass,in,4,0x0,,57,2,0,DF,17,udp,440,203.0.113.78,192.168.10.5,5081,5060,420",
    "Oct  5 10:00:01 gw-sparta sshd[9]: Accepted password for leonidas from 203.0.113.78",
    "",
  ].join("\n");
  const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd: folder });

  it.each(["audit", "report"])("%s --redact in every format, with the same status", (command) => {
    writeFileSync(join(folder, "sparta.log"), LOG);
    const audit = ["audit", "sparta.log", "--catalog", "agfeo", "--host", "192.168.10.5"];
    run(...audit, "-o", "audit.json");
    const base = command === "audit" ? audit : ["report", "audit.json"];
    const files = ["r.json", "r.html", "r.md", "r.csv", "r.txt", "r.xml", "r.sarif", "r.ocsf.json"];
    const { status, stderr } = run(...base, "--redact", "--fail-on", "high", ...files.flatMap((one) => ["-o", one]));
    expect([status, stderr]).toEqual([1, ""]);
    for (const one of files) {
      const text = readFileSync(join(folder, one), "utf8");
      for (const token of ["sparta", "leonidas", "203.0.113"])
        expect(text.includes(token), `${token} in ${one}`).toBe(false);
      expect(text, one).toContain("192.168.10.5");
    }
    expect(readFileSync(join(folder, "r.html"), "utf8")).toContain("Redacted for sharing");
    expect(run("report", "r.json").status).toBe(0);
  });
});

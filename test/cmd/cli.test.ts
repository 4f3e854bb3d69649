import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import schema from "../../rules/result.schema.json" with { type: "json" };

const main = fileURLToPath(new URL("../../dist/cmd/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ringfence-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = [
  "Oct  5 10:00:00 fw01 filterlog[9]: 4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,203.0.113.77,192.168.10.5,5080,5060,420",
  "Oct  5 10:00:01 fw01 filterlog[9]: 70,,,1694000001,igb0,match,pass,in,4,0x0,,57,2,0,DF,17,udp,440,203.0.113.78,192.168.10.5,5081,5060,420",
  "",
].join("\n");
const AGFEO = ["--catalog", "agfeo", "--host", "192.168.10.5"];

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ringfence(args: readonly string[], input?: string) {
  const run = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    cwd: folder,
    ...(input === undefined ? {} : { input }),
  });
  expect(run.stderr).not.toMatch(/^\s+at .*\.(js|ts):\d+/m);
  return run;
}

const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255);
const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...noise]);

describe("--lang", () => {
  it("says an audit in German, and a German one in English again", () => {
    const log = file("language.log", GOOD);
    const english = ringfence(["audit", log, ...AGFEO, "-o", "en.json", "-o", "en.md"]);
    expect(english.status).toBe(0);
    expect(ringfence(["report", "en.json", "--lang", "de", "-o", "de.json", "-o", "de.md"]).status).toBe(0);
    expect(ringfence(["audit", log, ...AGFEO, "--lang", "de", "-o", "direct.md"]).status).toBe(0);
    expect(ringfence(["report", "de.json", "--lang", "en", "-o", "back.md"]).status).toBe(0);
    const [en, de, direct, back] = ["en.md", "de.md", "direct.md", "back.md"].map((name) =>
      readFileSync(join(folder, name), "utf8"),
    );
    expect(de).toContain("ist aus dem Internet auf udp 5060 erreichbar, was der Hersteller untersagt");
    expect(direct).toBe(de);
    expect(back).toBe(en);
  });

  it("takes no other language", () => {
    const run = ringfence(["demo", "--lang", "fr"]);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/fr.*en, de/);
  });
});

describe("nonsense input ends in a message and the right status", () => {
  it.each<[string, string | Uint8Array, number, RegExp]>([
    ["empty", "", 3, /is empty/],
    ["binary", noise, 3, /no log|binary|known log format/],
    ["picture", picture, 3, /picture/],
    ["another program's log", "hello\nworld\n", 3, /no line of a known log format/],
    ["a truncated gzip", gzipSync(GOOD).subarray(0, 60), 3, /ends too early/],
    ["half a gzip of a good log", gzipSync(Buffer.from(GOOD.repeat(400))).subarray(0, 400), 0, /ends too early/],
  ])("%s", (name, content, status, message) => {
    const run = ringfence(["audit", file(name.replaceAll(" ", "-"), content), ...AGFEO]);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(status);
  });

  it("a line of 10 MB beside good ones, which still count", () => {
    const path = file("huge.log", `${"x".repeat(10_000_000)}\n${GOOD}`);
    const { status, stdout } = ringfence(["audit", path, ...AGFEO, "--json"]);
    const { evidence, findings } = JSON.parse(stdout);
    expect({
      status,
      lines: evidence.inputs[0].lines,
      severities: findings.map(({ severity }: { severity: string }) => severity),
    }).toEqual({
      status: 0,
      lines: { read: 3, parsed: 2, foreign: 0, malformed: 1, structure: 0, outsideWindow: 0 },
      severities: ["critical"],
    });
  });

  it("a missing file beside a good one, which still counts", () => {
    const run = ringfence(["audit", file("good.log", GOOD), join(folder, "missing.log"), ...AGFEO, "--json"]);
    expect(run.status).toBe(3);
    expect(run.stderr).toMatch(/missing\.log: no such file or folder/);
    expect(JSON.parse(run.stdout).findings).toHaveLength(1);
  });
});

describe("exit status", () => {
  const good = file("status.log", GOOD);
  it.each<[string[], number]>([
    [["audit", good, ...AGFEO], 0],
    [["audit", good, ...AGFEO, "--fail-on", "critical"], 1],
    [["audit", good, ...AGFEO, "--fail-on", "critical", "--format", "json"], 1],
    [["audit", good, ...AGFEO, "--fail-on", "nonsense"], 2],
    [["audit", good], 2],
    [["audit", good, "--catalog", "agfeo"], 2],
    [["audit", good, "--catalog", "nope", "--host", "192.0.2.1"], 2],
    [["audit", good, "--catalog", "agfeo", "--host", "not-an-address"], 2],
    [["audit", good, ...AGFEO, "--since", "yesterday"], 2],
    [["audit", good, ...AGFEO, "--tz", "Mars/Olympus"], 2],
    [["audit", good, ...AGFEO, "--format", "nope"], 2],
    [["audit", good, ...AGFEO, "-o", "result.nope"], 2],
    [["audit", good, ...AGFEO, "-o", "nowhere/result.json"], 2],
    [["audit", good, ...AGFEO, "--format", "csv", "--format", "md"], 2],
    [["audit", good, ...AGFEO, "--format", "pdf"], 2],
    [["audit", good, ...AGFEO, "--only", "open-but-unneded"], 2],
    [["audit", good, ...AGFEO, "--skip", "swyxware"], 2],
    [["audit", good, ...AGFEO, "--only", "open-but-unneeded", "--skip", "blocked/*", "--skip", "agfeo"], 0],
    [["frobnicate"], 2],
    [["audit"], 2],
    [["--help"], 0],
    [["--version"], 0],
    [["audit", "--help"], 0],
    [["parse", good], 0],
    [["parse", join(folder, "none.log")], 3],
    [["report", good], 3],
    [["catalogs", "list"], 0],
    [["catalogs", "show", "swyxware", "--json"], 0],
    [["catalogs", "show", "nope"], 2],
    [["checks", "list"], 0],
    [["checks", "explain", "sip-alg-active"], 0],
    [["checks", "explain", "nope"], 2],
    [["formats"], 0],
    [["formats", "fortigate"], 0],
    [["formats", "nope"], 2],
    [["demo", "--fail-on", "critical"], 1],
  ])("%j: %i", (args, status) => {
    expect(ringfence(args).status).toBe(status);
  });
});

// A device that is always full; only Linux has it.
describe.runIf(existsSync("/dev/full"))("a full disk", () => {
  const good = file("full.log", GOOD);
  const writeTo = (args: readonly string[], ends: { stdout?: string; stderr?: string }) => {
    const [stdout, stderr] = [ends.stdout, ends.stderr].map((path) => (path ? openSync(path, "w") : "pipe"));
    return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", stdio: ["ignore", stdout, stderr] });
  };

  it.each([["audit", good, ...AGFEO, "--fail-on", "info"], ["parse", good], ["formats"], ["--help"]])(
    "under standard output is an error of its own: %s",
    (...args) => {
      const run = writeTo(args, { stdout: "/dev/full" });
      expect(run.stderr).toContain("ringfence: standard output: cannot be written (ENOSPC)");
      expect(run.stderr).not.toMatch(/^\s+at /m);
      expect(run.status).toBe(2);
    },
  );

  it("under standard error changes no status", () => {
    expect(writeTo(["audit", join(folder, "none.log"), ...AGFEO], { stderr: "/dev/full" }).status).toBe(3);
  });
});

describe("site file errors say where", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      "an unknown key",
      "site: x\ncolour: red\ndeployments: [{catalog: agfeo, hosts: {pbx: 10.0.0.1}}]\n",
      /site\.yaml:2:1: unknown key "colour"/,
    ],
    [
      "a duplicate key",
      "site: x\nsite: y\ndeployments: [{catalog: agfeo, hosts: {pbx: 10.0.0.1}}]\n",
      /site\.yaml:2:1: duplicate key/,
    ],
    [
      "an unknown role",
      "site: x\ndeployments:\n  - catalog: agfeo\n    hosts: {nope: 10.0.0.1}\n",
      /site\.yaml:4:\d+: unknown role "nope"/,
    ],
    [
      "a bad address",
      "site: x\ndeployments:\n  - catalog: agfeo\n    hosts: {pbx: [10.0.0.300]}\n",
      /site\.yaml:4:\d+: "10\.0\.0\.300" is no address/,
    ],
    [
      "a bad zone",
      "site: x\ntimezone: Mars/Olympus\ndeployments: [{catalog: agfeo, hosts: {pbx: 10.0.0.1}}]\n",
      /site\.yaml:2:\d+: unknown time zone/,
    ],
    [
      "a forward in step beyond the last port",
      'site: x\nfirewalls: [{name: fw, platform: pfsense, forwards: ["tcp 198.51.100.5:60000-60010 -> 10.0.0.1:65530"]}]\ndeployments: [{catalog: agfeo, hosts: {pbx: 10.0.0.1}}]\n',
      /site\.yaml:2:\d+: "tcp .*" is no forward/,
    ],
    [
      "an umlaut that is no UTF-8",
      Buffer.from("# a\nsite: M\xfcller\ndeployments: [{catalog: agfeo, hosts: {pbx: 10.0.0.1}}]\n", "latin1"),
      /site\.yaml:2:8: is no text in UTF-8: save it as UTF-8/,
    ],
    ["no YAML", "site: [\n", /site\.yaml:\d+:\d+: no valid YAML/],
    ["a log", GOOD.repeat(5000), /site\.yaml: too long for a site file: 1 MB; logs are named without a flag/],
  ])("%s", (_title, text, message) => {
    const run = ringfence(["audit", file("good2.log", GOOD), "--site", file("site.yaml", text)]);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(2);
  });
});

describe("results", () => {
  const good = file("results.log", GOOD);
  const findings = (stdout: string) =>
    JSON.parse(stdout).findings.map(({ examples, ...rest }: { examples: unknown }) => rest);

  it("go to standard output, and validate against the published schema", () => {
    const { stdout, stderr } = ringfence(["audit", good, ...AGFEO, "--json"]);
    expect(stderr).toBe("");
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    expect(validate(JSON.parse(stdout)) || validate.errors).toBe(true);
  });

  it("are the same split over files, in any order, compressed, and piped", () => {
    const [first, second] = GOOD.trim().split("\n") as [string, string];
    mkdirSync(join(folder, "split"));
    file("split/b.log", `${first}\n`);
    file("split/a.log", `${second}\n`);
    const whole = findings(ringfence(["audit", good, ...AGFEO, "--json"]).stdout);
    expect(findings(ringfence(["audit", "split", ...AGFEO, "--json"]).stdout)).toEqual(whole);
    expect(findings(ringfence(["audit", "split/*.log", ...AGFEO, "--json"]).stdout)).toEqual(whole);
    expect(findings(ringfence(["audit", file("z.gz", gzipSync(GOOD)), ...AGFEO, "--json"]).stdout)).toEqual(whole);
    expect(findings(ringfence(["audit", file("r.log", `${second}\n${first}\n`), ...AGFEO, "--json"]).stdout)).toEqual(
      whole,
    );
    expect(findings(ringfence(["audit", "-", ...AGFEO, "--json"], GOOD).stdout)).toEqual(whole);
  });

  it("can be saved and rendered again", () => {
    const both = ringfence(["audit", good, ...AGFEO, "-o", "saved.json", "-o", "saved.txt", "-o", "-"]);
    expect(both).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Firewall audit of /) });
    expect(ringfence(["report", "saved.json"]).stdout).toMatch(/CRITICAL/);
    expect(ringfence(["report", "saved.json", "--fail-on", "high"]).status).toBe(1);
  });

  it("tell the inputs' hashes, piped ones' too, and the catalog's", () => {
    const sha256 = createHash("sha256").update(GOOD).digest("hex");
    for (const [args, input] of [[["audit", good]], [["audit", "-"], GOOD]] as [string[], string?][]) {
      const { evidence, deployments } = JSON.parse(ringfence([...args, ...AGFEO, "--json"], input).stdout);
      expect(evidence.inputs[0].sha256).toBe(sha256);
      expect(deployments[0].catalogSha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("saved before a field was added are completed", () => {
    const saved = JSON.parse(ringfence(["audit", good, ...AGFEO, "--json"]).stdout);
    delete saved.evidence.inputs[0].sha256;
    delete saved.undeclaredHosts;
    delete saved.deployments[0].catalogSha256;
    const { stdout, status } = ringfence(["report", file("older.json", `\ufeff${JSON.stringify(saved)}`), "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).evidence.inputs[0].sha256).toBeNull();
  });

  it.each<[string, (saved: ReturnType<typeof JSON.parse>) => unknown, RegExp]>([
    ["no JSON", () => "{", /is no JSON \(.*\)\n {2}save one with/],
    ["no audit", () => [1, 2], /is no audit of ringfence\n/],
    ["of another version", (saved) => ({ ...saved, schemaVersion: "2" }), /schemaVersion "2", and .* reads "1"/],
    [
      "spoilt, with each place",
      (saved) => {
        saved.findings[0].severity = "bad";
        saved.evidence.surprise = 1;
        delete saved.findings[0].title;
        saved.findings[0].examples[0].offset = "x";
        return saved;
      },
      /: is no valid audit:\n {2}evidence: has "surprise", which is unknown\n {2}findings\[0\]: lacks title\n {2}findings\[0\]\.severity: is "bad", not one of critical, high, medium, low, info\n {2}findings\[0\]\.examples\[0\]\.offset: is "x": must be integer\n$/,
    ],
  ])("are refused where they are %s", (_, spoil, message) => {
    const saved = JSON.parse(ringfence(["audit", good, ...AGFEO, "--json"]).stdout);
    const spoilt = spoil(saved);
    const run = ringfence([
      "report",
      file("spoilt.json", typeof spoilt === "string" ? spoilt : JSON.stringify(spoilt)),
    ]);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(3);
  });

  it("neither colour nor control bytes reach a pipe", () => {
    const hostile = GOOD.replace("fw01", "fw\u001b[31m01");
    const { stdout } = ringfence(["audit", file("hostile.log", hostile), ...AGFEO]);
    expect([...stdout].some((character) => character < " " && character !== "\n")).toBe(false);
  });
});

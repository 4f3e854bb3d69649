import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { FleetOverview } from "../../cmd/fleet/overview.ts";
import {
  ALPHA,
  BETA,
  type Customer,
  entryOf,
  filesOf,
  GAMMA,
  logOf,
  marksOf,
  redPixel,
  ringfence,
  writeCustomer,
  writeFleet,
} from "./customers.ts";

const made: string[] = [];
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringfence-fleet-test-"));
  made.push(folder);
  writeCustomer(folder, ALPHA, logOf(ALPHA, [5060]));
  writeCustomer(folder, BETA, logOf(BETA, [5060]));
  writeCustomer(folder, GAMMA, logOf(GAMMA, [3389, 5900]));
});
afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true, force: true });
});

const all = [ALPHA, BETA, GAMMA];
const reports = () => join(folder, "reports");
const fleet = (...args: string[]) => ringfence(["fleet", "fleet.yaml", ...args], folder);
const overview = () => JSON.parse(readFileSync(join(reports(), "overview.json"), "utf8")) as FleetOverview;
const rowOf = (customer: Customer) => overview().customers.find(({ slug }) => slug === customer.slug);
const runsOf = (customer: Customer) => readdirSync(join(reports(), customer.slug)).sort();

describe("three customers", () => {
  it("each reads its own language, and the next run compares with either", () => {
    writeFleet(folder, [entryOf(ALPHA, "    language: de\n"), entryOf(BETA)], "formats: [html]\n");
    expect(fleet().status).toBe(0);
    expect(fleet().status).toBe(0);
    for (const [customer, language, history] of [
      [ALPHA, "de", "Seit dem letzten Audit"],
      [BETA, "en", "Since the last audit"],
    ] as const) {
      const html = readFileSync(
        join(reports(), customer.slug, runsOf(customer).at(-1) as string, "report.html"),
        "utf8",
      );
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain(history);
    }
  });

  it("are shown in the fleet file's language, and read their own or that one", () => {
    writeFleet(folder, [entryOf(ALPHA), entryOf(BETA, "    language: en\n")], "formats: [html]\nlanguage: de\n");
    const run = fleet();
    expect(run.stdout).toMatch(/2 von 2 Kunden geprüft/);
    expect(run.stdout).toMatch(/^KUNDE +STATUS +KRITISCH/m);
    const html = readFileSync(join(reports(), "overview.html"), "utf8");
    expect(html).toMatch(/<html lang="de">[\s\S]*Kundenübersicht[\s\S]*erreichbar, was der Hersteller untersagt/);
    expect(overview()).toMatchObject({ language: "de" });
    const page = (one: Customer) =>
      readFileSync(join(reports(), one.slug, runsOf(one)[0] as string, "report.html"), "utf8");
    expect([page(ALPHA), page(BETA)].map((text) => /lang="(..)"/.exec(text)?.[1])).toEqual(["de", "en"]);
    expect(page(BETA)).toContain("What to do first");
  });

  it("each gets a folder with its own reports and nothing of the others, also with several at once", () => {
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
      "formats: [html, md, csv, sarif, pdf]\n",
    );
    const run = fleet("--jobs", "3");
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.status).toBe(0);
    const files = filesOf(reports());
    const names = ["audit.json", "report.csv", "report.html", "report.md", "report.pdf", "report.sarif"];
    for (const customer of all) {
      const [day] = runsOf(customer);
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const own = [...files].filter(([path]) => path.startsWith(`${customer.slug}/`));
      expect(own.map(([path]) => path).sort()).toEqual(names.map((name) => `${customer.slug}/${day}/${name}`));
      const html = own.find(([path]) => path.endsWith(".html"))?.[1].toString() ?? "";
      for (const mark of marksOf(customer)) expect(html).toContain(mark);
      const strangers = all.filter((one) => one !== customer).flatMap(marksOf);
      for (const [path, content] of own) {
        for (const mark of strangers) expect(content.includes(mark), `${mark} in ${path}`).toBe(false);
      }
    }
  });

  it("are listed worst first, in text, HTML and JSON, with names made harmless", () => {
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    const { stdout } = fleet();
    expect(overview().customers.map(({ name, findings }) => [name, findings?.critical, findings?.low])).toEqual([
      [ALPHA.name, 1, 0],
      [BETA.name, 1, 0],
      [GAMMA.name, 0, 2],
    ]);
    expect(stdout).toMatch(/3 of 3 customers audited\n[\s\S]*Alpha[^\n]*\n[^\n]*Beta[^\n]*\n[^\n]*Gamma/);
    const html = readFileSync(join(reports(), "overview.html"), "utf8");
    expect(html).not.toContain("<b>");
    for (const [, target] of html.matchAll(/href="([^"#]+)"/g))
      expect(existsSync(join(reports(), decodeURIComponent(target as string))), target).toBe(true);
  });

  it("a second run compares with the first by itself, and overwrites nothing", () => {
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    fleet();
    const first = filesOf(join(reports(), ALPHA.slug));
    writeCustomer(folder, ALPHA, logOf(ALPHA, [5060, 17000]));
    writeCustomer(folder, GAMMA, logOf(GAMMA, [5900]));
    expect(fleet().status).toBe(0);
    const [day, again] = runsOf(ALPHA);
    expect(again).toBe(`${day}-2`);
    for (const [path, content] of first)
      expect(readFileSync(join(reports(), ALPHA.slug, path)).equals(content)).toBe(true);
    expect(rowOf(ALPHA)?.changes).toEqual({ new: 1, gone: 0, notSeenAgain: 0 });
    expect(rowOf(BETA)?.changes).toEqual({ new: 0, gone: 0, notSeenAgain: 0 });
    expect(rowOf(GAMMA)?.changes).toMatchObject({ new: 0, gone: 1 });
    expect(overview().customers[0]?.name).toBe(ALPHA.name);
    fleet();
    expect(rowOf(ALPHA)?.changes).toEqual({ new: 0, gone: 0, notSeenAgain: 0 });
  });

  it("baseline: none compares with nothing, a path with that audit", () => {
    writeFleet(folder, [entryOf(ALPHA)]);
    fleet();
    const saved = join("reports", ALPHA.slug, runsOf(ALPHA)[0] as string, "audit.json");
    writeFleet(folder, [entryOf(ALPHA, "    baseline: none\n"), entryOf(BETA, `    baseline: ${saved}\n`)]);
    fleet();
    expect([rowOf(ALPHA)?.changes, rowOf(BETA)?.changes?.new]).toEqual([null, 1]);
  });

  it("since and until limit what is read", () => {
    writeCustomer(folder, ALPHA, logOf(ALPHA, [5060], 5) + logOf(ALPHA, [17000], 7));
    const now = new Date();
    const year = now.getFullYear() - (now < new Date(now.getFullYear(), 9, 9) ? 1 : 0);
    writeFleet(folder, [entryOf(ALPHA, `    since: ${year}-10-06\n`), entryOf(BETA)]);
    fleet();
    const row = rowOf(ALPHA);
    expect([row?.status, row?.findings?.critical, row?.findings?.high]).toEqual(["done", 0, 1]);
  });

  it("a window without lines is no report without findings", () => {
    writeFleet(folder, [entryOf(ALPHA, "    since: 2099-01-01\n"), entryOf(BETA)]);
    expect(fleet().status).toBe(3);
    expect(rowOf(ALPHA)).toMatchObject({
      status: "failed",
      messages: ["Nothing could be judged: no log line lies in the chosen window."],
    });
  });

  it("a phone system that no line names is said beside its findings", () => {
    writeCustomer(folder, ALPHA, logOf({ ...ALPHA, host: "192.168.11.6" }, [5060]));
    writeFleet(folder, [entryOf(ALPHA), entryOf(BETA)]);
    expect(fleet().status).toBe(0);
    const notes = ["no log line names a host of agfeo: wrong addresses, or logs of another firewall"];
    expect([rowOf(ALPHA)?.messages, rowOf(BETA)?.messages]).toEqual([notes, []]);
    expect(fleet("--resume").stderr).toContain("done already");
    expect(rowOf(ALPHA)?.messages).toEqual(notes);
  });
});

describe("a broken customer stops no other", () => {
  const broken: [string, () => void, RegExp][] = [
    ["its log is missing", () => rmSync(join(folder, BETA.slug, "fw.log")), /no such file/],
    ["its log is none", () => writeFileSync(join(folder, BETA.slug, "fw.log"), "hello\nworld\n"), /no line/],
    ["its site file is missing", () => rmSync(join(folder, BETA.slug, "site.yaml")), /no such site file/],
    [
      "its site file is wrong",
      () => writeFileSync(join(folder, BETA.slug, "site.yaml"), "site: x\nfoo: 1\ndeployments: []\n"),
      /site\.yaml:2:1: unknown key/,
    ],
  ];
  it.each(broken)("%s", (_, spoil, message) => {
    spoil();
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    const run = fleet("--fail-on", "critical");
    expect(run.status).toBe(3);
    expect(run.stdout).toMatch(/2 of 3 customers audited, 1 FAILED/);
    expect(run.stdout).toMatch(message);
    expect(overview().customers.map(({ slug, status }) => [slug, status])).toEqual([
      [BETA.slug, "failed"],
      [ALPHA.slug, "done"],
      [GAMMA.slug, "done"],
    ]);
    expect(existsSync(join(reports(), BETA.slug, runsOf(ALPHA)[0] as string))).toBe(false);
    expect(readFileSync(join(reports(), "overview.html"), "utf8")).toMatch(/Failed in this run/);
  });

  it.each([
    ["aborts", "process.abort()"],
    ["throws", "throw new TypeError('mark of a bug')"],
    ["exits", "process.exit(0)"],
    ["is killed", "process.kill(process.pid, 'SIGKILL')"],
  ])("its process %s", (_, deed) => {
    const hook = join(folder, "crash.mjs");
    writeFileSync(
      hook,
      `process.on("message", (task) => { if (task.customer.slug === "${BETA.slug}") { ${deed}; } });`,
    );
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    const run = ringfence(["fleet", "fleet.yaml"], folder, { NODE_OPTIONS: `--import ${pathToFileURL(hook)}` });
    expect(run.status).toBe(3);
    expect(rowOf(BETA)?.messages.join()).toMatch(/ended unexpectedly/);
    expect([rowOf(ALPHA)?.status, rowOf(GAMMA)?.status]).toEqual(["done", "done"]);
  });

  it("its process hangs, and is stopped", () => {
    const hook = join(folder, "hang.mjs");
    writeFileSync(hook, 'process.on("message", () => { for (;;); });');
    writeFleet(folder, [entryOf(BETA)]);
    const run = ringfence(["fleet", "fleet.yaml", "--timeout", "0.02"], folder, {
      NODE_OPTIONS: `--import ${pathToFileURL(hook)}`,
    });
    expect(run.status).toBe(3);
    expect(rowOf(BETA)?.messages).toEqual(["was stopped after 0.02 minutes; --timeout allows more"]);
  });

  it("one missing input beside a good one: a report, and status 3", () => {
    writeFleet(folder, [entryOf(ALPHA).replace("fw.log]", "fw.log, nope.log]"), entryOf(GAMMA)]);
    expect(fleet().status).toBe(3);
    expect(rowOf(ALPHA)).toMatchObject({ status: "incomplete", findings: { critical: 1 } });
    expect(rowOf(ALPHA)?.messages.join()).toMatch(/nope\.log/);
  });

  it("a previous audit that is broken is said, and the audit done", () => {
    writeFleet(folder, [entryOf(ALPHA)]);
    fleet();
    writeFileSync(join(reports(), ALPHA.slug, runsOf(ALPHA)[0] as string, "audit.json"), "{");
    expect(fleet().status).toBe(0);
    expect(rowOf(ALPHA)).toMatchObject({ status: "done", changes: null });
    expect(rowOf(ALPHA)?.messages.join()).toMatch(/no comparison with the run of/);
  });

  it("an output that cannot be written", () => {
    writeFileSync(join(folder, "reports"), "a file");
    writeFleet(folder, [entryOf(ALPHA)]);
    const run = fleet();
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/output .*reports: cannot be written/)]);
  });
});

describe("flags", () => {
  it("--fail-on: 1 where a customer has such a finding", () => {
    writeFleet(folder, [entryOf(GAMMA)]);
    expect([fleet("--fail-on", "medium").status, fleet("--fail-on", "low").status]).toEqual([0, 1]);
  });

  it("--only audits one and shows the others as they were", () => {
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    fleet();
    expect(fleet("--only", "gamma").status).toBe(0);
    expect([runsOf(ALPHA).length, runsOf(GAMMA).length]).toEqual([1, 2]);
    expect(rowOf(ALPHA)).toMatchObject({ status: "not-run", findings: { critical: 1 } });
    expect(rowOf(GAMMA)?.status).toBe("done");
    const unknown = fleet("--only", "Delta");
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringMatching(/no customer Delta; known: Alpha/)]);
  });

  it("--resume skips what is done, and repeats what failed or changed", () => {
    rmSync(join(folder, BETA.slug, "fw.log"));
    writeFleet(
      folder,
      all.map((one) => entryOf(one)),
    );
    expect(fleet().status).toBe(3);
    const before = filesOf(join(reports(), ALPHA.slug));
    writeCustomer(folder, BETA, logOf(BETA, [5060]));
    // GAMMA's log gets a line more: its customer is due again.
    writeCustomer(folder, GAMMA, logOf(GAMMA, [3389, 5900, 8888]));
    const run = fleet("--resume");
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/done already in run [^:]*: 1 of /);
    expect(run.stderr).not.toMatch(/Alpha.*: done/);
    expect(run.stderr).toMatch(/Beta.*: done/);
    expect(run.stderr).toMatch(/Gamma: done/);
    expect(all.map((one) => runsOf(one).length)).toEqual([1, 1, 1]);
    expect(filesOf(join(reports(), ALPHA.slug))).toEqual(before);
    expect(rowOf(GAMMA)?.findings?.low).toBe(3);
    expect(fleet("--resume").stderr).toMatch(/done already in run [^:]*: 3 of 3 customers/);
    utimesSync(join(folder, ALPHA.slug, "fw.log"), 1_790_000_000, 1_790_000_000);
    expect(fleet("--resume").stderr).toMatch(/Alpha.*: done/);
  });

  it("--resume repeats what rests on a catalog of one's own that has changed", () => {
    const own = join(folder, "catalogs", "agfeo");
    cpSync(fileURLToPath(new URL("../../catalogs/agfeo", import.meta.url)), own, { recursive: true });
    writeFleet(folder, [entryOf(ALPHA)]);
    const resumed = () => fleet("--resume", "--catalog-dir", "catalogs").stderr;
    expect(resumed()).toMatch(/Alpha.*: done/);
    expect(resumed()).toMatch(/done already in run [^:]*: 1 of /);
    appendFileSync(join(own, "catalog.yaml"), "# looked through\n");
    expect(resumed()).toMatch(/Alpha.*: done/);
  });

  it.each([
    ["--jobs", "0"],
    ["--jobs", "x"],
    ["--jobs", "1.5"],
    ["--timeout", "0"],
    ["--timeout", "x"],
    ["--timeout", "99999"],
  ])("%s %s is refused", (flag, value) => {
    writeFleet(folder, [entryOf(ALPHA)]);
    expect(fleet(flag, value).status).toBe(2);
  });
});

describe("branding", () => {
  it("stands in the HTML and PDF of its customer, escaped for HTML and for CSS", () => {
    const footer = `</style><script>alert(1)</script> "; } body { display: none } \\ 'x'`;
    writeFileSync(join(folder, "logo.png"), redPixel());
    const brand = `    logo: logo.png\n    colours: {primary: "#12ab34", accent: "#56CD78"}\n`;
    const entry = entryOf(ALPHA, brand).replace(/footer: .*/, `footer: ${JSON.stringify(footer)}`);
    writeFleet(folder, [entry, entryOf(BETA)], "formats: [html, pdf]\n");
    expect(fleet().status).toBe(0);
    const page = (one: Customer) =>
      readFileSync(join(reports(), one.slug, runsOf(one)[0] as string, "report.html"), "utf8");
    const html = page(ALPHA);
    expect(html).toContain(`<img src="data:image/png;base64,${redPixel().toString("base64")}" alt="">`);
    expect(html).toContain("img-src data:");
    expect(html).toContain("#12ab34");
    expect(html).toContain("#56CD78");
    expect(html).not.toContain("<script>alert");
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
    const content = /@bottom-left\{content:("[^"]*")/.exec(style)?.[1] ?? "";
    expect(content).toMatch(/^"[\p{L}\p{N} .,:()\\-]*"$/u);
    expect(
      content.slice(1, -1).replace(/\\([\da-f]+) /g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16))),
    ).toBe(footer);
    expect(page(BETA)).not.toContain("<img");
    const file = readFileSync(join(reports(), ALPHA.slug, runsOf(ALPHA)[0] as string, "report.pdf"));
    expect(file.subarray(0, 5).toString()).toBe("%PDF-");
    expect(file.includes("/Subtype /Image")).toBe(true);
  });

  it("says where the PDF goes without the logo", () => {
    writeFileSync(join(folder, "logo.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFleet(folder, [entryOf(ALPHA, "    logo: logo.svg\n")], "formats: [pdf]\n");
    expect(fleet().status).toBe(0);
    expect(rowOf(ALPHA)?.messages.join()).toMatch(/logo logo\.svg: its PDF is without it/);
  });

  it.each([
    ["no picture", Buffer.from("hello"), /is no PNG/],
    ["too big", Buffer.alloc(600_000), /at most 512 KB/],
  ])("a logo that is %s fails its customer only", (_, content, message) => {
    writeFileSync(join(folder, "logo.png"), content);
    writeFleet(folder, [entryOf(ALPHA, "    logo: logo.png\n"), entryOf(BETA)]);
    expect(fleet().status).toBe(3);
    expect(rowOf(ALPHA)?.messages.join()).toMatch(message);
    expect(rowOf(BETA)?.status).toBe("done");
  });
});

it("says when a file is read for several customers", () => {
  writeFleet(folder, [
    entryOf(ALPHA),
    entryOf(BETA).replace(`[${BETA.slug}/fw.log]`, `[${BETA.slug}/fw.log, ${ALPHA.slug}/fw.log]`),
  ]);
  expect(fleet().stdout).toMatch(/warning: .*fw\.log is read for several customers: Alpha.*, Beta/);
});

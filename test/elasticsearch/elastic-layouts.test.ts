import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { askFor } from "./ask.ts";
import {
  ELASTIC_MAPPINGS,
  filebeatFortinetDocument,
  fortigateDocument,
  iptablesDocument,
  pfsenseDocument,
  windowsDocument,
  winlogEvent,
} from "./elastic-documents.ts";
import { demoLogs, demoSite, documentsAt, type Run, resultOf, ringfence } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").at(-1) as SharedServer;
const prefix = `${inject("indexPrefix")}-layouts`;
const site = ["--site", demoSite, "--json"];
const logOf = (name: string) => demoLogs.find((file) => file.includes(name)) as string;
const linesOf = (file: string) => readFileSync(file, "utf8").split(/\r?\n/);

/** What an engineer acts on. */
function actionable(result: AuditResult, lost: readonly (keyof FindingResult)[]) {
  const findings = result.findings.map((finding) => {
    const { examples, remediation, ...rest } = finding;
    for (const key of lost) delete (rest as Partial<FindingResult>)[key];
    return { ...rest, examples: examples.length > 0 };
  });
  const { requirements, policies, noise, evidence } = result;
  return {
    findings,
    requirements,
    policies,
    noise,
    firewalls: evidence.firewalls,
    from: evidence.from,
    to: evidence.to,
  };
}

describe.skipIf(server === undefined)("Documents of Elastic's integrations", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-layouts-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Stores the documents under the name, and returns what audits them. */
  async function store(
    name: string,
    documents: readonly object[],
    mappings: object = ELASTIC_MAPPINGS,
  ): Promise<string[]> {
    const index = `${prefix}-${name}`;
    await askFor(server, "PUT", `/${index}`, { mappings, settings: { number_of_replicas: 0 } });
    const lines = documents.map((document) => `{"create":{}}\n${JSON.stringify(document)}\n`);
    await askFor(server, "POST", `/${index}/_bulk?refresh=true`, lines.join(""));
    return documentsAt(server, index);
  }

  const audit = (...args: string[]): Promise<Run> => ringfence(["audit", ...args, ...site], server.environment);

  const documentsOf = (file: string, make: (line: string) => object | null) =>
    linesOf(file).flatMap((line) => make(line) ?? []);

  // What the pipelines drop, by the fields of findings where it shows.
  test.each<[string, string, (line: string) => object | null, (keyof FindingResult)[]]>([
    // Services and applications in lower case, and the messages of engines as full text: neither shows in findings.
    ["fortinet_fortigate.log", "fgt-60f", fortigateDocument, []],
    ["filebeat.fortinet", "fgt-60f", filebeatFortinetDocument, []],
    // The rule's anchor, which no finding names where there is a tracker.
    ["pfsense.log", "pfsense", pfsenseDocument, []],
    // The log prefix, by which files tell netfilter rules apart; and what the SIP helper complained of.
    ["iptables.log", "linux-gw", iptablesDocument, ["rules", "why"]],
  ])("%s: the same as from the log", async (name, log, make, lost) => {
    const fromFile = resultOf(await audit(logOf(log)));
    const run = await audit(...(await store(name, documentsOf(logOf(log), make))));
    expect(run.stderr).toBe("");
    expect(actionable(resultOf(run), lost)).toEqual(actionable(fromFile, lost));
    const unreadable = (result: AuditResult) => result.evidence.inputs[0]?.lines.malformed;
    expect(unreadable(resultOf(run))).toBe(unreadable(fromFile));
    expect(fromFile.findings.length).toBeGreaterThan(0);
  });

  test.each<[string, (line: string) => object | null]>([
    ["system.security", windowsDocument],
    // Without an ingest pipeline: addresses and ports are words of the event's own fields.
    ["winlogbeat.raw", winlogEvent],
  ])("%s: the same as from exported events", async (name, make) => {
    const events = documentsOf(logOf("swyx-server"), winlogEvent);
    const file = join(folder, "security.json");
    writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const fromFile = resultOf(await audit(file));
    const run = await audit(...(await store(name, documentsOf(logOf("swyx-server"), make))));
    expect(run.stderr).toBe("");
    expect(actionable(resultOf(run), [])).toEqual(actionable(fromFile, []));
    expect(fromFile.evidence.firewalls[0]?.allowed).toBeGreaterThan(1000);
  });

  test("all of them at once, beside documents of other programs", async () => {
    await store("other.log", [{ "@timestamp": "2026-10-13T08:00:00Z", message: "something else" }]);
    const all = ["fortinet_fortigate", "pfsense", "iptables", "system", "other"].map((name) => `${prefix}-${name}.*`);
    const result = resultOf(await audit(...documentsAt(server, all.join(","))));
    expect(result.evidence.firewalls.map(({ name }) => name)).toEqual([
      "fgt-60f",
      "linux-gw",
      "pf-nord.muster.example",
      "swyx-server",
    ]);
    expect(result.evidence.inputs[0]?.lines.foreign).toBeGreaterThan(10);
  });

  test("documents of somebody's own making, by the site file; addresses and ports as words", async () => {
    const flat = documentsOf(logOf("pfsense"), pfsenseDocument).flatMap((document) => {
      const { source, destination, event, network, observer, rule, pfsense } = document as Record<
        string,
        Record<string, string>
      >;
      if (event?.provider !== "filterlog" || source === undefined) return [];
      const device = observer as unknown as { name: string; ingress: { interface: { name: string } } };
      return {
        when: (document as Record<string, string>)["@timestamp"],
        src: source.ip,
        sport: source.port === undefined ? undefined : String(source.port),
        dst: destination?.ip,
        dport: destination?.port === undefined ? undefined : String(destination.port),
        proto: network?.iana_number,
        act: event.action?.toUpperCase(),
        flags: (pfsense?.tcp as unknown as { flags: string } | undefined)?.flags,
        fw: device.name,
        nic: device.ingress.interface.name,
        rule: rule?.id,
      };
    });
    const mappings = {
      dynamic_templates: [{ all: { match_mapping_type: "string", mapping: { type: "keyword" } } }],
      properties: { when: { type: "date" } },
    };
    const own = await store("pfelk-own", flat, mappings);
    const mapped = join(folder, "site.yaml");
    const fields =
      "{time: when, source_ip: src, source_port: sport, destination_ip: dst, destination_port: dport, protocol: proto, action: act, tcp_flags: flags, observer: fw, ingress: nic, rule_id: rule}";
    writeFileSync(
      mapped,
      `${readFileSync(demoSite, "utf8")}\nelasticsearch:\n  mapping:\n    platform: pfsense\n    fields: ${fields}\n`,
    );
    const shown = (result: AuditResult) =>
      result.findings.map(({ id, severity, packets, peers, rules }) => ({ id, severity, packets, peers, rules }));
    for (const window of [[], ["--since", "2026-10-13T06:00", "--until", "2026-10-15T18:30"]]) {
      const run = await ringfence(["audit", ...own, "--site", mapped, "--json", ...window], server.environment);
      expect(run.stderr).toBe("");
      expect(shown(resultOf(run))).toEqual(shown(resultOf(await audit(logOf("pfsense"), ...window))));
    }
  });
});

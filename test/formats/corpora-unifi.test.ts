import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, NO_VERDICT } from "../../ingest/format.ts";
import { unifi } from "../../ingest/formats/unifi.ts";
import { LogRecord } from "../../ingest/record.ts";
import { Agreement } from "./agreement.ts";

const folder = join(import.meta.dirname, "../../../shared/corpora/crowdsec-hub/unifi-cef");

/** CrowdSec's words for fields, and ours. */
const PATHS: Record<string, string> = {
  timestamp: "@timestamp",
  action: "event.action",
  source_ip: "source.ip",
  source_port: "source.port",
  destination_ip: "destination.ip",
  destination_port: "destination.port",
  protocol: "network.transport",
  application: "network.application",
  direction: "network.direction",
  device_interface: "observer.ingress.interface.name",
  host: "observer.name",
  policy_name: "rule.name",
  ips_signature: "event.reason",
  ips_signature_id: "rule.id",
  ips_session_id: "ringfence.session_id",
};
const SAME_WORDS: Record<string, string> = { incoming: "inbound", outgoing: "outbound" };
const WHY_HOST =
  "theirs is the name in the event, ours the one in the syslog header, which the gateway's other lines carry";

describe.skipIf(!existsSync(folder))("CrowdSec's UniFi corpus (skipped where ../shared/corpora is absent)", () => {
  it("agrees with CrowdSec's UniFi parser", () => {
    const record = new LogRecord();
    const parse = unifi.open({ clock: new DeviceClock("UTC", Date.parse("2026-11-21T00:00:00Z")) });
    const lines = readFileSync(join(folder, "cef-logs.log"), "utf8").split("\n").filter(Boolean);
    const read = (line: string) => {
      const bytes = new TextEncoder().encode(line);
      const status = parse(bytes, 0, bytes.length, record);
      return { status, document: ecsDocument(record, { line: 1, format: "unifi" }) };
    };
    expect(lines.map((line) => read(line).status)).toEqual([FOREIGN, NO_VERDICT, NO_VERDICT]);
    const agreement = new Agreement("crowdsec-hub/unifi-cef: CrowdSec's parser");
    const seen = new Set<string>();
    const asserted = readFileSync(join(folder, "parser.assert"), "utf8");
    for (const [, index, name, theirs] of asserted.matchAll(
      /\["s01-parse"\].*?\[(\d+)\]\.Evt\.Meta\["(\w+)"\] == "(.*)"$/gm,
    )) {
      const path = PATHS[name as string];
      const { status, document } = read(lines[Number(index)] as string);
      if (!path || status === FOREIGN || seen.has(`${index} ${name}`)) continue;
      seen.add(`${index} ${name}`);
      // biome-ignore lint/suspicious/noExplicitAny: documents are compared by path
      const ours = path.split(".").reduce((value: any, key) => value?.[key], document);
      const expected = SAME_WORDS[theirs as string] ?? (theirs as string);
      const isSame = String(ours).toLowerCase() === expected.toLowerCase();
      if (!isSame) expect(`${path}: ${ours}`).toMatch(/^observer\.name: \S+$/);
      agreement.take(path, isSame ? null : WHY_HOST);
    }
    expect(agreement.compared).toBeGreaterThan(20);
    agreement.expectAsWritten();
  });
});

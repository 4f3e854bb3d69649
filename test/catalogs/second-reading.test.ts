/**
 * The vendors' documents read a second time, row by row, and the reading frozen: one line a printed requirement, and
 * the statements that forbid or restrict. A changed catalog fails here until somebody has read the document again.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Catalog, PortSet } from "../../catalogs/catalog.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";

const CATALOGS = join(import.meta.dirname, "..", "..", "catalogs");
const READINGS = join(import.meta.dirname, "second-reading");

/** Statements with consequences, as `kind transport ports`. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  agfeo: [
    "vpn-only any any",
    "timeouts - any",
    "disable-alg - any",
    "forbid-exposure any 5060;80;443",
    "qos udp any",
    "qos udp any",
    "qos - any",
    "qos - any",
    "qos udp any",
    "qos udp 5204-5523",
    "restrict-source udp 5064-5127",
    "restrict-source tcp 1024-65535",
  ],
  jtel: [],
  pascom: [],
  pbxact: ["allow-outbound any any", "disable-inspection any any"],
  swyxware: [],
};
const CONSEQUENTIAL = [
  "allow-outbound",
  "disable-alg",
  "disable-inspection",
  "forbid-exposure",
  "qos",
  "restrict-source",
  "timeouts",
  "vpn-only",
];

function load(id: string): Catalog {
  const { catalog } = loadCatalog(join(CATALOGS, id));
  if (!catalog) throw new Error(`catalog ${id} does not load`);
  return catalog;
}

function text(ports: PortSet): string {
  if (typeof ports === "string") return ports;
  return ports.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(";");
}

describe.each(listCatalogIds(CATALOGS))("%s", (id) => {
  const catalog = load(id);

  test("every row is as it was read the second time", () => {
    const reading = parse(readFileSync(join(READINGS, `${id}.csv`), "utf8"), { columns: true });
    const rows = catalog.requirements.map((row) => ({
      id: row.id,
      section: row.section,
      component: row.component,
      direction: row.direction,
      transport: row.transport,
      local_ports: text(row.localPorts),
      remote: row.remote,
      remote_ports: text(row.remotePorts),
      scope: row.scope,
      strength: row.strength,
      uncertain: row.uncertain ? "yes" : "",
    }));
    expect(rows).toEqual(reading);
  });

  test("every statement with consequences is as it was read the second time", () => {
    const statements = catalog.policies
      .filter(({ kind }) => CONSEQUENTIAL.includes(kind))
      .map(({ kind, transport, ports }) => `${kind} ${transport ?? "-"} ${ports.length > 0 ? text(ports) : "any"}`);
    expect(statements).toEqual(STATEMENTS[id]);
  });
});

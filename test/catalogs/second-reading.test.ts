/**
 * The vendors' documents read a second time, row by row, and the reading frozen: one line a printed requirement, and
 * one a statement that is no row. A changed catalog fails here until somebody has read the document again.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Catalog, PortSet } from "../../catalogs/catalog.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";

const CATALOGS = join(import.meta.dirname, "..", "..", "catalogs");
const READINGS = join(import.meta.dirname, "second-reading");

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
    expect(rows).toEqual(readingOf(`${id}.csv`));
  });

  test("every statement is as it was read the second time", () => {
    const statements = catalog.policies.map(({ id, section, kind, transport, ports }) => ({
      id,
      section,
      kind,
      transport: transport ?? "",
      ports: text(ports),
    }));
    expect(statements).toEqual(readingOf(`${id}.statements.csv`));
  });
});

function readingOf(file: string): unknown {
  return parse(readFileSync(join(READINGS, file), "utf8"), { columns: true });
}

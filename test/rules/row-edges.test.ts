/**
 * Every row of every vendor's list at the edges of its ports: just inside it must fit, just outside it must not, nor from
 * a stranger to its parties, nor over the other transport; and from the Internet only where the vendor says so. Ports and
 * parties are those of the second reading (test/catalogs/second-reading), so a row that grows wider fails here too.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { evaluateCondition, parseCondition } from "../../catalogs/condition.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { addressFromText } from "../../ingest/address.ts";
import { isPlausiblePort } from "../../rules/matching/application-ports.ts";
import { matchRows } from "../../rules/matching/match.ts";
import { prepareSite } from "../../rules/matching/selection.ts";
import { isMediaApplication } from "../../rules/matching/voice-applications.ts";
import type { Zone } from "../../rules/result.ts";
import type { Site } from "../../rules/site/site.ts";
import { shortSite } from "../../rules/site/site-file.ts";

const CATALOGS = join(import.meta.dirname, "..", "..", "catalogs");
const READINGS = join(import.meta.dirname, "..", "catalogs", "second-reading");

interface Reading {
  id: string;
  component: string;
  direction: "in" | "out" | "both" | "mutual";
  transport: "tcp" | "udp";
  local_ports: string;
  remote: string;
  remote_ports: string;
  scope: "wan" | "lan";
}

const OWN = "10.1.0.10";
const OTHER_OWN = "10.1.0.11";
const PEER = "10.1.0.20";
const INSIDE = "10.1.0.99";
const OUTSIDE = "203.0.113.7";
const VERSIONS = ["11.0", "12.10", "13.0"];

function load(id: string) {
  const loaded = loadCatalog(join(CATALOGS, id));
  const { catalog } = loaded;
  if (!catalog) throw new Error(`catalog ${id} does not load`);
  return { ...loaded, catalog };
}

function readings(id: string): Reading[] {
  return parse(readFileSync(join(READINGS, `${id}.csv`), "utf8"), { columns: true });
}

type Catalog = ReturnType<typeof load>["catalog"];

/** The plain roles that a name stands for; none for host names and words. */
function rolesOf({ components, roles }: Catalog, name: string): string[] {
  const roleId = components.find(({ id }) => id === name)?.role ?? name;
  const role = roles.find(({ id }) => id === roleId);
  if (!role) return [];
  return role.members.length > 0 ? role.members : [role.id];
}

/** A site at which the row applies, with its parties bound to addresses of their own. */
function siteFor(id: string, loaded: ReturnType<typeof load>, row: Reading): Site {
  const { catalog } = loaded;
  const [own] = rolesOf(catalog, row.component);
  const main = catalog.roles.find((role) => role.main)?.id as string;
  const peers = rolesOf(catalog, row.remote).filter((role) => role !== own);
  const hosts: Record<string, string[]> = {
    [main]: ["10.1.0.200"],
    ...Object.fromEntries(peers.map((role) => [role, [PEER]])),
    [own as string]: [OWN, OTHER_OWN],
  };
  const { site, problems } = shortSite([{ catalog: id, hosts, ...variantFor(catalog, row.id) }], {
    defaultTimezone: "UTC",
    isKnownZone: () => true,
    findCatalog: () => loaded,
    catalogIds: [id],
  });
  if (!site) throw new Error(problems.join("\n"));
  return site;
}

/** The first variant of the product for which the row's condition holds. */
function variantFor(catalog: Catalog, rowId: string): { features: string[]; version?: string; deployment?: string } {
  const { when } = catalog.requirements.find(({ id }) => id === rowId) as Catalog["requirements"][number];
  const named = catalog.features.map(({ id }) => id).filter((id) => when?.includes(id));
  const featureSets = [
    named,
    [],
    ...named.map((one) => [one]),
    ...named.map((one) => named.filter((id) => id !== one)),
  ];
  for (const features of featureSets) {
    for (const version of VERSIONS) {
      for (const deployment of [undefined, ...catalog.deployments.map(({ id }) => id)]) {
        const facts = {
          version,
          deployment: deployment ?? null,
          features: new Set(features),
          parameters: new Map<string, number>(),
        };
        if (when === null || evaluateCondition(parseCondition(when), facts) === true)
          return { features, version, ...(deployment === undefined ? {} : { deployment }) };
      }
    }
  }
  throw new Error(`no variant makes ${when} hold`);
}

/** Ports that fit a cell, and ports that do not. */
function edges(cell: string): { inside: number[]; outside: number[] } {
  if (cell === "unknown") return { inside: [], outside: [1024, 5060] };
  if (cell === "any") return { inside: [1024, 33_000, 65_535], outside: [] };
  if (cell === "dynamic") return { inside: [1024, 65_535], outside: [1023] };
  const ranges = cell.split(";").map((range) => {
    const [low = 0, high = low] = range.split("-").map(Number);
    return [low, high] as const;
  });
  const within = (port: number) => ranges.some(([low, high]) => low <= port && port <= high);
  return {
    inside: ranges.flatMap(([low, high]) => [low, high, Math.floor((low + high) / 2)]),
    outside: ranges.flatMap(([low, high]) => [low - 1, high + 1]).filter((port) => !within(port) && port < 65_536),
  };
}

describe.each(listCatalogIds(CATALOGS))("%s", (id) => {
  const loaded = load(id);
  const rows = readings(id).filter(({ remote }) => remote !== "localhost");

  test.each(rows.map((row) => [row.id, row] as const))("%s", (_, row) => {
    const prepared = prepareSite(siteFor(id, loaded, row), { sinceMs: null, untilMs: null });
    const requirement = loaded.catalog.requirements.find((one) => one.id === row.id) as Catalog["requirements"][number];
    const hostName = row.remote.includes(".");
    const open = row.remote === "any" || hostName;
    const ownRole = rolesOf(loaded.catalog, row.component)[0] as string;
    const among = rolesOf(loaded.catalog, row.remote).every((role) => role === ownRole);
    const asked = ({ component, direction, transport, local_ports, remote, remote_ports }: Reading) =>
      [component, direction, transport, local_ports, remote, remote_ports].join();
    // The same row once more for the inside: this one is for the Internet alone.
    const hasTwin = row.scope === "wan" && rows.some((other) => other.scope === "lan" && asked(other) === asked(row));
    const peer = hasTwin ? OUTSIDE : row.remote === "any" ? INSIDE : hostName ? OUTSIDE : among ? OTHER_OWN : PEER;
    const zone: Zone = hostName || hasTwin ? "internet" : "internal";
    const directions =
      row.direction === "both" || row.direction === "mutual" ? (["in", "out"] as const) : [row.direction];

    /** Whether the row fits, and in scope, where the component answers (`in`) or calls (`out`). */
    const serves = (
      direction: "in" | "out",
      localPort: number,
      remotePort: number,
      other: { peer?: string; zone?: Zone; transport?: "tcp" | "udp"; own?: string } = {},
    ): boolean => {
      const side = (address: string, at: Zone) => ({
        address: addressFromText(address) as Uint32Array,
        zone: at,
        isNamed: false,
      });
      const own = side(other.own ?? OWN, "internal");
      const far = side(other.peer ?? peer, other.zone ?? zone);
      const opener = direction === "in" ? remotePort : localPort;
      return matchRows(prepared.rows, {
        protocol: (other.transport ?? row.transport) === "tcp" ? 6 : 17,
        initiator: direction === "in" ? far : own,
        responder: direction === "in" ? own : far,
        responderPort: direction === "in" ? localPort : remotePort,
        initiatorPorts: [opener, opener],
      }).some((match) => match.row.requirement.id === row.id && match.row.applies === true && !match.outOfScope);
    };

    const local = edges(row.local_ports);
    const remote = edges(row.remote_ports);
    for (const direction of directions) {
      // A row that names only the ports of one side of two equals names those that are answered on.
      const answerers = direction === "in" ? row.local_ports : row.remote_ports;
      const callers = direction === "in" ? row.remote_ports : row.local_ports;
      if (row.direction === "mutual" && answerers === "any" && callers !== "any") continue;
      const answering = (port: [number, number]) => port[direction === "in" ? 0 : 1] as number;
      const plausible = (ports: [number, number]) =>
        row.local_ports !== "any" ||
        row.remote_ports !== "any" ||
        row.remote !== "any" ||
        isPlausiblePort(requirement, answering(ports));
      for (const localPort of local.inside) {
        for (const remotePort of remote.inside) {
          expect(serves(direction, localPort, remotePort), `${direction} ${localPort} ${remotePort}`).toBe(
            plausible([localPort, remotePort]),
          );
        }
        for (const remotePort of remote.outside)
          expect(serves(direction, localPort, remotePort), `${direction} remote ${remotePort}`).toBe(false);
      }
      for (const localPort of local.outside)
        for (const remotePort of remote.inside)
          expect(serves(direction, localPort, remotePort), `${direction} local ${localPort}`).toBe(false);
      const [localPort, remotePort] = [local.inside[0], remote.inside[0]];
      if (localPort === undefined || remotePort === undefined || !plausible([localPort, remotePort])) continue;
      const otherTransport = row.transport === "tcp" ? "udp" : "tcp";
      expect(serves(direction, localPort, remotePort, { transport: otherTransport }), "the other transport").toBe(
        false,
      );
      expect(serves(direction, localPort, remotePort, { own: INSIDE, peer: "10.1.0.98" }), "between strangers").toBe(
        false,
      );
      if (!open) {
        expect(serves(direction, localPort, remotePort, { peer: INSIDE }), "a stranger inside").toBe(false);
        expect(serves(direction, localPort, remotePort, { peer: OUTSIDE, zone: "internet" }), "outside").toBe(false);
      } else if (!hostName) {
        const fromInternet = serves(direction, localPort, remotePort, { peer: OUTSIDE, zone: "internet" });
        expect(fromInternet, "from the Internet").toBe(row.scope === "wan");
        const fromInside = serves(direction, localPort, remotePort, { peer: INSIDE, zone: "internal" });
        expect(fromInside, "from inside").toBe(!hasTwin);
      } else {
        expect(serves(direction, localPort, remotePort, { peer: INSIDE, zone: "internal" }), "inside").toBe(false);
      }
      // Audio goes to no well-known port, though a query may leave from its range.
      if (direction === "out" && row.remote_ports === "any" && isMediaApplication(requirement))
        expect(serves("out", localPort, 53), "a query").toBe(false);
    }
  });
});

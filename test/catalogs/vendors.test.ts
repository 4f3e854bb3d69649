import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../catalogs/catalog.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { formatProblem } from "../../catalogs/problems.ts";

const ROOT = join(import.meta.dirname, "..", "..", "catalogs");

function vendor(id: string): Catalog {
  const { catalog, problems } = loadCatalog(join(ROOT, id));
  if (catalog === null) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return catalog;
}

/** `id transport direction remote remote-ports local-ports` of each requirement. */
function summaries(catalog: Catalog): string[] {
  return catalog.requirements.map(({ id, transport, direction, remote, localPorts, remotePorts }) =>
    [id, transport, direction, remote, JSON.stringify(localPorts), JSON.stringify(remotePorts)].join(" "),
  );
}

test("every folder under catalogs/ is a catalog", () => {
  const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(listCatalogIds(ROOT)).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(listCatalogIds(ROOT))("%s", (id) => {
  test("loads without problems", () => {
    expect(loadCatalog(join(ROOT, id)).problems.map(formatProblem)).toEqual([]);
  });
});

test("pbxact: nine rows, of which only SSH is required", () => {
  const catalog = vendor("pbxact");
  expect(summaries(catalog)).toEqual([
    'ssh-in tcp in management [[22,22]] "any"',
    'phone-registration udp in phones [[5060,5060]] "any"',
    'audio udp both any [[10000,20000]] "any"',
    'pbxact-applications tcp in phones [[2001,2001]] "any"',
    'phone-firmware udp in phones [[69,69]] "any"',
    'xactview tcp in xactview-clients [[50001,50001]] "any"',
    'xactview-update-tcp tcp in xactview-clients [[50003,50003]] "any"',
    'xactview-update-udp udp in xactview-clients [[50003,50003]] "any"',
    'chat tcp in xactview-clients [[5222,5222]] "any"',
    'remote-link udp both linked-pbx [[4569,4569]] "any"',
  ]);
  expect(catalog.requirements.filter(({ strength }) => strength === "required").map(({ id }) => id)).toEqual([
    "ssh-in",
  ]);
  const kinds = catalog.policies.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "definition")).toHaveLength(9);
  expect(kinds).toContain("allow-outbound");
  expect(kinds).toContain("disable-inspection");
});

/** The vendor's tables, one line a row: port, transports, number of devices. */
const PASCOM_TABLE = [
  ["sip", "5061", "tcp", 3],
  ["rtp", "30000-35000", "udp", 3],
  ["ldaps", "636", "tcp", 1],
  ["provisioning", "8884", "tcp", 1],
  ["web", "80;443", "tcp", 3],
  ["video", "3478", "udp", 2],
  ["chat", "5222", "tcp", 2],
  ["webrtc", "19302", "tcp+udp", 1],
  ["vpn", "8885", "tcp", 1],
] as const;

describe("pascom", () => {
  const { source } = loadCatalog(join(ROOT, "pascom"));
  const rows = source?.rows ?? [];

  test.each(PASCOM_TABLE)("%s is there for the cloud, once for each device", (slug, ports, transports, devices) => {
    const cloud = rows.filter(({ id }) => id === `cloud-${slug}` || id.startsWith(`cloud-${slug}-`));
    expect(new Set(cloud.map(({ component }) => component)).size).toBe(devices);
    for (const row of cloud) {
      expect([row.remotePorts.text, row.transports.join("+"), row.when]).toEqual([
        ports,
        transports,
        "deployment == cloud",
      ]);
    }
  });

  test.each(PASCOM_TABLE.filter(([slug]) => slug !== "web"))(
    "%s comes in at an onsite server",
    (slug, ports, transports) => {
      const row = rows.find(({ id }) => id === `onsite-${slug}`);
      expect([row?.component, row?.direction, row?.localPorts.text, row?.transports.join("+"), row?.when]).toEqual([
        "server",
        "in",
        ports,
        transports,
        "deployment == onsite",
      ]);
    },
  );

  test("what an onsite server asks of the Internet", () => {
    const out = vendor("pascom").requirements.filter((row) => row.section === "onsite" && row.component === "server");
    expect(
      out.filter(({ direction }) => direction === "out").map(({ id, transport, remote }) => [id, transport, remote]),
    ).toEqual([
      ["onsite-license", "tcp", "mypascom.net"],
      ["onsite-mail", "tcp", "cloudmx1.pascom.net;cloudmx2.pascom.net"],
      ["onsite-ntp", "udp", "ntp.pool.org;pool.ntp.org"],
    ]);
  });

  test("no row beyond the tables", () => {
    expect(rows).toHaveLength(17 + 3 + 8 + 3);
  });
});

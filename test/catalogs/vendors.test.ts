import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Catalog, PortRange, Requirement } from "../../catalogs/catalog.ts";
import { evaluateCondition, type Facts, parseCondition } from "../../catalogs/condition.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { formatProblem } from "../../catalogs/problems.ts";
import { type CatalogSource, type RequirementRow, requirementsAt } from "../../catalogs/source.ts";

const ROOT = join(import.meta.dirname, "..", "..", "catalogs");

function load(id: string): { catalog: Catalog; source: CatalogSource } {
  const { catalog, source, problems } = loadCatalog(join(ROOT, id));
  if (catalog === null || source === null) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return { catalog, source };
}

function vendor(id: string): Catalog {
  return load(id).catalog;
}

function requirement(catalog: string, id: string): Requirement {
  const found = vendor(catalog).requirements.find((row) => row.id === id);
  if (found === undefined) {
    throw new Error(`${catalog} has no requirement ${id}`);
  }
  return found;
}

/** Ids of the rows that hold for certain at such a site. */
function applying(rows: readonly RequirementRow[], site: Site): string[] {
  const { version, deployment, features } = site;
  const facts: Facts = {
    version: version ?? null,
    deployment: deployment ?? null,
    features: new Set(features),
    parameters: new Map(),
  };
  return rows
    .filter(({ when }) => when === null || evaluateCondition(parseCondition(when), facts) === true)
    .map(({ id }) => id);
}

interface Site {
  version?: string;
  deployment?: string;
  features?: string[];
}

/** `5060 5070-5170` as ranges. */
function ports(text: string): PortRange[] {
  return text.split(" ").map((range) => {
    const [low = Number.NaN, high = low] = range.split("-").map(Number);
    return [low, high];
  });
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

/** Rows of ports.csv by the vendor's section: the printed rows, plus those that we had to split or read twice. */
const ROWS_BY_SECTION: Record<string, Record<string, number>> = {
  agfeo: {
    // NTP twice, and HTTPS, go both ways: one row for each way.
    "1.1": 10 + 3,
    "1.2": 4,
    // Each range a second time, toward the provider.
    "1.3": 8 + 8,
    "1.4": 7,
    // Five devices with a SIP and an RTP cell each, VISOfon with three of each.
    "2.1.1": 5 * 2 + 4,
    "2.1.2": 2,
    // Port 80 both ways.
    "2.2.1": 4 + 1,
    "2.2.2": 1,
    // Nine printed cells, among them 13 search ports; two ports of the PC, two targets of the app, the trace read twice.
    "3.0": 9 + 12 + 1 + 1 + 1,
  },
  jtel: {
    external: 12,
    // The text of two rows names another host than their columns; all external ports hold between the servers too.
    internal: 22 + 2 + 12,
  },
  pascom: {
    // A row for each device.
    cloud: 9 + 8,
    // NTP as printed and as it runs; eight rows for subnets and for the Internet, the ninth for each of its three devices.
    onsite: 3 + 1 + 8 * 2 + 3,
  },
  pbxact: { table: 9 },
  swyxware: {
    "1.1": 13,
    "1.2": 5,
    "1.3": 5,
    "1.4": 15,
    "1.5": 5,
    "1.6": 7,
    "1.7": 7,
    "1.8": 1,
    "1.9": 7,
    "1.10": 6,
    // TCP forwarding before and since 12.20.
    "1.11": 9 + 1,
    "1.12": 7,
    "1.13": 5,
    "1.14": 12,
    "1.15": 5,
    "1.16": 3,
    "1.17": 2,
    "1.18": 2,
    "1.19": 1,
    "1.20": 7,
    // Three UDP/TCP rows with a source port for each transport.
    "1.21": 11 + 3,
    "1.22": 12,
    "1.23": 11,
    "1.24": 6,
    // The same once.
    "1.25": 15 + 1,
    "1.26": 7,
    "1.27": 10,
    "1.28": 6,
    "1.28.2": 6,
    "1.29": 1,
    "1.30": 2,
    "1.31": 3,
    // SIP ports by transport.
    "1.32": 3 + 1,
    "1.33": 3,
  },
};

test.each(Object.entries(ROWS_BY_SECTION))("%s has every row of every section", (id, expected) => {
  const counts: Record<string, number> = {};
  for (const { section } of load(id).source.rows) {
    counts[section] = (counts[section] ?? 0) + 1;
  }
  expect(counts).toEqual(expected);
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

  const inbound = PASCOM_TABLE.filter(([slug]) => slug !== "web");

  test.each(inbound)(
    "%s comes in at an onsite server, from subnets and from the Internet",
    (slug, ports, transports) => {
      const variants = [
        [`onsite-${slug}`, "lan", "deployment == onsite"],
        [`onsite-${slug}-internet`, "wan", "deployment == onsite and feature == remote-devices"],
      ] as const;
      for (const [id, scope, when] of variants) {
        const row = rows.find((candidate) => candidate.id === id);
        expect(row).toMatchObject({ component: "server", direction: "in", remote: "any", strength: "conditional" });
        expect([row?.localPorts.text, row?.transports.join("+"), row?.scope, row?.when]).toEqual([
          ports,
          transports,
          scope,
          when,
        ]);
      }
    },
  );

  test("an onsite server is open to the Internet only for devices there", () => {
    const fromInternet = (site: Site) =>
      applying(
        rows.filter(({ direction, scope }) => direction === "in" && scope === "wan"),
        site,
      );
    expect(fromInternet({ deployment: "onsite" })).toEqual([]);
    expect(fromInternet({ deployment: "onsite", features: ["remote-devices"] })).toEqual(
      inbound.map(([slug]) => `onsite-${slug}-internet`),
    );
    expect(fromInternet({ deployment: "cloud", features: ["remote-devices"] })).toEqual([]);
  });

  test("the web row of the onsite table still goes out to mypascom.net", () => {
    const web = rows.filter(({ id }) => id.startsWith("onsite-web-"));
    expect(web.map(({ component, direction, remote, scope }) => [component, direction, remote, scope])).toEqual([
      ["desktop-clients", "out", "mypascom.net", "wan"],
      ["mobile-clients", "out", "mypascom.net", "wan"],
      ["webclients", "out", "mypascom.net", "wan"],
    ]);
  });

  test("what an onsite server asks of the Internet", () => {
    const out = vendor("pascom").requirements.filter((row) => row.section === "onsite" && row.component === "server");
    expect(
      out.filter(({ direction }) => direction === "out").map(({ id, transport, remote }) => [id, transport, remote]),
    ).toEqual([
      ["onsite-license", "tcp", "mypascom.net"],
      ["onsite-mail", "tcp", "cloudmx1.pascom.net;cloudmx2.pascom.net"],
      ["onsite-ntp", "udp", "ntp.pool.org;pool.ntp.org"],
      ["onsite-ntp-tcp", "tcp", "ntp.pool.org;pool.ntp.org"],
    ]);
  });
});

describe("swyxware", () => {
  const { rows } = load("swyxware").source;

  test.each<[string, Partial<Requirement>]>([
    ["cds-in-config", { transport: "tcp", localPorts: ports("9094-9095"), remote: "any", scope: "lan" }],
    ["cds-in-rest-auth", { localPorts: ports("9101"), scope: "wan", strength: "required" }],
    ["server-out-sip-udp", { localPorts: ports("5060"), remote: "any", remotePorts: "any" }],
    ["server-in-rtp", { transport: "udp", localPorts: ports("51000-51499"), remotePorts: "any" }],
    ["rc-in-tunnel", { localPorts: ports("16203 57203"), scope: "wan" }],
    ["rc-out-tcp-forwarding-old", { remotePorts: ports("712 9100") }],
    ["rc-out-tcp-forwarding", { remotePorts: ports("712 9100 80") }],
    ["swyxit-out-rest-auth", { remote: "CDS", remotePorts: ports("9101"), scope: "wan", when: null }],
    ["swyxit-out-tunnel", { remote: "RemoteConnector", remotePorts: ports("16203 57203"), scope: "wan" }],
    ["android-ext-out-tunnel", { remote: "RemoteConnector", remotePorts: ports("16203 57203 443"), scope: "wan" }],
    ["messenger-out-coligo-files", { remote: "iamfile.voipoperator.eu", remotePorts: ports("4006"), scope: "wan" }],
    ["swyxphone-out-rtp", { localPorts: ports("5000-5020"), remote: "any", remotePorts: "any", scope: "lan" }],
    ["yealink-out-sip-udp", { localPorts: ports("5060"), remotePorts: ports("5060") }],
    ["yealink-out-sip-tcp", { localPorts: "any", remotePorts: ports("5060") }],
    ["connect172x-out-masquerading-udp", { localPorts: ports("53248-57343"), remotePorts: "unknown", uncertain: true }],
    ["health-out-sip-udp", { remotePorts: ports("5060 5070-5170 65001-65002 65009 65012") }],
    ["health-out-sip-tcp", { remotePorts: ports("5060 5062 5064 5070-5170 61000 65001-65002 65007 65009 65012") }],
  ])("%s", (id, facts) => {
    expect(requirement("swyxware", id)).toMatchObject(facts);
  });

  test("the configuration service is asked at 9094, on SDC systems at 9095, but by two tools at 9094 only", () => {
    const asking = rows.filter(({ application }) => application === "Configuration: CDS");
    expect(new Set(asking.map(({ remote }) => remote))).toEqual(new Set(["IpPbxSrv"]));
    expect(asking.filter(({ remotePorts }) => remotePorts.text === "9094-9095")).toHaveLength(12);
    expect(asking.filter(({ remotePorts }) => remotePorts.text === "9094").map(({ id }) => id)).toEqual([
      "admin-out-cds",
      "scst-out-cds",
    ]);
  });

  test("the LinkManager's rows hold at every site, those of its remote end point and audio over the Internet", () => {
    const linkManager = rows.filter(({ section }) => section === "1.4");
    for (const row of linkManager) {
      expect(row).toMatchObject({ strength: "required", when: null });
    }
    expect(linkManager.filter(({ scope }) => scope === "lan").map(({ id }) => id)).toEqual([
      "linkmanager-out-cds",
      "linkmanager-out-local-sip-tcp",
      "linkmanager-out-local-sip-udp",
      "linkmanager-in-local-sip-tcp",
      "linkmanager-in-local-sip-udp",
    ]);
  });

  test("base stations of DECT 800 talk to each other", () => {
    const mutual = vendor("swyxware").requirements.filter(({ direction }) => direction === "mutual");
    expect(mutual.map(({ id, transport, remote, remotePorts }) => [id, transport, remote, remotePorts])).toEqual([
      ["dect800-mutual-h323", "tcp", "dect800", [[726, 1727]]],
      ["dect800-mutual-h225", "udp", "dect800", [[1718, 1719]]],
      ["dect800-mutual-rtp", "udp", "dect800", [[16384, 65535]]],
      ["dect800-mutual-unite", "tcp", "dect800", [[8080, 8080]]],
    ]);
  });

  test.each([
    ["11.50", ["phonemanager-in-h323", "rc-out-tcp-forwarding-old", "yealink-out-ldap", "dect800-out-ldap"]],
    ["12.0", ["rc-out-tcp-forwarding-old", "yealink-out-ldap", "dect800-out-ldap"]],
    ["12.20", ["rc-out-tcp-forwarding", "yealink-out-ldap", "dect800-out-ldap"]],
    ["12.30", ["rc-out-tcp-forwarding", "yealink-out-ldaps", "dect800-out-ldaps"]],
    ["13.10", ["rc-out-tcp-forwarding", "yealink-out-ldaps", "dect800-out-ldaps"]],
  ])("version %s", (version, expected) => {
    const versioned = rows.filter(({ when }) => when?.includes("version"));
    expect(versioned).toHaveLength(7);
    expect(applying(versioned, { version, features: ["remote-connector"] })).toEqual(expected);
  });

  test("audio ports that follow from a parameter", () => {
    const audio = ["rc-in-rtp", "connect6000-out-rtp", "mediapack-out-rtp", "mediapack-in-rtp"];
    const ranges = (parameters: Record<string, number>) =>
      requirementsAt(load("swyxware").source, new Map(Object.entries(parameters)))
        .filter(({ id }) => audio.includes(id))
        .map(({ id, localPorts }) => [id, localPorts]);
    expect(ranges({})).toEqual([
      ["rc-in-rtp", [[15000, 15200]]],
      ["connect6000-out-rtp", [[6000, 6080]]],
      ["mediapack-out-rtp", [[6000, 6080]]],
      ["mediapack-in-rtp", [[6000, 6080]]],
    ]);
    expect(ranges({ connections: 20, channels: 4, mediapack_channels: 24 })).toEqual([
      ["rc-in-rtp", [[15000, 15040]]],
      ["connect6000-out-rtp", [[6000, 6040]]],
      ["mediapack-out-rtp", [[6000, 6240]]],
      ["mediapack-in-rtp", [[6000, 6240]]],
    ]);
  });

  test("uncertain is what bears a question mark", () => {
    expect(rows.filter(({ uncertain }) => uncertain).map(({ id }) => id)).toEqual([
      "connect172x-out-sip-tcp",
      "connect172x-out-general",
      "connect172x-out-masquerading",
      "connect172x-in-general",
      "connect172x-in-masquerading",
      "connect6000-out-sip-tcp",
      "connect6000-in-sip-tcp",
      "mediapack-out-sip-tcp",
      "mediapack-in-sip-tcp",
    ]);
  });

  test("the Internet is where the document says so, and at four hosts more", () => {
    // 42 rows carry the remark; the messenger (3) and the Connector for MS Teams (1) name Internet hosts without it.
    expect(rows.filter(({ scope }) => scope === "wan")).toHaveLength(42 + 4);
  });
});

describe("jtel", () => {
  const { rows } = load("jtel").source;
  const REDUNDANT = [
    "lb-pcs-2224",
    "lb-in-db-master",
    "lb-in-db-realtime",
    "lb-in-db-historical",
    "lb-pcs-3121",
    "lb-pcs-5403",
    "lb-pcs-5404",
    "lb-pcs-5405",
    "lb-pcs-9929",
    "tel-interchassis",
  ];

  test("ten rows are needed in redundant systems only", () => {
    const single = applying(rows, { features: ["tts"] });
    const redundant = applying(rows, { features: ["tts", "redundant"] });
    expect(redundant.filter((id) => !single.includes(id))).toEqual(REDUNDANT);
    expect(redundant).toHaveLength(rows.length);
  });

  test("what the text makes depend on more than the columns is conditional", () => {
    expect(rows.filter(({ strength }) => strength === "conditional").map(({ id }) => id)).toEqual([
      "store-in-samba",
      "lb-in-chat-http",
      "lb-in-chat-https",
      "lb-in-reporting-api",
      "lb-pcs-3121",
      "lb-pcs-5403",
      "lb-pcs-9929",
      "tel-in-tts",
      "dbm-in-events",
      "tel-in-tapi",
      "tel-in-click-to-call",
    ]);
  });

  test.each<[string, Partial<Requirement>]>([
    ["all-linux-in-ssh", { component: "all-linux", remote: "jtel-support", localPorts: ports("22") }],
    ["all-windows-in-rdp-udp", { component: "all-windows", remote: "jtel-support", localPorts: ports("3389") }],
    ["tel-in-sip-tcp", { section: "external", remote: "pbx-sbc-trunk", localPorts: ports("5060") }],
    ["tel-in-sip-internal", { section: "internal", transport: "udp", localPorts: ports("5060") }],
    ["tel-in-rtp", { transport: "udp", localPorts: ports("30000-34999") }],
    ["lb-pcs-2224", { direction: "mutual", remote: "ACD-LB", strength: "required", localPorts: ports("2224") }],
    ["lb-pcs-9929-udp", { direction: "mutual", localPorts: ports("9929"), when: "feature == redundant" }],
    ["dbm-hazelcast", { direction: "mutual", localPorts: ports("5701-5801"), when: null }],
    ["tel-interchassis", { direction: "mutual", transport: "udp", localPorts: ports("20202") }],
    ["jb-slides", { direction: "mutual", configurableVia: "ConfServer.WebServer.UDP.Port" }],
  ])("%s", (id, facts) => {
    expect(requirement("jtel", id)).toMatchObject(facts);
  });

  test("the document never names the Internet", () => {
    expect(rows.filter(({ scope }) => scope === "wan")).toEqual([]);
  });

  test("between the servers each external row holds by itself, whatever is in use", () => {
    const portsOf = (row: RequirementRow) => `${row.component} ${row.transports.join("+")} ${row.localPorts.text}`;
    const external = rows.filter(({ section }) => section === "external");
    const repeated = rows.filter(({ id }) => id.startsWith("servers-"));
    expect(repeated.map(portsOf).sort()).toEqual(external.map(portsOf).sort());
    for (const row of repeated) {
      expect(row).toMatchObject({ remote: "any-server", strength: "required", when: null });
    }
  });
});

describe("agfeo", () => {
  const { rows } = load("agfeo").source;
  const { policies } = vendor("agfeo");

  test("5060, 80 and 443 are never opened, whatever the product", () => {
    expect(policies.filter(({ kind }) => kind === "forbid-exposure")).toMatchObject([
      {
        id: "never-open-5060-80-443",
        component: null,
        transport: "any",
        ports: ports("5060 80 443"),
        when: null,
      },
    ]);
    const opened = rows.filter(
      ({ direction, localPorts }) => direction === "in" && ["5060", "80", "443"].includes(localPorts.text),
    );
    expect(opened.map(({ id, scope }) => [id, scope])).toEqual([
      ["pbx-in-http", "lan"],
      ["pbx-in-https", "lan"],
      ["pbx-in-sip", "lan"],
      ["asip-in-http", "lan"],
    ]);
  });

  test("statements about the products as a whole name no component", () => {
    const whole = [
      "vpn-only-from-foreign-networks",
      "no-port-forwards-needed",
      "firewall-timeouts",
      "sip-alg-off",
      "never-open-5060-80-443",
    ];
    expect(policies.filter(({ id }) => whole.includes(id)).map(({ id, component }) => [id, component])).toEqual(
      whole.map((id) => [id, null]),
    );
  });

  test.each<[string, Partial<Requirement>]>([
    ["pbx-out-dns-udp", { localPorts: "any", remotePorts: ports("53") }],
    ["pbx-in-asip", { transport: "tcp", localPorts: ports("5904") }],
    ["asip-out-signalling", { localPorts: ports("2153"), remotePorts: ports("5904") }],
    ["pbx-out-sip-udp", { localPorts: ports("5064-5127"), remote: "provider", remotePorts: "any", scope: "wan" }],
    ["pbx-out-sip-tcp", { localPorts: "dynamic", remote: "provider", scope: "wan", when: null }],
    ["t14-rtp", { localPorts: ports("10000-10200"), direction: "both" }],
    ["dect-rtp", { localPorts: ports("50004-50043") }],
    ["visofon-rtp-fixed", { localPorts: ports("65100-65120"), when: "feature == visofon-fixed-ports" }],
    ["video-tfe-rtp", { localPorts: "unknown", uncertain: false }],
    ["cloud-dect-update", { remote: "dect.agfeo.de", remotePorts: ports("80 443") }],
    ["tool-out-search-12187", { remote: "dect-ip", remotePorts: ports("12187") }],
  ])("%s", (id, facts) => {
    expect(requirement("agfeo", id)).toMatchObject(facts);
  });

  test("nothing is asked of the firewall from the Internet inward", () => {
    expect(rows.filter(({ direction, scope }) => direction !== "out" && scope === "wan")).toEqual([]);
  });

  test.each([
    [[], ["es-legacy 5004-5035", "hypervoice 5204-5523"]],
    [["es-legacy"], ["es-legacy 5004-5035"]],
    [["es-legacy-4"], ["es-legacy-4 5004-5011"]],
    [["es-legacy", "es-legacy-6"], ["es-legacy-6 5004-5015"]],
    [["es-legacy-12"], ["es-legacy-12 5004-5027"]],
    [["es-legacy-16"], ["es-legacy-16 5004-5035"]],
    [["es-pure-ip"], ["es-pure-ip 5204-5263"]],
    [["es-22"], ["es-7xx-plus 5204-5331"]],
    [["es-7xx-plus"], ["es-7xx-plus 5204-5331"]],
    [["hypervoice"], ["hypervoice 5204-5523"]],
  ])("audio of the model %j", (features, expected) => {
    const audio = rows.filter(({ id }) => id.startsWith("pbx-rtp-"));
    const ids = applying(audio, { features });
    const found = audio.filter(({ id }) => ids.includes(id));
    const inside = found.filter(({ scope }) => scope === "lan");
    expect(inside.map(({ id, localPorts }) => `${id.slice("pbx-rtp-".length)} ${localPorts.text}`)).toEqual(expected);
    for (const row of inside) {
      expect(row).toMatchObject({ direction: "both", remote: "any" });
      const { localPorts, when, strength } = row;
      const toProvider = { direction: "out", remote: "provider", scope: "wan", localPorts, when, strength };
      expect(found.find(({ id }) => id === `${row.id}-provider`)).toMatchObject(toProvider);
    }
    expect(found).toHaveLength(inside.length * 2);
  });

  test("SIP over TCP is a special case that only the limit on sources waits for", () => {
    const about = policies.filter(({ id }) => id.includes("sip-tcp"));
    expect(about.map(({ id, when }) => [id, when])).toEqual([
      ["sip-tcp-dynamic-source-ports", null],
      ["restrict-sip-tcp-to-provider", "feature == sip-tcp"],
      ["sip-tcp-special-case", null],
    ]);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ringfence-init-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The built program, run as a user runs it. */
function ringfence(...args: string[]) {
  return spawnSync(process.execPath, [join(root, "dist/cmd/main.js"), ...args], { encoding: "utf8", cwd: root });
}

const file = join(folder, "site.yaml");
const logs = join(root, "cmd/demo/site/*.log").replaceAll("\\", "/");

interface ProposedSite {
  networks?: Record<string, { cidr: string[]; zone: string }>;
  firewalls?: { platform: string }[];
  deployments: { hosts: object }[];
}

function zonesOf(networks: ProposedSite["networks"] = {}): Record<string, string[]> {
  return Object.fromEntries(Object.entries(networks).map(([name, { cidr, zone }]) => [name, [...cidr, zone]]));
}

describe("init", () => {
  const filterlog = (fields: string, device = "fw01 filterlog[4711]") =>
    `<134>1 2026-10-01T08:00:01+02:00 ${device.replace(/ filterlog.*/, "")} filterlog 4711 - - ${fields}\n`;
  const pass = (source: string, target: string, port: number, rule = "1700000002") =>
    filterlog(`87,,,${rule},igb1,match,pass,in,4,0x0,,57,8309,0,DF,17,udp,480,${source},${target},5064,${port},460`);

  const kernel = (source: string, sourcePort: number, target: string, port: number) =>
    `2026-10-01T08:00:01+02:00 gw kernel: forward-accept: IN=eth0 OUT=eth1 SRC=${source} DST=${target} LEN=480 TOS=0x00 PREC=0x00 TTL=57 ID=7 PROTO=UDP SPT=${sourcePort} DPT=${port} LEN=460\n`;

  it("proposes both telephone systems, their catalogs and the firewalls' outsides", () => {
    expect(ringfence("init", logs, "--name", "Muster GmbH", "--tz", "Europe/Berlin", "-o", file).status).toBe(0);
    const site = parse(readFileSync(file, "utf8"));
    expect(site.deployments.map(({ catalog }: { catalog: string }) => catalog).sort()).toEqual(["agfeo", "swyxware"]);
    expect(
      site.deployments
        .flatMap(({ hosts }: { hosts: Record<string, string[]> }) => [hosts.pbx ?? hosts.IpPbxSrv])
        .flat()
        .sort(),
    ).toEqual(["10.20.0.10", "192.168.10.5"]);
    expect(site.firewalls.find(({ name }: { name: string }) => name === "fgt-60f")).toMatchObject({
      platform: "fortigate",
      interfaces: { wan1: "internet", "ssl.root": "vpn" },
      public: ["198.51.100.5"],
    });
  });

  it("writes a site that audits as it is", () => {
    const { status, stdout } = ringfence("audit", logs, "--site", file, "--json");
    expect(status).toBe(0);
    const ids = JSON.parse(stdout).findings.map(({ id }: { id: string }) => id);
    expect(ids).toContain("open/agfeo/never-open-5060-80-443/in/internet/192.168.10.5");
  });

  it.each([22, 80, 443])("takes port %i, which any host may answer on, for no vendor's", (port) => {
    const path = join(folder, `everybodys-${port}.log`);
    const sip = [6, 7].map((host) => pass(`192.168.10.${host}`, "192.168.10.5", 5060)).join("");
    const tcp = `87,,,1700000002,igb1,match,pass,in,4,0x0,,57,8309,0,DF,6,tcp,60,192.168.10.6,192.168.10.5,40000,${port},0,S,1,,64240,,`;
    writeFileSync(path, sip + filterlog(tcp));
    expect(ringfence("init", path).stdout).toContain("# a guess: one of ");
  });

  it("does not overwrite a site file", () => {
    const { status, stderr } = ringfence("init", logs, "-o", file);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("exists already") });
  });

  it("writes to standard output where that is named", () => {
    expect(ringfence("init", logs, "-o", "-").stdout).toBe(ringfence("init", logs).stdout);
  });

  it("says that it found nothing in a log of something else", () => {
    expect(ringfence("init", join(root, "LICENSE")).status).toBe(3);
  });

  it.each<[string, string, (site: ProposedSite) => void]>([
    [
      "no scanner from a SIP port as the provider, because the system answers it",
      pass("192.168.10.5", "203.0.113.10", 5060) +
        filterlog(
          "87,,,1700000003,igb0,match,pass,in,4,0x0,,57,8309,0,DF,17,udp,480,198.51.100.9,192.168.10.5,5061,5060,460",
        ) +
        filterlog(
          "87,,,1700000002,igb1,match,pass,in,4,0x0,,57,8309,0,DF,17,udp,480,192.168.10.5,198.51.100.9,5060,5061,460",
        ),
      ({ networks }) => expect(zonesOf(networks)).toMatchObject({ "provider-1": ["203.0.113.10", "provider"] }),
    ],
    [
      "no scanner from a SIP port as the provider, because he knocks where the system calls from",
      kernel("192.168.10.5", 5064, "203.0.113.10", 5060) + kernel("198.51.100.9", 5061, "192.168.10.5", 5064),
      ({ networks }) =>
        expect(zonesOf(networks)).toEqual({
          "net-192-168-10": ["192.168.10.0/24", "internal"],
          "provider-1": ["203.0.113.10", "provider"],
        }),
    ],
    [
      "a host that nobody but the outside calls on SIP",
      filterlog(
        "87,,,1700000003,igb0,match,pass,in,4,0x0,,57,8309,0,DF,17,udp,480,198.51.100.9,192.168.10.5,5071,5060,460",
      ),
      ({ deployments }) => expect(deployments.map(({ hosts }) => hosts)).toEqual([{ pbx: ["192.168.10.5"] }]),
    ],
    [
      "the network behind an interface that is called a DMZ",
      pass("192.168.10.5", "203.0.113.10", 5060).replace("igb1", "dmz0"),
      ({ networks }) => expect(zonesOf(networks)).toMatchObject({ "net-192-168-10": ["192.168.10.0/24", "dmz"] }),
    ],
    [
      "neither outside addresses nor zones by IPv6 alone",
      filterlog(
        "87,,,1700000002,igb0,match,block,in,6,0x00,0x0,57,UDP,17,480,2001:db8:9::9,2001:db8:10::5,5061,5060,480",
      ),
      ({ firewalls }) => expect(firewalls).toEqual([{ name: "fw01", platform: "pfsense" }]),
    ],
    [
      "a system that only calls its provider",
      pass("192.168.10.5", "203.0.113.10", 5060),
      ({ deployments }) => expect(deployments.map(({ hosts }) => hosts)).toEqual([{ pbx: ["192.168.10.5"] }]),
    ],
    [
      "no telephone of a system in the cloud",
      [5, 6, 7].map((host) => pass(`192.168.10.${host}`, "203.0.113.10", 5061)).join(""),
      ({ deployments }) => expect(deployments.map(({ hosts }) => hosts)).toEqual([{}]),
    ],
    [
      "no telephone that answers SIP to the outside, which a session border controller does",
      [6, 7].map((host) => pass(`192.168.10.${host}`, "192.168.10.5", 5060)).join("") +
        pass("192.168.20.4", "192.168.10.5", 5060) +
        pass("203.0.113.10", "192.168.20.4", 5060),
      ({ deployments }) =>
        expect(deployments.map(({ hosts }) => hosts)).toEqual([{ pbx: ["192.168.10.5"], phones: ["192.168.10.6/31"] }]),
    ],
    [
      "OPNsense by its rules' labels",
      pass("192.168.10.5", "203.0.113.10", 443, "00112233445566778899aabbccddeeff"),
      ({ firewalls }) => expect(firewalls?.map(({ platform }) => platform)).toEqual(["opnsense"]),
    ],
    [
      "the firewall of multicast alone",
      filterlog("32,,,1535324496,igb0,match,pass,in,6,0x0,0x00000,255,ipv6-icmp,58,16,fe80::1,ff02::1:2,datalength=16"),
      ({ firewalls }) => expect(firewalls?.map(({ platform }) => platform)).toEqual(["pfsense"]),
    ],
  ])("proposes %s, in a file that wants nothing but hosts", (name, log, check) => {
    const path = join(folder, `${name.replaceAll(/\W+/g, "-")}.log`);
    writeFileSync(path, log);
    const { stdout, status } = ringfence("init", path);
    expect(status).toBe(0);
    check(parse(stdout));
    const proposed = `${path}.yaml`;
    writeFileSync(proposed, stdout);
    const asIs = ringfence("audit", path, "--site", proposed);
    if (asIs.status !== 0) expect(asIs.stderr).toContain("hosts must have at least one entry");
    writeFileSync(proposed, stdout.replace("hosts: {}", "hosts: {pbx: 192.168.10.5}"));
    expect(ringfence("audit", path, "--site", proposed).status).toBe(0);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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

describe("init", () => {
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

  it("does not overwrite a site file", () => {
    const { status, stderr } = ringfence("init", logs, "-o", file);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("exists already") });
  });

  it("says that it found nothing in a log of something else", () => {
    expect(ringfence("init", join(root, "LICENSE")).status).toBe(3);
  });
});

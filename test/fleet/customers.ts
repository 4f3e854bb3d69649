/** Small customers to audit, each with marks that must never be seen in another's files. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const main = fileURLToPath(new URL("../../dist/cmd/main.js", import.meta.url));

export interface Customer {
  name: string;
  slug: string;
  /** Of its phone system. */
  host: string;
  firewall: string;
  /** A host that reaches it: of the Internet, or in Gamma's case of the inside. */
  stranger: string;
}

export const ALPHA: Customer = {
  name: "Alpha Größe & Söhne",
  slug: "alpha-groesse-soehne",
  host: "192.168.11.5",
  firewall: "mark-alpha-fw",
  stranger: "203.0.113.11",
};
export const BETA: Customer = {
  name: "Beta <b>AG</b>",
  slug: "beta-b-ag-b",
  host: "192.168.12.5",
  firewall: "mark-beta-fw",
  stranger: "203.0.113.12",
};
export const GAMMA: Customer = {
  name: "Gamma",
  slug: "gamma",
  host: "192.168.13.5",
  firewall: "mark-gamma-fw",
  stranger: "192.168.93.13",
};

/** What stands in this customer's files and nowhere else. */
export function marksOf({ host, firewall, stranger, slug }: Customer): string[] {
  return [host, firewall, stranger, `mark-site-${slug}`, `mark-footer-${slug}`, `${slug}/fw.log`];
}

/** pfSense lines: a stranger is let in on the given ports, and denied on 5060. */
export function logOf({ host, firewall, stranger }: Customer, openPorts: readonly number[], day = 5): string {
  const lines = openPorts.map(
    (port, index) =>
      `Oct  ${day} 10:00:0${index} ${firewall} filterlog[9]: 70,,,169400000${index},igb0,match,pass,in,4,0x0,,57,${index},0,DF,17,udp,440,${stranger},${host},5081,${port},420`,
  );
  const denied = `Oct  ${day} 11:00:00 ${firewall} filterlog[9]: 4,,,1000000103,igb0,match,block,in,4,0x0,,57,9,0,DF,17,udp,440,${stranger},${host},5080,5061,420`;
  return [...lines, denied, ""].join("\n");
}

/** Site file and log in a folder of the customer's own. */
export function writeCustomer(folder: string, customer: Customer, log: string): void {
  const own = join(folder, customer.slug);
  mkdirSync(own, { recursive: true });
  writeFileSync(
    join(own, "site.yaml"),
    `site: mark-site-${customer.slug}\ntimezone: Europe/Berlin\ndeployments:\n  - {catalog: agfeo, hosts: {pbx: [${customer.host}]}}\n`,
  );
  writeFileSync(join(own, "fw.log"), log);
}

/** One entry of the fleet file. */
export function entryOf({ name, slug }: Customer, more = ""): string {
  return `  - name: ${JSON.stringify(name)}\n    site: ${slug}/site.yaml\n    inputs: [${slug}/fw.log]\n    footer: "mark-footer-${slug}"\n${more}`;
}

export function writeFleet(folder: string, entries: readonly string[], head = ""): string {
  const file = join(folder, "fleet.yaml");
  writeFileSync(file, `${head}customers:\n${entries.join("")}`);
  return file;
}

/** The built command. */
export function ringfence(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd, env: { ...process.env, ...env } });
}

/** All files below a folder by their path in it. */
export function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

/** The smallest PNG there is, one red pixel. */
export function redPixel(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    chunk("IDAT", deflateSync(Buffer.from([0, 255, 0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

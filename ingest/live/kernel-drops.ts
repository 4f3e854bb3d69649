/** Datagrams that the operating system dropped before they were read: only Linux tells, in /proc/net/udp. */
import { readFileSync } from "node:fs";

const TABLES = ["/proc/net/udp", "/proc/net/udp6"];

/** Of the sockets at these ports; 0 where the system does not say. */
export function kernelDrops(ports: readonly number[]): number {
  let drops = 0;
  for (const table of TABLES) drops += dropsIn(readTable(table), ports);
  return drops;
}

function dropsIn(table: string, ports: readonly number[]): number {
  let drops = 0;
  for (const row of table.split("\n").slice(1)) {
    // sl, local address:port in hexadecimal, ..., drops in the last column.
    const columns = row.trim().split(/\s+/);
    const port = Number.parseInt(columns[1]?.split(":").at(-1) ?? "", 16);
    if (ports.includes(port)) drops += Number(columns.at(-1)) || 0;
  }
  return drops;
}

function readTable(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

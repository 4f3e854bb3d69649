/**
 * Registered ports of applications (iana.org/assignments/service-names-port-numbers), for rows in which a vendor names
 * neither ports nor peer: "mail, any port to any port" is not about every TCP connection of the host.
 */
import type { Requirement } from "../../catalogs/catalog.ts";

const REGISTERED: readonly (readonly [application: RegExp, ports: readonly number[]])[] = [
  [/\bIMAP\b/i, [143, 993]],
  [/\bSMTP\b/i, [25, 465, 587]],
  [/\bSIPS?\b/i, [5060, 5061, 5062, 5063, 5064, 5065, 5080]],
  [/\bHTTPS?\b/i, [80, 443, 8080, 8443]],
  [/\bLDAPS?\b/i, [389, 636, 712]],
  [/\bDNS\b/i, [53]],
  [/\bNTP\b/i, [123]],
];

/** All ports that `isPlausiblePort` tells apart. */
export const REGISTERED_PORTS: readonly number[] = REGISTERED.flatMap(([, ports]) => ports);

/** Whether a row that says nothing of ports can be about this port at all. */
export function isPlausiblePort({ application }: Requirement, port: number): boolean {
  const known = REGISTERED.filter(([pattern]) => pattern.test(application));
  return known.length === 0 || known.some(([, ports]) => ports.includes(port));
}

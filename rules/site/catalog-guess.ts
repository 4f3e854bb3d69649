/** Which vendor's system a host may be, by the ports that it answers on. */
import type { Catalog } from "../../catalogs/catalog.ts";

/** SSH and the web: any host may answer on these, whoever made it. */
const EVERYBODYS = new Set(["tcp 22", "tcp 80", "tcp 443"]);

/** The catalog whose own service ports the host answers on; ports that several catalogs name, and everybody's, count for none. */
export function guessCatalog(
  services: ReadonlySet<string>,
  catalogs: readonly Catalog[],
): { id: string; ports: string[] } | null {
  const named = catalogs.map((catalog) => ({ id: catalog.id, ports: servicePorts(catalog) }));
  const scores = named.map(({ id, ports }) => {
    const telling = [...services].filter(
      (port) =>
        ports.has(port) && !EVERYBODYS.has(port) && named.every((other) => other.id === id || !other.ports.has(port)),
    );
    return { id, ports: telling.sort() };
  });
  const [best, second] = scores.sort((a, b) => b.ports.length - a.ports.length);
  return best && best.ports.length > 0 && best.ports.length > (second?.ports.length ?? 0) ? best : null;
}

/** Ports by which a host may be told to be a vendor's. */
export function tellingPorts(catalogs: readonly Catalog[]): number[] {
  return catalogs
    .flatMap((catalog) => [...servicePorts(catalog)])
    .filter((port) => !EVERYBODYS.has(port))
    .map((port) => Number(port.slice(port.indexOf(" ") + 1)));
}

/** `tcp 9094`: single ports on which the main role's components answer. */
function servicePorts({ requirements, components, roles }: Catalog): Set<string> {
  const main = roles.find((role) => role.main)?.id;
  const own = new Set(components.filter(({ role }) => role === main).map(({ id }) => id));
  const ports = new Set<string>();
  for (const { component, direction, transport, localPorts } of requirements) {
    if (!own.has(component) || direction === "out" || typeof localPorts === "string") continue;
    for (const [low, high] of localPorts)
      if (high - low < 4) for (let port = low; port <= high; port++) ports.add(`${transport} ${port}`);
  }
  return ports;
}

/**
 * What is refused at a firewall's own address, of which the flow table forgets the better part: the port of a knock that
 * nobody serves, and the peer of a late packet. Left in the keys, they would make almost every scanner's packet a bucket.
 */
import { formatAddress, isIpv4 } from "../../address.ts";
import type { FlowSelector, PortInterval, SelectedHosts } from "../../flows/flow-selection.ts";
import { DESTINATION_LIKELY, type Initiator, SOURCE_CERTAIN } from "../../flows/initiator.ts";
import { prefixesOverlap } from "../../prefix-index.ts";
import type { Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, EVERYTHING, NOTHING, noneOf, type Query } from "../server/query.ts";

export interface OutsideLane {
  query: Query;
  /** Fields that are not in its keys, with a value that stands for all of theirs. */
  fixed: ReadonlyMap<string, string | number>;
  opener: Initiator;
}

/** Low ports of which more than their numbers tells who opened the conversation. */
const WELL_KNOWN: readonly PortInterval[] = [
  [53, 53],
  [123, 123],
];
const SERVICE_PORTS: readonly PortInterval[] = [[1, 1023]];
const CLIENT_PORTS: readonly PortInterval[] = [[1024, 65_535]];
const SOME_SERVICE_PORT = 443;
const SOME_CLIENT_PORT = 50_000;

export interface StandIns {
  ipv4: { inside: string; outside: string };
  ipv6: { inside: string; outside: string };
}

export function outsideLanes(
  layout: Layout,
  fields: Fields,
  selector: FlowSelector,
  isInside: (field: string) => Query,
  standIns: StandIns,
): OutsideLane[] {
  const { names, clauses } = layout;
  const { source, destination, nat, sourcePort, destinationPort, natPort } = names;
  const isKnown =
    [source, destination].every((field) => fields.kind(field) === "ip") &&
    [sourcePort, destinationPort].every((field) => fields.kind(field) === "number");
  if (!isKnown) return [];
  const { hosts } = selector.selection;
  const { tcp, syn, synAck, refused, late } = clauses(fields);
  const translated = [nat, natPort].map((field) => (field === null ? NOTHING : fields.exists(field)));
  const strangers = noneOf(
    fields.inside(
      source,
      hosts.map(({ prefix }) => prefix),
    ),
    ...translated,
  );
  const ports = allOf(fields.exists(sourcePort), fields.exists(destinationPort));
  return hosts
    .filter((host) => host.isOutside && !host.peerOnly && isAlone(host, hosts))
    .flatMap(({ prefix, services, clients }): OutsideLane[] => {
      const there = allOf(tcp, ports, fields.inside(destination, [prefix]), strangers);
      const own: [string, string][] = prefix.bits === 128 ? [[destination, formatAddress(prefix.words)]] : [];
      const served = services.tcp;
      const free = unusedPort([...served, ...clients.tcp]);
      if (free === null || served.some(([low]) => low <= 0)) return [];
      const knocks: OutsideLane = {
        query: allOf(there, syn, refused, noneOf(fields.within(destinationPort, served))),
        fixed: new Map<string, string | number>([...own, [sourcePort, SOME_CLIENT_PORT], [destinationPort, free]]),
        opener: SOURCE_CERTAIN,
      };
      // Where a low port answers a high one that means nothing here, the peer was the responder.
      const lates = allOf(
        there,
        late,
        noneOf(syn, synAck, fields.within(sourcePort, WELL_KNOWN)),
        fields.within(sourcePort, SERVICE_PORTS),
        fields.within(destinationPort, CLIENT_PORTS),
        noneOf(fields.within(destinationPort, [...served, ...clients.tcp])),
      );
      const { inside, outside } = isIpv4(prefix.words) ? standIns.ipv4 : standIns.ipv6;
      const peers: [Query, string][] = [
        [isInside(source), inside],
        [noneOf(isInside(source)), outside],
      ];
      const strays = peers.map(
        ([query, peer]): OutsideLane => ({
          query: allOf(lates, query),
          fixed: new Map<string, string | number>([
            ...own,
            [source, peer],
            [sourcePort, SOME_SERVICE_PORT],
            [destinationPort, free],
          ]),
          opener: DESTINATION_LIKELY,
        }),
      );
      return [knocks, ...strays];
    })
    .filter(({ query }) => query !== NOTHING && query !== EVERYTHING);
}

/** Whether no other selected block shares an address with it, so that its own services are all that there are. */
function isAlone(host: SelectedHosts, hosts: readonly SelectedHosts[]): boolean {
  return hosts.every((other) => other === host || !prefixesOverlap(host.prefix, other.prefix));
}

/** The highest port that is in none of the intervals. */
function unusedPort(intervals: readonly PortInterval[]): number | null {
  for (let port = 65_535; port >= 1024; port--)
    if (intervals.every(([low, high]) => port < low || port > high)) return port;
  return null;
}

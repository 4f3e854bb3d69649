/** Sites and what happens at them: few addresses, and ports along the edges of the vendors' rows. */
import fc from "fast-check";
import { baseOf, isIpv6, within } from "./addresses.ts";
import type { FirewallEvent } from "./events.ts";
import {
  CATALOGS,
  intervals,
  type NaiveDeployment,
  type NaiveFirewall,
  type NaiveRow,
  type NaiveSite,
  type PlatformName,
  partyOf,
  rowsOf,
} from "./site.ts";

const OWN = ["10.1.0.10", "10.1.0.11", "10.1.0.70", "10.5.0.10", "198.51.100.20", "2001:db8:1::10", "2001:db8:1::11"];
const BLOCKS = [...OWN, "10.1.0.64/26", "2001:db8:1:2::/64"];
const PEERS = [
  "10.1.0.99",
  "10.1.0.66",
  "10.8.0.9",
  "100.64.0.7",
  "203.0.113.7",
  "203.0.113.8",
  "217.10.68.1",
  "217.10.68.2",
  "2001:db8:9::1",
  "2001:db8:1:2::7",
  "fe80::1",
  "fd00::9",
];
const TRUNKS = ["217.10.68.1", "217.10.68.2", "2001:db8:9::1"];
const PUBLIC = "198.51.100.5";
const EPHEMERAL = [1023, 1024, 33_000, 49_152, 60_001];
const POPULAR = [22, 53, 80, 123, 389, 443, 3389, 5060, 5061, 8080, 9999];

function someOf<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray([...values]);
}

function deploymentArbitrary(id: string): fc.Arbitrary<NaiveDeployment> {
  const catalog = CATALOGS.get(id) as NonNullable<ReturnType<typeof CATALOGS.get>>;
  const bindings = catalog.roles.map(({ id: role, main, unbound }) => {
    const pool = unbound === "any" ? TRUNKS : BLOCKS;
    const bound = fc.subarray([...pool], { minLength: 1, maxLength: 2 });
    return main
      ? bound.map((blocks) => [role, blocks] as const)
      : fc.option(bound, { nil: null, freq: 2 }).map((blocks) => [role, blocks] as const);
  });
  return fc
    .record({
      features: someOf(catalog.features.map((feature) => feature.id)),
      version: fc.constantFrom(undefined, "11.5", "12.20", "13.10"),
      deployment: fc.constantFrom(undefined, ...catalog.deployments.map((one) => one.id)),
      bindings: fc.tuple(...bindings),
    })
    .map(({ features, version, deployment, bindings: pairs }) => ({
      catalog: id,
      features,
      ...(version === undefined || id !== "swyxware" ? {} : { version }),
      ...(deployment === undefined ? {} : { deployment }),
      hosts: Object.fromEntries(pairs.flatMap(([role, blocks]) => (blocks ? [[role, blocks]] : []))),
    }));
}

function firewallArbitrary(platform: PlatformName): fc.Arbitrary<NaiveFirewall> {
  const forward = fc.record({
    transport: fc.constantFrom<"tcp" | "udp">("tcp", "udp"),
    outside: fc.constant(PUBLIC),
    outsidePort: fc.constantFrom(5060, 8443, 5064),
    inside: fc.constantFrom("10.1.0.10", "10.1.0.11", "10.1.0.99"),
    insidePort: fc.constantFrom(443, 5060, 9999),
  });
  return fc
    .record({
      name: fc.constant(`fw-${platform}`),
      platform: fc.constant(platform),
      interfaces:
        platform === "windows"
          ? fc.constant({})
          : fc.constantFrom(
              {},
              { wan: "internet" as const, lan: "internal" as const, dmz: "dmz" as const },
              { wan: "dmz" as const, lan: "internal" as const },
              { wan: "internal" as const, lan: "internal" as const },
            ),
      public: fc.constantFrom<string[]>([], [PUBLIC]),
      forwards: fc.uniqueArray(forward, { maxLength: 2, selector: (one) => `${one.transport}${one.outsidePort}` }),
    })
    .map((firewall) => ({ ...firewall, forwards: firewall.public.length > 0 ? firewall.forwards : [] }));
}

export function siteArbitrary(): fc.Arbitrary<NaiveSite> {
  const platforms: PlatformName[] = ["pfsense", "fortigate", "iptables", "windows"];
  return fc
    .record({
      networks: someOf([
        { cidr: "217.10.64.0/20", zone: "provider" as const },
        { cidr: "10.8.0.0/24", zone: "vpn" as const },
        { cidr: "10.5.0.0/24", zone: "dmz" as const },
        { cidr: "2001:db8:1::/48", zone: "internal" as const },
        { cidr: "203.0.113.8", zone: "vpn" as const },
      ]),
      catalogs: fc.subarray([...CATALOGS.keys()], { minLength: 1 }),
      platforms: fc.subarray(platforms, { minLength: 1 }),
    })
    .chain(({ networks, catalogs, platforms: chosen }) =>
      fc.record({
        networks: fc.constant(networks),
        firewalls: fc.tuple(...chosen.map(firewallArbitrary)),
        deployments: fc.tuple(...catalogs.map(deploymentArbitrary)),
      }),
    );
}

/** Events at a site, most of them near some row of its catalogs, many with an echo. */
export function eventsArbitrary(site: NaiveSite): fc.Arbitrary<FirewallEvent[]> {
  const rows = rowsOf(site).filter(({ applies, row }) => applies !== false && row.remote !== "localhost");
  const near = fc.constantFrom(...rows).chain((row) => eventNear(site, row));
  return fc
    .array(fc.tuple(near, echoArbitrary(site)), { minLength: 1, maxLength: 30, size: "max" })
    .map((pairs) => pairs.flatMap(([event, echo]) => [event, ...echo(event)]));
}

type Echo = (event: FirewallEvent) => FirewallEvent[];

/** What else happens then: nothing, the same again or refused, the way back, another firewall, a scan. */
function echoArbitrary(site: NaiveSite): fc.Arbitrary<Echo> {
  const verdict = fc.constantFrom<"allow" | "deny">("allow", "deny");
  const later = fc.nat(600);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant<Echo>(() => []) },
    fc.record({ verdict, later }).map(
      ({ verdict: other, later: seconds }): Echo =>
        (event) => [{ ...event, verdict: other, second: event.second + seconds, translated: null }],
    ),
    fc.record({ verdict, later, public: fc.boolean() }).map(
      (back): Echo =>
        (event) => {
          const reply = {
            ...event,
            verdict: back.verdict,
            second: event.second + back.later,
            source: event.destination,
            sourcePort: event.destinationPort,
            destination: back.public && !isIpv6(event.source) ? PUBLIC : event.source,
            destinationPort: event.sourcePort,
            flags: event.flags === "S" ? ("SA" as const) : event.flags,
            ingress: event.egress,
            egress: event.ingress,
            translated: null,
          };
          return reply.source === PUBLIC ? [] : [reply];
        },
    ),
    fc.record({ verdict, firewall: fc.nat(site.firewalls.length - 1) }).map(
      (other): Echo =>
        (event) => {
          const { platform } = site.firewalls[other.firewall] as NaiveFirewall;
          const ports = interfacesOf(platform, event.ingress, event.egress, event.ingress !== "");
          return [{ ...event, ...other, ...ports, translated: null }];
        },
    ),
    fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { minLength: 11, maxLength: 14 }).map(
      (ports): Echo =>
        (event) =>
          ports.map((port) => ({ ...event, flags: "S", destinationPort: port, translated: null })),
    ),
  );
}

function eventNear(site: NaiveSite, { row, deployment }: NaiveRow): fc.Arbitrary<FirewallEvent> {
  const at = site.deployments[deployment] as NaiveDeployment;
  const bound = Object.values(at.hosts).flat().map(baseOf);
  const own = fc.oneof(
    fc.constantFrom(
      ...(partyOf(at, row.component).bound.length > 0 ? partyOf(at, row.component).bound.map(baseOf) : bound),
    ),
    fc.constantFrom(...bound, ...OWN),
  );
  const peers = partyOf(at, row.remote).bound.map(baseOf);
  const peer = fc.oneof(fc.constantFrom(...(peers.length > 0 ? peers : PEERS)), fc.constantFrom(...PEERS, ...OWN));
  return fc
    .record({
      own,
      peer,
      ownPort: portNear(intervals(row.localPorts)),
      peerPort: portNear(intervals(row.remotePorts)),
      outward: fc.boolean(),
      transport: fc.oneof(
        { weight: 9, arbitrary: fc.constant(row.transport) },
        { weight: 1, arbitrary: fc.constantFrom<"tcp" | "udp">("tcp", "udp") },
      ),
      flags: fc.constantFrom<"S" | "SA" | "A">("S", "S", "S", "SA", "A"),
      verdict: fc.constantFrom<"allow" | "deny">("allow", "deny"),
      firewall: fc.nat(site.firewalls.length - 1),
      inbound: fc.boolean(),
      ports: fc.constantFrom<["" | "wan" | "lan" | "dmz", "" | "wan" | "lan" | "dmz"]>(
        ["wan", "lan"],
        ["lan", "wan"],
        ["lan", "dmz"],
        ["", ""],
      ),
      second: fc.nat(7200),
      nat: fc.boolean(),
      toPublic: fc.nat(9).map((n) => n === 0),
    })
    .filter((one) => one.own !== one.peer && isIpv6(one.own) === isIpv6(one.peer))
    .map((one) => {
      const { platform } = site.firewalls[one.firewall] as NaiveFirewall;
      const [source, sourcePort, target, targetPort] = one.outward
        ? [one.own, one.ownPort, one.peer, one.peerPort]
        : [one.peer, one.peerPort, one.own, one.ownPort];
      const atPublic = one.toPublic && !isIpv6(target);
      const translated =
        platform === "fortigate" && one.verdict === "allow" && one.nat && !isIpv6(target) && !one.outward
          ? { address: target, port: targetPort }
          : null;
      const [first, second] = one.ports;
      return {
        second: one.second,
        firewall: one.firewall,
        verdict: one.verdict,
        transport: one.transport,
        source,
        sourcePort,
        destination: atPublic || translated ? PUBLIC : target,
        destinationPort: targetPort,
        flags: one.flags,
        ...interfacesOf(platform, first, second, one.inbound),
        translated,
      };
    })
    .filter(({ source, destination }) => source !== destination && !within(source, PUBLIC));
}

/** pf names one interface, Windows none but says which way. */
function interfacesOf(
  platform: PlatformName,
  first: string,
  second: string,
  inbound: boolean,
): { ingress: string; egress: string } {
  if (platform === "fortigate") return { ingress: first || "any", egress: second || "any" };
  if (platform === "iptables") return { ingress: first, egress: second };
  return inbound ? { ingress: first || "em9", egress: "" } : { ingress: "", egress: second || "em9" };
}

/** Within, at and just outside the intervals. */
function portNear(list: readonly [number, number][]): fc.Arbitrary<number> {
  const edges = list.flatMap(([low, high]) => [
    low,
    low,
    low,
    high,
    high,
    Math.floor((low + high) / 2),
    low - 1,
    high + 1,
  ]);
  const valid = edges.filter((port) => port > 0 && port < 65_536);
  const other = fc.constantFrom(...EPHEMERAL, ...POPULAR);
  if (valid.length === 0)
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...EPHEMERAL) }, { weight: 1, arbitrary: other });
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...valid) }, { weight: 1, arbitrary: other });
}

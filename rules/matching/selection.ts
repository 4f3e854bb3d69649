/** What the flow table must keep apart for one site: its hosts, their services, and the ports that rows name. */
import { formatPrefix, type Prefix } from "../../ingest/address.ts";
import type { FlowSelection, SelectedHosts } from "../../ingest/flows/flow-selection.ts";
import type { Party } from "../site/parties.ts";
import { deployedBindings, hostNamesOf, peerBindings, type Site } from "../site/site.ts";
import { within } from "../within.ts";
import { compileRows, initiatorIntervals, knownPorts, type RequirementRow } from "./requirement-rows.ts";
import { SIP_PORTS } from "./sip-ports.ts";

/** A requirement over more ports than this is a media range, not a service that somebody knocks on. */
const MAX_SERVICE_PORTS = 16;

export interface PreparedSite {
  site: Site;
  /** All rows of all deployments. */
  rows: RequirementRow[];
  selection: FlowSelection;
  /** Addresses of which the logs tell host names: none of them is any other host's. */
  namedAddresses: ReadonlySet<string>;
}

/** Compiles a site once, for reading and for judging. */
export function prepareSite(site: Site, window: { sinceMs: number | null; untilMs: number | null }): PreparedSite {
  const rows = site.deployments.flatMap((deployment, index) => compileRows(deployment, index));
  const all = knownPorts(rows, isBound("component"), isBound("remote"));
  const names = prefixesNamed();
  const deployed = distinct(site.deployments.flatMap(deployedBindings).map(({ prefix }) => prefix));
  const named = site.deployments.flatMap(peerBindings).map(({ prefix }) => prefix);
  const outside = distinct(site.firewalls.flatMap((firewall) => firewall.outside));
  const peers = site.networks.filter(({ zone }) => zone === "provider" || zone === "vpn").map(({ prefix }) => prefix);
  const hosts: SelectedHosts[] = [
    ...deployed.map((prefix) => ({
      prefix,
      ...knownPorts(rows, names("component", prefix), names("remote", prefix)),
      peerOnly: false,
    })),
    // What arrives at an outside address is meant for some host behind it.
    ...outside.map((prefix) => ({
      prefix,
      clients: all.clients,
      services: {
        tcp: [...all.services.tcp, ...forwardedPorts(site, "tcp")],
        udp: [...all.services.udp, ...forwardedPorts(site, "udp")],
      },
      peerOnly: false,
      isOutside: true,
    })),
    ...[...peers, ...named].map((prefix) => ({ prefix, ...NO_PORTS, peerOnly: true })),
  ];
  const watched = [...all.services.tcp, ...all.services.udp].filter(([low, high]) => high - low < MAX_SERVICE_PORTS);
  // SIP is worth knowing even on hosts that nobody declared.
  const watchedPorts = new Set([...SIP_PORTS, ...watched.flatMap(([low, high]) => range(low, high))]);
  return {
    site,
    rows,
    selection: {
      hosts,
      initiatorPorts: initiatorIntervals(rows),
      watchedPorts: [...watchedPorts],
      hostNames: [...new Set(site.deployments.flatMap(hostNamesOf).map((name) => name.toLowerCase()))].sort(),
      sketch: false,
      ...window,
    },
    namedAddresses: new Set(),
  };
}

const NO_PORTS = { services: { tcp: [], udp: [] }, clients: { tcp: [], udp: [] } };

function isBound(side: "component" | "remote"): (row: RequirementRow) => boolean {
  return (row) => row[side].bindings.length > 0 && (side === "component" || row.remoteKind === "party");
}

/** Tests whether a row's side is bound to the very prefix. */
function prefixesNamed(): (side: "component" | "remote", prefix: Prefix) => (row: RequirementRow) => boolean {
  const texts = new Map<Party, Set<string>>();
  const textsOf = (party: Party) =>
    within(texts, party, () => new Set(party.bindings.map((binding) => formatPrefix(binding.prefix))));
  return (side, prefix) => {
    const text = formatPrefix(prefix);
    return (row) => textsOf(row[side]).has(text);
  };
}

/** Each prefix once, narrow ones first so that a host inside a bound block keeps services of its own. */
function distinct(prefixes: readonly Prefix[]): Prefix[] {
  const unique = new Map(prefixes.map((prefix) => [formatPrefix(prefix), prefix]));
  return [...unique.values()].sort((a, b) => b.bits - a.bits);
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

function forwardedPorts(site: Site, transport: "tcp" | "udp"): [low: number, high: number][] {
  return site.firewalls.flatMap(({ forwards }) =>
    forwards.filter((forward) => forward.transport === transport).map(({ outsidePorts }) => outsidePorts),
  );
}

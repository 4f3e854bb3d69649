/** Host names that the logs themselves tie to addresses: learned while reading, used in judging, and always told. */
import type { HostName } from "../../ingest/flows/flow.ts";
import { compileRows } from "../matching/requirement-rows.ts";
import type { PreparedSite } from "../matching/selection.ts";
import { joined, type Message, say } from "../messages/message.ts";
import type { InputResult } from "../result.ts";
import { type Binding, bindingFromText, type Deployment, hostNamesOf } from "../site/site.ts";

/** More than so many addresses of a name are told by their number. */
const MAX_TOLD = 4;

/** The site with what the logs say of its catalogs' host names; the site file's own bindings stay. */
export function withLearnedNames(prepared: PreparedSite, learned: readonly HostName[]): PreparedSite {
  if (learned.length === 0) return prepared;
  const { site } = prepared;
  const deployments = site.deployments.map((deployment) => withNames(deployment, learned));
  return {
    ...prepared,
    site: { ...site, deployments },
    rows: deployments.flatMap((deployment, index) => compileRows(deployment, index)),
    namedAddresses: new Set(learned.map(({ address }) => address)),
  };
}

function withNames(deployment: Deployment, learned: readonly HostName[]): Deployment {
  const hosts = new Map(deployment.hosts);
  const notBound = new Set(deployment.notBound);
  for (const name of hostNamesOf(deployment)) {
    const known = hosts.get(name) ?? [];
    const fresh = addressesOf(name, learned).filter((address) => known.every(({ text }) => text !== address));
    if (fresh.length === 0) continue;
    if (known.length === 0) notBound.add(name);
    hosts.set(name, [...known, ...fresh.map((address) => bindingFromText(address) as Binding)]);
  }
  return { ...deployment, hosts, notBound };
}

function addressesOf(name: string, learned: readonly HostName[]): string[] {
  const lower = name.toLowerCase();
  return learned.filter((one) => one.name === lower).map(({ address }) => address);
}

/** Which names were learned, for which addresses, and from which line each. */
export function learnedLimits(learned: readonly HostName[], inputs: readonly InputResult[]): Message[] {
  const names = [...new Set(learned.flatMap(({ name }) => name ?? []))].sort();
  if (names.length === 0) return [];
  const told = names.map((name) => {
    const own = learned.filter((one) => one.name === name);
    const shown = own.slice(0, MAX_TOLD).map((one) => placeOf(one, inputs));
    const more = own.length - shown.length;
    const places = joined(shown, ", ");
    return more > 0 ? say`${name} = ${places} and ${more} more` : say`${name} = ${places}`;
  });
  return [say`The logs themselves tell addresses of host names that the vendors name: ${joined(told, "; ")}.`];
}

function placeOf({ address, from, input, line, document }: HostName, inputs: readonly InputResult[]): Message {
  const place = document ?? `${(inputs[input] as InputResult).name}:${line}`;
  return from === "dns" ? say`${address} (DNS answer, ${place})` : say`${address} (session, ${place})`;
}

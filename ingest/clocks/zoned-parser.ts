/**
 * A format's parser for lines of several firewalls whose clocks stand in different zones (a relay's file). A line is
 * read with the clock of the one before; only where its host has another is it read again, with a parser of that zone.
 */
import { Interner } from "../flows/interner.ts";
import { type LineParser, type LogFormat, NO_VERDICT, PARSED, type ParseContext, STRUCTURE } from "../format.ts";
import { LogRecord } from "../record.ts";
import { type ZoneRule, zoneOfFormat, zoneOfName } from "./clock-zones.ts";

/** `contextIn`: what the parser must know, with the clock of a zone. Without rules, or where all agree, this is the format's own parser. */
export function openZoned(
  format: LogFormat,
  rules: readonly ZoneRule[],
  fallback: string,
  contextIn: (zone: string) => ParseContext,
): LineParser {
  const usual = zoneOfFormat(format, rules, fallback);
  const parse = format.open(contextIn(usual));
  const zones = new Set(rules.map(({ zone }) => zone ?? fallback));
  zones.delete(usual);
  if (zones.size === 0) return parse;
  const byZone = new Map([...zones].map((zone) => [zone, format.open(contextIn(zone))]));
  const all = [parse, ...byZone.values()];
  const hosts = new Interner();
  /** Parser by the host's number. */
  const byHost: (LineParser | undefined)[] = [parse];
  const parserOf = (host: number): LineParser => {
    const zone = zoneOfName(hosts.texts[host] as string, format, rules, fallback);
    const own = byZone.get(zone) ?? parse;
    byHost[host] = own;
    return own;
  };
  const unused = new LogRecord();
  let current = parse;
  return (bytes, start, end, into) => {
    const status = current(bytes, start, end, into);
    if (status === PARSED || status === NO_VERDICT) {
      const host = hosts.intern(into.text, into.observer);
      const own = byHost[host] ?? parserOf(host);
      if (own === current) return status;
      current = own;
      return own(bytes, start, end, into);
    }
    // A header holds for the lines of every zone.
    if (status === STRUCTURE) for (const other of all) if (other !== current) other(bytes, start, end, unused);
    return status;
  };
}

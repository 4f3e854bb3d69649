/**
 * Which documents of a layout are counted in which way: those of concern exactly, the rest in coarse buckets, as the flow
 * table would fold them. What the server's filters keep too much of, the flow table folds; they never keep too little.
 */
import { type AddressWords, addressFromText, type Prefix, prefixFromText } from "../../address.ts";
import type { FlowSelector, PortInterval } from "../../flows/flow-selection.ts";
import { type Initiator, SOURCE_CERTAIN } from "../../flows/initiator.ts";
import type { Layout, Split } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf, type Query } from "../server/query.ts";
import type { KeyValue } from "./bucket.ts";
import { type MediaLane, mediaLanes } from "./media-lanes.ts";
import { outsideLanes, type StandIns } from "./outside-lanes.ts";
import { laneGroups, type PortLane } from "./port-lanes.ts";

export interface Lane {
  query: Query;
  /** Fields that tell its buckets apart. */
  keys: readonly string[];
  /** Values of fields that are not in the key. */
  fixed: ReadonlyMap<string, KeyValue>;
  opener: Initiator | null;
}

/** A lane, and lanes that count the same documents with fewer buckets where they are many; their queries are within its own. */
export interface SplittableLane {
  lane: Lane;
  parts: (() => Lane[]) | null;
}

/** Lanes whose queries are within a common one: the server finds its documents once and keeps them in mind. */
export interface LaneSet {
  query: Query;
  lanes: readonly SplittableLane[];
}

const SIP_PORTS: readonly PortInterval[] = [[5060, 5061]];

const PRIVATE_BLOCKS = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "100.64.0.0/10",
  "fc00::/7",
  "fe80::/10",
  "::1",
].map((text) => prefixFromText(text) as Prefix);

/** Candidates for the address that stands for many: the first that is no host of the site. */
const PRIVATE_STAND_INS = ["10.255.255.253", "172.31.255.253", "192.168.255.253", "fd00::fffd"];
const PUBLIC_STAND_INS = ["192.0.2.253", "198.51.100.253", "203.0.113.253", "2001:db8::fffd"];

export function lanesOf(layout: Layout, fields: Fields, selector: FlowSelector): LaneSet[] {
  const concern = concernOf(layout, fields, selector);
  const { source, destination, nat, sourcePort, destinationPort, natPort, sourceNatPort } = layout.names;
  const roles = [source, destination, nat, sourcePort, destinationPort, natPort].filter((name) => name !== null);
  const keys = [...roles, ...layout.keys.map(({ field }) => field)];
  const laneOf = ({ query, left, opener, translation }: PortLane): Lane => {
    const leftOut = left === null ? null : left.side === "source" ? sourcePort : destinationPort;
    return {
      query,
      keys: [
        ...keys.filter((field) => field !== leftOut),
        ...(translation && sourceNatPort !== null ? [sourceNatPort] : []),
      ],
      fixed: left === null || leftOut === null ? new Map() : new Map([[leftOut, left.port]]),
      opener,
    };
  };
  const exact = laneGroups(layout, fields, selector).map(({ whole, parts }) => ({
    lane: laneOf(whole),
    parts: parts && (() => parts().map(laneOf)),
  }));
  const sized = undeclaredMedia(layout, fields, selector).map(({ query, keys: sizes, fixed }) => ({
    lane: { query, keys: [...keys, ...sizes], fixed, opener: null },
    parts: null,
  }));
  const isInside = (field: string) => fields.inside(field, PRIVATE_BLOCKS);
  const refused = outsideLanes(layout, fields, selector, isInside, standInsOf(selector));
  const forgotten = refused.map(({ query, fixed, opener }) => ({
    lane: { query, keys: keys.filter((field) => !fixed.has(field)), fixed, opener },
    parts: null,
  }));
  const special = [...sized, ...forgotten];
  const other = noneOf(...special.map(({ lane }) => lane.query));
  return [
    { query: EVERYTHING, lanes: special },
    { query: allOf(concern, other), lanes: exact },
    { query: allOf(noneOf(concern), other), lanes: coarseLanes(layout, fields, selector) },
  ]
    .map(({ query, lanes }) => ({ query, lanes: lanes.filter(({ lane }) => lane.query !== NOTHING) }))
    .filter(({ query, lanes }) => query !== NOTHING && lanes.length > 0);
}

/** What may be audio, between an inside host and whomever, and at no deployed host. */
function undeclaredMedia(layout: Layout, fields: Fields, selector: FlowSelector): MediaLane[] {
  const { source, destination, nat } = layout.names;
  const addresses = [source, destination, ...(nat === null ? [] : [nat])];
  const isSure = addresses.every((field) => !fields.has(field) || fields.kind(field) === "ip");
  const judged = anyOf(...addresses.map((field) => fields.inside(field, judgedBlocks(selector))));
  const inside = isSure ? anyOf(...addresses.map((field) => fields.inside(field, PRIVATE_BLOCKS))) : EVERYTHING;
  // Of addresses kept as words, those that only look like a deployed host's must not be left out.
  const undeclared = isSure ? noneOf(judged) : EVERYTHING;
  return mediaLanes(layout, fields).map((lane) => ({ ...lane, query: allOf(lane.query, undeclared, inside) }));
}

function judgedBlocks({ selection }: FlowSelector): Prefix[] {
  return selection.hosts.filter(({ peerOnly }) => !peerOnly).map(({ prefix }) => prefix);
}

/** The lane's documents by which option of each split they fit. */
export function splitLane(lane: Lane, splits: readonly Split[], fields: Fields): Lane[] {
  return splits.reduce(
    (lanes, { name, options }) => {
      const known = options
        .map(({ value, query }) => ({ value, query: query(fields) }))
        .filter(({ query }) => query !== NOTHING);
      if (known.length === 0) return lanes;
      const ways = [...known, { value: "", query: EVERYTHING }].map(({ value, query }, i) => ({
        value,
        query: allOf(query, noneOf(...known.slice(0, i).map((before) => before.query))),
      }));
      return ways.flatMap(({ value, query }) =>
        lanes.map((whole) => ({
          ...whole,
          query: allOf(whole.query, query),
          fixed: new Map([...whole.fixed, [name, value]]),
        })),
      );
    },
    [lane],
  );
}

/** Documents that the flow table may keep exactly. */
function concernOf({ names, clauses }: Layout, fields: Fields, selector: FlowSelector): Query {
  const { watchedPorts } = selector.selection;
  const judged = judgedBlocks(selector);
  const { source, destination, nat, sourcePort, destinationPort, natPort } = names;
  const addresses = [source, destination, ...(nat === null ? [] : [nat])];
  const ports = [sourcePort, destinationPort, ...(natPort === null ? [] : [natPort])];
  const on = (intervals: readonly PortInterval[]) => anyOf(...ports.map((port) => fields.within(port, intervals)));
  const { denied, notable } = clauses(fields);
  // Addresses kept as words do not tell for sure which of them are private.
  const isSure = addresses.every((field) => !fields.has(field) || fields.kind(field) === "ip");
  const isPrivate = (field: string) => fields.inside(field, PRIVATE_BLOCKS);
  const outside = isSure ? noneOf(isPrivate(source), ...(nat === null ? [isPrivate(destination)] : [])) : EVERYTHING;
  return anyOf(
    ...addresses.map((field) => fields.inside(field, judged)),
    noneOf(allOf(fields.exists(source), fields.exists(destination))),
    notable,
    // A host that answers SIP may be a telephone system that nobody declared.
    on(SIP_PORTS),
    // Who knocked at an outside address is worth knowing one by one.
    allOf(outside, denied, on(watchedPorts.map((port) => [port, port]))),
  );
}

/** Everything else, by what the flow table keeps of it: private or public ends, translated or not. */
function coarseLanes(layout: Layout, fields: Fields, selector: FlowSelector): SplittableLane[] {
  const { source, destination, nat } = layout.names;
  const keys = layout.keys.filter(({ everywhere }) => everywhere).map(({ field }) => field);
  const { inside: insider, outside: outsider } = standInsOf(selector).ipv4;
  const ends = (field: string) => {
    const inside = fields.inside(field, PRIVATE_BLOCKS);
    return [
      { text: insider, query: inside },
      { text: outsider, query: noneOf(inside) },
    ];
  };
  const hasNat = nat !== null && fields.has(nat);
  const translated = hasNat ? fields.exists(nat) : NOTHING;
  const lanes: SplittableLane[] = [];
  for (const from of ends(source)) {
    for (const isTranslated of hasNat ? [false, true] : [false]) {
      for (const to of ends(isTranslated ? (nat as string) : destination)) {
        const fixed = new Map<string, string>([
          [source, from.text],
          [destination, to.text],
        ]);
        if (isTranslated) fixed.set(nat as string, to.text);
        const query = allOf(from.query, to.query, isTranslated ? translated : noneOf(translated));
        lanes.push({ lane: { query, keys, fixed, opener: SOURCE_CERTAIN }, parts: null });
      }
    }
  }
  return lanes.filter(({ lane }) => lane.query !== NOTHING);
}

function standInsOf(selector: FlowSelector): StandIns {
  const free = (texts: readonly string[], isIpv6: boolean) =>
    texts.find((text) => text.includes(":") === isIpv6 && isFree(text, selector)) ?? (texts.at(-1) as string);
  const of = (isIpv6: boolean) => ({
    inside: free(PRIVATE_STAND_INS, isIpv6),
    outside: free(PUBLIC_STAND_INS, isIpv6),
  });
  return { ipv4: of(false), ipv6: of(true) };
}

function isFree(text: string, selector: FlowSelector): boolean {
  return !selector.isJudged(selector.hostIndex(addressFromText(text) as AddressWords));
}

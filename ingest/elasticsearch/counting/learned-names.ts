/** What documents tell of host names: the server picks those that name one, whatever else the audit counts. */
import { type AddressWords, addressFromText } from "../../address.ts";
import type { FlowSelector } from "../../flows/flow-selection.ts";
import type { HostNames } from "../../flows/host-names.ts";
import type { Layout, NamingFields } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, NOTHING, noneOf, type Query } from "../server/query.ts";
import type { Snapshot } from "../server/snapshot.ts";

const PAGE_SIZE = 1000;
const FIRST_DOCUMENT = { size: 1, _source: false };

interface Bucket {
  key: { name: string; address: string };
  first: { value: number | null };
  document: { hits: { hits: { _index: string; _id: string }[] } };
}

interface Answer {
  aggregations?: { names: { after_key?: Bucket["key"]; buckets: Bucket[] } };
}

/** One kind of document that names addresses. */
interface Naming {
  from: "dns" | "session";
  name: string;
  address: string;
  query: Query;
  /** Its names are waited for; else those of all others count. */
  isWaitedFor: boolean;
}

/** Adds what the layout's documents (`base`) tell to the table's names; `input` is the number of the index. */
export async function learnNames(
  snapshot: Snapshot,
  { fields, layout, base, input }: { fields: Fields; layout: Layout; base: Query; input: number },
  selector: FlowSelector,
  into: HostNames,
): Promise<void> {
  const { hostNames } = selector.selection;
  if (hostNames.length === 0 || !layout.naming) return;
  const time = fields.name(layout.names.time);
  for (const naming of namingsOf(layout, layout.naming, fields, selector)) {
    const name = fields.name(naming.name);
    const address = fields.name(naming.address);
    if (name === null || address === null || time === null || naming.query === NOTHING) continue;
    const sources = [{ name: { terms: { field: name } } }, { address: { terms: { field: address } } }];
    for (let after: Bucket["key"] | undefined, more = true; more; ) {
      const body = {
        size: 0,
        track_total_hits: false,
        query: allOf(base, naming.query),
        aggs: {
          names: {
            composite: { size: PAGE_SIZE, sources, ...(after ? { after } : {}) },
            aggs: {
              first: { min: { field: time } },
              document: { top_hits: { ...FIRST_DOCUMENT, sort: [{ [time]: "asc" }] } },
            },
          },
        },
      };
      const { aggregations } = await snapshot.search<Answer>(body);
      const buckets = aggregations?.names.buckets ?? [];
      for (const bucket of buckets) learn(bucket, naming, input, into);
      after = aggregations?.names.after_key;
      more = buckets.length === PAGE_SIZE && after !== undefined;
    }
  }
}

function learn({ key, first, document }: Bucket, naming: Naming, input: number, into: HostNames): void {
  const address = addressFromText(key.address);
  const [hit] = document.hits.hits;
  if (!address) return;
  into.learnText(key.name, address as AddressWords, naming.isWaitedFor, {
    from: naming.from,
    timeMs: first.value ?? Number.NaN,
    input,
    line: 0,
    offset: 0,
    document: hit ? `${hit._index}/_doc/${hit._id}` : null,
  });
}

function namingsOf(layout: Layout, naming: NamingFields, fields: Fields, selector: FlowSelector): Naming[] {
  const { question, answers, stopped, inspected, dns } = naming;
  const { source, destination, nat } = layout.names;
  const { hosts, hostNames } = selector.selection;
  // With the dot that ends a name in full, too.
  const wanted = (field: string) =>
    fields.endsWith(
      field,
      hostNames.flatMap((name) => [name, `${name}.`]),
    );
  const judged = hosts.filter((_, index) => selector.isJudged(index)).map(({ prefix }) => prefix);
  const direct = noneOf(dns(fields), nat === null ? NOTHING : fields.exists(nat));
  const sessions = naming.sessions.map(
    (field): Naming => ({
      from: "session",
      name: field,
      address: destination,
      query: allOf(wanted(field), direct),
      isWaitedFor: true,
    }),
  );
  const others = naming.sessions.map(
    (field): Naming => ({
      from: "session",
      name: field,
      address: destination,
      query: allOf(fields.exists(field), direct, inspected(fields), fields.inside(source, judged)),
      isWaitedFor: false,
    }),
  );
  const answered: Naming = {
    from: "dns",
    name: question,
    address: answers,
    query: allOf(wanted(question), dns(fields), noneOf(stopped(fields))),
    isWaitedFor: true,
  };
  return [answered, ...sessions, ...others];
}

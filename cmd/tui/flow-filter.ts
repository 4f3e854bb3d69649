/** Filter terms over a million flows: each text is looked into once, however many flows share it. */
import { KEY_INTS, keyOf } from "../../ingest/flow-key.ts";
import { protocolName } from "../../ingest/protocols.ts";
import type { FilterTerm } from "./filter.ts";
import { type FlowRows, MEANING_WORDS, VERDICT_WORDS } from "./flow-rows.ts";

const PORTS = 65_536;
const PROTOCOLS = 256;
/** A wider interval is what is left between the ports that rules name. */
const FEW_PORTS = 1024;

type RowTest = (row: number) => boolean;

export const FLOW_FIELDS = [
  "verdict",
  "judged",
  "from",
  "to",
  "ip",
  "port",
  "transport",
  "zone",
  "host",
  "firewall",
  "rule",
  "requirement",
] as const;
type FlowField = (typeof FLOW_FIELDS)[number];

/** Whether all of the terms hold; a field that is none of ours is answered by `other`. */
export function flowTest(rows: FlowRows, terms: readonly FilterTerm[], other: (term: FilterTerm) => RowTest): RowTest {
  const tests = terms.map((term): RowTest => {
    const { field, value, negated } = term;
    const test =
      field === null ? anywhere(rows, value) : isFlowField(field) ? fieldTest(rows, field, value) : other(term);
    return negated ? (row) => !test(row) : test;
  });
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

function isFlowField(field: string): field is FlowField {
  return (FLOW_FIELDS as readonly string[]).includes(field);
}

function anywhere(rows: FlowRows, value: string): RowTest {
  const contexts = once(rows.store.contexts.length, (id) => {
    const { observer, ingress, egress, ruleId, ruleName, reason, application } = rows.store.contextAt(id);
    return holds([observer, ingress, egress, ruleId, ruleName, reason, application].join("\n"), value);
  });
  const names = nameTest(rows, value);
  const { firewalls, hosts, requirements } = rows.judgements;
  const address = addressTest(rows, value);
  const words = (["verdict", "judged", "zone"] as const).map((field) => fieldTest(rows, field, value));
  const protocol = protocolTest(value);
  const port = once(PORTS, (one) => String(one).includes(value));
  return (row) =>
    address(rows.initiatorId(row)) ||
    address(rows.responderId(row)) ||
    protocol(rows.protocol(row)) ||
    port(rows.port(row)) ||
    contexts(rows.contextId(row)) ||
    names(firewalls[row] as number) ||
    names(hosts[row] as number) ||
    names(requirements[row] as number) ||
    words.some((test) => test(row));
}

function fieldTest(rows: FlowRows, field: FlowField, value: string): RowTest {
  const { judgements } = rows;
  switch (field) {
    case "verdict":
      return (row) => VERDICT_WORDS[rows.verdict(row)].includes(value);
    case "judged":
      return (row) => MEANING_WORDS[rows.meaning(row)].includes(value);
    case "from":
      return on(addressTest(rows, value), (row) => rows.initiatorId(row));
    case "to":
      return on(addressTest(rows, value), (row) => rows.responderId(row));
    case "ip": {
      const test = addressTest(rows, value);
      return (row) => test(rows.initiatorId(row)) || test(rows.responderId(row));
    }
    case "port":
      return portTest(rows, value);
    case "transport":
      return on(protocolTest(value), (row) => rows.protocol(row));
    case "zone":
      return (row) => rows.zone(row).includes(value);
    case "host":
      return on(nameTest(rows, value), (row) => judgements.hosts[row] as number);
    case "firewall":
      return on(nameTest(rows, value), (row) => judgements.firewalls[row] as number);
    case "requirement":
      return on(nameTest(rows, value), (row) => judgements.requirements[row] as number);
    case "rule":
      return on(
        once(rows.store.contexts.length, (id) => {
          const { ruleId, ruleName, ruleUuid } = rows.store.contextAt(id);
          return holds(`${ruleId}\n${ruleName}\n${ruleUuid}`, value);
        }),
        (row) => rows.contextId(row),
      );
  }
}

function addressTest(rows: FlowRows, value: string): (id: number) => boolean {
  return once(rows.store.addressCount, (id) => rows.addressText(id).includes(value));
}

function nameTest({ judgements }: FlowRows, value: string): (id: number) => boolean {
  return once(judgements.names.length, (id) => holds(judgements.names[id] as string, value));
}

function protocolTest(value: string): (protocol: number) => boolean {
  return once(PROTOCOLS, (protocol) => (protocolName(protocol) ?? String(protocol)).includes(value));
}

/** The port that answers, or the ports that the conversation was opened from where some rule tells them apart. */
function portTest(rows: FlowRows, value: string): RowTest {
  const wanted = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  const { keys } = rows.store.columns;
  return (row) => {
    if (rows.port(row) === wanted) return true;
    const low = keyOf.initiatorLow(keys, row * KEY_INTS);
    if (low < 0 || low > wanted) return false;
    const [, high] = rows.store.portsFrom(rows.protocol(row), low);
    return wanted <= high && high - low < FEW_PORTS;
  };
}

function holds(text: string, value: string): boolean {
  return text.toLowerCase().includes(value);
}

function on(test: (id: number) => boolean, idOf: (row: number) => number): RowTest {
  return (row) => test(idOf(row));
}

/** A test that is made at most once for each number; -1 stands for nothing, and holds nothing. */
function once(count: number, test: (id: number) => boolean): (id: number) => boolean {
  const known = new Uint8Array(count);
  return (id) => {
    if (id < 0) return false;
    const answer = known[id] as number;
    if (answer !== 0) return answer === 2;
    const fresh = test(id);
    known[id] = fresh ? 2 : 1;
    return fresh;
  };
}

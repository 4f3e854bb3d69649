import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalog } from "../../catalogs/catalog.ts";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { addressFromText } from "../../ingest/address.ts";
import { FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { pfsense } from "../../ingest/formats/pfsense.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { LogRecord, PHASE_PACKET, TCP_SYN, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { propose, sketchSelection } from "../../rules/site/propose.ts";

const root = join(import.meta.dirname, "..", "..", "catalogs");
const catalogs = listCatalogIds(root).map((id) => loadCatalog(join(root, id)).catalog as Catalog);
const text = new TextEncoder();

type Line = [ingress: string, transport: "tcp" | "udp", source: string, destination: string, port: number];

/** A table that folds as soon as it holds some hundred flows. */
class SmallTable {
  readonly table = new FlowTable(new FlowSelector(sketchSelection(catalogs)), 500);
  readonly #record = new LogRecord();

  add(lines: readonly Line[], verdict: typeof VERDICT_ALLOW | typeof VERDICT_DENY): void {
    const record = this.#record;
    for (const [at, [ingress, transport, source, destination, port]] of lines.entries()) {
      record.reset(text.encode(ingress));
      record.ingress.set(0, ingress.length);
      record.ipVersion = 4;
      record.verdict = verdict;
      record.phase = PHASE_PACKET;
      record.protocol = transport === "tcp" ? TCP : UDP;
      record.tcpFlags = transport === "tcp" ? TCP_SYN : -1;
      record.source.set(addressFromText(source) as Uint32Array);
      record.destination.set(addressFromText(destination) as Uint32Array);
      record.sourcePort = 40_000 + (at % 20_000);
      record.destinationPort = port;
      this.table.add(record, pfsense, 0, at + 1, 0);
    }
  }

  /** What is proposed, without the counts that it rests on. */
  proposal() {
    const { firewalls, networks, systems } = propose(this.table.flows(), catalogs);
    return {
      interfaces: firewalls.flatMap(({ interfaces }) => interfaces.map(({ name, zone }) => `${name} ${zone}`)),
      outside: firewalls.flatMap(({ outside }) => outside.map(({ address }) => address)),
      networks: networks.map(({ cidr, zone }) => `${cidr} ${zone}`),
      systems: systems.map(({ address, catalog, phones }) => ({ address, catalog, phones })),
    };
  }
}

const company: Line[] = [
  ["igb1", "udp", "10.20.0.41", "10.20.0.10", 5060],
  ["igb1", "udp", "10.20.0.42", "10.20.0.10", 5060],
  ["igb1", "tcp", "10.20.0.41", "10.20.0.10", 9094],
  ["igb1", "udp", "10.20.0.10", "217.10.68.150", 5060],
];
const strangers: Line[] = [
  ["igb0", "tcp", "203.0.113.7", "198.51.100.5", 22],
  ["igb0", "tcp", "192.0.2.7", "198.51.100.5", 23],
];

describe("a proposal", () => {
  const seen = () => {
    const small = new SmallTable();
    small.add(company, VERDICT_ALLOW);
    small.add(strangers, VERDICT_DENY);
    return small;
  };

  it("names the system by its ports, its telephones, its provider and the outside", () => {
    expect(seen().proposal()).toEqual({
      interfaces: ["igb0 internet", "igb1 internal"],
      outside: ["198.51.100.5"],
      networks: ["10.20.0.0/24 internal", "217.10.68.150 provider"],
      systems: [{ address: "10.20.0.10", catalog: "swyxware", phones: ["10.20.0.40/30"] }],
    });
  });

  it("takes private addresses that the outside alone brings for the provider's, and names no network of them", () => {
    const modem = seen();
    modem.add(
      [
        ["igb0", "tcp", "46.4.0.7", "198.51.100.5", 23],
        ["igb0", "udp", "192.168.100.1", "198.51.100.5", 1900],
        ["igb0", "tcp", "100.64.7.9", "198.51.100.5", 22],
        ["igb1", "tcp", "10.30.0.9", "198.51.100.5", 22],
      ],
      VERDICT_DENY,
    );
    expect(modem.proposal().networks).toEqual([
      "10.20.0.0/24 internal",
      "10.30.0.0/24 internal",
      "217.10.68.150 provider",
    ]);
  });

  it("stays the same among a week's web pages and knocks, of which no two are alike", () => {
    const flooded = new SmallTable();
    const many = Array.from({ length: 20_000 }, (_, i) => i);
    const pages = many.map(
      (i): Line => ["igb1", "tcp", `10.20.0.${41 + (i % 2)}`, `151.101.${i >> 8}.${i & 255}`, 443],
    );
    const knocks = many.map((i): Line => ["igb0", "tcp", `${40 + (i % 60)}.9.${i >> 8}.${i & 255}`, "198.51.100.5", i]);
    flooded.add(pages, VERDICT_ALLOW);
    flooded.add(knocks, VERDICT_DENY);
    flooded.add(company, VERDICT_ALLOW);
    flooded.add(strangers, VERDICT_DENY);
    expect(flooded.table.foldLevel).toBe(0);
    expect(flooded.proposal()).toEqual(seen().proposal());
  });
});

/**
 * Netfilter lines that CrowdSec published with its own readings, held against ours, field by field. Every difference is in
 * a table here with its reason; an unexplained one fails, and so does a reason that no longer applies.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED } from "../../ingest/format.ts";
import { iptables } from "../../ingest/formats/iptables.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { LogRecord, VERDICT_DENY } from "../../ingest/record.ts";
import { Agreement } from "./agreement.ts";

const hub = join(import.meta.dirname, "../../../shared/corpora/crowdsec-hub");
const isPresent = existsSync(hub);

const clock = new DeviceClock("UTC", Date.parse("2026-11-21T00:00:00Z"));
const record = new LogRecord();
const parse = iptables.open({ clock });

function parseLine(line: string): number {
  const bytes = new TextEncoder().encode(line);
  return parse(bytes, 0, bytes.length, record);
}

/** Our reading in the words of CrowdSec's parsers. */
function ourFields(line: string): Record<string, string> {
  const status = parseLine(line);
  if (status !== PARSED && status !== NO_VERDICT) return { Success: "false" };
  const protocol = protocolName(record.protocol) ?? "";
  const device = record.textOf(record.ingress) || record.textOf(record.egress);
  const number = (value: number) => (value < 0 ? "" : String(value));
  return {
    Success: "true",
    src_ip: formatAddress(record.source),
    source_ip: formatAddress(record.source),
    SRC: formatAddress(record.source),
    dst_ip: formatAddress(record.destination),
    DST: formatAddress(record.destination),
    src_port: number(record.sourcePort),
    SPT: number(record.sourcePort),
    dst_port: number(record.destinationPort),
    DPT: number(record.destinationPort),
    proto: protocol.toUpperCase(),
    PROTO: protocol.toUpperCase(),
    service: protocol,
    IN: record.textOf(record.ingress),
    OUT: record.textOf(record.egress),
    iface: device,
    int_eth: device,
    id: number(record.ipId),
    ID: number(record.ipId),
    LEN: number(record.bytes),
    length: number(record.bytes),
    machine: record.textOf(record.observer),
    rule_id: record.textOf(record.ruleId),
    log_type: record.verdict === VERDICT_DENY ? "iptables_drop" : "iptables_event",
  };
}

interface Difference {
  line: string;
  field: string;
  ours: string | undefined;
  theirs: string;
}

interface Explanation {
  why: string;
  applies(difference: Difference): boolean;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    why: "theirs takes the last LEN=, UDP's own; ours is the packet's",
    applies: ({ field, line, theirs }) =>
      (field === "LEN" || field === "length") &&
      / LEN=\d+ ?/.test(line) &&
      line.includes(`LEN=${theirs}`) &&
      line.includes("PROTO=UDP"),
  },
  {
    why: "theirs calls every line a drop; without a word in the prefix the verdict is unknown",
    applies: ({ field, line, theirs }) =>
      field === "log_type" && theirs === "iptables_drop" && /kernel: \[ *[\d.]+\] IN=/.test(line),
  },
  {
    why: "theirs reads only denied packets of Proxmox VE",
    applies: ({ field, line, theirs }) => field === "Success" && theirs === "false" && / ACCEPT: /.test(line),
  },
  {
    why: "theirs has no words for a rule that logs without a verdict",
    applies: ({ field, line, theirs }) => field === "Success" && theirs === "false" && /\+0200 IN=/.test(line),
  },
  {
    why: "theirs calls Proxmox VE's chain the interface",
    applies: ({ field, line, theirs }) =>
      field === "int_eth" && new RegExp(`^\\d+ \\d+ ${theirs}-(?:IN|OUT) `).test(line),
  },
  {
    why: "theirs calls all traffic of Proxmox VE tcp",
    applies: ({ field, line, ours, theirs }) =>
      field === "service" && theirs === "tcp" && line.includes(`PROTO=${ours?.toUpperCase()}`),
  },
  {
    why: "theirs reads only Proxmox VE's inbound chains",
    applies: ({ field, line, theirs }) => field === "Success" && theirs === "false" && /^\d+ \d+ \S+-OUT /.test(line),
  },
];

/** Expected fields by line of one parser's results. */
function assertions(folder: string): Map<number, Map<string, string>> {
  const byLine = new Map<number, Map<string, string>>();
  const text = readFileSync(join(hub, folder, "parser.assert"), "utf8");
  for (const match of text.matchAll(
    /^results\["s01-parse"\]\["[^"]*iptables-logs"\]\[(\d+)\]\.(?:Evt\.(?:Parsed|Meta|Unmarshaled\["iptables"\])\["(\w+)"\]|(Success)) == (.*)$/gm,
  )) {
    const line = Number(match[1]);
    const fields = byLine.get(line) ?? new Map<string, string>();
    byLine.set(line, fields);
    const value = match[4] as string;
    fields.set((match[2] ?? match[3]) as string, value.startsWith('"') ? (JSON.parse(value) as string) : value);
  }
  return byLine;
}

function linesOf(folder: string, file: string): string[] {
  return readFileSync(join(hub, folder, file), "utf8")
    .split("\n")
    .filter(Boolean);
}

describe.skipIf(!isPresent)("CrowdSec's netfilter corpora (skipped where ../shared/corpora is absent)", () => {
  const unused = new Set(EXPLANATIONS);

  it.each([
    ["iptables-logs", "iptables-logs.log"],
    ["proxmox-iptables-logs", "proxmox-iptables.log"],
    ["unifi-logs", "unifi-logs.log"],
  ])("%s: every field agrees or differs for a known reason", (folder, file) => {
    const lines = linesOf(folder, file);
    const agreement = new Agreement(`crowdsec-hub/${folder}: CrowdSec's parser`);
    const unexplained: Difference[] = [];
    for (const [index, expected] of assertions(folder)) {
      const line = lines[index] as string;
      const fields = ourFields(line);
      for (const [field, theirs] of expected) {
        if (!(field in fields) && fields.Success === "true") continue;
        if (field !== "Success" && fields.Success === "false") continue;
        const difference = { line, field, ours: fields[field], theirs };
        const isSame = difference.ours === theirs;
        const explanation = isSame ? undefined : EXPLANATIONS.find((one) => one.applies(difference));
        if (explanation) unused.delete(explanation);
        else if (!isSame) unexplained.push(difference);
        agreement.take(field, explanation?.why ?? null);
      }
    }
    expect(unexplained).toEqual([]);
    expect(agreement.compared).toBeGreaterThan(lines.length * 5);
    agreement.expectAsWritten();
  });

  it("reads every line of the scans, which come without expected fields", () => {
    const lines = linesOf("iptables-scan-multi-port", "iptables-scan-multi-port.log");
    const denied = lines.filter((line) => parseLine(line) === PARSED && record.verdict === VERDICT_DENY);
    expect(denied.every((line) => line.includes("[UFW BLOCK]"))).toBe(true);
    expect(denied).toHaveLength(lines.filter((line) => line.includes("[UFW BLOCK]")).length);
    expect(lines.filter((line) => parseLine(line) !== PARSED).map(parseLine)).not.toContain(MALFORMED);
    expect(lines.map(parseLine)).not.toContain(FOREIGN);
  });

  it("needs every explanation", () => {
    expect([...unused].map(({ why }) => why)).toEqual([]);
  });

  it.each([
    ["mikrotik-logs", "mikrotik-logs.log"],
    ["mikrotik-scan-multi_ports", "mikrotik-scan-multi_ports.log"],
    ["unifi-cef", "cef-logs.log"],
    ["pf-logs", "pf-logs.log"],
    ["fortinet-vpn-bf", "fortinet-vpn-bf.log"],
  ])("%s is foreign", (folder, file) => {
    for (const line of linesOf(folder, file)) expect(parseLine(line), line).toBe(FOREIGN);
  });

  it("says of the one broken line that it is broken", () => {
    const lines = linesOf("iptables-logs", "iptables-logs.log");
    expect(lines.map(parseLine)).toEqual([NO_VERDICT, NO_VERDICT, MALFORMED, PARSED]);
  });
});

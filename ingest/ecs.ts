/**
 * A record as an Elastic Common Schema document (https://www.elastic.co/docs/reference/ecs), nested, that Elasticsearch
 * accepts as it is. What ECS has no name for stands under `ringfence`. A field that the line does not show is left out.
 */
import { formatAddress } from "./address.ts";
import type { Platform } from "./format.ts";
import { formatById } from "./formats.ts";
import { protocolName } from "./protocols.ts";
import {
  DIRECTION_IN,
  DIRECTION_OUT,
  INSPECTION_DNS,
  INSPECTION_NONE,
  LONE_DESTINATION,
  LONE_SOURCE,
  type LogRecord,
  PHASE_PACKET,
  TCP_FLAG_LETTERS,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
} from "./record.ts";
import { visitResolved } from "./resolved-addresses.ts";

const ECS_VERSION = "8.17.0";

const VERDICT_WORDS = ["none", "allow", "deny"] as const;
const PHASE_WORDS = ["packet", "start", "interim", "end"] as const;
const INSPECTION_WORDS = [
  "none",
  "sip-alg",
  "ips",
  "app-control",
  "tls",
  "web-filter",
  "antivirus",
  "dos",
  "dns",
  "conntrack",
  "other",
] as const;

/** In the spelling of Elastic's own integrations, where there is one, so that existing dashboards find them. */
const PRODUCTS: Record<Platform, { vendor: string; product: string }> = {
  pfsense: { vendor: "netgate", product: "pfSense" },
  opnsense: { vendor: "Deciso", product: "OPNsense" },
  fortigate: { vendor: "Fortinet", product: "Fortigate" },
  iptables: { vendor: "Linux", product: "Netfilter" },
  windows: { vendor: "Microsoft", product: "Windows Firewall" },
};

/** Where a record was read. */
export interface RecordPosition {
  /** 1-based. */
  line: number;
  /** Byte offset of the line in its input. */
  offset?: number;
  /** Name of the file or stream. */
  input?: string;
  /** Id of the log format. */
  format: string;
}

/** The ECS document of a record. Not for the hot path. */
export function ecsDocument(record: LogRecord, position: RecordPosition): object {
  const text = (span: LogRecord["action"]) => record.textOf(span) || undefined;
  const platform = platformOf(record, position.format);
  const hasAddresses = record.ipVersion !== 0;
  const hasSource = hasAddresses || record.loneAddress === LONE_SOURCE;
  // In a DNS record the name is what was asked for, and the destination is who was asked.
  const isDns = record.inspection === INSPECTION_DNS;
  const hasDestination = hasAddresses || record.loneAddress === LONE_DESTINATION;
  return (
    prune({
      "@timestamp": isoTime(record.timeMs),
      ecs: { version: ECS_VERSION },
      event: {
        kind: "event",
        category: ["network"],
        type: eventTypes(record),
        action: text(record.action),
        reason: text(record.reason),
        duration: durationNs(record.durationMs),
        module: position.format,
      },
      source: {
        ip: hasSource ? formatAddress(record.source) : undefined,
        port: shown(record.sourcePort),
        bytes: shown(record.bytes),
        packets: shown(record.packets),
        nat: {
          ip: record.hasSourceNat ? formatAddress(record.sourceNat) : undefined,
          port: shown(record.sourceNatPort),
        },
      },
      destination: {
        ip: hasDestination ? formatAddress(record.destination) : undefined,
        port: shown(record.destinationPort),
        domain: isDns ? undefined : text(record.hostName),
        bytes: shown(record.replyBytes),
        packets: shown(record.replyPackets),
        nat: {
          ip: record.hasDestinationNat ? formatAddress(record.destinationNat) : undefined,
          port: shown(record.destinationNatPort),
        },
      },
      dns: isDns ? { question: { name: text(record.hostName) }, resolved_ip: resolvedAddresses(record) } : undefined,
      network: {
        type: hasAddresses ? `ipv${record.ipVersion}` : undefined,
        transport: protocolName(record.protocol) ?? undefined,
        iana_number: record.protocol < 0 ? undefined : String(record.protocol),
        application: text(record.application)?.toLowerCase(),
        direction: networkDirection(record, platform),
        bytes: sum(record.bytes, record.replyBytes),
        packets: sum(record.packets, record.replyPackets),
      },
      observer: {
        name: text(record.observer),
        type: "firewall",
        ...(formatById(position.format)?.product ?? (platform === undefined ? {} : PRODUCTS[platform])),
        ingress: { interface: { name: text(record.ingress) } },
        egress: { interface: { name: text(record.egress) } },
      },
      rule: { id: text(record.ruleId), name: text(record.ruleName), uuid: text(record.ruleUuid) },
      log: { file: { path: position.input }, offset: position.offset },
      ringfence: {
        verdict: VERDICT_WORDS[record.verdict],
        verdict_assumed: record.verdictAssumed || undefined,
        line: position.line,
        out_of_state: record.outOfState || undefined,
        dscp: shown(record.dscp),
        tcp_flags: record.tcpFlags < 0 ? undefined : flagLetters(record.tcpFlags),
        fragment:
          record.fragmentOffset > 0 || record.moreFragments
            ? { offset: within(record.fragmentOffset, 0xffff), more: record.moreFragments }
            : undefined,
        ip_id: within(record.ipId, 0xffff_ffff),
        icmp: { type: shown(record.icmpType), code: shown(record.icmpCode) },
        phase: record.phase === PHASE_PACKET ? undefined : PHASE_WORDS[record.phase],
        session_id: text(record.sessionId),
        count: record.count === 1 ? undefined : record.count,
        shaper_dropped_bytes: record.shaperDroppedBytes > 0 ? record.shaperDroppedBytes : undefined,
        lost_events: record.lostEvents > 0 ? record.lostEvents : undefined,
        inspection: record.inspection === INSPECTION_NONE ? undefined : INSPECTION_WORDS[record.inspection],
        inspection_verdict:
          record.inspectionVerdict === VERDICT_NONE ? undefined : VERDICT_WORDS[record.inspectionVerdict],
      },
    }) ?? {}
  );
}

/** Undefined where the line tells none. */
function resolvedAddresses(record: LogRecord): string[] | undefined {
  const addresses: string[] = [];
  visitResolved(record, (address) => addresses.push(formatAddress(address)));
  return addresses.length > 0 ? addresses : undefined;
}

/** Without undefined fields and without objects that have none left; undefined where nothing is left at all. */
function prune(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const kept: Record<string, unknown> = {};
  let count = 0;
  for (const [name, value] of Object.entries(fields)) {
    const keep =
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? prune(value as Record<string, unknown>)
        : value;
    if (keep === undefined) continue;
    kept[name] = keep;
    count++;
  }
  return count > 0 ? kept : undefined;
}

function shown(value: number): number | undefined {
  return value < 0 ? undefined : value;
}

/** A number that the header's field can hold (IPv6 has 32 bits for a fragmented packet's identification). */
function within(value: number, limit: number): number | undefined {
  return value < 0 || value > limit ? undefined : value;
}

/** Elasticsearch's `long` ends after 292 years. */
function durationNs(ms: number): number | undefined {
  return ms < 0 || ms > 9e12 ? undefined : Math.round(ms * 1e6);
}

function sum(sent: number, received: number): number | undefined {
  if (sent < 0 && received < 0) return undefined;
  return Math.max(sent, 0) + Math.max(received, 0);
}

function eventTypes(record: LogRecord): string[] {
  if (record.verdict === VERDICT_ALLOW) return ["connection", "allowed"];
  if (record.verdict === VERDICT_DENY) return ["connection", "denied"];
  return ["connection"];
}

/** ECS: a host speaks of `ingress` and `egress`, a device on the way of `inbound` and `outbound`. */
function networkDirection(record: LogRecord, platform: Platform | undefined): string | undefined {
  const isHost = platform === "windows";
  if (record.direction === DIRECTION_IN) return isHost ? "ingress" : "inbound";
  if (record.direction === DIRECTION_OUT) return isHost ? "egress" : "outbound";
  return undefined;
}

/** OPNsense's rule labels: 32 hexadecimal digits, or a UUID. */
const OPNSENSE_LABEL = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const OPNSENSE_NAME = /opnsense/i;

/**
 * pfSense and OPNsense share one format; only OPNsense has labels for rules. Rules without a label have `0` there, as
 * some of pfSense's do: the name that an OPNsense has until it gets another then tells.
 */
function platformOf(record: LogRecord, formatId: string): Platform | undefined {
  const platform = formatById(formatId)?.platform;
  if (platform !== "pfsense") return platform;
  const rule = record.textOf(record.ruleId);
  if (OPNSENSE_LABEL.test(rule)) return "opnsense";
  return rule === "0" && OPNSENSE_NAME.test(record.textOf(record.observer)) ? "opnsense" : platform;
}

/** TCP flags as letters in the order `FSRPAUEC`; empty for a packet without any. */
export function flagLetters(flags: number): string {
  let letters = "";
  for (let bit = 0; bit < TCP_FLAG_LETTERS.length; bit++) if (flags & (1 << bit)) letters += TCP_FLAG_LETTERS[bit];
  return letters;
}

/** ISO 8601 in UTC, to the millisecond, or to the microsecond where the log has them. */
function isoTime(timeMs: number): string | undefined {
  if (Number.isNaN(timeMs)) return undefined;
  const micros = Math.round(timeMs * 1000);
  const wholeMs = Math.floor(micros / 1000);
  const rest = micros - wholeMs * 1000;
  const iso = new Date(wholeMs).toISOString();
  return rest === 0 ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}

/**
 * A record as an Elastic Common Schema document (https://www.elastic.co/docs/reference/ecs), nested, that Elasticsearch
 * accepts as it is. What ECS has no name for stands under `ringfence`. A field that the line does not show is left out.
 */
import { type AddressWords, formatAddress } from "../address.ts";
import { visitResolved } from "../flows/resolved-addresses.ts";
import type { Platform } from "../format.ts";
import { formatById } from "../formats.ts";
import { protocolName } from "../protocols.ts";
import {
  DIRECTION_IN,
  DIRECTION_OUT,
  INSPECTION_DNS,
  INSPECTION_NONE,
  LONE_DESTINATION,
  LONE_SOURCE,
  type LogRecord,
  PHASE_PACKET,
  type Span,
  TCP_FLAG_LETTERS,
  VERDICT_NONE,
} from "../record.ts";
import { type Product, platformOf, productOf } from "./device-product.ts";
import { writeIsoTime } from "./ecs-time.ts";
import { JsonWriter } from "./json-writer.ts";

const ECS_VERSION = "8.17.0";

const encoder = new TextEncoder();
const CATEGORY = encoder.encode('["network"]');
/** By verdict. */
const TYPES = ['["connection"]', '["connection","allowed"]', '["connection","denied"]'].map((type) =>
  encoder.encode(type),
);
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

/** By their bits: letters in the order `FSRPAUEC`, none for a packet without any. */
const FLAGS = Array.from({ length: 256 }, (_, flags) => encoder.encode(JSON.stringify(flagLetters(flags))));

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

/** The ECS document of a record. `writeEcs` takes a fraction of the time. */
export function ecsDocument(record: LogRecord, position: RecordPosition): object {
  const json = new JsonWriter();
  writeEcs(json, record, position);
  return JSON.parse(new TextDecoder().decode(json.take()));
}

/** Writes the ECS document of a record. */
export function writeEcs(json: JsonWriter, record: LogRecord, position: RecordPosition): void {
  const format = formatById(position.format);
  const platform = platformOf(record, format);
  // In a DNS record the name is what was asked for, and the destination is who was asked.
  const isDns = record.inspection === INSPECTION_DNS;
  json.open("");
  writeIsoTime(json, "@timestamp", record.timeMs);
  json.open("ecs");
  json.word("version", ECS_VERSION);
  json.close();
  writeEvent(json, record, position.format);
  writeSource(json, record);
  writeDestination(json, record, isDns);
  if (isDns) writeDns(json, record);
  writeNetwork(json, record, platform);
  writeObserver(json, record, productOf(format, platform));
  json.open("rule");
  json.text("id", record.text, record.ruleId);
  json.text("name", record.text, record.ruleName);
  json.text("uuid", record.text, record.ruleUuid);
  json.close();
  json.open("log");
  json.open("file");
  json.word("path", position.input ?? "");
  json.close();
  json.number("offset", position.offset ?? -1);
  json.close();
  writeOwn(json, record, position.line);
  json.close();
}

function writeEvent(json: JsonWriter, record: LogRecord, format: string): void {
  json.open("event");
  json.word("kind", "event");
  json.json("category", CATEGORY);
  json.json("type", TYPES[record.verdict] as Uint8Array);
  json.text("action", record.text, record.action);
  json.text("reason", record.text, record.reason);
  json.number("duration", durationNs(record.durationMs));
  json.word("module", format);
  json.close();
}

function writeSource(json: JsonWriter, record: LogRecord): void {
  json.open("source");
  if (record.ipVersion !== 0 || record.loneAddress === LONE_SOURCE) writeAddress(json, "ip", record.source);
  json.number("port", record.sourcePort);
  json.number("bytes", record.bytes);
  json.number("packets", record.packets);
  json.open("nat");
  if (record.hasSourceNat) writeAddress(json, "ip", record.sourceNat);
  json.number("port", record.sourceNatPort);
  json.close();
  json.close();
}

function writeDestination(json: JsonWriter, record: LogRecord, isDns: boolean): void {
  json.open("destination");
  if (record.ipVersion !== 0 || record.loneAddress === LONE_DESTINATION) writeAddress(json, "ip", record.destination);
  json.number("port", record.destinationPort);
  if (!isDns) json.text("domain", record.text, record.hostName);
  json.number("bytes", record.replyBytes);
  json.number("packets", record.replyPackets);
  json.open("nat");
  if (record.hasDestinationNat) writeAddress(json, "ip", record.destinationNat);
  json.number("port", record.destinationNatPort);
  json.close();
  json.close();
}

function writeDns(json: JsonWriter, record: LogRecord): void {
  const addresses: string[] = [];
  visitResolved(record, (address) => addresses.push(formatAddress(address)));
  json.open("dns");
  json.open("question");
  json.text("name", record.text, record.hostName);
  json.close();
  if (addresses.length > 0) json.json("resolved_ip", encoder.encode(JSON.stringify(addresses)));
  json.close();
}

function writeNetwork(json: JsonWriter, record: LogRecord, platform: Platform | undefined): void {
  json.open("network");
  if (record.ipVersion !== 0) json.word("type", record.ipVersion === 4 ? "ipv4" : "ipv6");
  json.word("transport", protocolName(record.protocol) ?? "");
  if (record.protocol >= 0) json.word("iana_number", String(record.protocol));
  json.text("application", record.text, record.application, true);
  json.word("direction", networkDirection(record, platform));
  json.number("bytes", sum(record.bytes, record.replyBytes));
  json.number("packets", sum(record.packets, record.replyPackets));
  json.close();
}

function writeObserver(json: JsonWriter, record: LogRecord, made: Product | undefined): void {
  json.open("observer");
  json.text("name", record.text, record.observer);
  json.word("type", "firewall");
  json.word("vendor", made?.vendor ?? "");
  json.word("product", made?.product ?? "");
  writeInterface(json, "ingress", record, record.ingress);
  writeInterface(json, "egress", record, record.egress);
  json.close();
}

function writeInterface(json: JsonWriter, name: string, record: LogRecord, span: Span): void {
  json.open(name);
  json.open("interface");
  json.text("name", record.text, span);
  json.close();
  json.close();
}

/** What ECS has no name for. */
function writeOwn(json: JsonWriter, record: LogRecord, line: number): void {
  json.open("ringfence");
  json.word("verdict", VERDICT_WORDS[record.verdict]);
  if (record.verdictAssumed) json.flag("verdict_assumed", true);
  json.number("line", line);
  if (record.outOfState) json.flag("out_of_state", true);
  json.number("dscp", record.dscp);
  // A TCP packet may show that it has none.
  if (record.tcpFlags >= 0) json.json("tcp_flags", FLAGS[record.tcpFlags] as Uint8Array);
  if (record.fragmentOffset > 0 || record.moreFragments) {
    json.open("fragment");
    json.number("offset", within(record.fragmentOffset, 0xffff));
    json.flag("more", record.moreFragments);
    json.close();
  }
  json.number("ip_id", within(record.ipId, 0xffff_ffff));
  json.open("icmp");
  json.number("type", record.icmpType);
  json.number("code", record.icmpCode);
  json.close();
  if (record.phase !== PHASE_PACKET) json.word("phase", PHASE_WORDS[record.phase]);
  json.text("session_id", record.text, record.sessionId);
  if (record.count !== 1) json.number("count", record.count);
  if (record.shaperDroppedBytes > 0) json.number("shaper_dropped_bytes", record.shaperDroppedBytes);
  if (record.lostEvents > 0) json.number("lost_events", record.lostEvents);
  if (record.inspection !== INSPECTION_NONE) json.word("inspection", INSPECTION_WORDS[record.inspection]);
  if (record.inspectionVerdict !== VERDICT_NONE)
    json.word("inspection_verdict", VERDICT_WORDS[record.inspectionVerdict]);
  json.close();
}

function writeAddress(json: JsonWriter, name: string, address: AddressWords): void {
  json.plain(name, formatAddress(address));
}

/** A number that the header's field can hold (IPv6 has 32 bits for a fragmented packet's identification). */
function within(value: number, limit: number): number {
  return value > limit ? -1 : value;
}

/** Elasticsearch's `long` ends after 292 years. */
function durationNs(ms: number): number {
  return ms < 0 || ms > 9e12 ? -1 : Math.round(ms * 1e6);
}

function sum(sent: number, received: number): number {
  return sent < 0 && received < 0 ? -1 : Math.max(sent, 0) + Math.max(received, 0);
}

/** ECS: a host speaks of `ingress` and `egress`, a device on the way of `inbound` and `outbound`. */
function networkDirection(record: LogRecord, platform: Platform | undefined): string {
  const isHost = platform === "windows";
  if (record.direction === DIRECTION_IN) return isHost ? "ingress" : "inbound";
  if (record.direction === DIRECTION_OUT) return isHost ? "egress" : "outbound";
  return "";
}

/** TCP flags as letters in the order `FSRPAUEC`; empty for a packet without any. */
export function flagLetters(flags: number): string {
  let letters = "";
  for (let bit = 0; bit < TCP_FLAG_LETTERS.length; bit++) if (flags & (1 << bit)) letters += TCP_FLAG_LETTERS[bit];
  return letters;
}

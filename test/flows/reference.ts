/** The flow table again, slow and obvious: a map from the key's text to sums. Held against the fast one. */
import type { Flow } from "../../ingest/flows/flow.ts";
import { TCP_ACK, TCP_FIN, TCP_RST } from "../../ingest/record.ts";
import type { PlainRecord } from "./records.ts";

/** What of a flow must agree, as text that sorts. */
export function describeFlow(flow: Flow): string {
  return JSON.stringify({
    initiator: [...flow.initiator, flow.initiatorFold],
    responder: [...flow.responder, flow.responderFold],
    port: flow.responderPort,
    ports: flow.initiatorPorts,
    protocol: flow.protocol,
    verdict: flow.verdict,
    flags: [flow.outOfState, flow.closing, flow.reply, flow.initiatorCertain],
    rule: flow.context.ruleId,
    count: flow.count,
    records: flow.records,
    bytes: flow.bytes,
    first: Number.isNaN(flow.firstMs) ? null : flow.firstMs,
    last: Number.isNaN(flow.lastMs) ? null : flow.lastMs,
    largest: flow.largestPacketBytes,
    shortest: Number.isNaN(flow.shortestSessionMs) ? null : flow.shortestSessionMs,
    hours: flow.hours(),
  });
}

const JUDGED = new Set(["192.168.10.5", "2001:db8::5"]);
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  "192.168.10.5": ["6/443", "17/5060"],
  "2001:db8::5": ["17/5060"],
};

function isPrivate(address: string): boolean {
  return address.startsWith("10.") || address.startsWith("192.168.");
}

function isService(address: string, protocol: number, port: number): boolean {
  return (SERVICES[address] ?? []).includes(`${protocol}/${port}`);
}

function isClient(address: string, protocol: number, port: number): boolean {
  return address === "192.168.10.5" && protocol === 17 && port >= 5064 && port <= 5127;
}

/** Which side opened it, written as ARCHITECTURE.md says. */
function sourceOpened(record: PlainRecord): { source: boolean; certain: boolean } {
  const { protocol, tcpFlags, source, destination, sourcePort, destinationPort } = record;
  if (protocol === 6 && tcpFlags === 2) return { source: true, certain: true };
  if (protocol === 6 && tcpFlags === 18) return { source: false, certain: true };
  if (protocol === 1 || sourcePort < 0 || destinationPort < 0) return { source: true, certain: false };
  if (sourcePort === destinationPort) return { source: true, certain: false };
  const fromClient = isClient(source, protocol, sourcePort);
  const toClient = isClient(destination, protocol, destinationPort);
  if (fromClient && !toClient && destinationPort === 5060) return { source: true, certain: false };
  if (toClient && !fromClient && sourcePort === 5060) return { source: false, certain: false };
  const toService = isService(destination, protocol, destinationPort);
  const fromService = isService(source, protocol, sourcePort);
  if (fromService && !toService && destinationPort === 5060) return { source: true, certain: false };
  if (toService !== fromService) return { source: toService, certain: false };
  if (fromClient !== toClient) return { source: fromClient, certain: false };
  if (toService) return { source: true, certain: false };
  return { source: destinationPort <= sourcePort, certain: false };
}

/** Keys and sums of all flows, sorted. */
export function referenceFlows(records: readonly PlainRecord[]): { key: string; count: number; bytes: number }[] {
  const sums = new Map<string, { count: number; bytes: number }>();
  for (const record of records) {
    const key = referenceKey(record);
    const sum = sums.get(key) ?? { count: 0, bytes: 0 };
    sums.set(key, { count: sum.count + 1, bytes: sum.bytes + record.bytes });
  }
  return [...sums].map(([key, sum]) => ({ key, ...sum })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function referenceKey(record: PlainRecord): string {
  const { source, certain } = sourceOpened(record);
  const initiator = source ? record.source : record.destination;
  const responder = source ? record.destination : record.source;
  const initiatorPort = source ? record.sourcePort : record.destinationPort;
  const responderPort = source ? record.destinationPort : record.sourcePort;
  const concerned = JUDGED.has(initiator) || JUDGED.has(responder);
  const fold = (address: string) => (isPrivate(address) ? "(private)" : "(public)");
  const knocked = responderPort === 5060 && record.verdict === 2 && !(isPrivate(initiator) && isPrivate(responder));
  const inside = isPrivate(initiator) || isPrivate(responder);
  const isSip = !concerned && responderPort === 5060 && record.verdict !== 2;
  const isMedia = !concerned && inside && !isSip && looksLikeMedia(record, initiatorPort, responderPort);
  const keepsInitiator =
    (isSip && (isPrivate(initiator) || !isPrivate(responder))) || (isMedia && !isPrivate(responder));
  const keepsResponder =
    (isSip && (isPrivate(responder) || !isPrivate(initiator))) || (isMedia && isPrivate(responder));
  return [
    record.protocol,
    record.verdict,
    record.outOfState,
    concerned && record.outOfState && record.protocol === 6 && [TCP_FIN | TCP_ACK, TCP_RST].includes(record.tcpFlags),
    !source,
    certain,
    concerned || knocked || keepsInitiator ? initiator : fold(initiator),
    concerned || knocked || keepsResponder ? responder : fold(responder),
    concerned || knocked || isSip ? responderPort : isMedia ? Math.floor(responderPort / 1024) * 1024 : "any",
    concerned ? portClass(record.protocol, initiatorPort) : "any",
    record.rule,
  ].join(" ");
}

function looksLikeMedia({ protocol, verdict, bytes }: PlainRecord, ...ports: number[]): boolean {
  return protocol === 17 && verdict === 1 && bytes >= 50 && bytes <= 320 && ports.every((port) => port >= 1024);
}

function portClass(protocol: number, port: number): string {
  if (port < 0) return "none";
  if (protocol !== 17) return "all";
  return port < 5064 ? "low" : port <= 5127 ? "client" : "high";
}

/**
 * What comes back to the port that a firewall translated a conversation to, after it forgot it. Session logs name the
 * sender, so it looks like a session of the peer's own, and no line tells the host.
 */
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_DENY } from "../../ingest/record.ts";
import type { Peers } from "../inspection/peers.ts";
import { isOutsideAddress } from "../site/site.ts";
import { hostKey, type JudgedFlow, type SeenFlow } from "./judged-flow.ts";

/** Ports that a translated conversation leaves from. */
const FIRST_TRANSLATED_PORT = 1024;
/** So narrow a class of source ports is the peer's service port itself. */
const NARROW_PORTS = 8;

/** The conversation of SIP that a denied packet at a firewall's own address answers; null: it answers none, or nothing tells whose. */
export function lateAnswerTo({ flow, firewall, firewallName }: SeenFlow, peers: Peers): JudgedFlow | null {
  if (flow.verdict !== VERDICT_DENY || flow.protocol !== UDP || flow.reply || flow.initiatorFold !== FOLD_EXACT)
    return null;
  if (flow.responderPort < FIRST_TRANSLATED_PORT || !firewall || !isOutsideAddress(firewall, flow.responder))
    return null;
  const opened = peers
    .sipToward(flow.initiator, firewallName)
    .filter(({ port, flow: sent }) => leftFrom(flow.initiatorPorts, port) && !(flow.lastMs < sent.firstMs));
  const hosts = new Set(opened.map(({ host }) => hostKey(host)));
  return hosts.size === 1 ? (opened[0] as JudgedFlow) : null;
}

function leftFrom(ports: readonly [low: number, high: number] | null, port: number): boolean {
  return ports !== null && ports[1] - ports[0] < NARROW_PORTS && ports[0] <= port && port <= ports[1];
}

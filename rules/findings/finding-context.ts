/** Where a finding's packets were decided: what remedies name. */
import { formatAddress, prefixContains } from "../../ingest/address.ts";
import type { Flow } from "../../ingest/flows/flow.ts";
import type { PlatformName } from "../result.ts";
import { bindingFromText, type Firewall, isOutsideAddress } from "../site/site.ts";
import { receiverOf } from "../traffic/flow-ends.ts";

export interface FindingContext {
  firewall: string;
  platform: PlatformName;
  /** Interfaces toward the initiator and toward the responder. */
  from: string;
  to: string;
  rule: string;
  ruleId: string;
  ruleName: string;
  unit: Flow["context"]["unit"];
  /** Packets back to who opens such a conversation. */
  isReply: boolean;
  /** Outside address of the firewall at which they stayed: no forward took them on. null: sent to the host itself. */
  outside: string | null;
  count: number;
}

/** Counts the evidence under its context. */
export function addContext(
  { contexts, host }: { contexts: Map<string, FindingContext>; host: string },
  { flow, firewall, firewallName }: { flow: Flow; firewall: Firewall | null; firewallName: string },
  platform: PlatformName,
  rule: string,
): void {
  const { context, count, reply: isReply } = flow;
  const [from, to] = isReply ? [context.egress, context.ingress] : [context.ingress, context.egress];
  const outside = stoppedAt(flow, firewall, host);
  const { ruleId, ruleName, unit } = context;
  const place = { firewall: firewallName, platform, from, to, isReply, outside };
  const decided: FindingContext = { ...place, rule, ruleId, ruleName, unit, count };
  const key = contextKey(decided);
  const known = contexts.get(key);
  if (known) known.count += count;
  else contexts.set(key, decided);
}

/** What tells contexts apart. */
export function contextKey({ firewall, from, to, rule, isReply, outside }: FindingContext): string {
  return [firewall, from, to, rule, isReply, outside].join("|");
}

function stoppedAt(flow: Flow, firewall: Firewall | null, host: string): string | null {
  const receiver = receiverOf(flow);
  if (firewall === null || flow.destinationTranslated || !isOutsideAddress(firewall, receiver)) return null;
  const own = bindingFromText(host)?.prefix;
  return own && prefixContains(own, receiver) ? null : formatAddress(receiver);
}

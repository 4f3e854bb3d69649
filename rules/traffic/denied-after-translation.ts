/**
 * What a firewall denied on its way out under its own outside address, as pf's floating rules do: they see packets after
 * translation, so no line tells which host sent them, and the result must say that they did not reach the provider.
 */
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { protocolName } from "../../ingest/protocols.ts";
import { INSPECTION_NONE, VERDICT_DENY } from "../../ingest/record.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { isOutsideAddress } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import { receiverOf, senderOf } from "./flow-ends.ts";
import type { SeenFlow, Traffic } from "./judged-flow.ts";

/** One sentence for each firewall. */
export function deniedAfterTranslation({ site, other }: Traffic): Message[] {
  const zones = new Zones(site);
  const denied = other.filter(({ flow, firewall }) => {
    if (flow.verdict !== VERDICT_DENY || flow.inspection !== INSPECTION_NONE || flow.outOfState) return false;
    if (firewall === null || flow.initiatorFold !== FOLD_EXACT || flow.responderFold !== FOLD_EXACT) return false;
    if (!isOutsideAddress(firewall, senderOf(flow))) return false;
    return zones.zoneOf(receiverOf(flow), firewall, flow.context.egress) === "provider";
  });
  return [...Map.groupBy(denied, ({ firewallName }) => firewallName)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flows]) => {
      const sum = flows.reduce((total, { flow }) => total + flow.count, 0);
      return say`${name} denied ${amount(sum, "packet")} to the provider under its own outside address (${listOf(flows.map(serviceOf))}), after translation: for which host is not judged. Look at its rules for the way out.`;
    });
}

/** `udp 5060, rule 1700000009` */
function serviceOf({ flow }: SeenFlow): Message {
  const { ruleId, ruleName } = flow.context;
  const service = `${protocolName(flow.protocol) ?? flow.protocol} ${flow.responderPort}`;
  const rule = ruleId || ruleName;
  return rule === "" ? say`${service}` : say`${service}, rule ${rule}`;
}

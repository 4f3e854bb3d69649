/** Who opened allowed conversations: what a denied answer to a translated address was meant for. */
import type { AddressWords } from "../../ingest/address.ts";
import type { Flow } from "../../ingest/flows/flow.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import { newMap, within } from "../within.ts";
import { hostKey, type JudgedFlow, type SeenFlow } from "./judged-flow.ts";

/** By the service's port, then by host: one of its addresses. */
type OpenersByPort = Map<number, Map<string, AddressWords>>;

export class Openers {
  /** By firewall, protocol and who answers: only what somebody will ask for, which is little of what was opened. */
  readonly #asked = new Map<string, OpenersByPort>();

  /** `judged`: what was allowed, complete; `answers`: those that `of` will be asked for. */
  constructor(judged: readonly JudgedFlow[], answers: readonly SeenFlow[]) {
    const responders = new Set<number>();
    for (const { flow, firewallName } of answers) {
      responders.add(flow.responderId);
      within(within(this.#asked, serviceKey(firewallName, flow), newMap), flow.responderPort, newMap);
    }
    for (const { hostIsInitiator, firewallName, flow, port, host } of judged) {
      if (!responders.has(flow.responderId) || !hostIsInitiator || flow.verdict !== VERDICT_ALLOW) continue;
      const hosts = this.#asked.get(serviceKey(firewallName, flow))?.get(port);
      hosts?.set(hostKey(host), flow.initiator);
    }
  }

  /** The deployed hosts whose allowed conversation the flow's packets answer. */
  of({ flow, firewallName }: SeenFlow): AddressWords[] {
    return [...(this.#asked.get(serviceKey(firewallName, flow))?.get(flow.responderPort)?.values() ?? [])];
  }
}

function serviceKey(firewallName: string, { responderId, protocol }: Flow): string {
  return `${firewallName}|${responderId}|${protocol}`;
}

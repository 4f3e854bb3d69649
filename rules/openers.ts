/** Who opened allowed conversations: what a denied answer to a translated address was meant for. */
import type { AddressWords } from "../ingest/address.ts";
import type { Flow } from "../ingest/flow.ts";
import { VERDICT_ALLOW } from "../ingest/record.ts";
import type { JudgedFlow } from "./judged-flow.ts";

export class Openers {
  readonly #judged: readonly JudgedFlow[];
  /** An address for each host, by firewall and service, then by port; built when somebody first asks. */
  #byService: Map<string, Map<number, Map<string, AddressWords>>> | null = null;

  /** `judged`: what was allowed, complete. */
  constructor(judged: readonly JudgedFlow[]) {
    this.#judged = [...judged];
  }

  /** The deployed hosts whose allowed conversation the flow's packets answer. */
  of(flow: Flow, firewallName: string): AddressWords[] {
    this.#byService ??= this.#index();
    return [...(this.#byService.get(serviceKey(firewallName, flow))?.get(flow.responderPort)?.values() ?? [])];
  }

  #index(): Map<string, Map<number, Map<string, AddressWords>>> {
    const byService = new Map<string, Map<number, Map<string, AddressWords>>>();
    for (const { hostIsInitiator, firewallName, flow, port, host } of this.#judged) {
      if (!hostIsInitiator || flow.verdict !== VERDICT_ALLOW) continue;
      const key = serviceKey(firewallName, flow);
      const byPort = byService.get(key) ?? new Map<number, Map<string, AddressWords>>();
      if (byPort.size === 0) byService.set(key, byPort);
      const hosts = byPort.get(port) ?? new Map<string, AddressWords>();
      byPort.set(port, hosts.set(`${host.deployment}|${host.text}`, flow.initiator));
    }
    return byService;
  }
}

function serviceKey(firewallName: string, { responderId, protocol }: Flow): string {
  return `${firewallName}|${responderId}|${protocol}`;
}

/** Who opened allowed conversations: what a denied answer to a translated address was meant for. */
import type { AddressWords } from "../ingest/address.ts";
import type { Flow } from "../ingest/flow.ts";
import { VERDICT_ALLOW } from "../ingest/record.ts";
import type { JudgedFlow } from "./judged-flow.ts";

export class Openers {
  readonly #judged: readonly JudgedFlow[];
  /** An address for each host, by firewall and service; built when somebody first asks. */
  #byService: Map<string, Map<string, AddressWords>> | null = null;

  /** `judged`: what was allowed, complete. */
  constructor(judged: readonly JudgedFlow[]) {
    this.#judged = [...judged];
  }

  /** The deployed hosts whose allowed conversation the flow's packets answer. */
  of(flow: Flow, firewallName: string): AddressWords[] {
    this.#byService ??= this.#index();
    return [...(this.#byService.get(serviceKey(firewallName, flow, flow.responderPort))?.values() ?? [])];
  }

  #index(): Map<string, Map<string, AddressWords>> {
    const byService = new Map<string, Map<string, AddressWords>>();
    for (const { hostIsInitiator, firewallName, flow, port, host } of this.#judged) {
      if (!hostIsInitiator || flow.verdict !== VERDICT_ALLOW) continue;
      const key = serviceKey(firewallName, flow, port);
      const hosts = byService.get(key) ?? new Map<string, AddressWords>();
      byService.set(key, hosts.set(`${host.deployment}|${host.text}`, flow.initiator));
    }
    return byService;
  }
}

function serviceKey(firewallName: string, { responderId, protocol }: Flow, port: number): string {
  return `${firewallName}|${responderId}|${protocol}|${port}`;
}

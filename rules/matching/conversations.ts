/** Numbers for conversations: there are about as many as flows, and texts for them would cost more than judging them. */
import type { Host } from "../traffic/judged-flow.ts";
import { within } from "../within.ts";

/** More protocols and ports than there are. */
const PORTS = 65_537;
const PROTOCOLS = 257;

export class Conversations {
  /** Numbers of pairs, by host, whether it is the opener, and peer as shown. */
  readonly #pairs = new Map<Host, [opened: Map<string, number>, calledBy: Map<string, number>]>();
  #size = 0;

  /** Gives the same number only for the same host, opener, protocol, peer (as shown) and port. */
  of(host: Host, hostIsInitiator: boolean, protocol: number): (peer: string, port: number) => number {
    const [opened, calledBy] = within(this.#pairs, host, () => [new Map(), new Map()]);
    const pairs = hostIsInitiator ? opened : calledBy;
    return (peer, port) => (within(pairs, peer, () => this.#size++) * PROTOCOLS + protocol + 1) * PORTS + port + 1;
  }
}

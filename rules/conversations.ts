/** Numbers for conversations: there are about as many as flows, and texts for them would cost more than judging them. */
import type { Host } from "./judged-flow.ts";

/** More protocols and ports than there are. */
const PORTS = 65_537;
const PROTOCOLS = 257;
/** More peers than any table of flows holds. */
const MAX_PEERS = 2 ** 24;

export class Conversations {
  readonly #hosts = new Map<Host, number>();
  readonly #peers = new Map<string, number>();
  /** By the numbers of host and peer, and who of the two opened it. */
  readonly #pairs = new Map<number, number>();

  /** The same number only for the same host, peer (as shown), opener, protocol and port. */
  numberOf(host: Host, hostIsInitiator: boolean, peer: string, protocol: number, port: number): number {
    const sides =
      (numberIn(this.#hosts, host) * 2 + (hostIsInitiator ? 1 : 0)) * MAX_PEERS + numberIn(this.#peers, peer);
    return (numberIn(this.#pairs, sides) * PROTOCOLS + protocol + 1) * PORTS + port + 1;
  }
}

function numberIn<Key>(numbers: Map<Key, number>, key: Key): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}

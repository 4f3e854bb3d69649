/** The SIP servers outside that inside hosts call, as allowed traffic shows them. */

export class Trunks {
  /** Public servers by the host that calls them. */
  readonly #called = new Map<string, Set<string>>();
  /** When SIP first went, by `from|to`. */
  readonly #firstMs = new Map<string, number>();

  /** SIP that was allowed, whoever sent it. */
  noteSip(from: string, to: string, firstMs: number): void {
    const exchange = `${from}|${to}`;
    this.#firstMs.set(exchange, Math.min(firstMs, this.#firstMs.get(exchange) ?? firstMs));
  }

  noteCall(host: string, server: string): void {
    this.#called.set(host, (this.#called.get(host) ?? new Set()).add(server));
  }

  /** Whoever spoke SIP first may be a scanner that got an answer, and is no server that the host calls. */
  of(host: string): string[] {
    return [...(this.#called.get(host) ?? [])].filter((server) => !this.#spokeFirst(server, host));
  }

  hosts(): string[] {
    return [...this.#called.keys()].filter((host) => this.of(host).length > 0);
  }

  /** How many hosts call each server. */
  callers(): ReadonlyMap<string, number> {
    const callers = new Map<string, number>();
    for (const host of this.#called.keys())
      for (const server of this.of(host)) callers.set(server, (callers.get(server) ?? 0) + 1);
    return callers;
  }

  /** Never where lines carry no time. */
  #spokeFirst(server: string, host: string): boolean {
    const asked = this.#firstMs.get(`${server}|${host}`);
    return asked !== undefined && asked <= (this.#firstMs.get(`${host}|${server}`) as number);
  }
}

/** Lines as they come to mind, in the order in which a device would write them. */

interface Entry {
  ms: number;
  line: string;
}

export class Journal {
  readonly #entries: Entry[] = [];

  add(ms: number, line: string): void {
    this.#entries.push({ ms, line });
  }

  /** By time; lines of one moment stay in the order in which they were added. */
  text(lineEnd = "\n"): string {
    const sorted = [...this.#entries].sort((a, b) => a.ms - b.ms);
    return sorted.map(({ line }) => line + lineEnd).join("");
  }
}

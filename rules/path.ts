/**
 * Several firewalls on one path: what one lets through and the next denies did not arrive. The denial counts, the
 * permission does not, and the finding names both.
 */
import type { JudgedFlow } from "./judged-flow.ts";

export class Paths {
  readonly #allowedAt = new Map<number, Set<string>>();
  readonly #refusedAt = new Map<number, Set<string>>();

  constructor(judged: readonly JudgedFlow[]) {
    for (const one of judged) if (one.meaning === "refused") add(this.#refusedAt, one.conversation, one.firewallName);
    // Most conversations nobody refused: to them the question does not arise.
    for (const one of judged)
      if (one.meaning === "needed" && this.#refusedAt.has(one.conversation))
        add(this.#allowedAt, one.conversation, one.firewallName);
  }

  /** Another firewall that refused this very conversation and never allowed it, or null. */
  blockerOf(judged: JudgedFlow): string | null {
    const key = judged.conversation;
    const refused = this.#refusedAt.get(key);
    if (!refused) return null;
    const allowed = this.#allowedAt.get(key);
    return [...refused].sort().find((name) => !allowed?.has(name)) ?? null;
  }

  /** Other firewalls that let the refused conversation through. */
  passedAt(judged: JudgedFlow): string[] {
    const names = this.#allowedAt.get(judged.conversation) ?? [];
    return [...names].filter((name) => name !== judged.firewallName).sort();
  }
}

function add(map: Map<number, Set<string>>, key: number, name: string): void {
  const names = map.get(key) ?? new Set<string>();
  map.set(key, names.add(name));
}

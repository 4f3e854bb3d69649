/**
 * Several firewalls on one path: what one lets through and the next denies did not arrive. The denial counts, the
 * permission does not, and the finding names both.
 */
import { VERDICT_ALLOW } from "../ingest/record.ts";
import type { JudgedFlow, Meaning } from "./judged-flow.ts";
import { type Message, say } from "./message.ts";

/** A rule stopped the opening. */
const STOPPED: ReadonlySet<Meaning> = new Set(["refused", "scanner", "unasked"]);

export class Paths {
  readonly #allowedAt = new Map<number, Set<string>>();
  readonly #refusedAt = new Map<number, Set<string>>();
  readonly #stoppedAt = new Map<number, Set<string>>();

  constructor(judged: readonly JudgedFlow[]) {
    for (const one of judged) {
      if (one.meaning === "refused") add(this.#refusedAt, one.conversation, one.firewallName);
      // For whom packets to an outside address were meant is only guessed.
      if (STOPPED.has(one.meaning) && !one.hostGuessed) add(this.#stoppedAt, one.conversation, one.firewallName);
    }
    // Most conversations nobody stopped: to them the question does not arise.
    const isAsked = (key: number) => this.#refusedAt.has(key) || this.#stoppedAt.has(key);
    for (const one of judged)
      if (one.flow.verdict === VERDICT_ALLOW && isAsked(one.conversation))
        add(this.#allowedAt, one.conversation, one.firewallName);
  }

  /** Another firewall that refused this very conversation and never allowed it, or null. */
  blockerOf(judged: JudgedFlow): string | null {
    return this.#onlyIn(this.#refusedAt, judged.conversation)[0] ?? null;
  }

  /** What to say of an allowed conversation that further firewalls denied and never allowed. */
  stopsOf(judged: JudgedFlow): Message[] {
    return this.#onlyIn(this.#stoppedAt, judged.conversation).map((name) => passed(judged.firewallName, name));
  }

  /** What to say of other firewalls that let the refused conversation through. */
  passesOf(judged: JudgedFlow): Message[] {
    const names = this.#allowedAt.get(judged.conversation) ?? [];
    const others = [...names].filter((name) => name !== judged.firewallName).sort();
    return others.map((name) => passed(name, judged.firewallName));
  }

  /** Firewalls of the map that never allowed the conversation. */
  #onlyIn(map: ReadonlyMap<number, ReadonlySet<string>>, key: number): string[] {
    const allowed = this.#allowedAt.get(key);
    return [...(map.get(key) ?? [])].filter((name) => !allowed?.has(name)).sort();
  }
}

function passed(by: string, stoppedBy: string): Message {
  return say`${by} let it through, ${stoppedBy} denied it.`;
}

function add(map: Map<number, Set<string>>, key: number, name: string): void {
  const names = map.get(key) ?? new Set<string>();
  map.set(key, names.add(name));
}

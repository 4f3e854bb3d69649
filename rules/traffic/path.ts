/**
 * Several firewalls on one path: what one lets through and the next denies did not arrive. The denial counts, the
 * permission does not, and the finding names both.
 */
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import { type Message, say } from "../messages/message.ts";
import type { JudgedFlow, Meaning } from "./judged-flow.ts";

/** Names of firewalls by conversation. */
type Names = Map<number, Set<string>>;

export class Paths {
  readonly #allowedAt: Names = new Map();
  readonly #refusedAt: Names = new Map();

  constructor(judged: readonly JudgedFlow[]) {
    for (const one of judged) if (one.meaning === "refused") add(this.#refusedAt, one);
    // Most conversations nobody refused: to them the question does not arise.
    addAllowed(this.#allowedAt, judged, this.#refusedAt);
  }

  /** Another firewall that refused this very conversation and never allowed it, or null. */
  blockerOf({ conversation }: JudgedFlow): string | null {
    return onlyIn(this.#refusedAt, this.#allowedAt, conversation)[0] ?? null;
  }

  /** What to say of other firewalls that let the refused conversation through. */
  passesOf({ conversation, firewallName }: JudgedFlow): Message[] {
    const names = this.#allowedAt.get(conversation) ?? [];
    const others = [...names].filter((name) => name !== firewallName).sort();
    return others.map((name) => passed(name, firewallName));
  }
}

/** A rule stopped the opening. */
const STOPPED: ReadonlySet<Meaning> = new Set(["refused", "scanner", "unasked"]);

/** Where conversations that one firewall let in were stopped further on. */
export class Stops {
  readonly #allowedAt: Names = new Map();
  readonly #stoppedAt: Names = new Map();

  constructor(judged: readonly JudgedFlow[]) {
    // There may be as many strangers as flows, and most sites have one firewall.
    const [first] = judged;
    if (!judged.some(({ firewallName }) => firewallName !== first?.firewallName)) return;
    const letIn = new Set<number>();
    for (const { conversation, flow, hostIsInitiator } of judged)
      if (flow.verdict === VERDICT_ALLOW && !hostIsInitiator) letIn.add(conversation);
    for (const one of judged) {
      // For whom packets to an outside address were meant is only guessed.
      if (STOPPED.has(one.meaning) && !one.hostGuessed && letIn.has(one.conversation)) add(this.#stoppedAt, one);
    }
    addAllowed(this.#allowedAt, judged, this.#stoppedAt);
  }

  /** What to say of firewalls that denied the allowed conversation and never allowed it. */
  of({ conversation, firewallName }: JudgedFlow): Message[] {
    return onlyIn(this.#stoppedAt, this.#allowedAt, conversation).map((name) => passed(firewallName, name));
  }
}

function passed(by: string, stoppedBy: string): Message {
  return say`${by} let it through, ${stoppedBy} denied it.`;
}

function addAllowed(allowedAt: Names, judged: readonly JudgedFlow[], asked: Names): void {
  for (const one of judged) if (one.flow.verdict === VERDICT_ALLOW && asked.has(one.conversation)) add(allowedAt, one);
}

/** Firewalls at which the conversation was stopped and never allowed. */
function onlyIn(stoppedAt: Names, allowedAt: Names, conversation: number): string[] {
  const allowed = allowedAt.get(conversation);
  return [...(stoppedAt.get(conversation) ?? [])].filter((name) => !allowed?.has(name)).sort();
}

function add(map: Names, { conversation, firewallName }: JudgedFlow): void {
  const names = map.get(conversation) ?? new Set<string>();
  map.set(conversation, names.add(firewallName));
}

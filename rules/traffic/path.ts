/**
 * Several firewalls on one path, and a firewall's rules for the way in and for the way out: what one lets through and the
 * next denies did not arrive. The denial counts, the permission does not, and the finding names both.
 */
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import { type Message, say } from "../messages/message.ts";
import type { JudgedFlow, Meaning } from "./judged-flow.ts";

/** Names of firewalls by conversation, and where what they decide on the way out counts apart, with `ON_WAY_OUT`. */
type Names = Map<number, Set<string>>;

/** Behind the name: pf asks its rules where a packet comes in, and once more where it leaves. */
const ON_WAY_OUT = "\n";

export class Paths {
  readonly #allowedAt: Names = new Map();
  readonly #refusedAt: Names = new Map();

  constructor(judged: readonly JudgedFlow[]) {
    for (const one of judged) if (one.meaning === "refused") add(this.#refusedAt, one, postOf(one));
    // Most conversations nobody refused: to them the question does not arise.
    addAllowed(this.#allowedAt, judged, this.#refusedAt);
  }

  /** Whether a firewall refused this very conversation and never allowed it there. */
  isStopped({ conversation }: JudgedFlow): boolean {
    return onlyIn(this.#refusedAt, this.#allowedAt, conversation).length > 0;
  }

  /** What to say of the firewalls that let the refused conversation through, or in. */
  passesOf(judged: JudgedFlow): Message[] {
    const { conversation, firewallName } = judged;
    const names = this.#allowedAt.get(conversation) ?? new Set();
    const others = [...names].filter((name) => name !== firewallName && !name.endsWith(ON_WAY_OUT)).sort();
    const post = postOf(judged);
    const isLetIn = post !== firewallName && names.has(firewallName) && !names.has(post);
    return [
      ...(isLetIn ? [say`${firewallName} let it in, and denied it on its way out.`] : []),
      ...others.map((name) => passed(name, firewallName)),
    ];
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
      if (STOPPED.has(one.meaning) && !one.hostGuessed && letIn.has(one.conversation))
        add(this.#stoppedAt, one, one.firewallName);
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
  for (const one of judged) {
    if (one.flow.verdict !== VERDICT_ALLOW || !asked.has(one.conversation)) continue;
    // What leaves has come in.
    add(allowedAt, one, one.firewallName);
    add(allowedAt, one, postOf(one));
  }
}

function postOf({ flow, firewallName }: JudgedFlow): string {
  const { ingress, egress } = flow.context;
  return ingress === "" && egress !== "" ? firewallName + ON_WAY_OUT : firewallName;
}

/** Where the conversation was stopped and never allowed. */
function onlyIn(stoppedAt: Names, allowedAt: Names, conversation: number): string[] {
  const allowed = allowedAt.get(conversation);
  return [...(stoppedAt.get(conversation) ?? [])].filter((name) => !allowed?.has(name)).sort();
}

function add(map: Names, { conversation }: JudgedFlow, name: string): void {
  const names = map.get(conversation) ?? new Set<string>();
  map.set(conversation, names.add(name));
}

/**
 * Several firewalls on one path, and a firewall's rules for the way in and for the way out: what one lets through and the
 * next denies did not arrive. The denial counts, the permission does not, and the finding names both. Both must be of about
 * the same time: a firewall that takes over from another decides later, and says nothing of what that one let through.
 */
import type { Flow } from "../../ingest/flows/flow.ts";
import { VERDICT_ALLOW } from "../../ingest/record.ts";
import { type Message, say } from "../messages/message.ts";
import { newList, newMap, within } from "../within.ts";
import type { JudgedFlow, Meaning } from "./judged-flow.ts";

/** Behind the name: pf asks its rules where a packet comes in, and once more where it leaves. */
const ON_WAY_OUT = "\n";
/** So far apart may lines of one packet be: an hour's end lies between them, or sessions are logged when they end. */
const NEAR_HOURS = 1;

/** Flows of conversations, by the name of the firewall that decided on them; what it decides on the way out counts apart. */
class Decisions {
  readonly #flows = new Map<number, Map<string, Flow[]>>();

  add({ conversation, flow }: JudgedFlow, name: string): void {
    const flows = within(this.#flows, conversation, newMap<string, Flow[]>);
    within(flows, name, newList<Flow>).push(flow);
  }

  has(conversation: number): boolean {
    return this.#flows.has(conversation);
  }

  names(conversation: number): string[] {
    return [...(this.#flows.get(conversation)?.keys() ?? [])];
  }

  at(conversation: number, name: string): readonly Flow[] {
    return this.#flows.get(conversation)?.get(name) ?? [];
  }
}

export class Paths {
  readonly #allowed = new Decisions();
  readonly #refused = new Decisions();

  constructor(judged: readonly JudgedFlow[]) {
    for (const one of judged) if (one.meaning === "refused") this.#refused.add(one, postOf(one));
    // Most conversations nobody refused: to them the question does not arise.
    addAllowed(this.#allowed, judged, this.#refused);
  }

  /** Whether a firewall refused this very conversation and never allowed it there. */
  isStopped(judged: JudgedFlow): boolean {
    return stoppersOf(judged, this.#refused, this.#allowed).length > 0;
  }

  /** What to say of the firewalls that let the refused conversation through, or in. */
  passesOf(judged: JudgedFlow): Message[] {
    const { conversation, firewallName } = judged;
    const post = postOf(judged);
    const refusals = this.#refused.at(conversation, post);
    const names = this.#allowed
      .names(conversation)
      .filter((name) => this.#allowed.at(conversation, name).some((flow) => isNear(flow, refusals)));
    const others = names.filter((name) => name !== firewallName && !name.endsWith(ON_WAY_OUT)).sort();
    const isLetIn = post !== firewallName && names.includes(firewallName) && !names.includes(post);
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
  readonly #allowed = new Decisions();
  readonly #stopped = new Decisions();

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
        this.#stopped.add(one, one.firewallName);
    }
    addAllowed(this.#allowed, judged, this.#stopped);
  }

  /** What to say of firewalls that denied the allowed conversation and never allowed it. */
  of(judged: JudgedFlow): Message[] {
    return stoppersOf(judged, this.#stopped, this.#allowed).map((name) => passed(judged.firewallName, name));
  }
}

function passed(by: string, stoppedBy: string): Message {
  return say`${by} let it through, ${stoppedBy} denied it.`;
}

function addAllowed(allowed: Decisions, judged: readonly JudgedFlow[], asked: Decisions): void {
  for (const one of judged) {
    if (one.flow.verdict !== VERDICT_ALLOW || !asked.has(one.conversation)) continue;
    // What leaves has come in.
    allowed.add(one, one.firewallName);
    if (postOf(one) !== one.firewallName) allowed.add(one, postOf(one));
  }
}

function postOf({ flow, firewallName }: JudgedFlow): string {
  const { ingress, egress } = flow.context;
  return ingress === "" && egress !== "" ? firewallName + ON_WAY_OUT : firewallName;
}

/** Where the allowed conversation was stopped, at about that time, and never allowed. */
function stoppersOf({ conversation, flow }: JudgedFlow, stopped: Decisions, allowed: Decisions): string[] {
  return stopped
    .names(conversation)
    .filter((name) => allowed.at(conversation, name).length === 0 && isNear(flow, stopped.at(conversation, name)))
    .sort();
}

/** Whether most of what was allowed was also denied at about that time; without times it may have been. */
function isNear(allowed: Flow, denied: readonly Flow[]): boolean {
  const hours = allowed.hours();
  if (hours.length === 0) return true;
  const denials = new Set(denied.flatMap((flow) => flow.hours().map(([hour]) => hour)));
  if (denials.size === 0) return true;
  let near = 0;
  let far = 0;
  for (const [hour, count] of hours) {
    const isDenied = [-NEAR_HOURS, 0, NEAR_HOURS].some((apart) => denials.has(hour + apart));
    if (isDenied) near += count;
    else far += count;
  }
  return near >= far;
}

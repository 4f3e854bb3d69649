/**
 * Findings that began or ended while the log was written. What the firewalls decided on the same traffic before and after
 * tells whether a change broke it or opened it, whether somebody mended it meanwhile, or whether nobody tried again.
 */
import { protocolName } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import type { FirewallEvidence } from "../evidence/evidence.ts";
import { isSipPort } from "../matching/sip-ports.ts";
import { amount, type Message, say } from "../messages/message.ts";
import { HOUR_MS, type Times } from "../messages/times.ts";
import { type JudgedFlow, type Traffic, viewsOf } from "../traffic/judged-flow.ts";
import { newList, within } from "../within.ts";
import type { FindingDraft } from "./finding.ts";

/** Fewer packets, of the finding or of what was decided otherwise, tell nothing. */
const ENOUGH = 10;
/** A silence is one that lasts so many times longer than any before it; nights and weekends have to be outlasted. */
const LONGER = 3;
/** Where the same traffic is decided otherwise, hours are enough; else nobody may have tried for a while. */
const DECIDED_HOURS = 3;
const SILENT_HOURS = 24;
/** What goes on being decided otherwise in so small a share, or in less, goes on by chance. */
const STILL = 0.1;

/** Adds to each finding what came before and after it. */
export function noteTurns(
  { judged }: Traffic,
  firewalls: readonly FirewallEvidence[],
  drafts: Iterable<FindingDraft>,
  times: Times,
): void {
  const logEnds = new Map(firewalls.map(({ name, lastMs }) => [name, lastMs]));
  const turns = [...drafts]
    .filter(({ count, lastMs }) => count >= ENOUGH && Number.isFinite(lastMs))
    .map((draft) => new Turn(draft, logEnds));
  if (turns.length === 0) return;
  const byHost = new Map<string, Turn[]>();
  for (const turn of turns) within(byHost, turn.draft.host, newList<Turn>).push(turn);
  for (const one of judged) {
    for (const view of viewsOf(one)) for (const turn of byHost.get(view.host.text) ?? []) turn.take(view);
  }
  for (const turn of turns) turn.tell(times);
}

/** What was decided otherwise on one side of the finding's evidence. */
class Otherwise {
  count = 0;
  lastMs = Number.NEGATIVE_INFINITY;
  readonly #firewalls = new Set<string>();
  readonly #ports = new Set<string>();
  readonly #peers = new Set<string>();

  add({ firewallName, flow, peerText, port }: JudgedFlow, count: number): void {
    this.count += count;
    this.lastMs = Math.max(this.lastMs, flow.lastMs);
    this.#firewalls.add(firewallName);
    this.#ports.add(`${flow.protocol} ${port}`);
    this.#peers.add(peerText);
  }

  /** At every firewall, and of most peers where they were denied; to every port where it was open. */
  isOfAll({ count, firewalls, kind, peers, ports }: FindingDraft): boolean {
    if (this.count < ENOUGH || this.#firewalls.size < firewalls.size) return false;
    if (kind !== "blocked-but-required")
      return this.#ports.size >= [...ports.values()].reduce((sum, { size }) => sum + size, 0);
    const same = [...peers].filter(([peer]) => this.#peers.has(peer)).reduce((sum, [, packets]) => sum + packets, 0);
    return same * 2 > count;
  }
}

class Turn {
  readonly draft: FindingDraft;
  readonly #logEndMs: number;
  readonly #firstHour: number;
  readonly #lastHour: number;
  readonly #before = new Otherwise();
  readonly #after = new Otherwise();
  /** Decided otherwise between the first and the last evidence, and in all hours after the first. */
  #meanwhile = 0;
  #still = 0;

  constructor(draft: FindingDraft, logEnds: ReadonlyMap<string, number>) {
    this.draft = draft;
    this.#logEndMs = Math.min(...[...draft.firewalls.keys()].map((name) => logEnds.get(name) ?? Number.NaN));
    this.#firstHour = Math.floor(draft.firstMs / HOUR_MS);
    this.#lastHour = Math.floor(draft.lastMs / HOUR_MS);
  }

  /** Counts a flow that the firewalls decided otherwise. */
  take(judged: JudgedFlow): void {
    const { draft } = this;
    const { flow, port, peer } = judged;
    if (flow.verdict !== this.#otherVerdict || flow.outOfState) return;
    if (peer.zone !== draft.peerZone || judged.hostIsInitiator !== (draft.direction === "out")) return;
    if (!draft.firewalls.has(judged.firewallName)) return;
    if (!this.#isOfPort(protocolName(flow.protocol) ?? String(flow.protocol), port)) return;
    // Who is denied may give up, while others were let through all the time.
    if (this.#otherVerdict === VERDICT_ALLOW && !draft.peers.has(judged.peerText)) return;
    let [before, after] = [0, 0];
    for (const [hour, packets] of flow.hours()) {
      if (hour < this.#firstHour) before += packets;
      else if (hour > this.#lastHour) after += packets;
      else this.#meanwhile += packets;
      if (hour > this.#firstHour) this.#still += packets;
    }
    if (before > 0) this.#before.add(judged, before);
    if (after > 0) this.#after.add(judged, after);
  }

  /** Says it in the finding. */
  tell(times: Times): void {
    if (this.#isEnded()) this.draft.endedMs = this.draft.lastMs;
    for (const note of [this.#beginning(times), this.#ending(times)]) {
      if (note) this.draft.notes.set(note.text, note);
    }
  }

  get #otherVerdict() {
    const { kind } = this.draft;
    if (kind === "blocked-but-required") return VERDICT_ALLOW;
    return kind === "open-but-unneeded" ? VERDICT_DENY : null;
  }

  /** Each call has other ports, of the same range. */
  #isOfPort(transport: string, port: number): boolean {
    const { isMedia, ports, remedyPorts } = this.draft;
    const seen = ports.get(transport);
    if (!seen) return false;
    if (port < 0 || seen.has(port)) return true;
    return (
      isMedia === true && !isSipPort(port) && (remedyPorts ?? []).some(([low, high]) => port >= low && port <= high)
    );
  }

  #beginning(times: Times): Message | null {
    const { draft } = this;
    const { count, lastMs } = this.#before;
    if (!this.#before.isOfAll(draft) || this.#still > count * STILL || lastMs >= draft.firstMs) return null;
    const [many, until, since] = [this.#amount(count), times.said(lastMs), times.said(draft.firstMs)];
    return this.#otherVerdict === VERDICT_ALLOW
      ? say`Allowed until ${until}, ${many} of the same, and denied since ${since}: something changed in between.`
      : say`Denied until ${until}, ${many} to the same ports, and allowed since ${since}: something changed in between.`;
  }

  #isEnded(): boolean {
    const { draft } = this;
    // Where some were let in while others were denied, it may still be so.
    const isMixed = this.#otherVerdict === VERDICT_DENY && this.#meanwhile * 2 > draft.count;
    return this.#after.isOfAll(draft) && !isMixed && this.#silentHours(this.#after.lastMs) >= DECIDED_HOURS;
  }

  #ending(times: Times): Message | null {
    const { endedMs, lastMs } = this.draft;
    const since = times.said(lastMs);
    if (endedMs !== null) {
      const [many, until] = [this.#amount(this.#after.count), times.said(this.#after.lastMs)];
      return this.#otherVerdict === VERDICT_ALLOW
        ? say`Not denied since ${since}; ${many} of the same were allowed after it, until ${until}.`
        : say`Not allowed since ${since}; ${many} to the same ports were denied after it, until ${until}.`;
    }
    return this.#silentHours(this.#logEndMs) >= SILENT_HOURS
      ? say`Nothing of it since ${since}, though the log goes on until ${times.said(this.#logEndMs)}.`
      : null;
  }

  #amount(count: number): Message {
    return amount(count, this.draft.units.has("sessions") ? "session" : "packet");
  }

  /** Hours from the last evidence to then, or 0 where they are no longer than silences before. */
  #silentHours(ms: number): number {
    const hours = [...this.draft.hours.keys()].sort((a, b) => a - b);
    const longest = hours.reduce((most, hour, index) => Math.max(most, hour - (hours[index - 1] ?? hour - 1)), 1);
    const silence = Math.floor(ms / HOUR_MS) - this.#lastHour;
    return silence >= LONGER * longest ? silence : 0;
  }
}

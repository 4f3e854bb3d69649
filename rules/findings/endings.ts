/**
 * Findings whose evidence ends long before the log does: somebody may have mended them meanwhile, or nobody tried again. What
 * the firewalls decided on the same traffic afterwards tells the two apart.
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

/** Fewer packets, of the finding or of what came after it, tell nothing. */
const ENOUGH = 10;
/** A silence is one that lasts so many times longer than any before it; nights and weekends have to be outlasted. */
const LONGER = 3;
/** Where the same traffic is decided otherwise afterwards, hours are enough; else nobody may have tried for a while. */
const DECIDED_HOURS = 3;
const SILENT_HOURS = 24;

/** Adds to each finding that ended what came after it. */
export function noteEndings(
  { judged }: Traffic,
  firewalls: readonly FirewallEvidence[],
  drafts: Iterable<FindingDraft>,
  times: Times,
): void {
  const logEnds = new Map(firewalls.map(({ name, lastMs }) => [name, lastMs]));
  const endings = [...drafts]
    .filter(({ count, lastMs }) => count >= ENOUGH && Number.isFinite(lastMs))
    .map((draft) => new Ending(draft, logEnds))
    .filter((ending) => ending.silentHours >= DECIDED_HOURS);
  if (endings.length === 0) return;
  const byHost = new Map<string, Ending[]>();
  for (const ending of endings) within(byHost, ending.draft.host, newList<Ending>).push(ending);
  for (const one of judged) {
    for (const view of viewsOf(one)) for (const ending of byHost.get(view.host.text) ?? []) ending.take(view);
  }
  for (const ending of endings) {
    const note = ending.note(times);
    if (note) ending.draft.notes.set(note.text, note);
  }
}

class Ending {
  readonly draft: FindingDraft;
  /** The log of its firewalls goes on so long, or 0 where that is no longer than other silences. */
  readonly silentHours: number;
  readonly #logEndMs: number;
  readonly #lastHour: number;
  readonly #firstHour: number;
  #decided = 0;
  #decidedBefore = 0;
  #lastDecidedMs = Number.NEGATIVE_INFINITY;
  readonly #firewalls = new Set<string>();
  readonly #ports = new Set<string>();
  readonly #peers = new Set<string>();

  constructor(draft: FindingDraft, logEnds: ReadonlyMap<string, number>) {
    this.draft = draft;
    this.#logEndMs = Math.min(...[...draft.firewalls.keys()].map((name) => logEnds.get(name) ?? Number.NaN));
    this.#firstHour = Math.floor(draft.firstMs / HOUR_MS);
    this.#lastHour = Math.floor(draft.lastMs / HOUR_MS);
    this.silentHours = this.#longerThanBefore(this.#logEndMs);
  }

  /** Counts a flow that the firewalls decided otherwise, after the last evidence. */
  take(judged: JudgedFlow): void {
    const { draft } = this;
    const { flow, port, peer } = judged;
    if (!(flow.lastMs >= draft.firstMs) || flow.verdict !== this.#otherVerdict || flow.outOfState) return;
    if (peer.zone !== draft.peerZone || judged.hostIsInitiator !== (draft.direction === "out")) return;
    if (!draft.firewalls.has(judged.firewallName)) return;
    const transport = protocolName(flow.protocol) ?? String(flow.protocol);
    if (!this.#isOfPort(transport, port)) return;
    // Who is denied may give up, while others were let through all the time.
    if (this.#otherVerdict === VERDICT_ALLOW && !draft.peers.has(judged.peerText)) return;
    let count = 0;
    for (const [hour, packets] of flow.hours()) {
      if (hour > this.#lastHour) count += packets;
      else if (hour >= this.#firstHour) this.#decidedBefore += packets;
    }
    if (count === 0) return;
    this.#decided += count;
    this.#lastDecidedMs = Math.max(this.#lastDecidedMs, flow.lastMs);
    this.#firewalls.add(judged.firewallName);
    this.#ports.add(`${transport} ${port}`);
    this.#peers.add(judged.peerText);
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

  /** What to say of it, or null. */
  note(times: Times): Message | null {
    const { draft } = this;
    const since = times.said(draft.lastMs);
    if (this.#isDecidedOtherwise()) {
      const unit = draft.units.has("sessions") ? "session" : "packet";
      const [many, until] = [amount(this.#decided, unit), times.said(this.#lastDecidedMs)];
      return this.#otherVerdict === VERDICT_ALLOW
        ? say`Not denied since ${since}; ${many} of the same were allowed after it, until ${until}.`
        : say`Not allowed since ${since}; ${many} to the same ports were denied after it, until ${until}.`;
    }
    return this.silentHours >= SILENT_HOURS
      ? say`Nothing of it since ${since}, though the log goes on until ${times.said(this.#logEndMs)}.`
      : null;
  }

  get #otherVerdict() {
    const { kind } = this.draft;
    if (kind === "blocked-but-required") return VERDICT_ALLOW;
    return kind === "open-but-unneeded" ? VERDICT_DENY : null;
  }

  /** At every firewall; what was open at every port, what was denied for most of those who were. */
  #isDecidedOtherwise(): boolean {
    const { draft } = this;
    if (this.#decided < ENOUGH || this.#firewalls.size < draft.firewalls.size) return false;
    if (this.#longerThanBefore(this.#lastDecidedMs) < DECIDED_HOURS) return false;
    if (this.#otherVerdict === VERDICT_DENY) {
      // Some were let in while others were denied: so it may still be.
      if (this.#decidedBefore * 2 > draft.count) return false;
      const ports = [...draft.ports.values()].reduce((sum, { size }) => sum + size, 0);
      return this.#ports.size >= ports;
    }
    const again = [...draft.peers].filter(([peer]) => this.#peers.has(peer)).reduce((sum, [, count]) => sum + count, 0);
    return again * 2 > draft.count;
  }

  /** Hours from the last evidence to then, or 0 where they are no longer than silences before. */
  #longerThanBefore(ms: number): number {
    const hours = [...this.draft.hours.keys()].sort((a, b) => a - b);
    const silences = hours.slice(1).map((hour, index) => hour - (hours[index] as number));
    const silence = Math.floor(ms / HOUR_MS) - this.#lastHour;
    return silence >= LONGER * Math.max(1, ...silences) ? silence : 0;
  }
}

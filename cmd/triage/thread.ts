/**
 * The thread of a triage that reads and judges, so that the one that draws is never kept from its keys. Judging again
 * takes a tenth of its time at most.
 */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../../ingest/errors.ts";
import { countFlows } from "../../ingest/flows/count.ts";
import type { Flow } from "../../ingest/flows/flow.ts";
import { buffersOfSnapshot } from "../../ingest/flows/flow-snapshot.ts";
import type { Input } from "../../ingest/inputs/inputs.ts";
import { canGrow } from "../../ingest/inputs/plain-file.ts";
import { inLanguage } from "../../reports/languages.ts";
import { prepareSite } from "../../rules/matching/selection.ts";
import { flowJudgements } from "../../rules/traffic/flow-judgements.ts";
import { standardInput } from "../console.ts";
import { auditTarget } from "../elasticsearch/options.ts";
import { UsageError } from "../exit.ts";
import { listInputs } from "../input-list.ts";
import { KeptLines } from "../kept-lines.ts";
import { LiveAudit } from "../live-audit.ts";
import { listenAddresses } from "../live-inputs.ts";
import { lookUpIfAsked } from "../look-up.ts";
import { totalBytesOf } from "../progress.ts";
import { formatsFromFlag, windowFromFlags } from "../read-options.ts";
import { type JudgedRun, judgeRun, parsingOf } from "../run-audit.ts";
import { siteFromFlags } from "../site-options.ts";
import { radixOrder } from "../tui/tables/radix-order.ts";
import type { AuditThreadMessage, AuditThreadStart, Failure, JudgedFlows, Phase } from "./messages.ts";

/** The first look at what has been read. */
const FIRST_LOOK_MS = 500;
/** Between two looks at least. */
const LOOK_MS = 1000;
/** And so many times as long as the last look took. */
const REST_SHARE = 9;
/** Live evidence is looked at this often. */
const LIVE_MS = 300;
const BYTES_MS = 100;
const MOST = 0xffff_ffff;

const port = parentPort;
if (!port) throw new Error("triage-thread runs as a worker thread only");
const { inputs: names, flags, follow } = workerData as AuditThreadStart;

const nowMs = Date.now();
const unreadable: string[] = [];
let unsaidBytes = 0;
let saidMs = 0;

function send(message: AuditThreadMessage, moved: ArrayBuffer[] = []): void {
  port?.postMessage(message, moved);
}

function onBytes(bytes: number): void {
  unsaidBytes += bytes;
  const now = performance.now();
  if (now - saidMs < BYTES_MS) return;
  send({ kind: "bytes", bytes: unsaidBytes });
  unsaidBytes = 0;
  saidMs = now;
}

function onUnreadable(error: InputError): void {
  unreadable.push(error.message);
}

function sendJudged(phase: Phase, { result, traffic, table, numberedTo }: JudgedRun): void {
  const snapshot = table.snapshot();
  const judgements = flowJudgements(traffic, table.size);
  const gravest = gravestFirst(table.flows(), judgements.meanings);
  const flows: JudgedFlows = { snapshot, judgements, gravest, numberedTo };
  const { meanings, zones, firewalls, hosts, requirements } = judgements;
  const columns = [meanings, zones, firewalls, hosts, requirements, gravest].map(({ buffer }) => buffer);
  send({ kind: "judged", phase, result, flows, unreadable }, [...buffersOfSnapshot(snapshot), ...columns]);
}

function gravestFirst(flows: Iterable<Flow>, meanings: Uint8Array): Uint32Array<ArrayBuffer> {
  const keys = new Uint32Array(meanings.length);
  for (const { index, count } of flows) keys[index] = MOST - Math.min(MOST, count);
  return radixOrder(new Uint32Array(meanings), radixOrder(keys, Uint32Array.from(keys.keys())));
}

/** Looks again and again until the signal. */
async function lookAgain(look: () => Promise<JudgedRun>, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_LOOK_MS;
  for (;;) {
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const startedMs = performance.now();
    const judged = await look();
    if (signal.aborted) return;
    if (judged.table.size > 0) sendJudged("reading", judged);
    waitMs = Math.max(LOOK_MS, (performance.now() - startedMs) * REST_SHARE);
  }
}

/** Everything once, to its end. */
async function readWhole(): Promise<void> {
  const site = await lookUpIfAsked(siteFromFlags(flags), flags, nowMs);
  const done = new AbortController();
  let looking: Promise<void> = Promise.resolve();
  const judged = await judgeRun({
    site,
    inputNames: names,
    elasticsearch: auditTarget(flags, site, names.length > 0),
    window: windowFromFlags(flags, site.timezone, nowMs),
    read: { only: formatsFromFlag(flags), stdin: standardInput(), threads: null, onBytes },
    nowMs,
    onInputs: (inputs) => send({ kind: "expect", totalBytes: totalBytesOf(inputs) }),
    onDocuments: (done, total) => send({ kind: "documents", done, total }),
    onUnreadable,
    onStart: (look) => {
      looking = lookAgain(look, done.signal);
    },
  }).finally(() => done.abort());
  await looking;
  sendJudged("whole", judged);
}

/** What is there, and what comes, until the program ends. */
async function readOn(): Promise<void> {
  const site = await lookUpIfAsked(siteFromFlags(flags), flags, nowMs);
  const prepared = prepareSite(site, windowFromFlags(flags, site.timezone, nowMs));
  const { sinceMs, untilMs } = prepared.selection;
  const parsing = { ...parsingOf(site), only: formatsFromFlag(flags), sinceMs, untilMs };
  // A file that is not there yet is waited for.
  const awaited = follow ? names.filter((name) => !existsSync(name) && !/[*?[\]{}]/.test(name)) : [];
  const others = names.filter((name) => !awaited.includes(name));
  const found = others.length === 0 ? [] : await listInputs(others, nowMs, onUnreadable);
  const growing = [...awaited];
  const ended: Input[] = [];
  for (const input of found) {
    if (input.path !== null && follow && (await canGrow(input))) growing.push(input.path);
    else ended.push(input);
  }
  send({ kind: "expect", totalBytes: totalBytesOf(found) });
  const kept = new KeptLines();
  const before = await countFlows({
    inputs: ended,
    selection: prepared.selection,
    ...parsing,
    stdin: standardInput(),
    threads: null,
    onBytes,
    onKeptLine: (place, record, table) => kept.keep(place, record, table),
    onUnreadable,
  });
  const signal = new AbortController().signal;
  const onNotice = (text: string) => send({ kind: "notice", text });
  const live = new LiveAudit({ prepared, parsing, before, kept, signal, onNotice });
  const behind = new Set(growing);
  const works = growing.map((path) => live.follow(path, onBytes, () => behind.delete(path)));
  const listens = listenAddresses(flags.listen ?? []);
  if (listens.length > 0) works.push(live.listen(listens, onBytes));
  await Promise.race([...works, judgeLive(live, () => behind.size > 0)]);
}

async function judgeLive(live: LiveAudit, isBehind: () => boolean): Promise<never> {
  let judgedRecords = -1;
  let wasBehind = true;
  for (let waitMs = LIVE_MS; ; ) {
    await sleep(waitMs);
    waitMs = LIVE_MS;
    const phase = isBehind() ? "reading" : "live";
    if (live.records === judgedRecords && wasBehind === isBehind()) continue;
    judgedRecords = live.records;
    wasBehind = isBehind();
    const startedMs = performance.now();
    sendJudged(phase, await live.judge(Date.now()));
    waitMs = Math.max(LIVE_MS, (performance.now() - startedMs) * REST_SHARE);
  }
}

function failureOf(cause: unknown): Failure {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const { message, stack = "" } = error;
  if (error instanceof InputError) return { kind: "input", code: error.code, message, hint: error.hint, stack };
  return { kind: error instanceof UsageError ? "usage" : "other", code: "", message, hint: null, stack };
}

await inLanguage(flags.lang, follow || flags.listen ? readOn : readWhole).catch((cause: unknown) => {
  send({ kind: "failed", failure: failureOf(cause) });
});

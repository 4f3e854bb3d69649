/** A thread that counts the flows of one task after another, and shows how far it is when it is asked. */
import { Readable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../errors.ts";
import type { RecordConsumer } from "../inputs/input-reader.ts";
import type { InputReport } from "../inputs/input-report.ts";
import { readInput, readPiece } from "../inputs/read.ts";
import type { CountMessage, CountPart, CountRequest, CountSettings, CountTask, PartOutcome } from "./count-messages.ts";
import { buffersOfFlows, type PortableFlows } from "./flow-merge.ts";
import { FlowSelector } from "./flow-selection.ts";
import { FlowTable } from "./flows.ts";

/** So seldom does a thread tell how far it is. */
const PROGRESS_BYTES = 4 << 20;

const port = parentPort;
if (!port) throw new Error("count-worker runs as a worker thread only");

const { selection, options } = workerData as CountSettings;
const selector = new FlowSelector(selection);

/** What is being counted at the moment. */
let current: { table: FlowTable; done: PartOutcome[]; report: InputReport | null } | null = null;

port.on("message", async (request: CountRequest) => {
  if (request === "look") look();
  else await work(request);
});

/** Between two chunks, since nothing else runs in this thread. */
function look(): void {
  if (!current?.report) {
    send({ kind: "so-far", soFar: null }, null);
    return;
  }
  const { table, done, report } = current;
  const flows = structuredClone(table.toPortable());
  send({ kind: "so-far", soFar: { flows, parts: [...done, { kind: "read", report }] } }, flows);
}

async function work(task: CountTask): Promise<void> {
  let unsaid = 0;
  const sayBytes = () => {
    if (unsaid > 0) send({ kind: "bytes", bytes: unsaid }, null);
    unsaid = 0;
  };
  const table = new FlowTable(selector);
  const done: PartOutcome[] = [];
  for (const part of task) {
    const own: typeof current = { table, done, report: null };
    current = own;
    const onReport = (report: InputReport) => {
      own.report = report;
    };
    const onBytes = (bytes: number) => {
      unsaid += bytes;
      if (unsaid >= PROGRESS_BYTES) sayBytes();
    };
    done.push(await count(part, table, onReport, onBytes));
  }
  sayBytes();
  current = null;
  const flows = table.toPortable();
  send({ kind: "done", outcome: { flows, parts: done } }, flows);
}

/** @param flows what of the message is moved instead of being copied */
function send(message: CountMessage, flows: PortableFlows | null): void {
  port?.postMessage(message, flows ? buffersOfFlows(flows) : []);
}

async function count(
  { input, index, piece }: CountPart,
  table: FlowTable,
  onReport: (report: InputReport) => void,
  onBytes: (bytes: number) => void,
): Promise<PartOutcome> {
  const consume: RecordConsumer = (record, format, place) => {
    table.add(record, format, place.input, place.line, place.offset);
  };
  try {
    const reading = { ...options, onBytes, onReport };
    const report = piece
      ? await readPiece(input, index, piece, reading, consume)
      : await readInput(input, index, { ...reading, stdin: Readable.from([]) }, consume);
    return { kind: "read", report };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { kind: "unreadable", code: cause.code, message: cause.message, hint: cause.hint };
  }
}

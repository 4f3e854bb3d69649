/** A thread that counts the flows of one task after another, and shows how far it is when it is asked. */
import { Readable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { InputError } from "../errors.ts";
import type { RecordConsumer } from "../inputs/input-reader.ts";
import type { InputReport } from "../inputs/input-report.ts";
import { readInput, readPiece } from "../inputs/read.ts";
import type { CountMessage, CountRequest, CountTask } from "./count-messages.ts";
import { buffersOfFlows } from "./flow-merge.ts";
import { FlowSelector } from "./flow-selection.ts";
import { FlowTable } from "./flows.ts";

/** So seldom does a thread tell how far it is. */
const PROGRESS_BYTES = 4 << 20;

const port = parentPort;
if (!port) throw new Error("count-worker runs as a worker thread only");

/** What is being counted at the moment. */
let current: { table: FlowTable; report: InputReport | null } | null = null;

port.on("message", async (request: CountRequest) => {
  if (request === "look") {
    look();
    return;
  }
  await work(request);
});

/** Between two chunks, since nothing else runs in this thread. */
function look(): void {
  if (!current?.report) {
    send({ kind: "so-far", flows: null, report: null });
    return;
  }
  send({ kind: "so-far", flows: structuredClone(current.table.toPortable()), report: current.report });
}

async function work(task: CountTask): Promise<void> {
  let unsaid = 0;
  const message = await count(task, (bytes) => {
    unsaid += bytes;
    if (unsaid < PROGRESS_BYTES) return;
    send({ kind: "bytes", bytes: unsaid });
    unsaid = 0;
  });
  if (unsaid > 0) send({ kind: "bytes", bytes: unsaid });
  current = null;
  send(message);
}

function send(message: CountMessage): void {
  const moved = "flows" in message && message.flows ? buffersOfFlows(message.flows) : [];
  port?.postMessage(message, moved);
}

async function count(task: CountTask, onBytes: (bytes: number) => void): Promise<CountMessage> {
  const table = new FlowTable(new FlowSelector(task.selection));
  const own: typeof current = { table, report: null };
  current = own;
  const consume: RecordConsumer = (record, format, place) => {
    table.add(record, format, place.input, place.line, place.offset);
  };
  try {
    const onReport = (report: InputReport) => {
      own.report = report;
    };
    const options = { ...task.options, onBytes, onReport };
    const report = task.piece
      ? await readPiece(task.input, task.index, task.piece, options, consume)
      : await readInput(task.input, task.index, { ...options, stdin: Readable.from([]) }, consume);
    return { kind: "done", flows: table.toPortable(), report };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { kind: "unreadable", code: cause.code, message: cause.message, hint: cause.hint };
  }
}

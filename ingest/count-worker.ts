/** A thread that counts the flows of one task after another. */
import { Readable } from "node:stream";
import { parentPort } from "node:worker_threads";
import type { CountMessage, CountTask } from "./count.ts";
import { InputError } from "./errors.ts";
import { FlowSelector } from "./flow-selection.ts";
import { FlowTable } from "./flows.ts";
import type { RecordConsumer } from "./input-reader.ts";
import { readInput, readPiece } from "./read.ts";

const port = parentPort;
if (!port) throw new Error("count-worker runs as a worker thread only");

port.on("message", async (task: CountTask) => {
  const message = await count(task, (bytes) => send({ kind: "bytes", bytes }));
  send(message);
});

function send(message: CountMessage): void {
  const moved = message.kind === "done" ? [message.flows.keys.buffer, message.flows.values.buffer] : [];
  port?.postMessage(message, moved as ArrayBuffer[]);
}

async function count(task: CountTask, onBytes: (bytes: number) => void): Promise<CountMessage> {
  const table = new FlowTable(new FlowSelector(task.selection));
  const consume: RecordConsumer = (record, format, place) => {
    table.add(record, format, place.input, place.line, place.offset);
  };
  try {
    const options = { ...task.options, onBytes };
    const report = task.piece
      ? await readPiece(task.input, task.index, task.piece, options, consume)
      : await readInput(task.input, task.index, { ...options, stdin: Readable.from([]) }, consume);
    return { kind: "done", flows: table.toPortable(), report };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { kind: "unreadable", code: cause.code, message: cause.message, hint: cause.hint };
  }
}

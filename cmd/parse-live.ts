/** `ringfence parse --follow` and `--listen`: inputs that have no end, until Ctrl-C. */
import { statSync } from "node:fs";
import { type InputReport, joinReports } from "../ingest/inputs/input-report.ts";
import { REST_MS } from "../ingest/inputs/read.ts";
import { followFile } from "../ingest/live/follow.ts";
import type { ListenAddress } from "../ingest/live/listen-address.ts";
import { type LiveOptions, LiveReader } from "../ingest/live/live-reader.ts";
import { LiveSenders } from "../ingest/live/live-senders.ts";
import { type ListenerCounts, SyslogListener } from "../ingest/live/syslog-listener.ts";
import { counted } from "../reports/words.ts";
import { say } from "./console.ts";
import { EXIT_DONE, UsageError } from "./exit.ts";
import { untilInterrupted } from "./interrupt.ts";
import { listenAddresses, liveInput } from "./live-inputs.ts";
import { RecordLines, summarise } from "./record-lines.ts";

export interface LiveFlags {
  follow?: boolean;
  fromStart?: boolean;
  listen?: string[];
  quiet?: boolean;
}

/** Drops are told this often at most. */
const TELL_MS = 10_000;

/** Throws InputError where an input can never be read; resolves after Ctrl-C. */
export async function parseLive(names: readonly string[], flags: LiveFlags, options: LiveOptions): Promise<number> {
  if (names.length > 0 && !flags.follow)
    throw new UsageError("with --listen, files are read only with --follow; read them by a command of their own");
  for (const name of names) {
    if (name === "-" || statSync(name, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--follow ${name}: name the files to follow`);
  }
  const places = listenAddresses(flags.listen ?? []);
  const out = new RecordLines();
  const { signal, release } = untilInterrupted();
  const stop = new AbortController();
  const together = AbortSignal.any([signal, stop.signal]);
  try {
    const works = [...new Set(names)].map((name, index) => follow(name, index, flags, options, out, together));
    if (places.length > 0) works.push(listen(places, names.length, flags, options, out, together));
    // Where one fails for good, the others end too, with their summaries.
    for (const work of works) work.catch(() => stop.abort());
    const outcomes = await Promise.allSettled(works);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    return EXIT_DONE;
  } finally {
    await out.flush();
    release();
  }
}

async function follow(
  path: string,
  index: number,
  flags: LiveFlags,
  options: LiveOptions,
  out: RecordLines,
  signal: AbortSignal,
): Promise<void> {
  const input = liveInput(path, path);
  const reports: InputReport[] = [];
  const readers = new Set<LiveReader>();
  try {
    await followFile(path, {
      fromStart: flags.fromStart === true,
      signal,
      open: (start) => {
        const reader = new LiveReader(input, index, options, out.ofFile(path), start);
        readers.add(reader);
        return {
          push: async (bytes) => {
            reader.push(bytes);
            await out.flush();
          },
          end: async (withRest) => {
            reader.end(withRest);
            readers.delete(reader);
            reports.push(reader.report);
            await out.flush();
          },
        };
      },
      onCaughtUp: async () => {
        for (const reader of readers) reader.rest();
        await out.flush();
      },
      onNotice: (text) => {
        if (!flags.quiet) say(`ringfence: ${path}: ${text}`);
      },
    });
  } finally {
    if (!flags.quiet && reports.length > 0) summarise(joinReports(reports));
  }
}

async function listen(
  places: readonly ListenAddress[],
  index: number,
  flags: LiveFlags,
  options: LiveOptions,
  out: RecordLines,
  signal: AbortSignal,
): Promise<void> {
  const listener = new SyslogListener();
  const senders = new LiveSenders(liveInput("syslog", null), index, options, (sender) => out.ofSender(sender));
  signal.addEventListener("abort", () => listener.close(), { once: true });
  const teller = new DropTeller(() => listener.counts);
  const resting = setInterval(() => senders.rest(), REST_MS);
  const telling = setInterval(() => teller.tell(), TELL_MS);
  try {
    for (const place of places) {
      const port = await listener.listen(place);
      if (!flags.quiet) say(`ringfence: listening at ${place.transport} ${place.host} port ${port}`);
    }
    if (signal.aborted) listener.close();
    for await (const batches of listener.batches()) {
      for (const { sender, bytes } of batches) senders.push(sender, bytes);
      await out.flush();
    }
  } finally {
    listener.close();
    clearInterval(resting);
    clearInterval(telling);
    const report = senders.end();
    await out.flush();
    teller.tell();
    if (!flags.quiet) {
      const messages = counted(listener.counts.messages, "message");
      say(`ringfence: syslog: ${messages} from ${counted(senders.count, "sender")}`);
      if (report.lines.read > 0) summarise(report);
    }
  }
}

/** Says what was lost, when it grew. */
class DropTeller {
  readonly #counts: () => ListenerCounts;
  #told = "";

  constructor(counts: () => ListenerCounts) {
    this.#counts = counts;
  }

  tell(): void {
    const { dropped, tooLong, refused, broken } = this.#counts();
    const parts = [
      [dropped, "datagram", "dropped because the buffer was full"],
      [tooLong, "message", "longer than 64 KB passed over"],
      [refused, "connection", "refused"],
      [broken, "connection", "broken off"],
    ] as const;
    const text = parts
      .flatMap(([count, what, fate]) => (count > 0 ? [`${counted(count, what)} ${fate}`] : []))
      .join(", ");
    if (text !== this.#told) say(`ringfence: syslog: so far ${text}`);
    this.#told = text;
  }
}

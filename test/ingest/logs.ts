/** Logs for tests, and the plain way to read them. */
import { Readable } from "node:stream";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import type { InputReport } from "../../ingest/inputs/input-report.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { readInput, type WholeOptions } from "../../ingest/inputs/read.ts";

/** One filterlog payload; `port` tells lines apart. */
export function payload(port = 5060): string {
  return `4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,203.0.113.9,192.168.10.5,5080,${port},420`;
}

/** RFC 5424 line of pfSense at a moment in UTC. */
export function lineAt(ms: number, port = 5060, host = "fw"): string {
  return `<134>1 ${new Date(ms).toISOString()} ${host} filterlog 1 - - ${payload(port)}\n`;
}

export interface ReadAgain {
  documents: Record<string, unknown>[];
  reports: InputReport[];
}

/** All records of these files as ECS, in the order of reading. */
export async function readAll(names: readonly string[], options: Partial<WholeOptions> = {}): Promise<ReadAgain> {
  const documents: Record<string, unknown>[] = [];
  const reports: InputReport[] = [];
  const inputs = await findInputs(names, Date.UTC(2026, 10, 21));
  for (const [index, input] of inputs.entries()) {
    const whole: WholeOptions = {
      zone: "UTC",
      only: null,
      sinceMs: null,
      untilMs: null,
      stdin: Readable.from([]),
      ...options,
    };
    reports.push(
      await readInput(input, index, whole, (record, format, { line, offset }) => {
        documents.push(ecsDocument(record, { line, offset, format: format.id }) as Record<string, unknown>);
      }),
    );
  }
  return { documents, reports };
}

export function times({ documents }: ReadAgain): string[] {
  return documents.map((document) => String(document["@timestamp"]));
}

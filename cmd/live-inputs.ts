/** Inputs that have no end: files that grow, and what is received as syslog. */
import { InputError } from "../ingest/errors.ts";
import type { Input } from "../ingest/inputs/inputs.ts";
import { type ListenAddress, readListenAddress } from "../ingest/live/listen-address.ts";
import { complaintOf } from "./console.ts";
import { UsageError } from "./exit.ts";

/** @param path null: it comes over the network */
export function liveInput(name: string, path: string | null): Input {
  return { name, path, modifiedMs: Date.now(), sizeBytes: null, named: true, once: path === null };
}

/** Where `--listen` wants to listen; throws UsageError where that is no address. */
export function listenAddresses(texts: readonly string[]): ListenAddress[] {
  try {
    return texts.map(readListenAddress);
  } catch (cause) {
    throw cause instanceof InputError ? new UsageError(complaintOf(cause)) : cause;
  }
}

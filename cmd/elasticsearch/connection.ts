/** Connects, and calls a mistake in the settings a mistake of usage. */
import { connect } from "../../ingest/elasticsearch/server/connection.ts";
import type { Engine } from "../../ingest/elasticsearch/server/engine.ts";
import type { ConnectionSettings } from "../../ingest/elasticsearch/server/settings.ts";
import { InputError } from "../../ingest/errors.ts";
import { complaintOf } from "../console.ts";
import { UsageError } from "../exit.ts";

export async function connected(settings: ConnectionSettings): Promise<Engine> {
  try {
    return await connect(settings);
  } catch (cause) {
    if (cause instanceof InputError && cause.code === "bad-option") throw new UsageError(complaintOf(cause));
    throw cause;
  }
}

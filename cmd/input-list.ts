/** All inputs that the names on the command line lead to; a name that leads nowhere does not keep the others from being read. */
import type { InputError } from "../ingest/errors.ts";
import { findInputs, type Input } from "../ingest/inputs/inputs.ts";

/** Throws InputError where no name leads anywhere. */
export async function listInputs(
  names: readonly string[],
  nowMs: number,
  onUnreadable: (error: InputError) => void,
): Promise<Input[]> {
  const errors: InputError[] = [];
  const inputs = await findInputs(names, nowMs, (error) => errors.push(error));
  const [first] = errors;
  if (inputs.length === 0 && first) throw first;
  for (const error of errors) onUnreadable(error);
  return inputs;
}

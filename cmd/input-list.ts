/** All inputs that the names on the command line lead to; a name that leads nowhere does not keep the others from being read. */
import { InputError } from "../ingest/errors.ts";
import { findInputs, type Input } from "../ingest/inputs.ts";

/** Throws InputError where no name leads anywhere. */
export async function listInputs(
  names: readonly string[],
  nowMs: number,
  onUnreadable: (error: InputError) => void,
): Promise<Input[]> {
  const inputs = new Map<string | null, Input>();
  const errors: InputError[] = [];
  for (const name of names) {
    try {
      for (const input of await findInputs([name], nowMs)) inputs.set(input.path, input);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      errors.push(cause);
    }
  }
  const [first] = errors;
  if (inputs.size === 0 && first) throw first;
  for (const error of errors) onUnreadable(error);
  return [...inputs.values()];
}

/** All log formats, in the order of `ringfence formats`. A new format costs one file under `formats/` and one line here. */
import type { LogFormat } from "./format.ts";
import { pfsense } from "./formats/pfsense.ts";

export const formats: readonly LogFormat[] = [pfsense];

/** The format with this id, or undefined. */
export function formatById(id: string): LogFormat | undefined {
  return formats.find((format) => format.id === id);
}

/** All log formats, in the order of `ringfence formats`. A new format costs one file under `formats/` and one line here. */
import type { LogFormat } from "./format.ts";
import { fortigate } from "./formats/fortigate.ts";
import { iptables } from "./formats/iptables.ts";
import { journald } from "./formats/journald.ts";
import { pfsense } from "./formats/pfsense.ts";
import { ulogd } from "./formats/ulogd.ts";
import { unifi } from "./formats/unifi.ts";
import { windows } from "./formats/windows.ts";
import { windowsEvents } from "./formats/windows-events.ts";

export const formats: readonly LogFormat[] = [
  pfsense,
  fortigate,
  iptables,
  journald,
  ulogd,
  unifi,
  windows,
  windowsEvents,
];

/** The format with this id, or undefined. */
export function formatById(id: string): LogFormat | undefined {
  return formats.find((format) => format.id === id);
}

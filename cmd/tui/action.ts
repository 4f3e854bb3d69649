/** What happens to the state, and what the state asks the world to do. */
import type { AuditResult, WaivedResult } from "../../rules/result.ts";
import type { Judged } from "./judged.ts";
import type { KeyPress } from "./keys/key-name.ts";
import type { MousePress } from "./keys/mouse-reports.ts";
import type { LinePlace } from "./line-place.ts";
import type { Message, Surroundings, WrittenWaiver } from "./state.ts";

export type Action =
  | { type: "key"; press: KeyPress }
  | { type: "mouse"; press: MousePress }
  | { type: "paste"; text: string }
  | { type: "resize"; columns: number; rows: number }
  | { type: "progress"; bytes: number; elapsedMs: number }
  | { type: "expect"; totalBytes: number | null }
  | { type: "documents"; done: number; total: number }
  | { type: "judged"; judged: Judged; message: Message | null }
  | { type: "raw-read"; place: LinePlace; surroundings: Surroundings }
  | { type: "waived"; step: WrittenWaiver; waiver: WaivedResult }
  | { type: "unwaived"; step: WrittenWaiver }
  | { type: "say"; message: Message };

export type Effect =
  | { do: "quit" }
  | { do: "suspend" }
  | { do: "follow" }
  | { do: "read-raw"; place: LinePlace }
  | { do: "waive"; file: string; ids: readonly string[]; waiver: WaivedResult }
  | { do: "unwaive"; file: string; step: WrittenWaiver }
  | { do: "copy"; text: string; what: string }
  | { do: "save"; file: string; overwrite: boolean; view: string; filter: string; rows: readonly object[] }
  | { do: "open"; place: LinePlace | null; text: string };

/** Waivers by finding, as far as the result itself knows them. */
export function waivedIn(result: AuditResult): Map<string, WaivedResult> {
  return new Map(result.findings.flatMap(({ id, waived }) => (waived ? [[id, waived] as const] : [])));
}

/** A result, and the feed of them that a session lives on. */
import type { AuditResult, WaivedResult } from "../../rules/result.ts";
import type { JudgedFlows, Phase } from "../triage/messages.ts";

/** A result as it comes. */
export interface Judged {
  /** `saved`: from a file, and nothing more will come. */
  phase: Phase | "saved";
  result: AuditResult;
  /** Null where they are not known. */
  flows: JudgedFlows | null;
  waived: ReadonlyMap<string, WaivedResult>;
}

/** Where results come from, and what has come that is not shown yet. */
export interface Feed {
  phase: Judged["phase"];
  /** Why these inputs cannot be followed; null: they can. */
  unfollowable: string | null;
  /** The picture stands still. */
  held: boolean;
  /** The latest result, and how many findings in it are new, while the picture stands still. */
  waiting: { judged: Judged; news: number } | null;
}

/** What the thread that reads and judges is told, and what it tells the one that draws. */
import type { FlowSnapshot } from "../../ingest/flows/flow-snapshot.ts";
import type { AuditResult, LanguageId } from "../../rules/result.ts";
import type { FlowJudgements } from "../../rules/traffic/flow-judgements.ts";
import type { ElasticsearchFlags } from "../elasticsearch/options.ts";
import type { ReadFlags } from "../read-options.ts";
import type { SiteFlags } from "../site-options.ts";

export type AuditThreadFlags = SiteFlags & ReadFlags & ElasticsearchFlags & { listen?: string[]; lang?: LanguageId };

export interface AuditThreadStart {
  inputs: readonly string[];
  flags: AuditThreadFlags;
  /** Read on as the files grow, from the beginning. */
  follow: boolean;
}

/** `reading`: more is to come; `whole`: all has been read; `live`: all that there is for now. */
export type Phase = "reading" | "whole" | "live";

/** The flows of a run, each with what it was judged as. */
export interface JudgedFlows {
  snapshot: FlowSnapshot;
  judgements: FlowJudgements;
  /** Flow numbers, the gravest judgement first, and then the most packets. */
  gravest: Uint32Array<ArrayBuffer>;
  /** By input: the byte offset up to which line numbers are known; 0: it has no lines. */
  numberedTo: readonly number[];
}

export type AuditThreadMessage =
  | { kind: "expect"; totalBytes: number | null }
  | { kind: "bytes"; bytes: number }
  | { kind: "documents"; done: number; total: number }
  | { kind: "judged"; phase: Phase; result: AuditResult; flows: JudgedFlows; unreadable: readonly string[] }
  | { kind: "notice"; text: string }
  | { kind: "failed"; failure: Failure };

/** An error that keeps its kind on the way from one thread to the other. */
export interface Failure {
  kind: "usage" | "input" | "other";
  code: string;
  message: string;
  hint: string | null;
  stack: string;
}

/** Where a triage's results come from: a saved audit, or a thread that reads and judges. */
import { closeSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import { localise, warningIn } from "../../rules/messages/localise.ts";
import type { AuditResult, LanguageId, WaivedResult } from "../../rules/result.ts";
import { auditTarget, type ElasticsearchFlags } from "../elasticsearch/options.ts";
import { auditStatus, UsageError } from "../exit.ts";
import { listenAddresses } from "../live-inputs.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "../read-options.ts";
import { readResult } from "../report.ts";
import { type SiteFlags, siteFromFlags } from "../site-options.ts";
import { type Action, waivedIn } from "../tui/action.ts";
import type { Message } from "../tui/state.ts";
import { waivedByFile } from "../tui/world/site-file.ts";
import { AuditThread } from "./audit-thread.ts";
import type { AuditThreadMessage } from "./messages.ts";

export interface TriageFlags extends SiteFlags, ReadFlags, ElasticsearchFlags {
  ascii?: boolean;
  color?: boolean;
  screenReader?: boolean;
  mouse?: boolean;
  follow?: boolean;
  listen?: string[];
  /** Of the screen and of the result's texts. */
  lang?: LanguageId;
}

/** What a source needs of a session. */
export interface Receiver {
  dispatch(...actions: Action[]): void;
  fail(error: unknown): void;
}

export interface TriageSource {
  timezone: string;
  /** What is read, as the user named it. */
  inputs: readonly string[];
  /** Where a saved audit lies. */
  folder: string | null;
  /** Why `f` can do nothing; null: it can. */
  unfollowable: string | null;
  /** Begins. */
  open(receiver: Receiver): Promise<void>;
  /** Reads on as the files grow. */
  follow(): void;
  /** Exit status of what was shown last; null while there is more to read. */
  status(): number | null;
  close(): Promise<void>;
}

const HEAD_BYTES = 4096;
/** What can be said of a saved audit: how it is shown, and where its waivers are kept. */
const OF_SAVED = ["ascii", "color", "screenReader", "mouse", "lang", "site", "tz"];

/** A flag that would do nothing is a mistake of whoever gave it. */
export function refuseFlags(flags: object, allowed: readonly string[], why: string): void {
  const [refused] = Object.keys(flags).filter((name) => !allowed.includes(name));
  if (refused === undefined) return;
  throw new UsageError(`--${refused.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${why}`);
}

/** Throws UsageError for everything that can be known before the screen opens. */
export function triageSource(inputs: readonly string[], flags: TriageFlags): TriageSource {
  if (!isSavedAudit(inputs)) return logSource(inputs, flags);
  if (flags.follow || flags.listen) throw new UsageError("a saved audit does not grow: name the logs to follow");
  refuseFlags(flags, OF_SAVED, "a saved audit is shown as it was made; name the logs to audit them anew");
  return savedSource(inputs[0] as string, flags);
}

function savedSource(file: string, flags: TriageFlags): TriageSource {
  let status: number | null = null;
  return {
    timezone: flags.tz ?? "local",
    inputs: [file],
    folder: dirname(file),
    unfollowable: inLanguage(flags.lang, () => phrases.message.savedDoesNotGrow),
    async open({ dispatch }) {
      const saved = await readResult(file);
      const result = localise(saved, flags.lang ?? saved.language ?? "en");
      status = auditStatus(result, null, false);
      const waived = await waivedSince(result, flags.site);
      dispatch({ type: "judged", judged: { phase: "saved", result, flows: null, waived }, message: null });
    },
    follow: () => undefined,
    status: () => status,
    close: async () => undefined,
  };
}

function logSource(inputs: readonly string[], flags: TriageFlags): TriageSource {
  const site = siteFromFlags(flags);
  const elasticsearch = auditTarget(flags, site, inputs.length > 0 || flags.listen !== undefined);
  if (inputs.length === 0 && elasticsearch === null && !flags.listen)
    throw new UsageError(
      "say what to read: log files, --listen udp://HOST:PORT, a saved audit, or --elasticsearch URL and --index PATTERN",
    );
  windowFromFlags(flags, site.timezone, Date.now());
  formatsFromFlag(flags);
  checkLive(inputs, flags, elasticsearch !== null);
  let receiver: Receiver | null = null;
  let status: number | null = null;
  const progress = new ReadingProgress();
  const thread = new AuditThread(
    (message) => {
      // Whoever leaves while there is more to read has not been shown that nothing was recognised.
      if (message.kind === "judged" && message.phase !== "reading")
        status = auditStatus(message.result, null, message.unreadable.length > 0);
      const action = message.kind === "bytes" ? progress.action(message.bytes) : actionOf(message, flags.lang);
      if (action) receiver?.dispatch(action);
    },
    (error) => receiver?.fail(error),
  );
  const start = (follow: boolean) => thread.start({ inputs, flags: plainFlags(flags), follow });
  return {
    timezone: site.timezone,
    inputs: [...inputs, ...(flags.listen ?? []), ...(elasticsearch ? [elasticsearch.index] : [])],
    folder: null,
    unfollowable: inLanguage(flags.lang, () => unfollowable(inputs, elasticsearch !== null)),
    async open(to) {
      receiver = to;
      start(flags.follow === true);
    },
    follow: () => start(true),
    status: () => status,
    close: () => thread.stop(),
  };
}

function checkLive(inputs: readonly string[], flags: TriageFlags, hasElasticsearch: boolean): void {
  const live = flags.follow === true || flags.listen !== undefined;
  if (live && hasElasticsearch)
    throw new UsageError("documents in Elasticsearch cannot be followed: leave out --follow and --listen");
  if (flags.follow && inputs.length === 0) throw new UsageError("--follow: name the files to follow");
  if (flags.follow && inputs.includes("-"))
    throw new UsageError("--follow -: standard input is read as it comes anyway; name the files to follow");
  listenAddresses(flags.listen ?? []);
}

function unfollowable(inputs: readonly string[], hasElasticsearch: boolean): string | null {
  if (hasElasticsearch) return phrases.message.documentsDoNotGrow;
  return inputs.includes("-") ? phrases.message.inputDoesNotGrow : null;
}

/** What another thread can be sent. */
function plainFlags(flags: TriageFlags): TriageFlags {
  return JSON.parse(JSON.stringify(flags)) as TriageFlags;
}

class ReadingProgress {
  readonly #startedMs = performance.now();
  #bytes = 0;

  action(bytes: number): Action {
    this.#bytes += bytes;
    return { type: "progress", bytes: this.#bytes, elapsedMs: performance.now() - this.#startedMs };
  }
}

function actionOf(message: Exclude<AuditThreadMessage, { kind: "bytes" }>, lang: LanguageId = "en"): Action | null {
  switch (message.kind) {
    case "expect":
      return { type: "expect", totalBytes: message.totalBytes };
    case "documents":
      return { type: "documents", done: message.done, total: message.total };
    case "notice":
      return { type: "say", message: { text: message.text, tone: "notice" } };
    case "judged": {
      const { phase, flows, unreadable } = message;
      const result = localise(message.result, lang);
      const told =
        phase === "whole" && unreadable.length > 0
          ? inLanguage(lang, () => unreadableMessage(unreadable.map((text) => warningIn(text, "en", lang))))
          : null;
      return { type: "judged", judged: { phase, result, flows, waived: waivedIn(result) }, message: told };
    }
    default:
      return null;
  }
}

function unreadableMessage([first, ...more]: readonly string[]): Message {
  return { text: phrases.message.unreadable(first ?? "", more.length), tone: "warning" };
}

/** What was waived when the audit was saved, and what the site file says now. */
async function waivedSince(result: AuditResult, site: string | undefined): Promise<Map<string, WaivedResult>> {
  const waived = waivedIn(result);
  if (site === undefined) return waived;
  const ids = result.findings.map(({ id }) => id).filter((id) => !waived.has(id));
  for (const [id, waiver] of await waivedByFile(site, ids, result.site.timezone, Date.now())) waived.set(id, waiver);
  return waived;
}

/** A log may be JSON too: only an audit says its schema's version at its beginning. */
function isSavedAudit(inputs: readonly string[]): boolean {
  const [file] = inputs;
  if (inputs.length !== 1 || file === undefined || !/\.json$/i.test(file)) return false;
  try {
    const descriptor = openSync(file, "r");
    const head = Buffer.alloc(HEAD_BYTES);
    const length = readSync(descriptor, head, 0, HEAD_BYTES, 0);
    closeSync(descriptor);
    return head.toString("utf8", 0, length).includes('"schemaVersion"');
  } catch {
    // Whoever opens it next says what is wrong with it.
    return false;
  }
}

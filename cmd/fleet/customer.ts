/**
 * One customer of a fleet, in a process of its own: what it reads and remembers ends with it, and so does whatever goes
 * wrong. Started by `processes.ts`, which sends the task; the working directory is the fleet file's folder.
 */
import { join } from "node:path";
import { InputError } from "../../ingest/errors.ts";
import { loadReportFormat } from "../../reports/formats.ts";
import { printableLogoOf } from "../../reports/html/branding.ts";
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import { nothingInWindow } from "../../reports/verdict.ts";
import { compareWithBaseline } from "../../rules/findings/baseline.ts";
import { failureIn, localise } from "../../rules/messages/localise.ts";
import type { AuditResult } from "../../rules/result.ts";
import { complaintOf, standardInput, terminalStyle } from "../console.ts";
import { customerTarget } from "../elasticsearch/options.ts";
import { auditStatus, EXIT_DONE, EXIT_INPUT, UsageError } from "../exit.ts";
import { windowFromFlags } from "../read-options.ts";
import { readResult } from "../report.ts";
import { runAudit } from "../run-audit.ts";
import { siteFromFlags } from "../site-options.ts";
import { brandingOf } from "./branding.ts";
import { auditedRow, type CustomerRow, emptyRow, notesOf } from "./overview.ts";
import { AUDIT_FILE, previousRun, reportFile, writeRunFolder } from "./runs.ts";
import type { CustomerAnswer, CustomerTask } from "./task.ts";

/** Waits for the task, answers, and ends; without a parent it ends at once. */
export async function fleetCustomerCommand(): Promise<number> {
  if (!process.send) throw new UsageError("fleet-customer is started by: ringfence fleet fleet.yaml");
  // Whoever asked is gone: nobody would look at the answer.
  const onDisconnect = () => process.exit(EXIT_INPUT);
  process.once("disconnect", onDisconnect);
  const task = await new Promise<CustomerTask>((resolve) =>
    process.once("message", (message) => resolve(message as CustomerTask)),
  );
  const answer: CustomerAnswer = { row: await inLanguage(task.language, () => rowOf(task)) };
  process.off("disconnect", onDisconnect);
  await new Promise<void>((resolve) => process.send?.(answer, () => resolve()));
  process.disconnect();
  return EXIT_DONE;
}

/** A mistake in the customer's files is its row; a bug is thrown, and ends the process with its stack. */
async function rowOf(task: CustomerTask): Promise<CustomerRow> {
  try {
    return await auditCustomer(task);
  } catch (cause) {
    if (cause instanceof UsageError || cause instanceof InputError) {
      const text = cause instanceof InputError ? complaintOf(cause) : cause.message;
      return emptyRow(
        task.customer,
        "failed",
        text.split("\n").map((line) => failureIn(line, task.language)),
      );
    }
    const { code, syscall, path, message } = cause as NodeJS.ErrnoException;
    if (code !== undefined && syscall !== undefined)
      return emptyRow(task.customer, "failed", [`${path ?? task.customer.slug}: ${message}`]);
    throw cause;
  }
}

async function auditCustomer(task: CustomerTask): Promise<CustomerRow> {
  const { customer, output, run, nowMs } = task;
  const branding = await brandingOf(customer);
  const site = siteFromFlags({
    site: customer.site,
    ...(task.catalogDir === null ? {} : { catalogDir: task.catalogDir }),
  });
  const messages: string[] = [];
  if (task.formats.includes("pdf") && branding.logo !== null && printableLogoOf(branding) === null)
    messages.push(phrases.overview.logoLeftOut(customer.logo ?? ""));
  const baseline = await baselineOf(task, messages);
  const unread: string[] = [];
  const window = {
    ...(customer.since === null ? {} : { since: customer.since }),
    ...(customer.until === null ? {} : { until: customer.until }),
  };
  const result = await runAudit({
    site,
    inputNames: customer.inputs,
    elasticsearch: customer.elasticsearch && customerTarget(customer.elasticsearch, site),
    window: windowFromFlags(window, site.timezone, nowMs),
    read: { only: null, stdin: standardInput(), threads: task.threads },
    nowMs,
    hashes: true,
    onUnreadable: (error) => unread.push(complaintOf(error)),
  });
  const english = notesOf(result);
  const said = notesOf(localise(result, task.language));
  messages.push(
    ...unread.map((text) => failureIn(text, task.language)),
    ...said.filter((_, at) => !unread.some((one) => english[at]?.includes(one))),
  );
  if (nothingInWindow(result)) return emptyRow(customer, "failed", [...messages, phrases.headline.nothingInWindow]);
  if (auditStatus(result, null, false) === EXIT_INPUT)
    return emptyRow(customer, "failed", [...messages, phrases.overview.nothingRecognised]);
  if (baseline) result.baseline = compareWithBaseline(result, baseline);
  const files = new Map<string, string | Uint8Array>();
  const report = localise(result, customer.language);
  const style = { ...terminalStyle({}), width: 100, color: false, branding };
  for (const id of task.formats) {
    const format = await loadReportFormat(id);
    if (format) files.set(reportFile(id), await format.render(report, style));
  }
  await writeRunFolder(join(output, customer.slug), run, files);
  return auditedRow(customer, localise(result, task.language), {
    status: unread.length > 0 ? "incomplete" : "done",
    run,
    messages,
    files: [...files.keys()].map((name) => `${customer.slug}/${run}/${name}`),
  });
}

/** The audit of the run before, unless the fleet file names another; an old one that is broken is no reason to stop. */
async function baselineOf(
  { customer, output, run, language }: CustomerTask,
  messages: string[],
): Promise<AuditResult | null> {
  if (customer.baseline === "none") return null;
  if (customer.baseline !== "auto") return await readResult(customer.baseline);
  const previous = previousRun(output, customer.slug, run);
  if (previous === null) return null;
  try {
    return await readResult(join(output, customer.slug, previous, AUDIT_FILE));
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    messages.push(phrases.overview.notCompared(previous, failureIn(cause.message, language)));
    return null;
  }
}

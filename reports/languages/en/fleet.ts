/** What the overview across customers says; for the provider, never for a customer. */
import { counted, number } from "./counting.ts";

export const fleet = {
  overview: {
    title: (run: string) => `Fleet overview, run ${run}`,
    subtitle:
      "All customers, worst first. This page is for the provider: each customer's own reports lie in its folder.",
    skipToContent: "Skip to the overview",
    status: {
      done: "Audited",
      incomplete: "Incomplete",
      failed: "Failed",
      "not-run": "Not in this run",
    },
    inShort: "In short",
    byStatus: "Customers by status",
    bySeverity: "Customers with findings of each severity",
    all: (count: number) => `${counted(count, "customer")}:`,
    withFindings: "Customers with findings:",
    failed: "Failed in this run",
    customers: "Customers",
    caption: "Findings by customer, and what changed since the run before",
    customer: "Customer",
    changes: "Since the run before",
    new: (count: number) => `${number(count)} new`,
    gone: (count: number) => `${number(count)} gone`,
    notSeenAgain: (count: number) => `${number(count)} not seen again`,
    unchanged: "nothing",
    logsOf: (span: string) => `logs of ${span}`,
    notes: "To look at",
    sharedInput: (input: string, customers: string) => `${input} is read for several customers: ${customers}`,
    nothingRecognised: "no line of its inputs was recognised",
    emptyInput: (input: string) => `${input}: is empty`,
    unknownInput: (input: string) => `${input}: no line of a known log format`,
    systemNotSeen: (system: string) =>
      `no log line names a host of ${system}: wrong addresses, or logs of another firewall`,
    notStarted: (reason: string) => `could not be started: ${reason}`,
    stopped: (minutes: number) => `was stopped after ${counted(minutes, "minute")}; --timeout allows more`,
    crashed: (end: string, words: string) => `the audit ended unexpectedly (${end})${words ? `: ${words}` : ""}`,
    logoLeftOut: (logo: string) => `logo ${logo}: its PDF is without it, which can show PNG and JPEG`,
    notCompared: (run: string, reason: string) => `no comparison with the run of ${run}: ${reason}`,
    /** In the terminal. */
    head: (run: string, audited: number, all: number, failed: number) =>
      `Fleet run ${run}: ${number(audited)} of ${counted(all, "customer")} audited${failed > 0 ? `, ${number(failed)} FAILED` : ""}`,
    statusWord: { done: "done", incomplete: "incomplete", failed: "FAILED", "not-run": "not-run" },
    columns: { customer: "customer", status: "status", new: "new", gone: "gone", run: "run" },
    warning: (text: string) => `warning: ${text}`,
  },
} as const;

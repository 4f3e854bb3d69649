/** What an owner reads first: the verdict, what it means, what to do. */
import type { FindingKind } from "../../../rules/result.ts";
import { counted, number } from "./counting.ts";

export const summary = {
  headline: {
    nothingRead: "Nothing could be judged: no log line was recognised.",
    nothingInWindow: "Nothing could be judged: no log line lies in the chosen window.",
    noSystemSeen: "No findings, but no log line names a host of the phone system.",
    none: "No findings in what these logs show.",
    onlyWaived: "No findings in what these logs show, apart from waived ones.",
    noneChosen: "No findings among those asked for.",
    leftOut: (count: number) =>
      `${counted(count, "finding")} ${count === 1 ? "is" : "are"} left out by --only, --skip or --severity.`,
    critical: (count: number, others: number) => `Act now: ${counted(count, "critical finding")}${andOthers(others)}.`,
    high: (count: number, others: number) =>
      `Action needed: ${counted(count, "finding")} of high severity${andOthers(others)}.`,
    moderate: (count: number) => `Improvements recommended: ${counted(count, "finding")}, none of them urgent.`,
    info: (count: number) => `Nothing to repair: ${counted(count, "remark")}.`,
    ended: (count: number) => `${counted(count, "finding")} ended while the logs were written.`,
    onlyEnded: (count: number) =>
      `See that it stays so: ${counted(count, "finding")} ended while the logs were written.`,
  },
  notProven: (gaps: string) => `That is no proof that all is well: ${gaps}.`,
  silent: (spans: string, more: number) => `silent ${spans}${more > 0 ? ` and ${counted(more, "more time")}` : ""}`,
  outsideTheLogs: "Traffic that did not occur in this window, or that passed another way, was not judged.",
  gap: {
    unseen: (count: number) =>
      `the logs hold no trace of ${counted(count, "requirement or policy", "requirements and policies")} of the vendors`,
    blindToAllows: (names: string, count: number) =>
      `${names} ${count === 1 ? "logs nothing that it allows" : "log nothing that they allow"}, so what is open there stays unknown`,
    blindToDenies: (names: string, count: number) =>
      `${names} ${count === 1 ? "logs nothing that it denies" : "log nothing that they deny"}, so what is blocked there stays unknown`,
  },
  wrongAndMeaning: "What is wrong, what it means",
  whatFirst: "What to do first",
  wrong: {
    "blocked-but-required": (count: number) =>
      `The firewall stops traffic that the phone system needs (${counted(count, "finding")}).`,
    "open-but-unneeded": (count: number) =>
      `The phone system can be reached in ways that nothing on the vendor's list asks for (${counted(count, "finding")}).`,
    "inspection-anomaly": (count: number) =>
      `The firewall interferes with telephone traffic that it should only pass on (${counted(count, "finding")}).`,
  } satisfies Record<FindingKind, (count: number) => string>,
  means: {
    "blocked-but-required":
      "Calls may fail, stay silent on one side or break off, and single functions may not work. Which ones, each finding says.",
    "open-but-unneeded":
      "Every needless opening is one more way in. From inside it is a matter of tidiness; each finding says from where it can be reached.",
    "inspection-anomaly":
      "Typical signs are one-sided audio, calls that end after minutes, and phones that lose their registration now and then.",
  } satisfies Record<FindingKind, string>,
  meansInternet:
    "Strangers on the Internet can reach the phone system. They try passwords around the clock; whoever gets in places calls at the owner's expense, listens in, or goes on into the network.",
  first: {
    "blocked-but-required": (flow: string) => `Let this through: ${flow}.`,
    "open-but-unneeded": (flow: string) => `Close this, or give it a reason: ${flow}.`,
    "inspection-anomaly": () => "Stop the firewall's special treatment of this traffic.",
  } satisfies Record<FindingKind, (flow: string) => string>,
  firstForbidden: (flow: string) => `Close this: ${flow}.`,
  firstEnded: (time: string) => `It ended at ${time}, as far as the logs show: see that it stays so.`,
  firstAlso: (hosts: number) => `The same at ${counted(hosts, "further host")}.`,
  firstWhere: (firewalls: string) => `On ${firewalls}.`,
  firstLogging: (names: string) =>
    `Switch on the logging that is missing (${names}), and audit again after a week: only then is the picture complete.`,
  firstNothing: "Nothing. Audit again after the next change to the firewall or the phone system.",
  firstLeftOut: "Look at the findings that were left out, too.",
  firstRead: "Check which files were given, and that they hold firewall logs; the inputs are listed below.",
  firstWindow: "Check the chosen window, and whether the firewall still sends its logs; the inputs are listed below.",
  firstAddresses: "Check the phone system's addresses, and that the logs are of the firewall that its traffic passes.",
  seeFinding: (count: number) => (count === 1 ? "Finding" : "Findings"),
  showAll: (shown: number, all: number) =>
    `${number(shown)} of ${number(all)} findings are told in full; the others are listed.`,
} as const;

function andOthers(count: number): string {
  return count > 0 ? `, and ${counted(count, "other")}` : "";
}

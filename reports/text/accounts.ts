/** Where everything counted went: said, so that no packet is lost silently. */
import type { AuditResult } from "../../rules/result.ts";
import { accountsIn } from "../accounts.ts";
import { phrases } from "../phrases.ts";
import { number } from "../words.ts";
import type { Page } from "./page.ts";

export function writeAccounts(page: Page, result: AuditResult): void {
  const accounts = accountsIn(result);
  if (accounts.length === 0) return;
  page.heading({ text: phrases.sections.accounts, tone: "strong" });
  page.table(
    [
      { title: "", align: "right" },
      { title: "", flexible: true },
    ],
    accounts.map(({ packets, text }) => ({ cells: [{ text: number(packets), tone: "strong" }, text] })),
  );
}

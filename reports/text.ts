/** The result for a terminal: limits first, then the verdict, then each finding down to its log line. */
import { axisOf } from "./axis.ts";
import { outlineOf } from "./outline.ts";
import type { ReportFormat } from "./report-format.ts";
import { writeAccounts } from "./text/accounts.ts";
import { writeEvidence } from "./text/evidence.ts";
import { writeFindings } from "./text/findings.ts";
import { writeHistory } from "./text/history.ts";
import { Page } from "./text/page.ts";
import { writePolicies } from "./text/policies.ts";
import { writeRequirements } from "./text/requirements.ts";
import { writeSummary } from "./text/summary.ts";
import { writeUndeclared } from "./text/undeclared.ts";
import { writeUnread } from "./text/unread.ts";
import { writeWaived } from "./text/waived.ts";

export const text: ReportFormat = {
  id: "text",
  title: "Text for a terminal",
  extension: "txt",
  render(result, options) {
    const page = new Page(options);
    const outline = outlineOf(result);
    const axis = axisOf(result);
    writeEvidence(page, result, axis);
    writeSummary(page, result, outline);
    writeFindings(page, outline, axis);
    writeUndeclared(page, result.undeclaredHosts);
    writeRequirements(page, outline);
    writePolicies(page, outline);
    writeAccounts(page, result);
    writeUnread(page, result.evidence.inputs);
    writeWaived(page, outline, axis);
    writeHistory(page, result);
    return page.toString();
  },
};

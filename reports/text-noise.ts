/** What was denied or passed and is no finding: said, so that no packet is lost silently. */
import type { NoiseResult } from "../rules/result.ts";
import type { Page } from "./text-page.ts";
import { counted, number } from "./words.ts";

export function writeNoise(page: Page, { scannerDenials, outOfStateDenials, unrelated }: NoiseResult): void {
  if (scannerDenials.packets + outOfStateDenials.packets + unrelated.packets === 0) return;
  page.heading({ text: "Counted, and no finding", tone: "strong" });
  const rows: [count: number, text: string][] = [
    [
      scannerDenials.packets,
      `denied to ${counted(scannerDenials.sources, "Internet host")} that no one here talks to: scanners, and a control that works`,
    ],
    [outOfStateDenials.packets, "denied out of state: remains of connections that were over, not refused ones"],
    [unrelated.packets, "of no phone system of this site, allowed or denied"],
  ];
  page.table(
    [
      { title: "", align: "right" },
      { title: "", flexible: true },
    ],
    rows
      .filter(([count]) => count > 0)
      .map(([count, text]) => ({
        cells: [{ text: number(count), tone: "strong" }, `${count === 1 ? "packet" : "packets"} ${text}`],
      })),
  );
}

/** What was denied or passed and is no finding: said, so that no packet is lost silently. */
import type { NoiseResult } from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import type { Page } from "./text-page.ts";
import { number } from "./words.ts";

export function writeNoise(page: Page, { scannerDenials, outOfStateDenials, unrelated }: NoiseResult): void {
  if (scannerDenials.packets + outOfStateDenials.packets + unrelated.packets === 0) return;
  page.heading({ text: phrases.sections.noise, tone: "strong" });
  const { scanners, outOfState, unrelated: others } = phrases.text.noise;
  const rows: [count: number, text: string][] = [
    [scannerDenials.packets, scanners(scannerDenials.packets, scannerDenials.sources)],
    [outOfStateDenials.packets, outOfState(outOfStateDenials.packets)],
    [unrelated.packets, others(unrelated.packets)],
  ];
  page.table(
    [
      { title: "", align: "right" },
      { title: "", flexible: true },
    ],
    rows
      .filter(([count]) => count > 0)
      .map(([count, text]) => ({
        cells: [{ text: number(count), tone: "strong" }, text],
      })),
  );
}

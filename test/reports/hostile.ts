/** Text that attacks a terminal, a spreadsheet, a browser or a layout. */
import fc from "fast-check";
import type { AuditResult } from "../../rules/result.ts";

const PIECES = [
  "\u001b[2J\u001b[31m",
  "\u001b]0;title\u0007",
  "\u009b31m",
  "\u0000\u0008\u007f\u0085",
  "\r\n",
  "\n",
  "\t",
  "\u202eevil\u202c",
  "\u2066\u2069\u200b\u200d\ufeff\u00ad",
  "\u2028\u2029",
  "\ud800",
  "\u{e0041}",
  "é\u0301\u0302\u0303\u0304\u0305\u0306\u0307",
  "क्".repeat(40),
  "각".normalize("NFD").repeat(20),
  "\u1100".repeat(30),
  "東京オフィス",
  "👩‍👩‍👧‍👦🇩🇪☎️",
  "=HYPERLINK(1)",
  "<script>alert(1)</script>",
  "[x](javascript:1)",
  "Grüße",
  "a b c",
  "x".repeat(90),
  "/very/long/path/without/any/space/at/all/",
];

/** Short hostile texts, sometimes empty. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 6 })
  .map((pieces) => pieces.join(""));

/** Strings that the contract fixes: codes, and times that reports take apart. */
const FIXED = new Set(
  [
    "schemaVersion",
    "platform",
    "unit",
    "transport",
    "direction",
    "scope",
    "strength",
    "state",
    "kind",
    "severity",
    "confidence",
    "baseline",
  ].concat(["confidence", "peerZone", "localPorts", "remotePorts", "zone", "what", "peerZones", "meaning"]),
);

/** The result with `change` applied to every string that comes from outside, times included. */
export function withStrings(result: AuditResult, change: (text: string) => string): AuditResult {
  const fixedLists = new Set<unknown>();
  return JSON.parse(
    JSON.stringify(result, function (this: unknown, key: string, value: unknown) {
      if (fixedLists.has(this)) return value;
      if (FIXED.has(key)) {
        fixedLists.add(value);
        return value;
      }
      if (typeof value === "string") return change(value);
      return Array.isArray(value) ? value.map((item) => (typeof item === "string" ? change(item) : item)) : value;
    }),
  ) as AuditResult;
}

/** The commands of a remedy, as the report prints them: whoever has one tool pastes the lines that are for it. */
import type { AuditResult } from "../../rules/result.ts";

export type Tool = "iptables" | "nft";

/** Of kernels that have a switch which this one has no more. */
const FOR_OTHERS = /# kernels before /;
/** Also where a helper or a timeout is set, which is the same whatever tool writes the rules. */
const KERNEL = /^(?:sysctl -w|conntrack -D) /;
const COMMANDS: Readonly<Record<Tool, RegExp>> = { iptables: /^ip6?tables (?:-t \w+ )?-[IA] /, nft: /^nft '/ };

export function commandsOf({ findings }: AuditResult, tool: Tool): string[] {
  const lines = findings.flatMap(({ remediation }) => remediation.flatMap(({ text }) => text.split("\n")));
  // Findings on the same rules print the same lines.
  return [
    ...new Set(lines.filter((line) => !FOR_OTHERS.test(line) && (COMMANDS[tool].test(line) || KERNEL.test(line)))),
  ];
}

/** The same lines as the report says to undo them: with -D. */
export function undoingOf(commands: readonly string[]): string[] {
  return commands
    .filter((line) => COMMANDS.iptables.test(line))
    .map((line) => line.replace(/ -I (\w+) 1 | -A (\w+) /, " -D $1$2 "));
}

/** Remediation texts mix sentences, numbered steps and commands. This tells them apart, so that each is set as what it is. */

export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "list"; ordered: boolean; start: number; items: string[] }
  | { kind: "code"; text: string };

const ITEM = /^(?:(\d{1,3})[.)]|[-*•])\s+(.*)$/;
/** First words of lines that are typed into a firewall or shell, not read. */
const COMMAND =
  /^(?:config|edit|set|unset|next|end|show|get|diagnose|execute|configure|top|commit; save|iptables|ip6tables|nft|ufw|firewall-cmd|uci|shorewall6?|(?:ACCEPT|DROP|DNAT):info|(?:IN|OUT) (?:ACCEPT|DROP)|sudo|sysctl|modprobe|lsmod|conntrack|cat|echo|ip|tc|pfctl|netsh|auditpol|(?:New|Set|Get|Remove|Enable|Disable)-Net\w+)(?:[\s;]|$)/;
/** "show that it works" is a sentence, and so is whatever ends like one. */
const SENTENCE = /[a-z0-9)][.:;]$/;

/** The blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const raw of text.split(/\r\n|\n/)) {
    const line = raw.trimEnd();
    if (line.trim() === "") continue;
    const last = blocks.at(-1);
    if (isCode(line)) {
      if (last?.kind === "code") last.text += `\n${line}`;
      else blocks.push({ kind: "code", text: line });
      continue;
    }
    const item = ITEM.exec(line.trim());
    if (!item) {
      blocks.push({ kind: "paragraph", text: line.trim() });
      continue;
    }
    const ordered = item[1] !== undefined;
    const body = item[2] ?? "";
    if (last?.kind === "list" && last.ordered === ordered) last.items.push(body);
    else blocks.push({ kind: "list", ordered, start: ordered ? Number(item[1]) : 1, items: [body] });
  }
  return blocks.map((block) => (block.kind === "code" ? { ...block, text: dedent(block.text) } : block));
}

/** Whether the line is typed, and so must stay one. */
export function isCode(line: string): boolean {
  if (/^(?: {2,}|\t)\S/.test(line)) return !ITEM.test(line.trim());
  return COMMAND.test(line) && !SENTENCE.test(line);
}

function dedent(text: string): string {
  const lines = text.split("\n");
  const indent = Math.min(...lines.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(indent)).join("\n");
}

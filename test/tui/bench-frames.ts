/**
 * Key to frame: how long it takes from a key's arrival until the changed screen is written, with a hundred thousand
 * findings, through the whole of React and Ink. Build first; run: node test/tui/bench-frames.ts [findings]
 */
import { FakeKeyboard, FakeScreen } from "./fake-terminal.ts";
import { sampleResult } from "./sample-result.ts";

process.env.NODE_ENV = "production";
const dist = (file: string) => import(new URL(`../../dist/cmd/tui/${file}`, import.meta.url).href);
const { startSession } = (await dist("session.js")) as typeof import("../../cmd/tui/session.tsx");
const { startState } = (await dist("start-state.js")) as typeof import("../../cmd/tui/start-state.ts");

const findings = Number(process.argv[2] ?? 100_000);
const keyboard = new FakeKeyboard();
const screen = new FakeScreen(140, 40);
const state = startState({
  columns: screen.columns,
  rows: screen.rows,
  look: { color: true, ascii: false },
  inputs: ["audit.json"],
  siteFile: null,
  user: "bench",
  today: "2026-10-07",
  unfollowable: null,
});
const session = startSession({
  state,
  stdin: keyboard as unknown as NodeJS.ReadStream,
  stdout: screen as unknown as NodeJS.WriteStream,
  screenReader: false,
  mouse: false,
  folder: null,
  follow: () => undefined,
});
const result = sampleResult(findings, ["blocked-but-required"]);
const opened = performance.now();
session.dispatch({
  type: "judged",
  judged: { phase: "saved", result, flows: null, waived: new Map() },
  message: null,
});
print(`${findings} findings in one list, ${screen.columns}x${screen.rows}`);
print(`open               ${(performance.now() - opened).toFixed(1)} ms`);
await pause(4000);

await measure(
  "down (j)",
  Array.from({ length: 200 }, () => "j"),
);
await measure(
  "page down",
  Array.from({ length: 100 }, () => "\u001b[6~"),
);
await measure(
  "last, first",
  Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? "G" : "g")),
);
await measure(
  "next urgent (e)",
  Array.from({ length: 40 }, () => "e"),
);
await measure(
  "mark (space)",
  Array.from({ length: 40 }, () => " "),
);
await measure(
  "detail, back",
  Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? "\r" : "q")),
);
await measure("filter, each key", ["/", ..."provisioning severity:high !waived:yes port:5060", "\r"]);
await measure("drop filter (Esc)", ["\u001b"]);
await measure("sort by column (>)", [">", ">", ">", ">", ">", ">", ">", ">"]);
await measure("sort again (<)", ["<", "<", "<", "<", "<", "<", "<", "<"]);
await measure(
  "reverse (z)",
  Array.from({ length: 20 }, () => "z"),
);
await measure(
  "next view (Tab)",
  Array.from({ length: 12 }, () => "\t"),
);
keyboard.type("\u0003");
await session.ended;
process.exit(0);

async function measure(name: string, keys: readonly string[]): Promise<void> {
  const times: number[] = [];
  for (const key of keys) {
    const start = performance.now();
    const framed = new Promise<void>((resolve) => screen.once("frame", resolve));
    keyboard.type(key);
    const changed = await Promise.race([framed.then(() => true), pause(500).then(() => false)]);
    if (changed) times.push(performance.now() - start);
    // Longer than a frame, so that each key is drawn at once and measured by itself.
    await pause(key === "\u001b" ? 60 : 25);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  print(
    `${name.padEnd(20)} median ${at(0.5).padStart(6)} ms   95 % ${at(0.95).padStart(6)} ms   worst ${at(1).padStart(6)} ms`,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Past Ink, which takes the console for itself. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

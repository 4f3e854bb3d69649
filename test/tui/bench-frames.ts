/**
 * Key to frame: how long it takes from a key's arrival until the changed screen is written, through the whole of React
 * and Ink: with a hundred thousand findings in one list, then with a million flows. Run: npm run bench:tui
 */
import type { Judged } from "../../cmd/tui/judged.ts";
import { FakeKeyboard, FakeScreen } from "./fake-terminal.ts";
import { sampleFlows } from "./sample-flows.ts";
import { sampleResult } from "./sample-result.ts";

process.env.NODE_ENV = "production";
const dist = (file: string) => import(new URL(`../../dist/cmd/tui/${file}`, import.meta.url).href);
const { startSession } = (await dist("session.js")) as typeof import("../../cmd/tui/session.tsx");
const { startState } = (await dist("start-state.js")) as typeof import("../../cmd/tui/start-state.ts");

const FINDINGS = 100_000;
const FLOWS = 1_000_000;
/** A frame may take so long. */
const LIMIT_MS = 50;

const keyboard = new FakeKeyboard();
const screen = new FakeScreen(140, 40);
const session = startSession({
  state: startState({
    columns: screen.columns,
    rows: screen.rows,
    look: { color: true, ascii: false },
    language: "en",
    inputs: ["fw.log"],
    siteFile: null,
    user: "bench",
    today: "2026-10-07",
    unfollowable: null,
  }),
  stdin: keyboard as unknown as NodeJS.ReadStream,
  stdout: screen as unknown as NodeJS.WriteStream,
  screenReader: false,
  mouse: false,
  folder: null,
  follow: () => undefined,
});
const slow = { clock: 0, processor: 0 };

await measureFindings();
await measureFlows();
keyboard.type("\u0003");
await session.ended;
print(`longer than ${LIMIT_MS} ms (95 %): ${slow.processor} of these by the processor, ${slow.clock} by the clock`);
process.exit(slow.processor === 0 ? 0 : 1);

/** What it opens is gone when it ends: the garbage collector would look through it during what follows. */
async function measureFindings(): Promise<void> {
  const many = sampleResult(FINDINGS, ["blocked-but-required"]);
  open(`${FINDINGS} findings in one list`, { phase: "live", result: many, flows: null, waived: new Map() });
  await pause(4000);
  await measure("down (j)", repeated(200, "j"));
  await measure("page down", repeated(100, "\u001b[6~"));
  await measure("last, first", repeated(40, "G", "g"));
  await measure("next urgent (e)", repeated(40, "e"));
  await measure("mark (space)", repeated(40, " "));
  await measure("detail, back", repeated(40, "\r", "q"));
  await measure("filter, each key", ["/", ..."provisioning severity:high !waived:yes port:5060", "\r"]);
  await measure("drop filter (Esc)", ["\u001b"]);
  await measure("sort by column (>)", repeated(8, ">"));
  await measure("sort again (<)", repeated(8, "<"));
  await measure("reverse (z)", repeated(20, "z"));
  await measure("next view (Tab)", repeated(14, "\t"));
}

async function measureFlows(): Promise<void> {
  const few = sampleResult(100);
  open(`${FLOWS} flows`, { phase: "live", result: few, flows: sampleFlows(FLOWS), waived: new Map() });
  await measure("to the flows (6)", ["6"]);
  await pause(4000);
  await measure("down (j)", repeated(200, "j"));
  await measure("page down", repeated(100, "\u001b[6~"));
  await measure("last, first", repeated(40, "G", "g"));
  await measure("detail, back", repeated(20, "\r", "q"));
  await measure("filter, each key", ["/", ..."203.0.113 judged:refused !verdict:allow port:5060", "\r"]);
  await measure("drop filter (Esc)", ["\u001b"]);
  await measure("a word", ["/", ..."scanner", "\r", "\u001b"]);
  await measure("sort by column (>)", repeated(9, ">"));
  await measure("reverse (z)", repeated(20, "z"));
  await measure("next view (Tab)", repeated(14, "\t"));
}

function open(what: string, judged: Judged): void {
  const opened = performance.now();
  session.dispatch({ type: "judged", judged, message: null });
  print(`${what}, ${screen.columns}x${screen.rows}`);
  print(`open               ${(performance.now() - opened).toFixed(1)} ms`);
}

function repeated(count: number, ...keys: string[]): string[] {
  return Array.from({ length: count }, (_, index) => keys[index % keys.length] as string);
}

async function measure(name: string, keys: readonly string[]): Promise<void> {
  const times: number[] = [];
  /** On a machine that others use too, only the processor's time tells. */
  const busy: number[] = [];
  for (const key of keys) {
    const start = performance.now();
    const before = process.cpuUsage();
    const framed = new Promise<void>((resolve) => screen.once("frame", resolve));
    keyboard.type(key);
    const changed = await Promise.race([framed.then(() => true), pause(500).then(() => false)]);
    if (changed) times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    if (changed) busy.push((user + system) / 1000);
    // Longer than a frame, so that each key is drawn at once and measured by itself.
    await pause(key === "\u001b" ? 60 : 25);
  }
  times.sort((a, b) => a - b);
  busy.sort((a, b) => a - b);
  const isSlow = (all: readonly number[]) => (all[Math.floor(all.length * 0.95)] ?? 0) > LIMIT_MS;
  if (isSlow(times)) slow.clock++;
  if (isSlow(busy)) slow.processor++;
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  print(
    `${name.padEnd(20)} median ${at(0.5).padStart(6)} ms   95 % ${at(0.95).padStart(6)} ms   worst ${at(1).padStart(6)} ms   processor median ${(busy[busy.length >> 1] ?? 0).toFixed(1).padStart(6)} ms, worst ${(busy.at(-1) ?? 0).toFixed(1).padStart(6)} ms`,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Past Ink, which takes the console for itself. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

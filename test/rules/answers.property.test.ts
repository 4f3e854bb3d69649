/** Which packets answer is found by ports, and held against comparing all with all; and it takes no longer than there are ports. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type PortInterval, portClasses } from "../../ingest/flows/flow-selection.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { answersOf, repliesToStrangers } from "../../rules/traffic/answers.ts";
import type { JudgedFlow } from "../../rules/traffic/judged-flow.ts";
import { cpuMs } from "../cpu-time.ts";

const DIVISION = portClasses([
  [5060, 5061],
  [5062, 5065],
  [10_000, 10_002],
]);

interface Shape {
  protocol: number;
  verdict: number;
  hostIsInitiator: boolean;
  hostSent: boolean;
  meaning: string;
  openerPort: number | null;
  port: number;
  pair: string;
  second: number | null;
  unit: string;
}

/** As much of a judged flow as answers look at. */
function judgedOf({ openerPort, second, hostSent, pair, ...shape }: Shape): JudgedFlow {
  const { protocol, verdict, unit } = shape;
  const initiatorPorts =
    openerPort === null ? null : [DIVISION.low[openerPort] as number, DIVISION.high[openerPort] as number];
  const flow = { protocol, verdict, initiatorPorts, firstMs: second ?? Number.NaN, context: { unit } };
  return { ...shape, flow, sender: hostSent ? {} : null, pair, peerText: pair } as unknown as JudgedFlow;
}

const port = fc.constantFrom(5059, 5060, 5061, 5062, 5063, 9999, 10_000, 10_001, 10_003);
const flows = fc.array(
  fc
    .record<Shape>({
      protocol: fc.constantFrom(UDP, UDP, UDP, TCP),
      verdict: fc.constantFrom(VERDICT_ALLOW, VERDICT_DENY),
      hostIsInitiator: fc.boolean(),
      hostSent: fc.boolean(),
      meaning: fc.constantFrom("neutral", "unneeded", "needed"),
      openerPort: fc.option(port),
      port: fc.oneof({ weight: 9, arbitrary: port }, fc.constant(-1)),
      pair: fc.constantFrom("a", "b"),
      second: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 9 }),
      unit: fc.constantFrom("packets", "packets", "sessions"),
    })
    .map((shape) => judgedOf(shape.port < 0 ? { ...shape, openerPort: null } : shape)),
  { maxLength: 30 },
);

function portsOf({ hostIsInitiator, flow, port }: JudgedFlow): (PortInterval | null)[] {
  const opener = flow.initiatorPorts;
  return hostIsInitiator ? [opener, [port, port]] : [[port, port], opener];
}

function betweenSamePorts(one: JudgedFlow, other: JudgedFlow): boolean {
  if (one.pair !== other.pair || one.flow.protocol !== other.flow.protocol) return false;
  const others = portsOf(other);
  return portsOf(one).every((a, side) => {
    const b = others[side] ?? null;
    return a !== null && b !== null && a[0] <= b[1] && b[0] <= a[1];
  });
}

/** Stands for what vendors ask for. */
function isWanted({ flow }: JudgedFlow): boolean {
  return flow.firstMs !== 1;
}

function isAnswer(one: JudgedFlow, all: readonly JudgedFlow[]): boolean {
  const { flow, sender, port } = one;
  if (flow.protocol !== UDP || sender !== null) return false;
  if (flow.context.unit === "sessions" && flow.verdict === VERDICT_ALLOW) return false;
  const [low, high] = portsOf(one)[1] ?? [-1, -1];
  const isSip = one.hostIsInitiator ? false : [5060, 5061].includes(port);
  const mayBeAsked = low <= 5061 && 5060 <= high;
  return all.some(
    (sent) =>
      sent.sender !== null &&
      sent.flow.verdict === VERDICT_ALLOW &&
      betweenSamePorts(one, sent) &&
      (sent.flow.firstMs < flow.firstMs ||
        (sent.flow.firstMs === flow.firstMs && (!isSip || (mayBeAsked && isWanted(sent))))),
  );
}

test("answers are those for which some packet went out before between the same ports", () => {
  fc.assert(
    fc.property(flows, (all) => {
      for (const verdict of [VERDICT_ALLOW, VERDICT_DENY] as const) {
        const slow = all.filter((one) => one.flow.verdict === verdict && isAnswer(one, all));
        expect([...answersOf(all, verdict, isWanted)]).toEqual(slow);
      }
    }),
    { numRuns: 2000 },
  );
});

test("replies to strangers are those between whose ports something unneeded came in", () => {
  fc.assert(
    fc.property(flows, (all) => {
      const strangers = all.filter(({ meaning, sender }) => meaning === "unneeded" && sender === null);
      const slow = all.filter(
        (one) =>
          one.sender !== null && one.meaning === "neutral" && strangers.some((other) => betweenSamePorts(one, other)),
      );
      expect([...repliesToStrangers(all)]).toEqual(slow);
    }),
    { numRuns: 2000 },
  );
});

test("a host that called 60,000 ports of one peer costs no more than as many peers", () => {
  const many = Array.from({ length: 120_000 }, (_, i) =>
    judgedOf({
      protocol: UDP,
      verdict: VERDICT_ALLOW,
      hostIsInitiator: true,
      hostSent: i % 2 === 0,
      meaning: "neutral",
      openerPort: 40_000,
      port: 1 + (i >> 1),
      pair: "a",
      second: i % 2,
      unit: "packets",
    }),
  );
  const before = cpuMs();
  expect(answersOf(many, VERDICT_ALLOW, isWanted).size).toBe(60_000);
  expect(cpuMs() - before).toBeLessThan(1000);
});

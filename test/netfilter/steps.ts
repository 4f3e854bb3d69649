/**
 * The traffic of a case. `phone 10.20.0.64:5060 -> 10.20.1.10:5060 at pbx` is sent by the telephone and arrives, if it does, at
 * the phone system; `-> 198.51.100.20:443 at pbx 10.20.1.10:443` where a forward is to hand it on.
 */
import { parse } from "yaml";
import type { Place } from "./lab.ts";

interface Socket {
  address: string;
  port: number;
}

type Where = Socket & { place: Place };

export type Step =
  | { kind: "pause"; seconds: number }
  | { kind: "tcp"; text: string; from: Where; to: Socket; at: Where }
  | {
      kind: "udp";
      text: string;
      from: Where;
      to: Socket;
      at: Where;
      packets: number;
      answers: number;
      payload: string;
    };

/** What became of a step is one word for both times, or one for before the remedies and one for after them. */
type Expectation = string | [before: string, after: string];

interface Written {
  pause?: number;
  udp?: string;
  tcp?: string;
  packets?: number;
  answers?: number;
  /** Of so many bytes, or this text with line ends as SIP has them. */
  bytes?: number;
  payload?: string;
  expect?: Expectation;
}

export interface TrafficPlan {
  steps: Step[];
  /** What `Ends.take` is to return. */
  before: string[];
  after: string[];
}

/** The bytes of 20 ms of G.711 in RTP. */
const SPEECH_BYTES = 172;
/** Of IPv6 in brackets. */
const ADDRESS = "([\\d.]+|\\[[\\da-f:]+\\])";
const ROUTE = new RegExp(`^(\\w+) ${ADDRESS}(?::(\\d+))? -> ${ADDRESS}:(\\d+) at (\\w+)(?: ${ADDRESS}:(\\d+))?$`);

export function trafficFrom(yaml: string): TrafficPlan {
  const plan: TrafficPlan = { steps: [], before: [], after: [] };
  for (const one of parse(yaml) as Written[]) {
    const step = stepFrom(one);
    plan.steps.push(step);
    if (step.kind === "pause") continue;
    const [before, after] = typeof one.expect === "string" ? [one.expect, one.expect] : (one.expect ?? ["", ""]);
    plan.before.push(`${step.text}: ${before}`);
    plan.after.push(`${step.text}: ${after}`);
  }
  return plan;
}

function stepFrom({ pause, udp, tcp, packets = 1, answers = 0, bytes = SPEECH_BYTES, payload }: Written): Step {
  if (pause !== undefined) return { kind: "pause", seconds: pause };
  const text = udp ?? tcp ?? "";
  const [, place, address, port, toAddress, toPort, atPlace, atAddress, atPort] =
    ROUTE.exec(text)?.map((part) => part?.replace(/[[\]]/g, "")) ?? [];
  if (place === undefined) throw new Error(`no route: ${text}`);
  const to = { address: toAddress as string, port: Number(toPort) };
  const route = {
    text,
    from: { place: place as Place, address: address as string, port: Number(port ?? 0) },
    to,
    at: { place: atPlace as Place, address: atAddress ?? to.address, port: Number(atPort ?? to.port) },
  };
  if (tcp !== undefined) return { kind: "tcp", ...route };
  return { kind: "udp", ...route, packets, answers, payload: payload?.replaceAll("\n", "\r\n") ?? "x".repeat(bytes) };
}

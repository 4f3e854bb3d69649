/** Answers denied so soon after their host first spoke that no firewall can have forgotten it: nothing lets them in. */
import { UDP } from "../../ingest/protocols.ts";
import { VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { Exchanges } from "./exchanges.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";

/** An answer comes within a second; firewalls keep what was not answered yet ten times as long as this. */
const SOON_MS = 2_000;

const byTraffic = new WeakMap<Traffic, Set<JudgedFlow>>();

/** UDP alone, and of packet logs: a session's line is written when it ends. Gathered once for all checks of an audit. */
export function promptDenials(traffic: Traffic): ReadonlySet<JudgedFlow> {
  const known = byTraffic.get(traffic) ?? gather(traffic);
  byTraffic.set(traffic, known);
  return known;
}

function gather({ judged }: Traffic): Set<JudgedFlow> {
  const denied = judged.filter(
    ({ flow, meaning, sender }) =>
      flow.protocol === UDP &&
      flow.verdict === VERDICT_DENY &&
      flow.context.unit === "packets" &&
      meaning === "return-leg" &&
      sender === null,
  );
  if (denied.length === 0) return new Set();
  const pairs = new Set(denied.map(({ pair }) => pair));
  const sent = judged.filter(
    (one) =>
      one.flow.protocol === UDP && one.flow.verdict === VERDICT_ALLOW && one.sender !== null && pairs.has(one.pair),
  );
  const exchanges = new Exchanges(sent, denied);
  return new Set(
    denied.filter((one) => {
      const waitedMs = one.flow.firstMs - (exchanges.earliest(one) ?? Number.NaN);
      return waitedMs >= 0 && waitedMs < SOON_MS;
    }),
  );
}

/** What flows of a host that nobody declared add up to: the evidence that the result lists. */
import { describe, expect, it } from "vitest";
import type { Flow } from "../../ingest/flows/flow.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { SeenHost } from "../../rules/findings/undeclared-host.ts";
import { Times } from "../../rules/messages/times.ts";

const DAY = Date.UTC(2026, 9, 5);

interface Shape {
  unit?: "packets" | "sessions";
  protocol?: number;
  port?: number;
  count?: number;
  packets?: number;
  unanswered?: number;
  reply?: boolean;
  firstMs?: number;
  lastMs?: number;
}

function flowOf(shape: Shape = {}): Flow {
  const {
    unit = "packets",
    protocol = UDP,
    port = 5060,
    count = 3,
    packets = 0,
    unanswered = 0,
    reply = false,
  } = shape;
  const { firstMs = DAY, lastMs = DAY } = shape;
  const numbers = { responderPort: port, count, packets, unansweredSessions: unanswered, firstMs, lastMs };
  return { context: { unit }, protocol, reply, ...numbers } as Flow;
}

function resultOf(host: SeenHost) {
  return host.result("look", new Times("UTC"));
}

/** A host with SIP from one inside peer, seen there. */
function seenHost(): SeenHost {
  const host = new SeenHost("10.20.0.44");
  host.see(flowOf(), "fw", "internal");
  return host;
}

function mediaOf(...flows: [shape: Shape, ports: [number, number] | null][]) {
  const host = seenHost();
  for (const [shape, ports] of flows) host.addMedia(flowOf({ port: 11264, ...shape }), "internet", ports);
  return resultOf(host).evidence;
}

describe("audio of an undeclared host", () => {
  const own: [number, number] = [11264, 12287];

  it.each<[string, [Shape, [number, number] | null][], boolean]>([
    ["packets to it alone", [[{}, own]], false],
    ["packets from it alone, as answers", [[{ reply: true }, own]], false],
    ["packets from it alone, which it began", [[{}, null]], false],
    ["packets back to it alone", [[{ reply: true }, null]], false],
    [
      "packets to it and its answers",
      [
        [{}, own],
        [{ reply: true }, own],
      ],
      true,
    ],
    [
      "packets from it, and back",
      [
        [{}, null],
        [{ reply: true }, null],
      ],
      true,
    ],
    [
      "packets to it, and from it",
      [
        [{}, own],
        [{}, null],
      ],
      true,
    ],
    ["a session in which both sent", [[{ unit: "sessions", count: 1, packets: 90 }, own]], true],
    ["a session that nobody answered", [[{ unit: "sessions", count: 1, packets: 90, unanswered: 1 }, own]], false],
    ["a session whose packets the log does not tell", [[{ unit: "sessions", count: 1 }, own]], false],
  ])("%s", (_, flows, isEvidence) => {
    expect(mediaOf(...flows).map(({ what }) => what)).toEqual(isEvidence ? ["carries-rtp"] : []);
  });

  it("is told in the blocks of its own ports, adjoining ones as one", () => {
    const [both] = mediaOf([{}, [12288, 13311]], [{ reply: true }, [11264, 12287]], [{}, [20480, 21503]], [{}, null]);
    expect(both?.ports).toEqual([
      [11264, 13311],
      [20480, 21503],
    ]);
    expect(both).toMatchObject({ packets: 12, peerZones: ["internet"], peers: [], peerCount: 0 });
  });
});

describe("SIP of an undeclared host", () => {
  it("is answered where packets go back, or a session says so", () => {
    const [asked, answering, session] = [seenHost(), seenHost(), seenHost()];
    asked.addSip(flowOf(), "internal", "10.20.0.7");
    answering.addSip(flowOf({ reply: true }), "internal", "10.20.0.7");
    session.addSip(flowOf({ unit: "sessions", packets: 8, unanswered: 2 }), "internal", "10.20.0.7");
    expect([asked, answering, session].map((host) => resultOf(host).evidence[0]?.what)).toEqual([
      "receives-sip",
      "answers-sip",
      "answers-sip",
    ]);
  });

  it("names the peers by what they sent, ten at most, and counts all", () => {
    const host = seenHost();
    for (let i = 1; i <= 12; i++) host.addSip(flowOf({ count: i === 12 ? 2 : 1 }), "internal", `10.20.1.${10 + i}`);
    host.addSip(flowOf({ count: 5 }), "internal", "10.20.1.13");
    const [sip] = resultOf(host).evidence;
    expect(sip?.peers).toEqual(
      ["10.20.1.13", "10.20.1.22", "10.20.1.11", "10.20.1.12"].concat(
        [14, 15, 16, 17, 18, 19].map((i) => `10.20.1.${i}`),
      ),
    );
    expect(sip).toMatchObject({ peerCount: 12, packets: 18 });
    expect(host.sipCount).toBe(18);
  });

  it("makes a system with two inside peers, one outside, or a trunk; calls and audio alone make none", () => {
    const hosts = Array.from({ length: 5 }, seenHost) as [SeenHost, SeenHost, SeenHost, SeenHost, SeenHost];
    const [telephone, two, outside, trunk, caller] = hosts;
    for (const host of [telephone, two, trunk]) host.addSip(flowOf(), "internal", "10.20.0.7");
    two.addSip(flowOf({ protocol: TCP }), "vpn", "10.20.0.8");
    outside.addSip(flowOf(), "internet", null);
    trunk.addCall(flowOf(), "provider");
    caller.addCall(flowOf(), "provider");
    caller.addMedia(flowOf({ port: 11264 }), "internet", [11264, 12287]);
    expect(hosts.map((host) => host.isSystem())).toEqual([false, true, true, true, false]);
  });
});

describe("an undeclared host", () => {
  it("lies where most of its packets are seen, and of two such zones in the first by name", () => {
    const host = seenHost();
    host.see(flowOf(), "core", "dmz");
    expect(resultOf(host)).toMatchObject({ zone: "dmz", firewalls: ["core", "fw"] });
    host.see(flowOf({ count: 1 }), "fw", "internal");
    expect(resultOf(host).zone).toBe("internal");
  });

  it("was seen from its first line with a time to its last", () => {
    const host = new SeenHost("10.20.0.44");
    host.see(flowOf({ firstMs: Number.NaN, lastMs: Number.NaN }), "fw", "internal");
    expect(resultOf(host)).toMatchObject({ firstSeen: null, lastSeen: null });
    host.see(flowOf({ firstMs: DAY + 60_000, lastMs: DAY + 120_000 }), "fw", "internal");
    host.see(flowOf({ firstMs: DAY, lastMs: DAY + 30_000 }), "fw", "internal");
    host.see(flowOf({ firstMs: Number.NaN, lastMs: Number.NaN }), "fw", "internal");
    const seen = resultOf(host);
    expect(seen.firstSeen).toBe("2026-10-05T00:00:00Z");
    expect(seen.lastSeen).toBe("2026-10-05T00:02:00Z");
  });

  it("tells answered SIP first, then calls, then audio", () => {
    const host = seenHost();
    host.addMedia(flowOf({ unit: "sessions", packets: 90 }), "internet", [11264, 12287]);
    host.addCall(flowOf({ protocol: TCP }), "provider");
    host.addSip(flowOf({ reply: true }), "internal", "10.20.0.7");
    expect(resultOf(host).evidence.map(({ what, transport }) => `${what} ${transport}`)).toEqual([
      "answers-sip udp",
      "calls-sip tcp",
      "carries-rtp udp",
    ]);
  });
});

/** The calls of the week: every device that a call passes tells of the same one. */
import { client, mediaServer, NORD, PHONES, phone } from "./places.ts";
import type { Random } from "./random.ts";
import { DAYS, officeMomentOf } from "./week.ts";

/** A call at headquarters, between a phone or softphone and the SwyxWare server. */
export interface HqCall {
  startMs: number;
  seconds: number;
  isPhone: boolean;
  party: string;
  partyPort: number;
  /** RTP port of the server toward the phone. */
  serverPort: number;
  /** The other half of a call over the SIP trunk; null: an internal call. */
  trunk: { port: number; peer: string; peerPort: number } | null;
}

/** A call of the AGFEO system over the SIP provider. */
export interface NordCall {
  startMs: number;
  seconds: number;
  pbx: string;
  pbxPort: number;
  peer: string;
  peerPort: number;
}

const HQ_CALLS = [31, 29, 34, 28, 23, 3, 2];
const NORD_CALLS = [27, 26, 28, 24, 20, 2, 1];

export function hqCalls(random: Random): HqCall[] {
  return callsOf(HQ_CALLS, random, (startMs, index) => {
    const isPhone = random.chance(0.75);
    return {
      startMs,
      seconds: callSeconds(random),
      isPhone,
      party: isPhone ? phone(random.between(0, PHONES - 1)) : client(index),
      partyPort: isPhone ? random.even(11_780, 12_700) : random.even(50_000, 50_900),
      serverPort: random.even(51_000, 51_498),
      trunk: random.chance(0.7)
        ? { port: random.even(55_000, 55_900), peer: mediaServer(random), peerPort: random.even(16_384, 32_000) }
        : null,
    };
  });
}

export function nordCalls(random: Random): NordCall[] {
  return callsOf(NORD_CALLS, random, (startMs) => ({
    startMs,
    seconds: callSeconds(random),
    pbx: NORD.pbx,
    pbxPort: random.even(5204, 5330),
    peer: mediaServer(random),
    peerPort: random.even(16_384, 32_000),
  }));
}

function callsOf<T>(perDay: readonly number[], random: Random, make: (startMs: number, index: number) => T): T[] {
  const calls: T[] = [];
  for (let day = 0; day < DAYS; day++) {
    for (let i = 0; i < (perDay[day] as number); i++) calls.push(make(officeMomentOf(random, day), calls.length));
  }
  return calls;
}

function callSeconds(random: Random): number {
  return random.chance(0.2) ? random.between(240, 1500) : random.between(15, 240);
}

/** Packets of one direction of a G.711 call: one every 20 ms. */
export function rtpPackets(seconds: number): number {
  return seconds * 50;
}

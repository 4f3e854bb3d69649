/** The words of a pfirewall.log: actions, paths, protocols. */
import { ascii, equals, parseDecimal, textOf } from "../bytes.ts";
import { ICMP, protocolNumber, TCP, UDP } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type RecordDirection,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";

export const LOST_EVENTS = 0;
export const OPENED_OUT = 1;
export const OPENED_IN = 2;
export const CLOSED = 3;
const DECIDED = 4;

export interface Action {
  word: Uint8Array;
  kind: 0 | 1 | 2 | 3 | 4;
  verdict: Verdict;
}

/** Actions in the order of their frequency; OPEN, OPEN-INBOUND and CLOSE are XP's and Server 2003's. */
const ACTIONS: readonly Action[] = [
  { word: ascii("DROP"), kind: DECIDED, verdict: VERDICT_DENY },
  { word: ascii("ALLOW"), kind: DECIDED, verdict: VERDICT_ALLOW },
  { word: ascii("OPEN"), kind: OPENED_OUT, verdict: VERDICT_ALLOW },
  { word: ascii("CLOSE"), kind: CLOSED, verdict: VERDICT_NONE },
  { word: ascii("OPEN-INBOUND"), kind: OPENED_IN, verdict: VERDICT_ALLOW },
  { word: ascii("INFO-EVENTS-LOST"), kind: LOST_EVENTS, verdict: VERDICT_NONE },
];

const PATHS: readonly { word: Uint8Array; direction: RecordDirection }[] = [
  { word: ascii("RECEIVE"), direction: DIRECTION_IN },
  { word: ascii("SEND"), direction: DIRECTION_OUT },
  { word: ascii("-"), direction: DIRECTION_UNKNOWN },
  { word: ascii("FORWARD"), direction: DIRECTION_FORWARD },
  { word: ascii("UNKNOWN"), direction: DIRECTION_UNKNOWN },
];

const TCP_WORD = ascii("TCP");
const UDP_WORD = ascii("UDP");
const ICMP_WORD = ascii("ICMP");

export function actionAt(bytes: Uint8Array, start: number, end: number): Action | null {
  for (let i = 0; i < ACTIONS.length; i++) {
    const action = ACTIONS[i] as Action;
    if (equals(bytes, action.word, start, end)) return action;
  }
  return null;
}

/** Direction of a path word, or -1 where it is none. */
export function directionOf(bytes: Uint8Array, start: number, end: number): RecordDirection | -1 {
  for (let i = 0; i < PATHS.length; i++) {
    const path = PATHS[i] as (typeof PATHS)[number];
    if (equals(bytes, path.word, start, end)) return path.direction;
  }
  return -1;
}

/** IANA number of a protocol's name or number, or -1. */
export function protocolAt(bytes: Uint8Array, start: number, end: number): number {
  if (equals(bytes, UDP_WORD, start, end)) return UDP;
  if (equals(bytes, TCP_WORD, start, end)) return TCP;
  if (equals(bytes, ICMP_WORD, start, end)) return ICMP;
  const number = parseDecimal(bytes, start, end);
  if (number >= 0) return number <= 255 ? number : -1;
  return protocolNumber(textOf(bytes, start, end));
}

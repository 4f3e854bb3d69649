/** Lines that end with their ports: cut by something, or shortened by somebody. */
import { expect, it } from "vitest";
import { FULL, NETFILTER, readCollected } from "./collected.ts";

const WHOLE = NETFILTER;
const ENDED = NETFILTER.replace(/ LEN=420$/, "");
const CUT = NETFILTER.slice(0, NETFILTER.indexOf("DPT=") + "DPT=50".length);
const TCP = ENDED.replace("PROTO=UDP", "PROTO=TCP");
/** `...,40001,5060` of `...,40001,5060,420`. */
const PF_ENDED = FULL.slice(0, FULL.indexOf(",5060,") + ",5060".length);
const PF_CUT = PF_ENDED.slice(0, -2);

it.each<[string, string[], (number | undefined)[]]>([
  ["all lines end so", [ENDED, TCP], [5060, 5060]],
  ["a single line", [ENDED], [5060]],
  ["most lines do", [ENDED, WHOLE, ENDED], [5060, 5060, 5060]],
  ["one of several is cut", [WHOLE, CUT, WHOLE], [5060, undefined, 5060]],
  ["all are cut at one length", [WHOLE, CUT, `${WHOLE} `, CUT], [5060, undefined, 5060, undefined]],
  ["filterlog: all lines end so", [PF_ENDED, PF_ENDED], [5060, 5060]],
  ["filterlog: a single line", [PF_ENDED], [5060]],
  ["filterlog: one of several is cut", [FULL, PF_CUT, FULL], [5060, 5060]],
  ["filterlog in documents", [JSON.stringify({ message: PF_ENDED })], [5060]],
  ["documents", [JSON.stringify({ message: ENDED }), JSON.stringify({ message: TCP })], [5060, 5060]],
])("%s", async (_, lines, ports) => {
  const { documents } = await readCollected(lines.map((line) => `${line}\n`).join(""));
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  expect(documents.map((document: any) => document.destination.port)).toEqual(ports);
});

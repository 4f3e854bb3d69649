/** Netfilter lines that end with their ports: cut by something, or written anew by somebody. */
import { expect, it } from "vitest";
import { NETFILTER, readCollected } from "./collected.ts";

const WHOLE = NETFILTER;
const ENDED = NETFILTER.replace(/ LEN=420$/, "");
const CUT = NETFILTER.slice(0, NETFILTER.indexOf("DPT=") + "DPT=50".length);
const TCP = ENDED.replace("PROTO=UDP", "PROTO=TCP");

it.each<[string, string[], (number | undefined)[]]>([
  ["all lines end so", [ENDED, TCP], [5060, 5060]],
  ["a single line", [ENDED], [5060]],
  ["most lines do", [ENDED, WHOLE, ENDED], [5060, 5060, 5060]],
  ["one of several is cut", [WHOLE, CUT, WHOLE], [5060, undefined, 5060]],
  ["all are cut at one length", [WHOLE, CUT, `${WHOLE} `, CUT], [5060, undefined, 5060, undefined]],
  ["documents", [JSON.stringify({ message: ENDED }), JSON.stringify({ message: TCP })], [5060, 5060]],
])("%s", async (_, lines, ports) => {
  const { documents } = await readCollected(lines.map((line) => `${line}\n`).join(""));
  // biome-ignore lint/suspicious/noExplicitAny: ECS documents as printed
  expect(documents.map((document: any) => document.destination.port)).toEqual(ports);
});

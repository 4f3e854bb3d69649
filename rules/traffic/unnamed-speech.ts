/**
 * Speech of Internet addresses that nothing names: packets of the size and the pace of a call, at ports of a host's audio, and
 * denied as a stranger's. They may be of a provider whose networks the site file does not name; scanners send no streams.
 */
import { UDP } from "../../ingest/protocols.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { newMap, within } from "../within.ts";
import type { JudgedFlow, Traffic } from "./judged-flow.ts";
import { isMedia, isSignalling, looksLikeSpeech } from "./voice.ts";

/** Five seconds of a call. */
const ENOUGH_AN_HOUR = 250;

/** One sentence for each host. */
export function unnamedSpeech({ judged }: Traffic): Message[] {
  const denied = new Map<string, Map<string, Map<number, number>>>();
  for (const one of judged) {
    if (!isSpeech(one)) continue;
    const peers = within(denied, one.host.text, newMap<string, Map<number, number>>);
    const hours = within(peers, one.peerText, newMap<number, number>);
    for (const [hour, count] of one.flow.hours()) hours.set(hour, (hours.get(hour) ?? 0) + count);
  }
  return [...denied]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([host, peers]) => {
      const speaking = [...peers].filter(([, hours]) => Math.max(...hours.values()) >= ENOUGH_AN_HOUR);
      if (speaking.length === 0) return [];
      const sum = speaking.flatMap(([, hours]) => [...hours.values()]).reduce((total, count) => total + count, 0);
      const from = listOf(speaking.map(([peer]) => peer));
      return [
        say`${amount(sum, "packet")} of the size and pace of speech were denied at ports of ${host}'s audio, from ${from}: nothing tells them from strangers'. If these are the provider's, calls lack their sound: name his networks in the site file (zone: provider).`,
      ];
    });
}

function isSpeech(judged: JudgedFlow): boolean {
  const { flow, matches, meaning } = judged;
  if (meaning !== "scanner" || flow.protocol !== UDP || flow.context.unit !== "packets") return false;
  // The vendor lists the port for audio, be it for peers inside alone.
  const applying = matches.filter(({ row }) => row.applies !== false);
  return applying.some(isMedia) && !applying.some(isSignalling) && looksLikeSpeech(judged) === true;
}

/**
 * Objects of documents whose texts somebody outside may have written: requests, the names of browsers, commands. ECS calls
 * some of them as it calls the firewall's own line (`user_agent.original`, `http.request.body.content`).
 */
import { ascii, DOT, findByte, isOneOf } from "../bytes.ts";

const STRANGERS = "url user_agent http httpRequest request response process email dns tls file".split(" ").map(ascii);

/** Whether the key in `[start, end)`, nested or with dots, is of such an object. */
export function isOfStranger(bytes: Uint8Array, start: number, end: number): boolean {
  return isOneOf(bytes, STRANGERS, start, findByte(bytes, DOT, start, end));
}

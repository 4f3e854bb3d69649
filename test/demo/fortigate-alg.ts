/** The SIP ALG of headquarters' FortiGate: a VoIP profile hangs on the policy of the SSL VPN users. */
import type { FortigateLog, Session } from "./fortigate-lines.ts";
import { POLICIES, REMOTE_USERS, SERVERS } from "./fortigate-rules.ts";
import { HQ, remoteUser } from "./places.ts";
import type { Random } from "./random.ts";
import { FRIDAY, moment, officeMoment } from "./week.ts";

export function writeSipAlg(log: FortigateLog, random: Random): void {
  const sessionOf = (source: string): Session => ({
    source,
    sourcePort: random.even(5070, 5120),
    from: REMOTE_USERS,
    destination: HQ.server,
    destinationPort: 5060,
    to: SERVERS,
    protocol: 17,
    service: "SIP",
  });
  const dialogue = (extension: number, kind: string, status: string, called: string) =>
    [
      ["kind", kind],
      ["action", "permit"],
      ["status", status],
      ["duration", 0],
      ["dir", "session_origin"],
      ["call_id", `${random.hex(24)}@10.20.200.1`],
      ["from", `sip:${extension}@swyx.muster.example`],
      ["to", `sip:${called}@swyx.muster.example`],
    ] as const;
  for (let i = 0; i < 34; i++) {
    const extension = 201 + (i % 6);
    const isCall = i % 3 === 0;
    const called = isCall ? String(random.between(101, 160)) : String(extension);
    const sip = dialogue(
      extension,
      isCall ? "call" : "register",
      isCall ? random.pick(["start", "end"]) : "succeeded",
      called,
    );
    log.voip(officeMoment(random), POLICIES.remoteToServer, sessionOf(remoteUser(i)), false, sip);
  }
  log.voip(moment(FRIDAY, "09:12"), POLICIES.remoteToServer, sessionOf(remoteUser(2)), true, [
    ["action", "block"],
    ["reason", "malformed-header"],
    ["dir", "session_origin"],
    ["message_type", "request"],
    ["request_name", "INVITE"],
    ["malform_desc", "invalid-sdp-media-line"],
    ["malform_data", "m=audio 50012 RTP/SAVP 8 0 101"],
    ["line", 24],
    ["column", 1],
  ]);
}

/** Hosts that behave like a phone system though the site binds them to no role. */
import type { PhoneSystemSign, UndeclaredEvidence, UndeclaredHostResult } from "../rules/result.ts";
import type { Page } from "./text-page.ts";
import { spanText } from "./times.ts";
import { counted, portsText, zoneTitles } from "./words.ts";

export function writeUndeclared(page: Page, hosts: readonly UndeclaredHostResult[]): void {
  if (hosts.length === 0) return;
  page.heading(
    { text: "Phone systems that nobody declared", tone: "strong" },
    { text: counted(hosts.length, "host"), tone: "quiet" },
  );
  for (const host of hosts) {
    page.paragraph(
      [
        { text: "▲ ", tone: "warning" },
        { text: host.address, tone: "strong" },
        ` in ${zoneTitles[host.zone]}, at ${host.firewalls.join(", ")}`,
      ],
      0,
      2,
    );
    for (const sign of host.evidence) page.paragraph(signText(sign), 2, 2);
    const span = spanText(host.firstSeen, host.lastSeen);
    if (span !== null) page.field("Seen", span);
    page.field("What to do", host.proposal);
    page.blank();
  }
}

const SIGNS: Readonly<Record<PhoneSystemSign, string>> = {
  "answers-sip": "answers SIP",
  "receives-sip": "is sent SIP, and the log does not show whether it answers,",
  "calls-sip": "calls SIP outside",
  "carries-rtp": "carries what looks like audio, in both directions,",
};

/** `answers SIP on udp 5060: 12 packets, with the internal network (2 hosts: 10.0.0.1, 10.0.0.2)` */
function signText({ what, transport, ports, packets, unit, peerZones, peers, peerCount }: UndeclaredEvidence): string {
  const one = { packets: "packet", sessions: "session", "packets and sessions": "packet or session" }[unit];
  const on = ports.length > 0 ? `${transport} ${portsText(ports)}` : transport;
  const others = peerCount > peers.length ? ", ..." : "";
  const named = peerCount > 0 ? ` (${counted(peerCount, "host")}: ${peers.join(", ")}${others})` : "";
  const zones = peerZones.map((zone) => zoneTitles[zone]).join(" and ");
  return `${SIGNS[what]} on ${on}: ${counted(packets, one, unit)}, with ${zones}${named}`;
}

/** Everything else that headquarters' FortiGate writes: offices, scanners, strays, its own events. */
import type { FortigateLog, Session } from "./fortigate-lines.ts";
import { ITSELF, OFFICE, POLICIES, REMOTE_USERS, SERVERS, WAN } from "./fortigate-rules.ts";
import { client, HQ, remoteUser, roadWarrior, scanner, website, websiteV6 } from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, moment, officeMoment } from "./week.ts";

const SERVICES: Readonly<Record<number, string>> = { 80: "HTTP", 443: "HTTPS", 993: "IMAPS" };

export function writeHqRest(log: FortigateLog, random: Random): void {
  writeOffice(log, random);
  writeScanners(log, random);
  writeStrays(log, random);
  writeEvents(log, random);
}

function writeOffice(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 64; i++) {
    const destinationPort = random.pick([443, 443, 443, 443, 80, 993]);
    const isV6 = i % 8 === 0;
    const session: Session = {
      source: isV6 ? `2001:db8:20:30::${random.between(20, 40)}` : client(i),
      sourcePort: random.ephemeral(),
      from: OFFICE,
      destination: isV6 ? websiteV6(random) : website(random),
      destinationPort,
      to: WAN,
      protocol: 6,
      service: SERVICES[destinationPort] as string,
    };
    const action = random.pick(["close", "close", "close", "timeout", "client-rst", "server-rst", "ip-conn"] as const);
    const sentPackets = action === "ip-conn" ? 3 : random.between(6, 400);
    const receivedPackets = action === "ip-conn" ? 0 : sentPackets * 2;
    const nat = isV6 ? {} : { sourceNat: HQ.wan };
    const ending = { action, seconds: random.between(1, 600), sentPackets, receivedPackets, packetBytes: 480, ...nat };
    log.end(officeMoment(random), POLICIES.officeToInternet, session, ending);
  }
}

function writeScanners(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 60; i++) {
    const isSip = i % 4 === 0;
    const destinationPort = isSip ? 5060 : random.pick([22, 23, 80, 443, 445, 3389, 8443, 10_443]);
    const session: Session = {
      source: scanner(random),
      sourcePort: isSip ? random.between(5060, 5100) : random.between(1024, 65_000),
      from: WAN,
      destination: HQ.wan,
      destinationPort,
      to: ITSELF,
      protocol: isSip ? 17 : 6,
      service: isSip ? "SIP" : (SERVICES[destinationPort] ?? `tcp/${destinationPort}`),
    };
    log.local(anyMoment(random), session, "deny");
  }
}

/** Packets of sessions that the firewall has forgotten or that both ends had closed. */
function writeStrays(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 26; i++) {
    const isVoice = i % 2 === 0;
    const toServer = { destination: HQ.server, destinationPort: isVoice ? 5060 : 9094, to: SERVERS };
    const toWeb = { destination: website(random), destinationPort: 443, to: WAN };
    const session: Session = {
      source: client(i),
      sourcePort: random.ephemeral(),
      from: OFFICE,
      ...(i % 3 === 0 ? toWeb : toServer),
      protocol: 6,
      service: i % 3 === 0 ? "HTTPS" : isVoice ? "SIP" : "SWYX-CDS",
    };
    log.noSession(officeMoment(random), session);
  }
}

function writeEvents(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 14; i++) {
    const fields = [
      ["logdesc", "SSL VPN tunnel up"],
      ["action", "tunnel-up"],
      ["tunneltype", "ssl-tunnel"],
      ["remip", roadWarrior(i)],
      ["tunnelip", remoteUser(i)],
      ["user", `m.muster${(i % 6) + 1}`],
      ["group", "vpn-users"],
      ["msg", "SSL tunnel established"],
    ] as const;
    log.event(officeMoment(random), "0101039947", "vpn", fields);
  }
  for (let day = 0; day < DAYS; day++) {
    const fields = [
      ["logdesc", "System performance statistics"],
      ["action", "perf-stats"],
      ["msg", "Performance statistics: average CPU: 4, memory: 41, concurrent sessions: 611, setup-rate: 3"],
    ] as const;
    log.event(moment(day, "00:05"), "0100040704", "system", fields);
  }
  const change = [
    ["logdesc", "Object attribute configured"],
    ["user", "admin"],
    ["ui", `GUI(${HQ.admin})`],
    ["action", "Edit"],
    ["cfgpath", "firewall.policy"],
    ["cfgobj", "3"],
    ["msg", "Edit firewall.policy 3"],
  ] as const;
  log.event(moment(2, "12:13"), "0100044547", "system", change);
  log.event(moment(2, "16:22"), "0100044547", "system", change);
  const nightly: Session = {
    source: remoteUser(3),
    sourcePort: 51_022,
    from: REMOTE_USERS,
    destination: HQ.fortigateInside,
    destinationPort: 443,
    to: ITSELF,
    protocol: 6,
    service: "HTTPS",
  };
  log.local(moment(1, "20:11"), nightly, "close");
}

/** What the branch's firewall sees of the AGFEO system: healthy calls, and two doors that were open for some days. */
import type { NordCall } from "./calls.ts";
import type { PfsenseLog } from "./pfsense-lines.ts";
import { HALL, OFFICE, RULES, VOICE, VPN, WAN } from "./pfsense-rules.ts";
import { CLOUD, homePhone, NORD, nordClient, nordPhone, nordSystemPhone, PROVIDER, scanner } from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, everyMinutes, FRIDAY, moment, officeMoment } from "./week.ts";

/** The web interface was forwarded for a remote job on Tuesday and forgotten until Thursday. */
export const WEB_OPEN = { fromMs: moment(1, "09:21"), toMs: moment(3, "09:47") };
/** SIP was forwarded "so that the provider's hotline can test" on Thursday, and closed on Friday. */
export const SIP_OPEN = { fromMs: moment(3, "16:38"), toMs: moment(FRIDAY, "11:06") };

/** Source ports of the AGFEO system's three external accounts. */
const ACCOUNT_PORTS = [5064, 5066, 5068];

export function writeNordVoice(log: PfsenseLog, calls: readonly NordCall[], random: Random): void {
  writeTrunk(log, calls, random);
  writeServices(log, random);
  writeInside(log, random);
  writeOpenWeb(log, random);
  writeOpenSip(log, random);
}

function writeTrunk(log: PfsenseLog, calls: readonly NordCall[], random: Random): void {
  const fromPbx = { interface: VOICE, source: NORD.pbx };
  // The line is cut every night at four; every account then opens a new state.
  for (let day = 0; day < DAYS; day++) {
    for (const [index, sourcePort] of ACCOUNT_PORTS.entries()) {
      const ms = moment(day, "04:02") + index * 4000 + random.between(0, 3000);
      const packet = { ...fromPbx, sourcePort, destination: PROVIDER.sip, destinationPort: 5060 };
      log.udp(ms, RULES.trunkSip, packet, random.between(480, 620), "0x60");
      // Until then the provider still calls the old binding.
      if (day % 2 === 0) {
        const stray = { interface: WAN, source: PROVIDER.sip, sourcePort: 5060, destination: NORD.wan };
        log.udp(ms - 45_000, RULES.defaultDeny, { ...stray, destinationPort: sourcePort }, 402, "0x60", 58);
      }
    }
  }
  for (const call of calls) {
    const packet = { ...fromPbx, sourcePort: call.pbxPort, destination: call.peer, destinationPort: call.peerPort };
    log.udp(call.startMs, RULES.trunkRtp, packet, 172, "0xb8");
    const rtcp = { ...packet, sourcePort: call.pbxPort + 1, destinationPort: call.peerPort + 1 };
    if (call.seconds > 60) log.udp(call.startMs + 4800, RULES.trunkRtp, rtcp, 60, "0xb8");
  }
}

function writeServices(log: PfsenseLog, random: Random): void {
  const fromPbx = { interface: VOICE, source: NORD.pbx };
  for (const ms of everyMinutes(random, 90)) {
    const packet = { ...fromPbx, sourcePort: random.ephemeral(), destination: NORD.firewall, destinationPort: 53 };
    log.udp(ms, RULES.dns, packet, random.between(30, 48));
  }
  for (const ms of everyMinutes(random, 360)) {
    const packet = { ...fromPbx, sourcePort: 123, destination: CLOUD.ntp, destinationPort: 123 };
    log.udp(ms, RULES.ntp, packet, 48);
  }
  const servers: [string, number][] = [
    [CLOUD.agfeoRemote, 720],
    [CLOUD.agfeoRemote2, 480],
    [CLOUD.agfeoLicence, 1440],
    [CLOUD.agfeoUpdate, 1440],
  ];
  for (const [destination, minutes] of servers) {
    for (const ms of everyMinutes(random, minutes)) {
      log.syn(ms, RULES.agfeoCloud, { ...fromPbx, sourcePort: random.ephemeral(), destination, destinationPort: 443 });
    }
  }
  for (let i = 0; i < 3; i++) {
    const packet = { ...fromPbx, sourcePort: random.ephemeral(), destination: CLOUD.agfeoHelp, destinationPort: 443 };
    log.syn(officeMoment(random), RULES.agfeoCloud, packet);
  }
}

/** PCs, system telephones of another VLAN, and phones at home over the VPN. */
function writeInside(log: PfsenseLog, random: Random): void {
  const toPbx = { destination: NORD.pbx };
  for (let i = 0; i < 160; i++) {
    const destinationPort = random.pick([443, 443, 443, 80, 3232]);
    const packet = {
      ...toPbx,
      interface: OFFICE,
      source: nordClient(i),
      sourcePort: random.ephemeral(),
      destinationPort,
    };
    log.syn(officeMoment(random), RULES.officeToPbx, packet, 128);
  }
  for (let day = 0; day < DAYS; day++) {
    for (let i = 0; i < 4; i++) {
      const packet = { ...toPbx, interface: HALL, source: nordSystemPhone(i), sourcePort: 2153, destinationPort: 5904 };
      log.syn(moment(day, "05:30") + i * 7000 + random.between(0, 5000), RULES.hallToPbx, packet);
    }
  }
  for (let i = 0; i < 60; i++) {
    const media = { ...toPbx, interface: HALL, source: nordSystemPhone(random.between(0, 3)), sourcePort: 5896 };
    log.udp(officeMoment(random), RULES.hallToPbx, { ...media, destinationPort: random.even(5204, 5330) }, 172, "0xb8");
  }
  for (let i = 0; i < 75; i++) {
    const home = { ...toPbx, interface: VPN, source: homePhone(i) };
    const ms = officeMoment(random);
    log.udp(
      ms,
      RULES.homeToPbx,
      { ...home, sourcePort: 5060, destinationPort: 5060 },
      random.between(510, 760),
      "0x60",
    );
    if (i % 2 > 0) continue;
    const media = { ...home, sourcePort: random.even(10_000, 10_200), destinationPort: random.even(5204, 5330) };
    log.udp(ms + 6000, RULES.homeToPbx, media, 172, "0xb8");
  }
  for (let i = 0; i < 12; i++) {
    const phone = { interface: VOICE, source: nordPhone(i), sourcePort: 123 };
    log.udp(officeMoment(random), RULES.ntp, { ...phone, destination: CLOUD.ntp, destinationPort: 123 }, 48);
  }
}

function writeOpenWeb(log: PfsenseLog, random: Random): void {
  const technician = "192.0.2.77";
  for (let i = 0; i < 46; i++) {
    const byTechnician = i < 6;
    const source = byTechnician ? technician : scanner(random);
    const ms = byTechnician
      ? WEB_OPEN.fromMs + 60_000 * (2 + i * 3)
      : anyMoment(random, WEB_OPEN.fromMs, WEB_OPEN.toMs);
    const packet = { interface: WAN, source, sourcePort: random.between(20_000, 65_000), destination: NORD.wan };
    const ttl = random.between(44, 58);
    log.syn(ms, RULES.forwardWeb, { ...packet, destinationPort: 443 }, ttl);
    log.syn(ms, RULES.openWeb, { ...packet, destination: NORD.pbx, destinationPort: 443 }, ttl);
  }
}

/** Scanners send an INVITE or OPTIONS from a made-up caller; the AGFEO system answers them. */
function writeOpenSip(log: PfsenseLog, random: Random): void {
  for (let i = 0; i < 23; i++) {
    const packet = {
      interface: WAN,
      source: scanner(random),
      sourcePort: random.pick([5060, 5071, 5080, 62_014, 49_832]),
    };
    const ms = anyMoment(random, SIP_OPEN.fromMs, SIP_OPEN.toMs);
    const payload = random.between(390, 820);
    log.udp(ms, RULES.forwardSip, { ...packet, destination: NORD.wan, destinationPort: 5060 }, payload, "0x0", 49);
    log.udp(ms, RULES.openSip, { ...packet, destination: NORD.pbx, destinationPort: 5060 }, payload, "0x0", 49);
  }
}

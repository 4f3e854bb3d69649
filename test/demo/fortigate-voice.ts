/** What headquarters' FortiGate sees of SwyxWare: healthy telephony, and four things that are not. */
import { type HqCall, rtpPackets } from "./calls.ts";
import type { FortigateLog, FortiPolicy, Port, Session } from "./fortigate-lines.ts";
import { OFFICE, PHONES_LAN, POLICIES, REMOTE_USERS, SERVERS, WAN } from "./fortigate-rules.ts";
import {
  CLOUD,
  client,
  HQ,
  PHONES,
  phone,
  remoteUser,
  roadWarrior,
  UPPER_FLOOR_FROM_MS,
  upperFloorClient,
} from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, everyMinutes, isBetween, moment, officeMoment } from "./week.ts";

/** A new version of the voice policies came without the RTP services, until somebody complained loudly enough. */
export const RTP_DENIED = { fromMs: moment(2, "12:14"), toMs: moment(2, "16:22") };

export function writeHqVoice(log: FortigateLog, calls: readonly HqCall[], random: Random): void {
  writeCalls(log, calls, random);
  writePhones(log, random);
  writeClients(log, random);
  writeUpperFloor(log, random);
  writeServer(log, random);
  writeRoadWarriors(log, random);
}

function writeCalls(log: FortigateLog, calls: readonly HqCall[], random: Random): void {
  for (const call of calls) {
    const { startMs, seconds, isPhone, party, partyPort, serverPort } = call;
    const out = { source: party, sourcePort: partyPort, from: isPhone ? PHONES_LAN : OFFICE };
    const session: Session = {
      ...out,
      destination: HQ.server,
      destinationPort: serverPort,
      to: SERVERS,
      protocol: 17,
      service: `udp/${serverPort}`,
    };
    if (isPhone && isBetween(startMs, RTP_DENIED.fromMs, RTP_DENIED.toMs)) {
      writeDeniedCall(log, startMs, session, random);
      continue;
    }
    const policy = isPhone ? POLICIES.voiceToServer : POLICIES.officeToServer;
    const packets = rtpPackets(seconds);
    const ending = { action: "accept" as const, sentPackets: packets, receivedPackets: packets - random.between(0, 9) };
    // One of the lines that the device repeats every two minutes.
    if (seconds > 900)
      log.interim(startMs + 480_000, policy, session, {
        ...ending,
        seconds: 480,
        sentPackets: 24_000,
        receivedPackets: 24_000,
      });
    log.end(startMs + (seconds + 180) * 1000, policy, session, { ...ending, seconds: seconds + 180 });
  }
}

/** Both halves of the audio are refused; the device writes a line for each every half minute. */
function writeDeniedCall(log: FortigateLog, startMs: number, session: Session, random: Random): void {
  const back: Session = {
    ...session,
    source: session.destination,
    sourcePort: session.destinationPort,
    from: session.to,
    destination: session.source,
    destinationPort: session.sourcePort,
    to: session.from,
    service: `udp/${session.sourcePort}`,
  };
  const lines = random.between(1, 3);
  for (let i = 0; i < lines; i++) {
    log.deny(startMs + 30_000 * i + 400, null, session);
    log.deny(startMs + 30_000 * i + 460, null, back);
  }
}

function tcp(source: string, from: Port, destinationPort: number, service: string, random: Random): Session {
  const sourcePort = random.ephemeral();
  return { source, sourcePort, from, destination: HQ.server, destinationPort, to: SERVERS, protocol: 6, service };
}

function endSoundly(log: FortigateLog, ms: number, policy: FortiPolicy, session: Session, random: Random): void {
  const action = random.pick(["close", "close", "close", "close", "timeout", "client-rst", "server-rst"] as const);
  const sentPackets = random.between(8, 60);
  const ending = {
    action,
    seconds: random.between(2, 900),
    sentPackets,
    receivedPackets: sentPackets + random.between(0, 30),
  };
  log.end(ms, policy, session, ending);
}

/** Sessions of phones that registered anew at five in the morning; some fetched their settings. */
function writePhones(log: FortigateLog, random: Random): void {
  for (let day = 0; day < DAYS; day++) {
    for (let i = 0; i < PHONES; i++) {
      const ms = moment(day, "05:00") + i * 9000 + random.between(0, 4000);
      const fromPhone = { source: phone(i), sourcePort: 5060, from: PHONES_LAN, to: SERVERS, protocol: 17 as const };
      const sip: Session = { ...fromPhone, destination: HQ.server, destinationPort: 5060, service: "SIP" };
      const packets = random.between(900, 1500);
      const ending = {
        action: "accept" as const,
        seconds: 86_100,
        sentPackets: packets,
        receivedPackets: packets,
        packetBytes: 510,
      };
      if (i % 2 === day % 2) log.end(ms, POLICIES.voiceToServer, sip, ending);
      if (i % 4 !== day % 4) continue;
      endSoundly(log, ms + 5000, POLICIES.voiceToServer, tcp(phone(i), PHONES_LAN, 9200, "SWYX-PROV", random), random);
      endSoundly(log, ms + 9000, POLICIES.voiceToServer, tcp(phone(i), PHONES_LAN, 636, "LDAPS", random), random);
      const csta: Session = { ...sip, destinationPort: 65_012, service: "SWYX-UACSTA" };
      log.end(ms + 11_000, POLICIES.voiceToServer, csta, {
        action: "accept",
        seconds: 3600,
        sentPackets: 60,
        receivedPackets: 60,
      });
    }
  }
  for (let i = 0; i < 4; i++) {
    const firmware: Session = {
      ...tcp(phone(i), PHONES_LAN, 443, "HTTPS", random),
      destination: CLOUD.phoneFirmware,
      to: WAN,
    };
    const ending = {
      action: "close" as const,
      seconds: 14,
      sentPackets: 300,
      receivedPackets: 2900,
      packetBytes: 900,
      sourceNat: HQ.wan,
    };
    log.end(moment(5, "03:00") + i * 60_000, POLICIES.voiceToInternet, firmware, ending);
  }
}

function writeClients(log: FortigateLog, random: Random): void {
  const services: [port: number, service: string, times: number][] = [
    [9094, "SWYX-CDS", 48],
    [9100, "SWYX-REST", 38],
    [9101, "SWYX-REST-AUTH", 18],
    [5060, "SIP", 30],
    [712, "SWYX-LDAP", 16],
  ];
  for (const [destinationPort, service, times] of services) {
    for (let i = 0; i < times; i++) {
      const isRemote = i % 9 === 0;
      const source = isRemote ? remoteUser(i) : client(i);
      const policy = isRemote ? POLICIES.remoteToServer : POLICIES.officeToServer;
      const session = tcp(source, isRemote ? REMOTE_USERS : OFFICE, destinationPort, service, random);
      endSoundly(log, officeMoment(random), policy, session, random);
    }
  }
}

/** The new floor's policy lacks the configuration service: SwyxIt! starts there and finds no settings. */
function writeUpperFloor(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 17; i++) {
    const ms = officeMoment(random);
    const isTooEarly = ms < UPPER_FLOOR_FROM_MS;
    const session = tcp(upperFloorClient(i), OFFICE, 9094, "SWYX-CDS", random);
    const shifted = isTooEarly ? UPPER_FLOOR_FROM_MS + random.between(0, 8 * 3_600_000) : ms;
    for (const wait of [0, 3000, 9000]) log.deny(shifted + wait, null, session);
    const rest = tcp(upperFloorClient(i), OFFICE, 9100, "SWYX-REST", random);
    if (i % 4 === 0) endSoundly(log, shifted + 12_000, POLICIES.upperFloorToServer, rest, random);
  }
}

function writeServer(log: FortigateLog, random: Random): void {
  const outward = (destination: string, destinationPort: number, service: string): Session => ({
    ...tcp(HQ.server, SERVERS, destinationPort, service, random),
    destination,
    to: WAN,
  });
  for (const ms of everyMinutes(random, 180))
    log.deny(ms, POLICIES.noLicence, outward(CLOUD.swyxLicence, 443, "HTTPS"));
  const servers: [destination: string, minutes: number][] = [
    [CLOUD.swyxPhoneList, 1440],
    [CLOUD.applePush, 360],
    [CLOUD.googlePush, 480],
  ];
  for (const [destination, minutes] of servers) {
    for (const ms of everyMinutes(random, minutes)) {
      const ending = { action: "close" as const, seconds: 9, sentPackets: 22, receivedPackets: 31, sourceNat: HQ.wan };
      log.end(ms, POLICIES.serverToInternet, outward(destination, 443, "HTTPS"), ending);
    }
  }
  for (let i = 0; i < 12; i++) {
    const ending = { action: "close" as const, seconds: 4, sentPackets: 18, receivedPackets: 16, sourceNat: HQ.wan };
    log.end(officeMoment(random), POLICIES.serverToInternet, outward(CLOUD.mail, 587, "SMTPS"), ending);
  }
  for (const ms of everyMinutes(random, 480)) {
    const ntp: Session = { ...outward(CLOUD.ntp, 123, "NTP"), sourcePort: 123, protocol: 17 };
    log.end(ms, POLICIES.serverToInternet, ntp, {
      action: "accept",
      seconds: 180,
      sentPackets: 1,
      receivedPackets: 1,
      sourceNat: HQ.wan,
    });
  }
  for (const ms of everyMinutes(random, 600)) {
    const v6: Session = {
      ...outward(`2001:db8:53::${random.between(1, 2)}`, 53, "DNS"),
      source: HQ.serverV6,
      protocol: 17,
    };
    log.end(ms, POLICIES.serverToInternet, v6, {
      action: "accept",
      seconds: 180,
      sentPackets: 1,
      receivedPackets: 1,
      packetBytes: 90,
    });
  }
}

/** SwyxIt! and SwyxMobile on the road reach the RemoteConnector through a virtual IP: open, and meant to be. */
function writeRoadWarriors(log: FortigateLog, random: Random): void {
  for (let i = 0; i < 28; i++) {
    const destinationPort = random.pick([16_203, 16_203, 16_203, 9101]);
    const session: Session = {
      ...tcp(roadWarrior(i), WAN, destinationPort, `tcp/${destinationPort}`, random),
      destination: HQ.wan,
    };
    const packets = random.between(80, 4000);
    const action = random.pick(["close", "client-rst", "timeout"] as const);
    const ending = {
      action,
      seconds: random.between(40, 5400),
      sentPackets: packets,
      receivedPackets: packets,
      destinationNat: HQ.server,
    };
    log.end(anyMoment(random, moment(0, "06:00"), moment(5, "20:00")), POLICIES.remoteConnector, session, ending);
  }
}

/** The SwyxWare server's own firewall; an update on Tuesday night put its network card into the public profile. */
import type { HqCall } from "./calls.ts";
import {
  CLOUD,
  client,
  HQ,
  mediaServer,
  PHONES,
  PROVIDER,
  phone,
  remoteUser,
  UPPER_FLOOR_FROM_MS,
  upperFloorClient,
} from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, everyMinutes, isBetween, moment, officeMoment } from "./week.ts";
import type { WindowsLog } from "./windows-lines.ts";

/** While the public profile held, the rule for the REST interface did not. */
export const REST_DROPPED = { fromMs: moment(2, "03:12"), toMs: moment(3, "08:52") };
const REBOOT_MS = moment(2, "03:11");

const PID = { server: 2204, phones: 2388, config: 1964, links: 2460, system: 4, dns: 1320 } as const;

export function writeServerFirewall(log: WindowsLog, calls: readonly HqCall[], random: Random): void {
  log.header(moment(0, "00:00") - 1000);
  log.header(REBOOT_MS);
  writeClients(log, random);
  writePhones(log, random);
  writeCalls(log, calls, random);
  writeOutbound(log, random);
  writeNoise(log, random);
  log.eventsLost(moment(2, "03:14"), 37);
  log.eventsLost(moment(4, "10:20"), 5);
}

function writeClients(log: WindowsLog, random: Random): void {
  const services: [port: number, pid: number, times: number][] = [
    [9094, PID.config, 260],
    [5060, PID.server, 170],
    [712, PID.config, 60],
    [9101, PID.config, 40],
  ];
  for (const [destinationPort, pid, times] of services) {
    for (let i = 0; i < times; i++) {
      const source = i % 9 === 0 ? remoteUser(i) : client(i);
      const packet = { source, sourcePort: random.ephemeral(), destination: HQ.server, destinationPort };
      log.allow(officeMoment(random), "TCP", packet, "RECEIVE", pid);
    }
  }
  for (let i = 0; i < 150; i++) {
    const ms = officeMoment(random);
    const source = i % 5 === 0 && ms > UPPER_FLOOR_FROM_MS ? upperFloorClient(i) : client(i);
    const packet = { source, sourcePort: random.ephemeral(), destination: HQ.server, destinationPort: 9100 };
    if (!isBetween(ms, REST_DROPPED.fromMs, REST_DROPPED.toMs)) log.allow(ms, "TCP", packet, "RECEIVE", PID.config);
    else log.dropSyn(ms, packet);
  }
  for (let i = 0; i < 9; i++) {
    const packet = { source: HQ.admin, sourcePort: random.ephemeral(), destination: HQ.server, destinationPort: 3389 };
    log.allow(officeMoment(random), "TCP", packet, "RECEIVE", 1180);
  }
}

function writePhones(log: WindowsLog, random: Random): void {
  for (let day = 0; day < DAYS; day++) {
    for (let i = 0; i < PHONES; i++) {
      const ms = moment(day, "05:00") + i * 9000 + random.between(0, 4000);
      const toServer = { source: phone(i), destination: HQ.server };
      log.allow(ms, "UDP", { ...toServer, sourcePort: 5060, destinationPort: 5060 }, "RECEIVE", PID.server);
      if (i % 3 !== day % 3) continue;
      const client = { ...toServer, sourcePort: random.ephemeral() };
      log.allow(ms - 3000, "TCP", { ...client, destinationPort: 9200 }, "RECEIVE", PID.config);
      log.allow(ms + 2000, "TCP", { ...client, destinationPort: 636 }, "RECEIVE", PID.config);
      log.allow(ms + 2500, "UDP", { ...toServer, sourcePort: 5060, destinationPort: 65_012 }, "RECEIVE", PID.phones);
    }
  }
}

function writeCalls(log: WindowsLog, calls: readonly HqCall[], random: Random): void {
  for (const { startMs, party, partyPort, serverPort, trunk } of calls) {
    const media = { source: HQ.server, sourcePort: serverPort, destination: party, destinationPort: partyPort };
    log.allow(startMs, "UDP", media, "SEND", PID.server);
    if (!trunk) continue;
    const outside = {
      source: HQ.server,
      sourcePort: trunk.port,
      destination: trunk.peer,
      destinationPort: trunk.peerPort,
    };
    log.allow(startMs + 100, "UDP", outside, "SEND", PID.links);
  }
  for (const ms of everyMinutes(random, 240, 120)) {
    const packet = { source: HQ.server, sourcePort: 65_002, destination: PROVIDER.sip, destinationPort: 5060 };
    log.allow(ms, "UDP", packet, "SEND", PID.links);
  }
  for (let i = 0; i < 12; i++) {
    const packet = { source: mediaServer(random), sourcePort: random.even(16_384, 32_000), destination: HQ.server };
    log.allow(
      officeMoment(random),
      "UDP",
      { ...packet, destinationPort: random.even(55_000, 55_900) },
      "RECEIVE",
      PID.links,
    );
  }
}

function writeOutbound(log: WindowsLog, random: Random): void {
  const from = { source: HQ.server };
  for (const ms of everyMinutes(random, 60)) {
    const packet = { ...from, sourcePort: random.ephemeral(), destination: HQ.fortigateInside, destinationPort: 53 };
    log.allow(ms, "UDP", packet, "SEND", PID.dns);
  }
  const servers: [destination: string, minutes: number][] = [
    [CLOUD.swyxLicence, 180],
    [CLOUD.swyxPhoneList, 1440],
    [CLOUD.applePush, 360],
    [CLOUD.googlePush, 480],
  ];
  for (const [destination, minutes] of servers) {
    for (const ms of everyMinutes(random, minutes)) {
      log.allow(
        ms,
        "TCP",
        { ...from, sourcePort: random.ephemeral(), destination, destinationPort: 443 },
        "SEND",
        PID.config,
      );
    }
  }
  for (const ms of everyMinutes(random, 120)) {
    const loopback = {
      source: "127.0.0.1",
      sourcePort: random.ephemeral(),
      destination: "127.0.0.1",
      destinationPort: 9094,
    };
    log.allow(ms, "TCP", loopback, random.chance(0.5) ? "SEND" : "RECEIVE", PID.config);
  }
  for (const ms of everyMinutes(random, 360)) log.ping(ms, HQ.server, HQ.fortigateInside, "SEND");
}

function writeNoise(log: WindowsLog, random: Random): void {
  for (let i = 0; i < 330; i++) {
    const source = i % 3 === 0 ? "10.20.0.11" : phone(i);
    log.dropUdp(
      anyMoment(random),
      { source, sourcePort: 5353, destination: "224.0.0.251", destinationPort: 5353 },
      random.between(60, 240),
    );
  }
  for (let i = 0; i < 170; i++) {
    const source = "fe80::250:56ff:fe8f:11";
    log.dropUdp(
      anyMoment(random),
      { source, sourcePort: random.ephemeral(), destination: "ff02::1:3", destinationPort: 5355 },
      84,
    );
  }
  for (let i = 0; i < 130; i++) {
    const packet = { source: "10.20.0.11", sourcePort: 137, destination: "10.20.0.255", destinationPort: 137 };
    log.dropUdp(officeMoment(random), packet, 78);
  }
  for (const ms of everyMinutes(random, 250, 60)) log.dropOther(ms, "2", HQ.fortigateInside, "224.0.0.1", 32);
  // Late packets of connections that both ends had closed.
  for (let i = 0; i < 45; i++) {
    const packet = { source: client(i), sourcePort: random.ephemeral(), destination: HQ.server };
    const destinationPort = random.pick([9094, 5060, 9100]);
    log.dropStray(officeMoment(random), { ...packet, destinationPort }, random.pick(["A", "FA", "R", "RA"] as const));
  }
}

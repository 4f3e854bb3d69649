/** The Linux gateway between the SwyxWare server and the SIP provider, with the kernel's SIP helper still loaded. */
import type { HqCall } from "./calls.ts";
import type { NetfilterLog, NetfilterPath } from "./netfilter-lines.ts";
import { HQ, PROVIDER, scanner, website } from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, everyMinutes, isBetween, moment, officeMoment } from "./week.ts";

const OUTWARD: NetfilterPath = { in: "eth1", out: "eth0" };
const INWARD: NetfilterPath = { in: "eth0", out: "eth1" };
const TO_GATEWAY: NetfilterPath = { in: "eth0", out: "" };

/** The gateway's own nftables rules for the trunk; the rest of the machine is UFW's. */
const TRUNK_OUT = "trunk-out accept: ";
const TRUNK_IN = "trunk-in accept: ";
const BLOCK = "[UFW BLOCK] ";

export function writeSipGateway(log: NetfilterLog, calls: readonly HqCall[], random: Random): void {
  writeTrunk(log, calls, random);
  writeHelperDrops(log, calls, random);
  writeScanners(log, random);
  writeStrays(log, random);
  writePrograms(log, random);
}

const sipFromServer = { source: HQ.server, sourcePort: 65_002, destination: PROVIDER.sip, destinationPort: 5060 };
/** After the gateway's own translation of the destination. */
const sipToServer = { source: PROVIDER.sip, sourcePort: 5060, destination: HQ.server, destinationPort: 65_002 };

function writeTrunk(log: NetfilterLog, calls: readonly HqCall[], random: Random): void {
  for (const ms of everyMinutes(random, 60, 300)) {
    log.udp(ms, TRUNK_OUT, OUTWARD, sipFromServer, random.between(460, 640), "signalling");
  }
  for (const ms of everyMinutes(random, 240, 300)) {
    log.udp(ms, TRUNK_IN, INWARD, sipToServer, random.between(380, 420), "signalling");
    log.udp(
      ms + 900,
      TRUNK_OUT,
      OUTWARD,
      { ...sipFromServer, destination: PROVIDER.sipSpare, destinationPort: 3478 },
      20,
    );
  }
  for (const { startMs, trunk } of calls) {
    if (!trunk) continue;
    const { port, peer, peerPort } = trunk;
    const media = { source: HQ.server, sourcePort: port, destination: peer, destinationPort: peerPort };
    log.udp(startMs + 120, TRUNK_OUT, OUTWARD, media, 172, "voice");
    if (!random.chance(0.6)) continue;
    const back = { source: peer, sourcePort: peerPort + 1, destination: HQ.server, destinationPort: port + 1 };
    log.udp(startMs + 5100, TRUNK_IN, INWARD, back, 60, "voice");
  }
}

/** The helper drops what it cannot follow: re-INVITEs of long calls, and answers with several media lines. */
function writeHelperDrops(log: NetfilterLog, calls: readonly HqCall[], random: Random): void {
  const long = calls.filter(({ seconds, trunk }) => trunk && seconds > 600).slice(0, 9);
  for (const { startMs, seconds } of long) {
    const ms = startMs + seconds * 500;
    for (const wait of [0, 500, 1500]) {
      log.sipHelper(ms + wait, "cannot add expectation for voice", sipToServer, 1104);
    }
  }
  const outside = { ...sipFromServer, source: HQ.trunk };
  for (let i = 0; i < 4; i++)
    log.sipHelper(officeMoment(random), "cannot mangle packet", outside, random.between(980, 1180));
}

function writeScanners(log: NetfilterLog, random: Random): void {
  for (let i = 0; i < 130; i++) {
    const packet = { source: scanner(random), sourcePort: random.between(1024, 65_000), destination: HQ.trunk };
    const destinationPort = random.pick([22, 23, 80, 443, 3389, 5061, 8080, 8291, 2222]);
    log.tcp(anyMoment(random), BLOCK, TO_GATEWAY, { ...packet, destinationPort }, "SYN");
  }
  for (let i = 0; i < 90; i++) {
    const packet = { source: scanner(random), sourcePort: random.between(5060, 5100), destination: HQ.trunk };
    log.udp(anyMoment(random), BLOCK, TO_GATEWAY, { ...packet, destinationPort: 5060 }, random.between(390, 450));
  }
  for (let i = 0; i < 24; i++) {
    const packet = {
      source: scanner(random),
      sourcePort: random.ephemeral(),
      destination: HQ.trunk,
      destinationPort: 22,
    };
    log.tcp(moment(2, "01:05") + i * 1700, "[UFW LIMIT BLOCK] ", TO_GATEWAY, packet, "SYN");
  }
}

function writeStrays(log: NetfilterLog, random: Random): void {
  for (let i = 0; i < 60; i++) {
    const packet = {
      source: website(random),
      sourcePort: 443,
      destination: HQ.trunk,
      destinationPort: random.ephemeral(),
    };
    log.tcp(anyMoment(random), BLOCK, TO_GATEWAY, packet, random.pick(["ACK FIN", "ACK", "RST", "ACK RST", "ACK PSH"]));
  }
  for (const ms of everyMinutes(random, 125, 60)) log.igmp(ms, BLOCK, HQ.fortigateInside);
  for (const ms of everyMinutes(random, 420, 60)) log.routerAdvertisement(ms, BLOCK);
  for (let i = 0; i < 30; i++) {
    const packet = {
      source: HQ.admin,
      sourcePort: random.ephemeral(),
      destination: HQ.sipGateway,
      destinationPort: 22,
    };
    log.tcp(officeMoment(random), "[UFW AUDIT] ", { in: "eth1", out: "" }, packet, "SYN");
  }
}

function writePrograms(log: NetfilterLog, random: Random): void {
  for (let i = 0; i < 40; i++) {
    const from = `${scanner(random)} port ${random.between(20_000, 65_000)}`;
    log.other(
      anyMoment(random),
      `sshd[${random.between(2000, 32_000)}]`,
      `Connection closed by authenticating user root ${from} [preauth]`,
    );
  }
  for (let day = 0; day < DAYS; day++) {
    const nightly = moment(day, "06:25");
    log.other(
      nightly,
      `CRON[${random.between(2000, 32_000)}]`,
      "(root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily)",
    );
    log.other(nightly + 4000, "systemd[1]", "logrotate.service: Deactivated successfully.");
  }
  const maintenance = everyMinutes(random, 600).filter((ms) => isBetween(ms, moment(0, "06:00"), moment(6, "20:00")));
  for (const ms of maintenance) log.other(ms, "chronyd[611]", "Selected source 198.51.100.123 (ntp.muster.example)");
  log.kernel(moment(5, "02:40"), "e1000e 0000:00:1f.6 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx");
}

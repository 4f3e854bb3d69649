/** Everything else that the branch's firewall writes: offices, scanners, strays, neighbours, its own programs. */
import type { PfsenseLog } from "./pfsense-lines.ts";
import { HALL, OFFICE, RULES, VOICE, WAN } from "./pfsense-rules.ts";
import { SIP_OPEN, WEB_OPEN } from "./pfsense-voice.ts";
import { NORD, nordClient, nordSystemPhone, scanner, website, websiteV6 } from "./places.ts";
import type { Random } from "./random.ts";
import { anyMoment, DAYS, everyMinutes, isBetween, moment, officeMoment } from "./week.ts";

export function writeNordRest(log: PfsenseLog, random: Random): void {
  writeOffice(log, random);
  writeScanners(log, random);
  writeStrays(log, random);
  writeNeighbours(log, random);
  writePrograms(log, random);
}

function writeOffice(log: PfsenseLog, random: Random): void {
  for (let i = 0; i < 180; i++) {
    const packet = {
      interface: OFFICE,
      source: nordClient(i),
      sourcePort: random.ephemeral(),
      destination: website(random),
    };
    const destinationPort = random.pick([443, 443, 443, 443, 443, 80, 993, 587]);
    log.syn(officeMoment(random), RULES.officeToInternet, { ...packet, destinationPort }, 128);
  }
  for (let i = 0; i < 60; i++) {
    const source = `2001:db8:10:11::${random.between(20, 28).toString(16)}`;
    const packet = { interface: OFFICE, source, sourcePort: random.ephemeral(), destination: websiteV6(random) };
    log.synV6(officeMoment(random), RULES.officeV6, { ...packet, destinationPort: 443 });
  }
  for (let i = 0; i < 14; i++) {
    log.ping(officeMoment(random), RULES.pingInside, {
      interface: OFFICE,
      source: nordClient(i),
      destination: NORD.pbx,
    });
  }
}

const KNOCKED_TCP = [80, 443, 443, 22, 23, 445, 3389, 8080, 8443, 5061, 21, 1433, 5900];

function writeScanners(log: PfsenseLog, random: Random): void {
  for (let i = 0; i < 290; i++) {
    const ms = anyMoment(random);
    const destinationPort = random.pick(KNOCKED_TCP);
    if (destinationPort === 443 && isBetween(ms, WEB_OPEN.fromMs, WEB_OPEN.toMs)) continue;
    const packet = {
      interface: WAN,
      source: scanner(random),
      sourcePort: random.between(1024, 65_000),
      destination: NORD.wan,
    };
    const rule = random.chance(0.3) ? RULES.blockList : RULES.defaultDeny;
    log.syn(ms, rule, { ...packet, destinationPort }, random.between(40, 57));
  }
  for (let i = 0; i < 150; i++) {
    const ms = anyMoment(random);
    const packet = {
      interface: WAN,
      source: scanner(random),
      sourcePort: random.between(5060, 5100),
      destination: NORD.wan,
    };
    // Known scanners stay out by the block list even while the forward is open.
    const rule = isBetween(ms, SIP_OPEN.fromMs, SIP_OPEN.toMs) ? RULES.blockList : RULES.defaultDeny;
    log.udp(ms, rule, { ...packet, destinationPort: 5060 }, random.between(390, 450), "0x0", random.between(44, 57));
  }
  for (let i = 0; i < 40; i++) {
    const packet = {
      interface: WAN,
      source: `2001:db8:bad:${random.hex(3)}::1`.replace(":0", ":a"),
      sourcePort: random.between(30_000, 60_000),
    };
    const destinationPort = random.pick([22, 80, 443, 8443]);
    log.synV6(anyMoment(random), RULES.defaultDenyV6, { ...packet, destination: NORD.wanV6, destinationPort }, 52);
  }
  log.fragmentedUdp(
    moment(2, "02:14"),
    RULES.defaultDeny,
    { interface: WAN, source: scanner(random), sourcePort: 5060, destination: NORD.wan, destinationPort: 5060 },
    1890,
  );
}

/** Packets of connections that had ended, or whose state had expired: no refused connections. */
function writeStrays(log: PfsenseLog, random: Random): void {
  for (let i = 0; i < 80; i++) {
    const inside = { interface: OFFICE, source: nordClient(i), sourcePort: random.ephemeral() };
    const flags = random.pick(["FA", "A", "RA", "PA", "R"] as const);
    log.strayTcp(
      officeMoment(random),
      RULES.defaultDeny,
      { ...inside, destination: website(random), destinationPort: 443 },
      flags,
    );
  }
  for (let i = 0; i < 50; i++) {
    const packet = { interface: WAN, source: website(random), sourcePort: 443, destination: NORD.wan };
    const flags = random.pick(["A", "FA", "SA", "RA"] as const);
    log.strayTcp(officeMoment(random), RULES.defaultDeny, { ...packet, destinationPort: random.ephemeral() }, flags);
  }
  // Telephones in the hall keep their connection to the PBX quiet for longer than the firewall remembers it.
  for (let i = 0; i < 16; i++) {
    const phone = { interface: HALL, source: nordSystemPhone(i), sourcePort: 2153, destination: NORD.pbx };
    log.strayTcp(
      anyMoment(random),
      RULES.defaultDeny,
      { ...phone, destinationPort: 5904 },
      random.pick(["A", "PA"] as const),
    );
  }
  for (let i = 0; i < 12; i++) {
    const pbx = { interface: VOICE, source: NORD.pbx, sourcePort: 443, destination: nordClient(i) };
    log.strayTcp(officeMoment(random), RULES.defaultDeny, { ...pbx, destinationPort: random.ephemeral() }, "FA");
  }
}

/** Broadcast and multicast. */
function writeNeighbours(log: PfsenseLog, random: Random): void {
  for (const ms of everyMinutes(random, 180, 60)) log.igmp(ms, RULES.defaultDeny, WAN, "198.51.100.17");
  for (let i = 0; i < 60; i++) {
    const packet = { interface: OFFICE, source: nordClient(i), sourcePort: 138, destination: "192.168.11.255" };
    log.udp(officeMoment(random), RULES.defaultDeny, { ...packet, destinationPort: 138 }, 201, "0x0", 128);
  }
  for (let i = 0; i < 60; i++) {
    const packet = { interface: OFFICE, source: nordClient(i), sourcePort: 5353, destination: "224.0.0.251" };
    log.udp(
      officeMoment(random),
      RULES.defaultDeny,
      { ...packet, destinationPort: 5353 },
      random.between(37, 180),
      "0x0",
      255,
    );
  }
  for (const ms of everyMinutes(random, 240, 60)) {
    const packet = { interface: WAN, source: "fe80::5a9c:fcff:fe10:4d21", sourcePort: 546, destination: "ff02::1:2" };
    log.udpV6(ms, RULES.defaultDenyV6, { ...packet, destinationPort: 547 }, 24);
  }
}

function writePrograms(log: PfsenseLog, random: Random): void {
  for (let i = 0; i < 60; i++) {
    const address = random.chance(0.7) ? nordClient(i) : nordSystemPhone(i);
    const mac = `00:09:${random.hex(2)}:${random.hex(2)}:${random.hex(2)}:${random.hex(2)}`;
    log.other(officeMoment(random), 190, "dhcpd", 58_311, `DHCPACK on ${address} to ${mac} via igb1.11`);
  }
  for (let day = 0; day < DAYS; day++) {
    log.other(moment(day, "04:00") + 800, 27, "ppp", 7_044, "[wan_link0] LCP: rec'd Terminate Request #61 (Opened)");
    log.other(
      moment(day, "03:30"),
      78,
      "/usr/sbin/cron",
      91_204,
      "(root) CMD (/usr/bin/nice -n20 /etc/rc.update_bogons.sh)",
    );
  }
  for (let i = 0; i < 8; i++) {
    log.other(officeMoment(random), 37, "openvpn", 66_120, `user 'heim${(i % 3) + 1}' authenticated`);
  }
  log.other(
    moment(1, "09:19"),
    38,
    "sshd",
    20_417,
    "Accepted keyboard-interactive/pam for admin from 192.168.11.28 port 52144 ssh2",
  );
  log.other(
    moment(1, "09:21"),
    45,
    "php-fpm",
    388,
    "/firewall_nat_edit.php: Configuration Change: admin@192.168.11.28 (Local Database): Firewall: NAT: Port Forward - saved/edited a port forward.",
  );
  log.other(
    moment(3, "16:38"),
    45,
    "php-fpm",
    388,
    "/firewall_nat_edit.php: Configuration Change: admin@192.168.11.28 (Local Database): Firewall: NAT: Port Forward - saved/edited a port forward.",
  );
  const cut =
    "5,,,1000000103,igb0,match,block,in,4,0x0,,51,40112,0,DF,6,tcp,60,198.51.100.241,198.51.100.20,51244,8443,0,S";
  log.cut(moment(5, "23:59"), cut, 83);
}

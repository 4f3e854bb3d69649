/** Which UDP packets only answer what a deployed host had been let send. */
import { isOneWayVoice } from "./conversation.ts";
import { isWanted } from "./exposure.ts";
import type { Judged } from "./judged.ts";
import type { NaiveRow, NaiveSite } from "./site.ts";

const SIP = [5060, 5061];

/**
 * UDP from a peer to which the host had sent before, between the same ports, in a log of single packets, or denied. Ports that no row
 * tells apart count as the same, and lines that differ in nothing else as one: so the program's memory has them.
 */
export function isAnswer(site: NaiveSite, one: Judged, all: readonly Judged[], rows: readonly NaiveRow[]): boolean {
  if (one.event.transport !== "udp" || one.hostSent) return false;
  if (one.event.verdict === "allow" && one.firewall.platform === "fortigate") return false;
  const first = Math.min(...all.filter((other) => sameLine(rows, one, other)).map(({ event }) => event.second));
  return all.some(
    (other) =>
      other.event.verdict === "allow" &&
      other.event.transport === "udp" &&
      other.hostSent &&
      other.host.deployment === one.host.deployment &&
      other.host.text === one.host.text &&
      other.peer.address === one.peer.address &&
      samePorts(rows, one, other) &&
      (other.event.second < first || (other.event.second === first && (!asksSip(one) || isWanted(site, other)))),
  );
}

/**
 * Audio that was denied before the host's own was let out between the same ports, or so seldom that it began a call each time:
 * by pf, before it and fewer than five by netfilter, or at all where FortiGate says that it was answered, as its generated sessions always are. Generated logs never hold
 * a second of it.
 */
export function isFirstPacket(one: Judged, all: readonly Judged[], rows: readonly NaiveRow[]): boolean {
  const { platform } = one.firewall;
  if (one.hostSent || platform === "windows") return false;
  const opened = all
    .filter(
      (other) =>
        (platform !== "fortigate" || one.firewall === other.firewall) &&
        other.event.verdict === "allow" &&
        other.event.transport === "udp" &&
        other.hostSent &&
        other.host.deployment === one.host.deployment &&
        other.host.text === one.host.text &&
        other.peer.address === one.peer.address &&
        samePorts(rows, one, other),
    )
    .map(({ event }) => event.second);
  if (opened.length === 0 || platform === "fortigate") return opened.length > 0;
  const denied = all.filter((other) => sameLine(rows, one, other)).map(({ event }) => event.second);
  const [first, last] = [Math.min(...denied), Math.max(...denied)];
  const isBefore = last <= Math.min(...opened) + 1;
  if (platform === "iptables") return isBefore && denied.length < 5;
  return isBefore || last - first >= 5 * denied.length;
}

/** The ports of the host and of its peer. */
function portsOf({ hostOpened, initiator, responder }: Judged): readonly [SeenPort, SeenPort] {
  const opener = { port: initiator.port, exact: false };
  const answerer = { port: responder.port, exact: true };
  return hostOpened ? [opener, answerer] : [answerer, opener];
}

function samePorts(rows: readonly NaiveRow[], one: Judged, other: Judged): boolean {
  const [hostPort, peerPort] = portsOf(one);
  const [otherHostPort, otherPeerPort] = portsOf(other);
  const same = (a: SeenPort, b: SeenPort) => indistinct(rows, one.event.transport, a, b);
  return same(hostPort, otherHostPort) && same(peerPort, otherPeerPort);
}

/** Whether it came to a SIP port of the host, which may have been asked first. */
function asksSip({ hostOpened, responder }: Judged): boolean {
  return !hostOpened && SIP.includes(responder.port);
}

/** What the host sent back, between the same ports, where something unneeded was let in. */
export function answersStranger(one: Judged, allowed: readonly Judged[], rows: readonly NaiveRow[]): boolean {
  return (
    one.hostSent &&
    one.meaning === "neutral" &&
    allowed.some(
      (other) =>
        other.meaning === "unneeded" &&
        !other.hostSent &&
        other.event.transport === one.event.transport &&
        other.host.deployment === one.host.deployment &&
        other.host.text === one.host.text &&
        other.peer.address === one.peer.address &&
        samePorts(rows, one, other),
    )
  );
}

/** Whether two lines differ only in time and in ports of the opener that no row tells apart. */
function sameLine(rows: readonly NaiveRow[], a: Judged, b: Judged): boolean {
  const rest = ({ event, isReply, certain, responder }: Judged) => {
    const { second: _, sourcePort: __, destinationPort: ___, flags: ____, ...line } = event;
    return JSON.stringify([line, isReply, certain, responder.port]);
  };
  return rest(a) === rest(b) && portClass(rows, "udp", a.initiator.port) === portClass(rows, "udp", b.initiator.port);
}

interface SeenPort {
  port: number;
  /** A responder's port, which the program keeps as it is. */
  exact: boolean;
}

function indistinct(rows: readonly NaiveRow[], transport: string, a: SeenPort, b: SeenPort): boolean {
  return a.exact && b.exact
    ? a.port === b.port
    : portClass(rows, transport, a.port) === portClass(rows, transport, b.port);
}

/** What the rows (and SIP's own ports) can say of an opener's port: in which of their intervals it lies. */
function portClass(rows: readonly NaiveRow[], transport: string, port: number): string {
  const intervals = rows
    .filter(({ row }) => row.transport === transport)
    .flatMap(({ row }): [number, number][] => {
      const word = (ports: typeof row.localPorts): [number, number][] =>
        ports === "dynamic" ? [[1024, 65_535]] : typeof ports === "string" ? [] : ports;
      return [
        ...(row.direction !== "in" || isOneWayVoice(row) ? word(row.localPorts) : []),
        ...(row.direction !== "out" ? word(row.remotePorts) : []),
      ];
    });
  const edges = [[5060, 5061] as [number, number], ...intervals].flatMap(([low, high]) => [low, high + 1]);
  return String(Math.max(0, ...edges.filter((edge) => edge <= port)));
}

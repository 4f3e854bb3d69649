/** Which UDP packets only answer what a deployed host had been let send. */
import type { Judged } from "./judged.ts";
import type { NaiveRow } from "./site.ts";

/**
 * UDP from a peer to which the host had sent before, between the same ports, in a log of single packets. Ports that no row
 * tells apart count as the same, and lines that differ in nothing else as one: so the program's memory has them.
 */
export function isAnswer(one: Judged, all: readonly Judged[], rows: readonly NaiveRow[]): boolean {
  if (one.event.transport !== "udp" || one.hostSent || one.firewall.platform === "fortigate") return false;
  const ports = ({ hostOpened, initiator, responder }: Judged) => {
    const [opener, answerer] = [
      { port: initiator.port, exact: false },
      { port: responder.port, exact: true },
    ];
    return hostOpened ? ([opener, answerer] as const) : ([answerer, opener] as const);
  };
  const [hostPort, peerPort] = ports(one);
  const samePorts = (other: Judged) => {
    const [otherHostPort, otherPeerPort] = ports(other);
    return indistinct(rows, hostPort, otherHostPort) && indistinct(rows, peerPort, otherPeerPort);
  };
  const first = Math.min(...all.filter((other) => sameLine(rows, one, other)).map(({ event }) => event.second));
  return all.some(
    (other) =>
      other.event.verdict === "allow" &&
      other.event.transport === "udp" &&
      other.hostSent &&
      other.host.deployment === one.host.deployment &&
      other.host.text === one.host.text &&
      other.peer.address === one.peer.address &&
      samePorts(other) &&
      (other.event.second < first || (other.event.second === first && !answersSip(other, one))),
  );
}

/** Whether ports say that the host only answered what came to its SIP port. */
function answersSip({ hostOpened }: Judged, { responder }: Judged): boolean {
  return !hostOpened && (responder.port === 5060 || responder.port === 5061);
}

/** Whether two lines differ only in time and in ports of the opener that no row tells apart. */
function sameLine(rows: readonly NaiveRow[], a: Judged, b: Judged): boolean {
  const rest = ({ event, isReply, certain, responder }: Judged) => {
    const { second: _, sourcePort: __, destinationPort: ___, flags: ____, ...line } = event;
    return JSON.stringify([line, isReply, certain, responder.port]);
  };
  return rest(a) === rest(b) && portClass(rows, a.initiator.port) === portClass(rows, b.initiator.port);
}

interface SeenPort {
  port: number;
  /** A responder's port, which the program keeps as it is. */
  exact: boolean;
}

function indistinct(rows: readonly NaiveRow[], a: SeenPort, b: SeenPort): boolean {
  return a.exact && b.exact ? a.port === b.port : portClass(rows, a.port) === portClass(rows, b.port);
}

/** What the rows (and SIP's own ports) can say of an opener's UDP port: in which of their intervals it lies. */
function portClass(rows: readonly NaiveRow[], port: number): string {
  const intervals = rows
    .filter(({ applies, row }) => applies !== false && row.transport === "udp")
    .flatMap(({ row }): [number, number][] => {
      const word = (ports: typeof row.localPorts): [number, number][] =>
        ports === "dynamic" ? [[1024, 65_535]] : typeof ports === "string" ? [] : ports;
      return [
        ...(row.direction !== "in" ? word(row.localPorts) : []),
        ...(row.direction !== "out" ? word(row.remotePorts) : []),
      ];
    });
  const edges = [[5060, 5061] as [number, number], ...intervals].flatMap(([low, high]) => [low, high + 1]);
  return String(Math.max(0, ...edges.filter((edge) => edge <= port)));
}

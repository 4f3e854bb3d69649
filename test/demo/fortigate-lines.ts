/** FortiOS 7.2 logs, key=value, as its syslog sends them: no time or host before the payload. */
import { Journal } from "./journal.ts";
import type { Random } from "./random.ts";
import { clockText, dateText, nanosecondText, secondsIntoWeek } from "./week.ts";

const DEVICE = 'devname="fgt-60f" devid="FGT60FTK20042317"';

/** An interface and its role as the administrator set it. */
export interface Port {
  name: string;
  role: "lan" | "wan" | "undefined";
}

export interface FortiPolicy {
  id: number;
  name: string;
  uuid: string;
}

export interface Session {
  source: string;
  sourcePort: number;
  from: Port;
  destination: string;
  destinationPort: number;
  to: Port;
  protocol: 6 | 17;
  service: string;
}

/** How an allowed session ended. */
export interface Ending {
  action: "accept" | "close" | "timeout" | "client-rst" | "server-rst" | "ip-conn";
  seconds: number;
  sentPackets: number;
  receivedPackets: number;
  packetBytes?: number;
  /** Address that hides the source, or the inside address of a virtual IP. */
  sourceNat?: string;
  destinationNat?: string;
}

type Field = readonly [key: string, value: string | number];

/** Fields whose values FortiOS prints without quotes. */
const BARE =
  /^(srcip|srcport|dstip|dstport|sessionid|proto|policyid|duration|sentbyte|rcvdbyte|sentpkt|rcvdpkt|sentdelta|rcvddelta|trans(ip|port)|tran(ip|port)|session_id|epoch|event_id|src_port|dst_port|policy_id|remip|crscore|craction|line|column)$/;

export class FortigateLog {
  readonly journal = new Journal();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The line that ends an allowed session. */
  end(ms: number, policy: FortiPolicy, session: Session, ending: Ending): void {
    this.#forward(ms, "0000000013", policy, session, ending.action, this.#totals(session, ending));
  }

  /** What a session that goes on has carried; the action is `accept` whatever happens later. */
  interim(ms: number, policy: FortiPolicy, session: Session, ending: Ending): void {
    const { packetBytes = 200 } = ending;
    const delta = 6000 * packetBytes;
    const totals: Field[] = [...this.#totals(session, ending), ["sentdelta", delta], ["rcvddelta", delta]];
    this.#forward(ms, "0000000020", policy, session, "accept", totals);
  }

  /** Denied by a policy, or by none that fits (0). */
  deny(ms: number, policy: FortiPolicy | null, session: Session): void {
    const score: Field[] = [
      ["crscore", 30],
      ["craction", 131_072],
      ["crlevel", "high"],
    ];
    const nothing = this.#totals(session, { action: "accept", seconds: 0, sentPackets: 0, receivedPackets: 0 });
    this.#forward(ms, "0000000013", policy, session, "deny", [...nothing, ...score]);
  }

  /** A packet that belongs to no session. */
  noSession(ms: number, session: Session): void {
    const fields: Field[] = [
      ...this.#source(session),
      ["dstip", session.destination],
      ["dstport", session.destinationPort],
      ["dstintf", "unknown-0"],
      ["dstintfrole", "undefined"],
      ["sessionid", 0],
      ["proto", session.protocol],
      ["action", "deny"],
      ["policyid", 0],
      ["service", session.service],
      ["trandisp", "noop"],
      ["duration", 0],
      ["sentbyte", 0],
      ["rcvdbyte", 0],
      ["msg", "no session matched"],
    ];
    this.#line(ms, 188, ["0000000007", "traffic", "forward", "warning"], fields);
  }

  /** Traffic that is meant for the firewall itself. */
  local(ms: number, session: Session, action: "deny" | "accept" | "close"): void {
    const isDenied = action === "deny";
    const fields: Field[] = [
      ...this.#ends(session),
      ["sessionid", sessionAt(ms)],
      ["proto", session.protocol],
      ["action", action],
      ["policyid", 0],
      ["policytype", "local-in-policy"],
      ["service", session.service],
      ["trandisp", "noop"],
      ["duration", isDenied ? 0 : 12],
      ["sentbyte", isDenied ? 0 : 1420],
      ["rcvdbyte", isDenied ? 0 : 2210],
      ["sentpkt", isDenied ? 0 : 9],
      ...(isDenied ? [] : ([["rcvdpkt", 8]] as Field[])),
      ["appcat", "unscanned"],
    ];
    this.#line(ms, isDenied ? 188 : 189, ["0001000014", "traffic", "local", isDenied ? "warning" : "notice"], fields);
  }

  /** A line of the SIP ALG; its keys differ from those of traffic lines. */
  voip(ms: number, policy: FortiPolicy, session: Session, isBlocked: boolean, sip: readonly Field[]): void {
    const fields: Field[] = [
      ["session_id", sessionAt(ms)],
      ["epoch", this.#random.between(10_000_000, 99_999_999)],
      ["event_id", this.#random.between(1, 999_999)],
      ["srcip", session.source],
      ["src_port", session.sourcePort],
      ["dstip", session.destination],
      ["dst_port", session.destinationPort],
      ["proto", session.protocol],
      ["src_int", session.from.name],
      ["dst_int", session.to.name],
      ["policy_id", policy.id],
      ["profile", "default"],
      ["voip_proto", "sip"],
      ...sip,
    ];
    const level = isBlocked ? "notice" : "information";
    this.#line(ms, isBlocked ? 189 : 190, [isBlocked ? "0814044033" : "0814044032", "utm", "voip", level], fields);
  }

  event(ms: number, logId: string, subtype: "system" | "vpn", fields: readonly Field[]): void {
    this.#line(ms, 190, [logId, "event", subtype, "information"], fields);
  }

  #forward(
    ms: number,
    logId: string,
    policy: FortiPolicy | null,
    session: Session,
    action: string,
    totals: Field[],
  ): void {
    const isDenied = action === "deny";
    const named: Field[] = policy
      ? [
          ["poluuid", policy.uuid],
          ["policyname", policy.name],
        ]
      : [];
    const fields: Field[] = [
      ...this.#ends(session),
      ["srccountry", countryOf(session.source)],
      ["dstcountry", countryOf(session.destination)],
      ["sessionid", sessionAt(ms)],
      ["proto", session.protocol],
      ["action", action],
      ["policyid", policy?.id ?? 0],
      ["policytype", "policy"],
      ...named,
      ["service", session.service],
      ...totals,
    ];
    this.#line(ms, isDenied ? 188 : 189, [logId, "traffic", "forward", isDenied ? "warning" : "notice"], fields);
  }

  #source({ source, sourcePort, from }: Session): Field[] {
    return [
      ["srcip", source],
      ["srcport", sourcePort],
      ["srcintf", from.name],
      ["srcintfrole", from.role],
    ];
  }

  #ends(session: Session): Field[] {
    const { destination, destinationPort, to } = session;
    return [
      ...this.#source(session),
      ["dstip", destination],
      ["dstport", destinationPort],
      ["dstintf", to.name],
      ["dstintfrole", to.role],
    ];
  }

  #totals({ sourcePort, destinationPort }: Session, ending: Ending): Field[] {
    const { seconds, sentPackets, receivedPackets, packetBytes = 200, sourceNat, destinationNat } = ending;
    const translated: Field[] = sourceNat
      ? [
          ["trandisp", "snat"],
          ["transip", sourceNat],
          ["transport", sourcePort],
        ]
      : destinationNat
        ? [
            ["trandisp", "dnat"],
            ["tranip", destinationNat],
            ["tranport", destinationPort],
          ]
        : [["trandisp", "noop"]];
    const counts: Field[] = [
      ["duration", seconds],
      ["sentbyte", sentPackets * packetBytes],
      ["rcvdbyte", receivedPackets * packetBytes],
      ["sentpkt", sentPackets],
      ["rcvdpkt", receivedPackets],
      ["appcat", "unscanned"],
    ];
    return [...translated, ...counts];
  }

  #line(
    ms: number,
    priority: number,
    kind: readonly [id: string, type: string, subtype: string, level: string],
    fields: readonly Field[],
  ): void {
    const [id, type, subtype, level] = kind;
    const time = `date=${dateText(ms)} time=${clockText(ms)} ${DEVICE} eventtime=${nanosecondText(ms, this.#random)} tz="+0200"`;
    const eventType = subtype === "voip" ? ' eventtype="voip"' : "";
    const head = `logid="${id}" type="${type}" subtype="${subtype}"${eventType} level="${level}" vd="root"`;
    const pairs = fields.map(([key, value]) => (BARE.test(key) ? `${key}=${value}` : `${key}="${value}"`));
    this.journal.add(ms, `<${priority}>${time} ${head} ${pairs.join(" ")}`);
  }
}

/** Session numbers grow with time; other sessions, which nobody logs, lie between. */
function sessionAt(ms: number): number {
  return 1_204_411 + Math.floor(secondsIntoWeek(ms) * 3);
}

function countryOf(address: string): string {
  return address.startsWith("10.") || address.startsWith("192.168.") ? "Reserved" : "Germany";
}

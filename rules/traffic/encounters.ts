/** What judged flows share: the requirements that they fit, and who met whom. Made once for all flows that agree on it. */
import type { Flow } from "../../ingest/flows/flow.ts";
import { portClasses } from "../../ingest/flows/flow-selection.ts";
import { Conversations } from "../matching/conversations.ts";
import { matchRows } from "../matching/match.ts";
import { responderIntervals } from "../matching/requirement-rows.ts";
import type { PreparedSite } from "../matching/selection.ts";
import type { Place, Standing } from "../site/places.ts";
import { newList, newMap, within } from "../within.ts";
import type { Device, Encounter, Host } from "./judged-flow.ts";

/** Two sides of which one at least is a deployed host. */
export interface Meeting {
  initiator: Place;
  responder: Place;
  /** Responder's port after any translation; -1: none. */
  port: number;
  hostGuessed: boolean;
}

/** The requirements that a flow fits, with the encounters of all flows that they cannot tell apart. */
interface Matched extends Pick<Encounter, "matches" | "serves"> {
  /** By host and the firewall's name: seldom more than one of each, but every endpoint of a company may be a firewall. */
  encounters: Map<Standing, Map<string, Encounter[]>>;
}

/** More than there are ports. */
const PORTS = 65_537;
/** More than there are protocols with ports. */
const SERVICES = 257 * PORTS;

export class Encounters {
  readonly #prepared: PreparedSite;
  readonly #conversations = new Conversations();
  /** Lowest of the ports that requirements cannot tell apart. */
  readonly #classes: Uint16Array;
  /** By the profiles of initiator and responder, then by initiator's ports, protocol and class of responder's port. */
  readonly #matched = new Map<number, Map<number, Map<number, Matched>>>();
  /** Intervals of initiator's ports, by the lowest. */
  readonly #intervals = new Map<number, number>();

  constructor(prepared: PreparedSite) {
    this.#prepared = prepared;
    this.#classes = portClasses(responderIntervals(prepared.rows)).low;
  }

  /** How the flow is judged, but for its peer and what its denial means. */
  of(flow: Flow, { firewall, firewallName }: Device, meeting: Meeting): Encounter {
    const { initiator, responder, hostGuessed } = meeting;
    const hostIsInitiator = responder.host === null;
    const own = hostIsInitiator ? initiator : responder;
    const host = own.host as Host;
    const sender = (flow.reply ? responder : initiator).host;
    const { encounters, matches, serves } = this.#matchedBy(flow, meeting);
    const ofHost = within(encounters, own.standing, newMap<string, Encounter[]>);
    const ofDevice = within(ofHost, firewallName, newList<Encounter>);
    for (const encounter of ofDevice) {
      const isSameHost = encounter.hostIsInitiator === hostIsInitiator && encounter.hostGuessed === hostGuessed;
      if (isSameHost && encounter.firewall === firewall && encounter.sender === sender) return encounter;
    }
    const encounter: Encounter = {
      firewall,
      firewallName,
      host,
      alsoHosts: own.alsoHosts,
      hostGuessed,
      hostIsInitiator,
      sender,
      matches,
      serves,
      conversationWith: this.#conversations.of(host, hostIsInitiator, flow.protocol),
    };
    ofDevice.push(encounter);
    return encounter;
  }

  #matchedBy(flow: Flow, { initiator, responder, port }: Meeting): Matched {
    const { protocol, initiatorPorts } = flow;
    const byResponder = within(this.#matched, initiator.profile, newMap<number, Map<number, Matched>>);
    const byPorts = within(byResponder, responder.profile, newMap<number, Matched>);
    const interval = within(this.#intervals, initiatorPorts?.[0] ?? -1, () => this.#intervals.size);
    const lowest = port < 0 ? port : (this.#classes[port] as number);
    return within(byPorts, interval * SERVICES + protocol * PORTS + lowest + 1, () => {
      const matches = matchRows(this.#prepared.rows, {
        protocol,
        initiator,
        responder,
        responderPort: port,
        initiatorPorts,
      });
      const serves = matches.filter((match) => match.row.applies !== false && !match.outOfScope);
      return { matches, serves, encounters: new Map() };
    });
  }
}

/** What to change where a check fired: commands with the finding's own addresses, ports and policy, as far as they are known. */
import { prefixFromText } from "../../ingest/address.ts";
import { hostOf, peersOf, type RemedyFacts } from "../findings/remedy-facts.ts";
import { formatRanges, type PortRanges } from "../matching/port-ranges.ts";
import { DYNAMIC_PORTS } from "../matching/requirement-rows.ts";
import { joined, type Message, type MessageValue, say } from "../messages/message.ts";
import { type Chain, chainOf, iptablesFor, multiportLists } from "../remedies/netfilter-commands.ts";

/** A place to fill in stands only for what neither the logs nor the site file tell. */
export interface CheckFacts {
  host: MessageValue;
  /** The busiest peer. */
  peer: MessageValue;
  /** All of them, with commas between. */
  peers: MessageValue;
  /** The provider's networks as the site file names them, else the peers. */
  provider: MessageValue;
  /** The vendor's ports for media on the host. */
  media: MessageValue;
  /** Whether the packets went to the host, and not from it to its peers. */
  isToHost: boolean;
  /** Whether some came to an outside address of the firewall's, which handed them to nobody. */
  isAtOutside: boolean;
  /** That address, of IPv4, and the single one of the host behind it. */
  forward: { outside: string; target: MessageValue } | null;
  /** Who sent them, to whom, and to which ports of media. */
  from: MessageValue;
  to: MessageValue;
  toMedia: MessageValue;
  /** The lowest of the responder's ports of the evidence. */
  port: MessageValue;
  /** Ports of media, and all of the evidence, as lists of at most so many as one rule of netfilter's takes. */
  mediaLists: readonly MessageValue[];
  toMediaLists: readonly MessageValue[];
  portLists: readonly MessageValue[];
  /** netfilter's command for the family of the host's address. */
  iptables: "iptables" | "ip6tables";
  /** Its chain that the packets met, those back to the opener too. */
  chain: Chain;
  /** FortiGate's word for the same family: https://help.fortinet.com/fos50hlp/52/FortiOS%205.2%20Help/troubleshooting_tools.171.16.html */
  flowFilter: "filter" | "filter6";
  /** FortiGate's number of the policy that decided. */
  policy: MessageValue;
  /** Interface toward the responder. */
  outward: MessageValue;
}

export type CheckRemedy = Message | ((facts: CheckFacts) => Message);

/** `facts` is null where no finding is at hand: then everything is to be filled in. */
export function remedyText(remedy: CheckRemedy, facts: RemedyFacts | null): Message {
  return typeof remedy === "function" ? remedy(checkFactsOf(facts)) : remedy;
}

function checkFactsOf(facts: RemedyFacts | null): CheckFacts {
  const named = facts === null || facts.peers === null ? null : joined(facts.peers, ",");
  const ports = facts?.services.flatMap((service) => service.ports) ?? [];
  const host = facts !== null && prefixFromText(facts.host) ? facts.host : say`<phone system>`;
  const peers = named ?? (facts === null ? say`<peers>` : joined(peersOf(facts), ","));
  const isToHost = facts === null || facts.inbound !== facts.isReply;
  const toMedia = isToHost ? (facts?.media ?? []) : peerMediaOf(facts);
  return {
    host,
    peer: facts?.peers?.[0] ?? say`<peer>`,
    peers,
    provider: facts !== null && facts.provider.length > 0 ? joined(facts.provider, ",") : (named ?? say`<provider>`),
    media: mediaText(facts?.media ?? []),
    isToHost,
    isAtOutside: facts?.isForwarded === true,
    forward: facts === null || facts.outside === null ? null : { outside: facts.outside, target: hostOf(facts) },
    from: isToHost ? peers : host,
    to: isToHost ? host : peers,
    toMedia: mediaText(toMedia),
    port: ports[0]?.[0] ?? say`<port>`,
    mediaLists: mediaLists(facts?.media ?? []),
    toMediaLists: mediaLists(toMedia),
    portLists: ports.length > 0 ? multiportLists(ports) : [say`<port>`],
    iptables: iptablesFor(facts ?? { isIpv6: false }),
    chain: facts === null ? "FORWARD" : chainOf(facts.isReply ? { ...facts, from: facts.to, to: facts.from } : facts),
    flowFilter: facts?.isIpv6 === true ? "filter6" : "filter",
    policy: facts?.policy ?? say`<number of the policy>`,
    outward: facts?.to ?? say`<outward interface>`,
  };
}

/** Where the vendor does not name the ports of the peers' audio, they choose them. */
function peerMediaOf({ peerMedia }: RemedyFacts): PortRanges {
  return peerMedia.length > 0 ? peerMedia : [DYNAMIC_PORTS];
}

function mediaText(media: PortRanges): MessageValue {
  return media.length > 0 ? formatRanges(media, ",") : say`<RTP range>`;
}

function mediaLists(media: PortRanges): readonly MessageValue[] {
  return media.length > 0 ? multiportLists(media) : [say`<RTP range>`];
}

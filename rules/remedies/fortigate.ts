/** Remedies at FortiGate, for its command line, which takes no remarks behind a command. */
import { addressFromText, formatAddress, type Prefix, prefixFromText } from "../../ingest/address.ts";
import {
  beforeOpening,
  exemptions,
  hostOf,
  initiators,
  type RemedyFacts,
  responders,
  type Service,
} from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { code, type Message, type MessageValue, say, steps } from "../messages/message.ts";

/** Longest name of a policy. */
const MAX_NAME = 35;

export const fortigate = { close, open, narrow };

function close(facts: RemedyFacts): Message {
  const { host } = facts;
  return steps(
    ...objects(facts, facts.peerZone === "internet" ? [] : initiators(facts), [host]),
    "config firewall policy",
    "  edit 0",
    ...policyHead(facts, newPolicyName(facts, "close")),
    ...addressLines(facts, facts.peerZone === "internet" ? ["all"] : initiators(facts).map(objectName), [
      objectName(host),
    ]),
    "    set action deny",
    // A policy that denies passes over traffic to virtual IPs unless told otherwise.
    ...(facts.isIpv6 ? [] : ["    set match-vip enable"]),
    "    set logtraffic all",
    "  next",
    "end",
    ...movedBefore(facts, "close"),
    ...exemptions(facts),
    say`If the policy that lets it in, and the virtual IP that maps to ${host} (config firewall vip), serve nothing else, disable that policy instead (set status disable).`,
    ...clearSessions(facts),
    say`Check: new attempts are logged with action=deny. Undo: set status disable in the new policy.`,
  );
}

function open(facts: RemedyFacts): Message {
  if (facts.outside !== null) return forward(facts, facts.outside);
  const toOutside = !facts.inbound && (facts.peerZone === "internet" || facts.peerZone === "provider");
  return steps(
    ...objects(facts, initiators(facts), responders(facts)),
    "config firewall policy",
    "  edit 0",
    ...policyHead(facts, newPolicyName(facts, "open")),
    ...addressLines(facts, initiators(facts).map(objectName), responders(facts).map(objectName)),
    "    set action accept",
    ...(toOutside ? ["    set nat enable"] : []),
    "    set logtraffic all",
    "  next",
    "end",
    ...movedBefore(facts, "open"),
    ...(facts.inbound && facts.peerZone === "internet"
      ? [say`Where a virtual IP maps to ${facts.host}, dstaddr is that virtual IP.`]
      : []),
    ...(facts.vendorHosts === null
      ? []
      : [
          say`The vendor names ${facts.vendorHosts}: an address object with set type fqdn follows the name where the addresses change.`,
        ]),
    say`Check: sessions are logged with action=accept or close. Undo: set status disable in the new policy.`,
  );
}

/** What stays at the FortiGate's own address reaches no host inside without a virtual IP. */
function forward(facts: RemedyFacts, outside: string): Message {
  const mapped = facts.services.flatMap(({ transport, ports }) =>
    ports.map((port) => {
      const range = formatRanges([port]);
      return { name: `rf-${transport}-${range}-${facts.host.replace("/", "-")}`, transport, range };
    }),
  );
  return steps(
    ...beforeOpening(facts),
    ...objects(facts, initiators(facts)),
    "config firewall vip",
    ...mapped.flatMap(({ name, transport, range }) => [
      `  edit "${name}"`,
      code`    set extintf "${facts.from ?? say`<interface toward the initiator>`}"`,
      `    set extip ${outside}`,
      code`    set mappedip "${hostOf(facts)}"`,
      "    set portforward enable",
      `    set protocol ${transport}`,
      `    set extport ${range}`,
      `    set mappedport ${range}`,
      "  next",
    ]),
    "end",
    "config firewall policy",
    "  edit 0",
    // The logged interface toward the host is the FortiGate itself.
    ...policyHead({ ...facts, to: null }, newPolicyName(facts, "open")),
    ...addressLines(
      facts,
      initiators(facts).map(objectName),
      mapped.map(({ name }) => name),
    ),
    "    set action accept",
    "    set logtraffic all",
    "  next",
    "end",
    say`Check: sessions are logged with action=accept or close. Undo: set status disable in the new policy.`,
  );
}

function narrow(facts: RemedyFacts): Message {
  const suffix = facts.isIpv6 ? "6" : "";
  const { provider } = facts;
  return steps(
    ...(provider.length > 0 ? addressObjects(facts, provider) : []),
    ...findPolicy(facts),
    "config firewall policy",
    ...(facts.policies.length > 0 ? facts.policies : [say`<number of that policy>`]).flatMap((policy) => [
      code`  edit ${policy}`,
      provider.length > 0
        ? lineOf(`    set srcaddr${suffix}`, provider.map(objectName))
        : code`    set srcaddr${suffix} ${say`<address objects of the provider>`}`,
      "  next",
    ]),
    "end",
    ...clearSessions(facts),
    say`Check: others are logged with action=deny, and calls still come in. Undo: set the old srcaddr.`,
  );
}

function clearSessions({ isIpv6, host }: RemedyFacts): MessageValue[] {
  const session = isIpv6 ? "session6" : "session";
  return [
    say`Sessions that are open stay open:`,
    `diagnose sys ${session} filter clear`,
    `diagnose sys ${session} filter dst ${host.split("/")[0]}`,
    `diagnose sys ${session} clear`,
  ];
}

/** So many policies are looked up by hand. */
const MOST_UUIDS = 8;

/** Commands name a policy by its number; where the log has only its UUID, the device tells. */
function findPolicy({ rules, policy }: RemedyFacts): MessageValue[] {
  const uuids = rules.filter((rule) => rule.includes("-")).slice(0, MOST_UUIDS);
  return uuids.length === 0 || policy !== null
    ? []
    : [
        say`The number of the policy that decided stands in:`,
        ...uuids.map((uuid) => `show firewall policy | grep -f ${uuid}`),
      ];
}

/** Names must differ, and other findings may be of the same host. */
function newPolicyName({ services, host }: RemedyFacts, what: "close" | "open"): string {
  const [first] = services;
  const service = first ? `${first.transport}${first.ports[0]?.[0] ?? ""} ` : "";
  const head = `rf ${what} ${service}`;
  // Of an address that is too long its end: there hosts of one network differ.
  return head + host.slice(head.length - MAX_NAME);
}

function policyHead({ from, to, services }: RemedyFacts, name: string): MessageValue[] {
  return [
    `    set name "${name}"`,
    code`    set srcintf "${from ?? say`<interface toward the initiator>`}"`,
    code`    set dstintf "${to ?? say`<interface toward the responder>`}"`,
    `    set service ${services.map((service) => `"${serviceName(service)}"`).join(" ")}`,
    '    set schedule "always"',
  ];
}

function addressLines(
  { isIpv6 }: RemedyFacts,
  sources: readonly MessageValue[],
  destinations: readonly MessageValue[],
) {
  const suffix = isIpv6 ? "6" : "";
  return [lineOf(`    set srcaddr${suffix}`, sources), lineOf(`    set dstaddr${suffix}`, destinations)];
}

/** `set srcaddr "a" "b"` */
function lineOf(command: string, names: readonly MessageValue[]): Message {
  return names.reduce<Message>((line, name) => code`${line} "${name}"`, code`${command}`);
}

/** Objects that the policy names: addresses and services. */
function objects(facts: RemedyFacts, ...sides: (readonly MessageValue[])[]): MessageValue[] {
  const addresses = sides.flat().filter((address): address is string => typeof address === "string");
  return [
    ...(addresses.length > 0 ? addressObjects(facts, addresses) : []),
    "config firewall service custom",
    ...facts.services.flatMap((service) => [
      `  edit "${serviceName(service)}"`,
      `    set ${service.transport}-portrange ${formatRanges(service.ports, " ")}`,
      "  next",
    ]),
    "end",
  ];
}

function addressObjects({ isIpv6 }: RemedyFacts, addresses: readonly string[]): string[] {
  return [
    `config firewall ${isIpv6 ? "address6" : "address"}`,
    ...addresses.flatMap((address) => [`  edit "${objectName(address)}"`, `    ${subnetOf(address)}`, "  next"]),
    "end",
  ];
}

function objectName(address: MessageValue): MessageValue {
  return typeof address === "string" ? `rf-${address.replace("/", "-")}` : address;
}

function serviceName({ transport, ports }: Service): string {
  return `rf-${transport}-${formatRanges(ports, "_").slice(0, MAX_NAME * 2)}`;
}

/** `set subnet 10.20.0.64 255.255.255.192`, `set ip6 2001:db8::5/128` */
function subnetOf(text: string): string {
  const { words, bits } = prefixFromText(text) as Prefix;
  const address = formatAddress(words);
  if (text.includes(":")) return `set ip6 ${address}/${bits}`;
  return `set subnet ${address} ${formatAddress(maskOf(bits - 96))}`;
}

function maskOf(bits: number): Uint32Array {
  const mask = addressFromText("0.0.0.0") as Uint32Array;
  mask[3] = bits === 0 ? 0 : (-1 << (32 - bits)) >>> 0;
  return mask;
}

/** New policies stand last, which is before the implicit deny and after every other. */
function movedBefore(facts: RemedyFacts, what: "close" | "open"): MessageValue[] {
  if (facts.policy === null && !facts.rules.some((rule) => rule !== "0")) return [];
  const [policy = say`<number of that policy>`, ...others] = facts.policies;
  return [
    ...findPolicy(facts),
    say`The new policy's number stands in:`,
    `show firewall policy | grep -f "${newPolicyName(facts, what)}"`,
    others.length > 0
      ? say`Move it before those that decided (${facts.policies.join(", ")}):`
      : say`Move it before the one that decided:`,
    "config firewall policy",
    code`  move ${say`<number of the new policy>`} before ${others.length > 0 ? say`<number of the first of them>` : policy}`,
    "end",
  ];
}

/**
 * Programs that write netfilter's rules from a configuration of their own: what somebody adds beside it is lost when they write
 * again, so a remedy speaks their language. Told by how they name, in what they log, the rules that decide.
 */
import type { FlowContext } from "../../ingest/flows/flow.ts";
import type { PlatformName } from "../result.ts";

export type FrontEnd =
  | { program: "firewalld" }
  | { program: "openwrt"; zone: string }
  | Proxmox
  | Shorewall
  | Unifi
  | Vyatta;

/** Where the rules stand of the chain that decided, and which way they look. */
export interface Proxmox {
  program: "proxmox";
  file: string;
  section: string;
  way: "IN" | "OUT";
}

/** The chain between two zones that decided. */
export interface Shorewall {
  program: "shorewall";
  chain: string;
  from: string;
  to: string;
}

export interface Unifi {
  program: "unifi";
  /** What its web interface calls the policies that decided, where it is no more than a name. */
  policies: string[];
}

/** EdgeOS, and VyOS. */
export interface Vyatta {
  program: "vyatta";
  /** Where the rules stand that decided: `firewall name WAN_IN`. */
  path: string;
  /** What the log calls them. */
  ruleSet: string;
  /** Packets meet a base chain whatever interface they come in at. */
  isBaseChain: boolean;
  /** From 1.4 on VyOS has words of its own, and says in the log which chain it is. */
  isRecent: boolean;
  /** Number of the rule that decided; null: none did, so the set's default. */
  decidedBy: number | null;
}

/** What of a rule that decided tells of the program. */
type Decider = Pick<FlowContext, "ruleId" | "ruleName" | "unit"> & { platform: PlatformName };

/** Firewalld's chains and its usual zones, unless an administrator's own prefix looks like that. */
const FIREWALLD =
  /^(?:filter_(?:IN|OUT|FWD)_.+|(?:IN|OUT|FWD|FWDI|FWDO)_(?:public|external|internal|dmz|work|home|trusted|block|drop)|FINAL_REJECT)$/;
/** fw3's and fw4's zones. */
const OPENWRT = /^([\w-]+) (?:in|out|forward)$/;
/** Chains of a guest's interface, of a node, and of a security group. */
const PROXMOX = /^(?:(?:tap|veth)(?<guest>\d+)i\d+|PVEFW-HOST|GROUP-(?<group>[\w-]+?))-(?<way>IN|OUT)$/;
/** Chains between two zones, one of which has the name that Shorewall's own examples give it. */
const SHOREWALL = /^(?=(?:.+[-2])?(?:net|loc|fw|dmz)(?:[-2].+)?$)([a-z]\w*?)(?:-|2)([a-z]\w*)$/;
/** UniFi numbers rules from 2000 (its own USG), 10000 or 20000 on; the defaults have the last numbers there are. */
const UNIFI_NUMBER = /^[1-9]\d{3,9}$/;
const PLAIN_NAME = /^[\w .:@()[\]-]+$/;
const VYATTA_SET = /^(?:ipv([46])-(NAM|FWD|INP|OUT)-)?([\w.-]+)$/;
const BASE_CHAINS: Readonly<Record<string, string>> = { FWD: "forward", INP: "input", OUT: "output" };

/** The program whose rule it is, as far as the name shows; null: none's, or not netfilter's. */
export function programOf(decider: Decider): FrontEnd["program"] | null {
  return decider.platform === "iptables" ? (readDecider(decider, false)?.program ?? null) : null;
}

/** Of netfilter's contexts, the busiest first: the first that shows a program. */
export function frontEndOf(contexts: readonly Decider[], isIpv6: boolean): FrontEnd | null {
  for (const context of contexts) {
    const found = readDecider(context, isIpv6);
    if (found?.program === "unifi") return { ...found, policies: namesIn(contexts) };
    if (found) return found;
  }
  return null;
}

function namesIn(contexts: readonly Decider[]): string[] {
  return [...new Set(contexts.map(({ ruleName }) => ruleName))].filter((name) => PLAIN_NAME.test(name)).sort();
}

/** EdgeOS and VyOS number the rules of each set, and log both: `WAN_IN-10`, `LAN_IN-10`. */
export function isWithinSet({ platform, ruleId, ruleName }: Decider): boolean {
  return platform === "iptables" && ruleId !== "" && ruleName.endsWith(`-${ruleId}`);
}

function readDecider(decider: Decider, isIpv6: boolean): FrontEnd | null {
  const { ruleId, ruleName, unit } = decider;
  if (FIREWALLD.test(ruleName)) return { program: "firewalld" };
  // Of netfilter's logs only UniFi's CEF tells of sessions.
  if (unit === "sessions" || UNIFI_NUMBER.test(ruleId)) return { program: "unifi", policies: [] };
  if (isWithinSet(decider)) return readVyatta(ruleName, ruleId, isIpv6);
  const zone = OPENWRT.exec(ruleName)?.[1];
  if (zone !== undefined) return { program: "openwrt", zone };
  const proxmox = PROXMOX.exec(ruleName)?.groups;
  if (proxmox) return readProxmox(proxmox);
  const [, from, to] = SHOREWALL.exec(ruleName) ?? [];
  return from !== undefined && to !== undefined ? { program: "shorewall", chain: ruleName, from, to } : null;
}

function readProxmox({ guest, group, way }: Record<string, string | undefined>): Proxmox {
  const place =
    guest !== undefined
      ? { file: `/etc/pve/firewall/${guest}.fw`, section: "[RULES]" }
      : group !== undefined
        ? { file: "/etc/pve/firewall/cluster.fw", section: `[group ${group}]` }
        : { file: "/etc/pve/local/host.fw", section: "[RULES]" };
  return { program: "proxmox", ...place, way: way as Proxmox["way"] };
}

/** `WAN_IN-10`, `WAN_IN-default`; since VyOS 1.4 `ipv4-NAM-WAN_IN-10`, `ipv4-FWD-filter-default`. */
function readVyatta(ruleName: string, ruleId: string, isIpv6: boolean): Vyatta | null {
  const ruleSet = ruleName.slice(0, -ruleId.length - 1);
  const [, family, chain, name] = VYATTA_SET.exec(ruleSet) ?? [];
  if (name === undefined) return null;
  const decidedBy = /^\d+$/.test(ruleId) ? Number(ruleId) : null;
  const base = BASE_CHAINS[chain ?? ""];
  const old = isIpv6 ? "ipv6-name" : "name";
  const path = family === undefined ? `firewall ${old} ${name}` : `firewall ipv${family} ${base ?? "name"} ${name}`;
  return {
    program: "vyatta",
    path,
    ruleSet,
    isBaseChain: base !== undefined,
    isRecent: family !== undefined,
    decidedBy,
  };
}

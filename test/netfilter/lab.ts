/**
 * A site of four network namespaces: telephones, phone system and Internet, each at one interface of a firewall whose rules a
 * case brings. In its files 20 stands for the number of the lab, which tells its kernel lines from all others of the machine.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const execute = promisify(execFile);

export const PLACES = ["fw", "phone", "pbx", "net"] as const;
export type Place = (typeof PLACES)[number];

/** Where a lab's number stands: names of interfaces, and 10.20.x.y, 198.51.100.20, 2001:db8:20::. */
const INTERFACES = /\b(wan|lan|dmz|eth)20\b/g;
const ADDRESSES = /\b(10\.|198\.51\.100\.|2001:db8:)20\b/g;
const FIRST_NUMBER = 21;
const NUMBERS = 200;
/** More than a run has cases. */
const LABS_OF_RUN = 32;
const NAMES = /^rf-(\d+)n\d+-/;
/** Network namespaces log only where this is 1, for all of the machine; who wants it keeps others from switching it off. */
const ALL_LOG = "/proc/sys/net/netfilter/nf_log_all_netns";
const LOCK = "/run/ringfence-lab.lock";
const SWITCHED_ON = "/run/ringfence-lab.switched-on";

const TOPOLOGY = `
ip -n $FW link add wan20 type veth peer name eth20 netns $NET
ip -n $FW link add lan20 type veth peer name eth20 netns $PHONE
ip -n $FW link add dmz20 type veth peer name eth20 netns $PBX
ip -n $FW addr add 198.51.100.20/24 dev wan20
ip -n $FW addr add 10.20.0.1/24 dev lan20
ip -n $FW addr add 10.20.1.1/24 dev dmz20
ip -n $PHONE addr add 10.20.0.64/24 dev eth20
ip -n $PHONE addr add 10.20.0.65/24 dev eth20
ip -n $PBX addr add 10.20.1.10/24 dev eth20
ip -n $NET addr add 198.51.100.1/24 dev eth20
for address in 203.0.113.10 203.0.113.11 192.0.2.66 192.0.2.200; do ip -n $NET addr add $address/32 dev lo; done
ip -n $FW addr add 2001:db8:20:a::1/64 dev lan20 nodad
ip -n $FW addr add 2001:db8:20:b::1/64 dev dmz20 nodad
ip -n $PHONE addr add 2001:db8:20:a::64/64 dev eth20 nodad
ip -n $PBX addr add 2001:db8:20:b::10/64 dev eth20 nodad
for place in $FW $PHONE $PBX $NET; do ip -n $place link set lo up; done
for link in wan20 lan20 dmz20; do ip -n $FW link set $link up; done
for place in $PHONE $PBX $NET; do ip -n $place link set eth20 up; done
ip -n $NET route add 10.20.1.0/24 via 198.51.100.20
ip -n $FW route add default via 198.51.100.1
ip -n $PHONE route add default via 10.20.0.1
ip -n $PBX route add default via 10.20.1.1
ip -n $PHONE route add default via 2001:db8:20:a::1
ip -n $PBX route add default via 2001:db8:20:b::1
ip netns exec $FW sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
for place in $PHONE $PBX; do
  ip netns exec $place iptables -t mangle -A OUTPUT -p udp -m multiport --sports 10000:20000 -j DSCP --set-dscp-class EF
done
`;

/** Why this machine cannot have a lab, or null. */
export function whyNoLab(): string | null {
  if (process.platform !== "linux") return "no Linux";
  if (process.getuid?.() !== 0) return "not root";
  for (const tool of ["ip", "iptables", "nft", "conntrack", "sysctl", "flock", "bash"])
    if (spawnSync("bash", ["-c", `command -v ${tool}`]).status !== 0) return `no ${tool}`;
  if (!existsSync(ALL_LOG) || !existsSync("/dev/kmsg")) return "no log of network namespaces";
  const probe = `rfprobe-${process.pid}`;
  const { status, stderr } = spawnSync("bash", [
    "-c",
    `ip netns add ${probe} && ip netns exec ${probe} bash -ec 'iptables -A INPUT -m conntrack --ctstate NEW -j LOG; nft list ruleset'; status=$?; ip netns del ${probe}; exit $status`,
  ]);
  return status === 0 ? null : `no network namespace with iptables: ${String(stderr).trim()}`;
}

export class Lab {
  /** Of names. */
  readonly #tag: string;
  /** Of addresses. */
  readonly #number: number;

  /** `index`: of the labs that this process has at once. */
  constructor(index: number) {
    this.#tag = `${process.pid}n${index}`;
    this.#number = FIRST_NUMBER + ((process.pid * LABS_OF_RUN + index) % NUMBERS);
  }

  nameOf(place: Place): string {
    return `rf-${this.#tag}-${place}`;
  }

  /** The text of a case with this lab's number. */
  numbered(text: string): string {
    return text.replaceAll(INTERFACES, `$1${this.#tag}`).replaceAll(ADDRESSES, `$1${this.#number}`);
  }

  /** Whether a line of the kernel is of this lab: by its interfaces, or where it names none, by its addresses. */
  owns(line: string): boolean {
    if (new RegExp(`(?:wan|lan|dmz|eth)${this.#tag}\\b`).test(line)) return true;
    const isOurs = new RegExp(`=(?:10\\.${this.#number}\\.|198\\.51\\.100\\.${this.#number} )`);
    return / IN= OUT= /.test(line) && isOurs.test(line);
  }

  async up(): Promise<void> {
    const variables = PLACES.map((place) => `${place.toUpperCase()}=${this.nameOf(place)}`).join(" ");
    await shell(`
      ${leftOver().map(removal).join("\n")}
      ${variables}
      for place in $FW $PHONE $PBX $NET; do
        ip netns add $place
        ip netns exec $place sysctl -qw net.ipv6.conf.default.accept_dad=0
      done
      [ $(cat ${ALL_LOG}) = 1 ] || { echo 1 > ${ALL_LOG}; touch ${SWITCHED_ON}; }
      ${this.numbered(TOPOLOGY)}`);
  }

  async down(): Promise<void> {
    await shell(`
      ${PLACES.map((place) => removal(this.nameOf(place))).join("\n")}
      if [ -e ${SWITCHED_ON} ] && ! ip netns list | grep -q '^rf-'; then echo 0 > ${ALL_LOG}; rm ${SWITCHED_ON}; fi`);
  }

  /** Runs the lines as an administrator of the place would paste them; returns what they print. */
  async run(place: Place, lines: string): Promise<string> {
    const { stdout } = await execute("ip", ["netns", "exec", this.nameOf(place), "bash", "-ec", lines]);
    return stdout;
  }
}

/** Namespaces of labs whose process is gone. */
function leftOver(): string[] {
  const { stdout } = spawnSync("ip", ["netns", "list"], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => line.split(" ")[0] as string)
    .filter((name) => NAMES.test(name) && !existsSync(`/proc/${NAMES.exec(name)?.[1]}`));
}

function removal(name: string): string {
  return `ip netns del ${name} 2>/dev/null || true`;
}

/** One lab at a time looks at the machine's switch. */
async function shell(script: string): Promise<void> {
  await execute("flock", [LOCK, "bash", "-ec", script]);
}

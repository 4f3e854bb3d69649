/** Port forwards of a firewall: how a site file writes them, and where they lead. */
import { type AddressWords, addressFromText, sameAddress } from "../../ingest/address.ts";

/** A port that the firewall hands on to an inside host. */
export interface Forward {
  transport: "tcp" | "udp";
  outside: AddressWords;
  outsidePorts: [low: number, high: number];
  inside: AddressWords;
  /** The port that `outsidePorts[0]` becomes; the others follow in step. */
  insidePort: number;
}

/** `udp 198.51.100.5:5060 -> 10.20.0.10:5060`, an outside range maps in step; IPv6 addresses stand in brackets. */
export function parseForward(text: string): Forward | null {
  const match = /^(tcp|udp) (\S+):(\d+)(?:-(\d+))? -> (\S+):(\d+)$/.exec(text);
  if (!match) return null;
  const [, transport, outsideText, low, high, insideText, insidePort] = match as unknown as string[];
  const bare = (address: string | undefined) => addressFromText((address ?? "").replace(/^\[(.*)\]$/, "$1"));
  const outside = bare(outsideText);
  const inside = bare(insideText);
  const ports = [Number(low), Number(high ?? low), Number(insidePort)] as const;
  const lastInside = ports[2] + ports[1] - ports[0];
  if (!outside || !inside || ports[0] > ports[1] || Math.max(...ports, lastInside) > 65535) return null;
  return {
    transport: transport as "tcp" | "udp",
    outside,
    outsidePorts: [ports[0], ports[1]],
    inside,
    insidePort: ports[2],
  };
}

/** Where the forwards hand the packet on to, or null where none is for it. */
export function forwardOf(
  forwards: readonly Forward[],
  transport: string,
  address: AddressWords,
  port: number,
): { inside: AddressWords; port: number } | null {
  for (const forward of forwards) {
    const [low, high] = forward.outsidePorts;
    if (forward.transport === transport && port >= low && port <= high && sameAddress(forward.outside, address)) {
      return { inside: forward.inside, port: forward.insidePort + port - low };
    }
  }
  return null;
}

/**
 * A week of an invented company's traffic, as its firewalls decide on it: 3,000 clients and their Internet peers, scanners
 * that knock at the outside address, a SwyxWare server with 200 phones and a trunk. Seeded; every format prints the same.
 */
import { Random } from "../demo/random.ts";

const MONDAY_MS = Date.UTC(2026, 9, 12);
const WEEK_MS = 7 * 86_400_000;

export const PUBLIC = "198.51.100.5";
export const SERVER = "10.20.0.10";
const SIP_PROXY = "217.10.64.10";

export type Side = "inside" | "outside" | "firewall";

/** One packet or session that a firewall wrote of. */
export interface Decision {
  /** UTC milliseconds. */
  ms: number;
  allowed: boolean;
  protocol: "tcp" | "udp" | "icmp";
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  from: Side;
  to: Side;
  /** pf's letters; "S" opens a connection. */
  flags: string;
  bytes: number;
  rule: number;
  voice: boolean;
}

/** Shares of the lines, in per mille. */
const STORIES: readonly [share: number, tell: (company: Company) => Omit<Decision, "ms">][] = [
  [430, (company) => company.browse()],
  [70, (company) => company.askName()],
  [240, (company) => company.scan()],
  [90, (company) => company.talk()],
  [60, (company) => company.register()],
  [20, (company) => company.trunk()],
  [60, (company) => company.stray()],
  [20, (company) => company.ping()],
  [10, (company) => company.administer()],
];

const WEB_PORTS = [443, 443, 443, 443, 443, 443, 80, 80, 993, 8443] as const;
const SCANNED_PORTS = [22, 23, 23, 80, 443, 445, 1433, 3306, 3389, 3389, 5060, 5060, 5061, 8080, 6379] as const;
const SHARES = STORIES.map(([share]) => share);

export class Company {
  readonly #random: Random;
  readonly #servers: readonly string[];
  readonly #scanners: readonly string[];

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#servers = Array.from({ length: 20_000 }, () => this.#outside());
    this.#scanners = Array.from({ length: 60_000 }, () => this.#outside());
  }

  /** So many decisions in the order of their times. */
  *decisions(count: number): Generator<Decision> {
    for (let i = 0; i < count; i++) {
      const [, tell] = STORIES[this.#random.weighted(SHARES)] as (typeof STORIES)[number];
      yield { ms: MONDAY_MS + Math.floor((i / count) * WEEK_MS), ...tell(this) };
    }
  }

  browse(): Omit<Decision, "ms"> {
    const random = this.#random;
    const server = this.#often(this.#servers);
    const quic = random.chance(0.3);
    return {
      ...{ allowed: random.chance(0.97), protocol: quic ? "udp" : "tcp", voice: false, rule: 12, flags: "S" },
      ...{ source: this.#client(), sourcePort: random.ephemeral(), from: "inside", to: "outside" },
      ...{ destination: server, destinationPort: quic ? 443 : random.pick(WEB_PORTS), bytes: quic ? 1278 : 60 },
    };
  }

  askName(): Omit<Decision, "ms"> {
    const random = this.#random;
    return {
      ...{ allowed: true, protocol: "udp", voice: false, rule: 14, flags: "", bytes: random.between(56, 90) },
      ...{ source: this.#client(), sourcePort: random.ephemeral(), from: "inside", to: "outside" },
      ...{ destination: random.pick(["9.9.9.9", "1.1.1.1"]), destinationPort: 53 },
    };
  }

  scan(): Omit<Decision, "ms"> {
    const random = this.#random;
    const port = random.chance(0.6) ? random.pick(SCANNED_PORTS) : random.between(1, 65_535);
    return {
      ...{ allowed: false, protocol: port === 5060 ? "udp" : "tcp", voice: false, rule: 4, flags: "S" },
      ...{
        source: this.#often(this.#scanners),
        sourcePort: random.between(1024, 65_535),
        from: "outside",
        to: "firewall",
      },
      ...{ destination: PUBLIC, destinationPort: port, bytes: port === 5060 ? 440 : 44 },
    };
  }

  /** Speech between a phone and the server, or the trunk. */
  talk(): Omit<Decision, "ms"> {
    const random = this.#random;
    const toTrunk = random.chance(0.3);
    return {
      ...{ allowed: true, protocol: "udp", voice: true, rule: 21, flags: "", bytes: 200, from: "inside" },
      ...{ source: toTrunk ? SERVER : this.#phone(), sourcePort: random.even(55_000, 56_000) },
      ...(toTrunk
        ? {
            destination: `217.10.65.${random.between(1, 60)}`,
            destinationPort: random.even(16_384, 32_766),
            to: "outside",
          }
        : { destination: SERVER, destinationPort: random.even(51_000, 51_498), to: "inside" }),
    };
  }

  register(): Omit<Decision, "ms"> {
    const random = this.#random;
    return {
      ...{
        allowed: random.chance(0.98),
        protocol: "udp",
        voice: true,
        rule: 22,
        flags: "",
        bytes: random.between(480, 760),
      },
      ...{ source: this.#phone(), sourcePort: random.between(5060, 5070), from: "inside" },
      ...{ destination: SERVER, destinationPort: 65_002, to: "inside" },
    };
  }

  trunk(): Omit<Decision, "ms"> {
    const random = this.#random;
    const inbound = random.chance(0.4);
    return {
      ...{
        allowed: random.chance(0.95),
        protocol: "udp",
        voice: true,
        rule: 23,
        flags: "",
        bytes: random.between(480, 900),
      },
      ...(inbound
        ? {
            source: SIP_PROXY,
            sourcePort: 5060,
            from: "outside",
            destination: SERVER,
            destinationPort: 65_002,
            to: "inside",
          }
        : {
            source: SERVER,
            sourcePort: 65_002,
            from: "inside",
            destination: SIP_PROXY,
            destinationPort: 5060,
            to: "outside",
          }),
    };
  }

  /** Late packets of connections that the firewall has forgotten. */
  stray(): Omit<Decision, "ms"> {
    const random = this.#random;
    return {
      ...{ allowed: false, protocol: "tcp", voice: false, rule: 5, flags: random.pick(["A", "FA", "RA", "PA", "R"]) },
      ...{ source: this.#often(this.#servers), sourcePort: 443, from: "outside", to: "firewall" },
      ...{ destination: PUBLIC, destinationPort: random.ephemeral(), bytes: 52 },
    };
  }

  ping(): Omit<Decision, "ms"> {
    return {
      ...{
        allowed: true,
        protocol: "icmp",
        voice: false,
        rule: 15,
        flags: "",
        bytes: 84,
        sourcePort: 0,
        destinationPort: 0,
      },
      ...{ source: this.#client(), from: "inside", destination: this.#often(this.#servers), to: "outside" },
    };
  }

  /** The server's own web and remote access. */
  administer(): Omit<Decision, "ms"> {
    const random = this.#random;
    return {
      ...{ allowed: random.chance(0.7), protocol: "tcp", voice: false, rule: 31, flags: "S", bytes: 52 },
      ...{ source: this.#client(), sourcePort: random.ephemeral(), from: "inside" },
      ...{ destination: SERVER, destinationPort: random.pick([443, 9094, 9100, 3389]), to: "inside" },
    };
  }

  #client(): string {
    return `10.30.${this.#random.between(0, 11)}.${this.#random.between(1, 250)}`;
  }

  #phone(): string {
    return `10.20.1.${this.#random.between(20, 219)}`;
  }

  #outside(): string {
    const random = this.#random;
    const first = random.pick([23, 34, 45, 52, 77, 91, 104, 141, 151, 185, 193]);
    return `${first}.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`;
  }

  /** A few of them often, most of them seldom. */
  #often(addresses: readonly string[]): string {
    const unit = this.#random.unit();
    return addresses[Math.floor(unit * unit * unit * addresses.length)] as string;
  }
}

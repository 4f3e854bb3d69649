/** What an end of the lab is told to do, one line of JSON an order, and what it tells back. */
export type Order =
  | { do: "open"; address: string; port: number }
  | { do: "send"; address: string; port: number; to: string; toPort: number; packets: number; payload: string }
  /** Back to whoever was heard last at the socket. */
  | { do: "answer"; address: string; port: number; packets: number; payload: string }
  /** How many datagrams came since it was last asked; waits a while for so many. */
  | { do: "count"; address: string; port: number; expected: number }
  | { do: "listen"; address: string; port: number }
  | { do: "connect"; address: string; to: string; toPort: number };

export type Report = { count: number } | { outcome: Outcome } | { error: string };

/** Of an attempt to connect: `silent` where no answer came. */
export type Outcome = "connected" | "refused" | "silent";

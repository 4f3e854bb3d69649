/** The little of a server that counting and shipping need; `connect` makes one, and retries what may pass. */

export interface EngineRequest {
  method: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: object;
  /** Lines of newline-delimited JSON, for `_bulk`. */
  lines?: string;
}

export interface Engine {
  /** Where it is, without any secret. */
  readonly name: string;
  /** The answer's body; throws RequestFailure. */
  ask<T>(request: EngineRequest): Promise<T>;
  close(): Promise<void>;
}

export type FailureKind =
  | "refused"
  | "tls"
  /** It speaks HTTP where HTTPS was tried. */
  | "no-tls"
  | "timeout"
  | "login"
  | "forbidden"
  | "missing"
  | "media-type"
  | "not-elasticsearch"
  | "busy"
  | "rejected";

/** Why a request got no useful answer. The message holds no secret. */
export class RequestFailure extends Error {
  override name = "RequestFailure";
  readonly kind: FailureKind;
  /** HTTP status; 0: none. */
  readonly status: number;
  /** The server's word for it, such as `index_not_found_exception`. */
  readonly type: string;

  constructor(kind: FailureKind, message: string, status = 0, type = "") {
    super(message);
    this.kind = kind;
    this.status = status;
    this.type = type;
  }

  /** Whether the same request may succeed a little later. */
  get mayPass(): boolean {
    return this.kind === "refused" || this.kind === "timeout" || this.kind === "busy";
  }
}

/** How often and how long to wait for what may pass, in milliseconds. */
export interface Patience {
  waits: readonly number[];
}

/** Some 15 seconds: a node that is restarted is longer away, and then the evidence is reported as incomplete. */
export const DEFAULT_PATIENCE: Patience = { waits: [300, 1000, 3000, 10_000] };

/** Whoever is not there when first asked is not waited for long: most likely the address is wrong. */
export const FIRST_CONTACT: Patience = { waits: [300, 1000] };

/** Asks again while the failure may pass. */
export async function askPatiently<T>(ask: () => Promise<T>, { waits }: Patience): Promise<T> {
  for (const wait of waits) {
    try {
      return await ask();
    } catch (cause) {
      if (!(cause instanceof RequestFailure) || !cause.mayPass) throw cause;
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }
  return ask();
}

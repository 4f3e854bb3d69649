/** The client's errors in words that say what to do. Nothing of the request is repeated: its headers hold the login. */
import { InputError } from "../../errors.ts";
import { type FailureKind, RequestFailure } from "./engine.ts";

interface ClientError extends Error {
  statusCode?: number;
  meta?: { statusCode?: number; body?: unknown };
}

interface ServerError {
  type?: string;
  reason?: string;
  root_cause?: { type?: string; reason?: string }[];
  failed_shards?: { reason?: { type?: string; reason?: string } }[];
}

export function failureOf(cause: unknown, where: string): RequestFailure {
  const error = cause as ClientError;
  if (error.name === "TimeoutError") return new RequestFailure("timeout", `${where} did not answer in time`);
  if (error.name === "ProductNotSupportedError") return notElasticsearch(where);
  if (error.name === "ResponseError") return answered(error, where);
  if (error.name === "DeserializationError")
    return new RequestFailure(
      "not-elasticsearch",
      `${where} answered with something that is no JSON: is it Elasticsearch?`,
    );
  if (error.name === "ConnectionError" || error.name === "NoLivingConnectionsError") return unreachable(error, where);
  throw cause;
}

export function notElasticsearch(where: string): RequestFailure {
  return new RequestFailure(
    "not-elasticsearch",
    `${where} does not say that it is Elasticsearch: another product, or a proxy that removes the header x-elastic-product`,
  );
}

const TLS_WORDS = /certificate|self.signed|wrong version number|fingerprint|altname|ssl|tls|unable to verify/i;

function unreachable(error: Error, where: string): RequestFailure {
  const message = error.message.split("\n")[0] ?? "";
  if (/other side closed/.test(message) && where.startsWith("http:"))
    return new RequestFailure("refused", `${where} closed the connection: it broke off, or speaks https`);
  if (TLS_WORDS.test(message)) {
    if (/wrong version number|packet length too long/.test(message))
      return new RequestFailure("no-tls", `${where} speaks no TLS there: write http://, or another port`);
    return new RequestFailure("tls", `${where}: its certificate is not trusted (${message})`);
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return new RequestFailure("refused", `${where}: no such host`);
  if (/ECONNREFUSED/.test(message)) return new RequestFailure("refused", `${where} refuses the connection`);
  return new RequestFailure("refused", `${where} cannot be reached (${message})`);
}

function answered(error: ClientError, where: string): RequestFailure {
  const status = error.statusCode ?? error.meta?.statusCode ?? 0;
  const { type, reason } = detailOf(error.meta?.body);
  const said = reason === "" ? "" : ` (${reason.slice(0, 300)})`;
  const [kind, message] = meaningOf(status, type, said, where);
  return new RequestFailure(kind, message, status, type);
}

function meaningOf(status: number, type: string, said: string, where: string): [FailureKind, string] {
  if (status === 401) return ["login", `${where} does not accept the login, or asks for one`];
  if (status === 403) return ["forbidden", `${where} forbids it to this login${said}`];
  if (status === 404 && type === "index_not_found_exception") return ["missing", `${where} has no such index${said}`];
  if (status === 404) return ["missing", `${where} does not know it${said}`];
  if (status === 406 || type === "media_type_header_exception")
    return ["media-type", `${where} refuses the media type of Elasticsearch 8 and 9${said}`];
  if (status === 429) return ["busy", `${where} has too much to do${said}`];
  if (status === 502 || status === 503 || status === 504)
    return ["busy", `${where} is not ready, status ${status}${said}`];
  return ["rejected", `${where} refuses the request, status ${status}${said}`];
}

/** The innermost reason: the outer one is often no more than "all shards failed". */
function detailOf(body: unknown): { type: string; reason: string } {
  const error = (body as { error?: ServerError | string } | undefined)?.error;
  if (error === undefined) return { type: "", reason: "" };
  if (typeof error === "string") return { type: "", reason: error };
  const root = error.root_cause?.[0] ?? error.failed_shards?.[0]?.reason;
  return { type: error.type ?? root?.type ?? "", reason: root?.reason ?? error.reason ?? "" };
}

const HINTS: Readonly<Partial<Record<FailureKind, string>>> = {
  refused: "check the address and the port, and that the server runs",
  tls: "name its certificate authority with --ca-file, or its fingerprint with --ca-fingerprint",
  timeout: "try a shorter window with --since, or a longer --request-timeout",
  login: "set ELASTIC_API_KEY, or ELASTIC_USERNAME and ELASTIC_PASSWORD",
  forbidden: "the login needs the privileges read and view_index_metadata on the index",
  missing: "check --index",
  busy: "try again when it has recovered",
};

/** The failure as a problem with an input, which the user can mend. */
export function inputErrorOf({ kind, message }: RequestFailure): InputError {
  const code =
    kind === "login" || kind === "forbidden" ? "no-permission" : kind === "missing" ? "not-found" : "unreadable";
  return new InputError(code, message, HINTS[kind] ?? null);
}

/**
 * The way to a server. The client is of major 8 because that one speaks to servers of both majors: it asks for
 * `compatible-with=8`, which 8.x and 9.x serve; a client of major 9 asks for 9, which every 8.x server refuses
 * (`media_type_header_exception`). It is loaded when it is needed: most runs never speak to a server.
 */
import type { Client, ClientOptions } from "@elastic/elasticsearch";
import { InputError } from "../../errors.ts";
import type { Engine, EngineRequest, FailureKind } from "./engine.ts";
import { failureOf } from "./failure.ts";
import { productAt } from "./product.ts";
import { type ConnectionSettings, certificate, type Login, shownUrl } from "./settings.ts";

/** Throws InputError where the settings cannot be used; whether the server answers shows with the first request. */
export async function connect(settings: ConnectionSettings): Promise<Engine> {
  const options = clientOptions(settings);
  const { Client: ClientClass } = await import("@elastic/elasticsearch");
  try {
    return new ClientEngine(new ClientClass(options), settings);
  } catch (cause) {
    throw new InputError("bad-option", `Elasticsearch: ${(cause as Error).message.split("\n")[0]}`);
  }
}

class ClientEngine implements Engine {
  readonly name: string;
  readonly #client: Client;
  readonly #settings: ConnectionSettings;

  constructor(client: Client, settings: ConnectionSettings) {
    this.#client = client;
    this.#settings = settings;
    this.name = shownUrl(settings);
  }

  async ask<T>({ method, path, query, body, lines }: EngineRequest): Promise<T> {
    const request = {
      method,
      path: encodeURI(path),
      ...(query ? { querystring: { ...query } } : {}),
      ...(body ? { body } : {}),
      ...(lines === undefined ? {} : { bulkBody: lines }),
    };
    try {
      return (await this.#client.transport.request(request)) as T;
    } catch (cause) {
      const failure = failureOf(cause, this.name);
      // An OpenSearch server refuses each kind of request in a way of its own: only its own word tells.
      if (!MAY_BE_ANOTHER.includes(failure.kind)) throw failure;
      throw (await productAt(this.#settings, this.name)) ?? failure;
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

/** What another product answers too. */
const MAY_BE_ANOTHER: readonly FailureKind[] = ["not-elasticsearch", "media-type", "missing", "rejected"];

function clientOptions(settings: ConnectionSettings): ClientOptions {
  const { url, login, caFile, caFingerprint, timeoutMs } = settings;
  const ca = caFile === null ? undefined : certificate(caFile);
  const isPlain = url.startsWith("http:");
  if (isPlain && (ca || caFingerprint !== null))
    throw new InputError("bad-option", `${shownUrl(settings)}: a certificate needs https`, "write https://");
  return {
    node: bareUrl(url),
    ...authOf(login),
    ...(caFingerprint === null ? {} : { caFingerprint }),
    // With a fingerprint it is the fingerprint that the certificate must fit, and it is checked by the client.
    ...(ca || caFingerprint !== null
      ? { tls: { ...(ca ? { ca } : {}), ...(caFingerprint === null ? {} : { rejectUnauthorized: false }) } }
      : {}),
    // What may pass is asked for again by us, who know what a request is worth.
    maxRetries: 0,
    requestTimeout: timeoutMs,
    compression: true,
    name: "ringfence",
    enableMetaHeader: false,
  };
}

/** Logins go into headers, never into an address that a message could show. */
function bareUrl(url: string): string {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare.href;
}

function authOf(login: Login): Pick<ClientOptions, "auth"> {
  if (login.kind === "basic") return { auth: { username: login.username, password: login.password } };
  if (login.kind === "api-key") return { auth: { apiKey: login.key } };
  return login.kind === "bearer" ? { auth: { bearer: login.token } } : {};
}

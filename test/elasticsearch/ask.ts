/** Asks a server what tests want of it, beside the program. */
import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { type ConnectionSettings, DEFAULT_TIMEOUT_MS, type Login } from "../../ingest/elasticsearch/server/settings.ts";

export interface Reachable {
  readonly url: string;
  /** What the program must be told beside the address, as its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** `body`: JSON, or lines of JSON as text. */
export function ask(server: Reachable, method: string, path: string, body?: object | string): Promise<Answer> {
  const { ELASTIC_CA_FILE: caFile } = server.environment;
  const headers: Record<string, string> = headersOf(loginOf(server.environment));
  if (body !== undefined)
    headers["content-type"] = typeof body === "string" ? "application/x-ndjson" : "application/json";
  const sending = server.url.startsWith("https:") ? tlsRequest : plainRequest;
  const options = { method, headers, ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) };
  return new Promise((resolve, reject) => {
    const asked = sending(new URL(path, server.url), options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, body: text.startsWith("{") ? JSON.parse(text) : text });
    });
    asked.once("error", reject);
    asked.end(typeof body === "object" ? JSON.stringify(body) : body);
  });
}

/** The same; fails where the server does not do it. */
export async function askFor<T>(server: Reachable, method: string, path: string, body?: object | string): Promise<T> {
  const { status, body: answer } = await ask(server, method, path, body);
  const { errors = false, items = [] } = answer as { errors?: boolean; items?: { create?: { error?: object } }[] };
  const failed = errors ? items.find(({ create }) => create?.error !== undefined) : answer;
  if (status >= 300 || errors) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(failed).slice(0, 1000)}`);
  return answer as T;
}

/** The same server for our own client. */
export function settingsFor({ url, environment }: Reachable): ConnectionSettings {
  return {
    url,
    login: loginOf(environment),
    caFile: environment.ELASTIC_CA_FILE ?? null,
    caFingerprint: environment.ELASTIC_CA_FINGERPRINT ?? null,
    timeoutMs: DEFAULT_TIMEOUT_MS,
  };
}

function loginOf(environment: Readonly<Record<string, string>>): Login {
  const { ELASTIC_API_KEY: key, ELASTIC_USERNAME: username, ELASTIC_PASSWORD: password = "" } = environment;
  if (key !== undefined) return { kind: "api-key", key };
  return username === undefined ? { kind: "none" } : { kind: "basic", username, password };
}

function headersOf(login: Login): Record<string, string> {
  if (login.kind === "api-key") return { authorization: `ApiKey ${login.key}` };
  if (login.kind !== "basic") return {};
  return { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}` };
}

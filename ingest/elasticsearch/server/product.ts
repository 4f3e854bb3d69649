/** What answers there, where it is not Elasticsearch: `GET /` is asked without the client, which would refuse the answer. */
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { RequestFailure } from "./engine.ts";
import { type ConnectionSettings, certificate } from "./settings.ts";

const WAIT_MS = 5000;

/** A failure that names the product; null where it does not say what it is. */
export async function productAt(settings: ConnectionSettings, where: string): Promise<RequestFailure | null> {
  const text = await rootOf(settings, new URL(settings.url)).catch(() => "");
  const version = versionIn(text);
  if (version?.distribution !== "opensearch") return null;
  return new RequestFailure(
    "not-elasticsearch",
    `${where} is OpenSearch ${version.number ?? ""}, which ringfence does not speak to: only to Elasticsearch 8 and 9`,
  );
}

function versionIn(text: string): { distribution?: string; number?: string } | undefined {
  try {
    return (JSON.parse(text) as { version?: { distribution?: string; number?: string } }).version;
  } catch {
    return undefined;
  }
}

function rootOf({ login, caFile, caFingerprint }: ConnectionSettings, url: URL): Promise<string> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (login.kind === "basic")
    headers.authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
  // A fingerprint is not checked here, so nothing secret may be sent.
  if (caFingerprint !== null) delete headers.authorization;
  const tls = {
    ...(caFile === null ? {} : { ca: certificate(caFile) }),
    ...(caFingerprint === null ? {} : { rejectUnauthorized: false }),
  };
  return new Promise((resolve, reject) => {
    const ask = url.protocol === "https:" ? tlsRequest : plainRequest;
    const request = ask(new URL("/", url), { headers, timeout: WAIT_MS, ...tls }, async (response) => {
      let text = "";
      for await (const chunk of response) text += String(chunk).slice(0, 10_000);
      resolve(text);
    });
    request.once("timeout", () => request.destroy(new Error("timeout")));
    request.once("error", reject);
    request.end();
  });
}

/** Where the server is and how to log in, as flags, environment and site file say it. */
import { readFileSync } from "node:fs";
import { InputError } from "../../errors.ts";

export type Login =
  | { kind: "none" }
  | { kind: "basic"; username: string; password: string }
  /** Encoded, as the server prints it. */
  | { kind: "api-key"; key: string }
  | { kind: "bearer"; token: string };

export interface ConnectionSettings {
  url: string;
  login: Login;
  /** PEM file of the certificate authority. */
  caFile: string | null;
  /** SHA-256 of the authority's certificate, in hexadecimal. */
  caFingerprint: string | null;
  /** For one request. */
  timeoutMs: number;
}

export const DEFAULT_TIMEOUT_MS = 120_000;

/** The address as messages show it: whatever login stands in it is left out. */
export function shownUrl({ url }: Pick<ConnectionSettings, "url">): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

/**
 * The address that a cloud id stands for, null where it is none: `NAME:` and, in base64, the cloud's domain and the
 * deployment's name in it, either with a port (`us-east-1.aws.found.io:443$0123abc$4567def`).
 * https://www.elastic.co/docs/deploy-manage/deploy/elastic-cloud/find-cloud-id
 */
export function urlOfCloudId(cloudId: string): string | null {
  const [, encoded = ""] = /^[^:]*:([A-Za-z0-9+/]+=*)$/.exec(cloudId.trim()) ?? [];
  const [domain = "", deployment = ""] = Buffer.from(encoded, "base64").toString("utf8").split("$");
  const [, name, port] = /^([\w-]+)(:\d+)?$/.exec(deployment) ?? [];
  const [, parent, parentPort] = /^([\w.-]+)(:\d+)?$/.exec(domain) ?? [];
  if (name === undefined || parent === undefined) return null;
  const url = `https://${name}.${parent}${port ?? parentPort ?? ""}`;
  return URL.canParse(url) ? new URL(url).href : null;
}

export function certificate(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InputError(
      "bad-option",
      `${file}: the certificate ${code === "ENOENT" ? "is not there" : `cannot be read (${code})`}`,
    );
  }
}

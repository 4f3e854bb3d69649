/** Where the server is and how to log in, as flags, environment and site file say it. */
import { readFileSync } from "node:fs";
import { InputError } from "../errors.ts";

export type Login =
  | { kind: "none" }
  | { kind: "basic"; username: string; password: string }
  /** Encoded, as the server prints it. */
  | { kind: "api-key"; key: string }
  | { kind: "bearer"; token: string };

export interface ConnectionSettings {
  /** Null: by the cloud id. */
  url: string | null;
  cloudId: string | null;
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
export function shownUrl({ url, cloudId }: Pick<ConnectionSettings, "url" | "cloudId">): string {
  if (url === null) return `Elastic Cloud ${(cloudId ?? "").split(":")[0]}`;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
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

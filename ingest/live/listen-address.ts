/** Where to listen for syslog: `udp://0.0.0.0:5514`, `tcp://[::]:601`, `tls://0.0.0.0:6514?cert=fw.pem&key=fw.key`. */
import { readFileSync } from "node:fs";
import { InputError } from "../errors.ts";

export interface ListenAddress {
  /** As the user wrote it. */
  text: string;
  transport: "udp" | "tcp" | "tls";
  host: string;
  port: number;
  /** For TLS: PEM texts. `ca`: senders must show a certificate that it signed. */
  tls: { cert: Buffer; key: Buffer; ca: Buffer | null } | null;
}

const DEFAULT_PORTS = { udp: 514, tcp: 601, tls: 6514 } as const;
const FORM = "write udp://0.0.0.0:5514, tcp://0.0.0.0:5514 or tls://0.0.0.0:6514?cert=FILE&key=FILE";

/** Throws InputError where it is no address to listen at, or a certificate cannot be read. */
export function readListenAddress(text: string): ListenAddress {
  // No URL class: it reads a plus sign in a file's path as a blank.
  const match = /^(udp|tcp|tls):\/\/(\[[^\]]*\]|[^/?:]*)(?::(\d+))?\/?(?:\?(.*))?$/i.exec(text);
  if (!match) throw new InputError("bad-option", `--listen ${text}: no address to listen at`, FORM);
  const transport = (match[1] as string).toLowerCase() as ListenAddress["transport"];
  const port = match[3] === undefined ? DEFAULT_PORTS[transport] : Number(match[3]);
  if (port > 65_535) throw new InputError("bad-option", `--listen ${text}: there is no port ${port}`, FORM);
  const host = (match[2] as string).replace(/^\[|\]$/g, "") || "0.0.0.0";
  const settings = new Map((match[4] ?? "").split("&").filter(Boolean).map(setting));
  for (const name of settings.keys()) {
    if (transport !== "tls" || !["cert", "key", "ca"].includes(name))
      throw new InputError("bad-option", `--listen ${text}: unknown setting ${name}`, FORM);
  }
  return { text, transport, host, port, tls: transport === "tls" ? tlsFiles(text, settings) : null };
}

function setting(pair: string): [name: string, value: string] {
  const [name, ...value] = pair.split("=");
  return [(name as string).toLowerCase(), value.join("=")];
}

function tlsFiles(text: string, settings: ReadonlyMap<string, string>): NonNullable<ListenAddress["tls"]> {
  const read = (name: string): Buffer | null => {
    const file = settings.get(name);
    if (file === undefined || file === "") return null;
    try {
      return readFileSync(file);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new InputError("bad-option", `--listen: ${name} ${file} cannot be read (${code})`);
    }
  };
  const [cert, key] = [read("cert"), read("key")];
  if (!cert || !key)
    throw new InputError("bad-option", `--listen ${text}: TLS needs cert=FILE and key=FILE (PEM)`, FORM);
  return { cert, key, ca: read("ca") };
}

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder, type Distribution, distributions, homeOf, javaFor, missing, runsAsRoot } from "./distribution.ts";

export interface Server {
  readonly url: string;
  readonly version: string;
  /** Present if the server was started with `secure`. */
  readonly login?: { readonly username: string; readonly password: string };
  /** The file with the certificate that signed itself, if the server was started with `secure`. */
  readonly certificate?: string;
  /** Kills the server as a power cut would; its data stays. */
  interrupt(): Promise<void>;
  /** Starts an interrupted server again, at the same address and with its data. */
  resume(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** HTTPS with a certificate of its own, and logins. */
  readonly secure?: boolean;
  /** Joins this one's cluster as a node that only holds data. */
  readonly joins?: Server;
  /** Java heap, by default "512m". */
  readonly heap?: string;
  /** Further server settings, such as "search.max_buckets". */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const external = "ELASTICSEARCH_URL";

/** What the users file of a secure server says: the password is hashed as the server's own tool does it. */
const login = { username: "ringfence", password: "ringfence-test" };
const hashedPassword = "$2a$10$JCK7VsIcTqWftCvhOJ4sbuTabiTFtPOTVzIxj9UW/dWvfUsKtCwRK";

/** `nobody` on every Linux we know; the server refuses to run as root. */
const unprivileged = runsAsRoot ? { uid: 65534, gid: 65534 } : {};

const secondsToStart = 120;
const clusters = new WeakMap<Server, string>();

/**
 * The Elasticsearch versions that tests can start here, or the one at ELASTICSEARCH_URL. Says once what is missing;
 * with RINGFENCE_REQUIRE_ELASTICSEARCH=1 that is an error.
 */
export function availableVersions(): string[] {
  if (process.env[external]) return [external];
  return available("elasticsearch").map(({ version }) => version);
}

/** Whether a test can start an OpenSearch server, for what we say to people who have one. */
export function openSearchIsAvailable(): boolean {
  return available("opensearch").length > 0;
}

function available(product: Distribution["product"]): readonly Distribution[] {
  const wanted = distributions.filter((distribution) => distribution.product === product);
  const absent = wanted.filter((distribution) => missing(distribution) !== undefined);
  if (absent.length > 0) {
    const reasons = new Set(absent.map(missing));
    const message = `${product} ${absent.map(({ version }) => version).join(", ")}: ${[...reasons].join("; ")}`;
    if (process.env.RINGFENCE_REQUIRE_ELASTICSEARCH === "1") throw new Error(`Cannot test with ${message}`);
    console.warn(`Skipping tests with ${message}`);
  }
  return wanted.filter((distribution) => !absent.includes(distribution));
}

export async function startElasticsearch(version: string, options: StartOptions = {}): Promise<Server> {
  return version === external ? connect(process.env[external] ?? "") : start("elasticsearch", version, options);
}

export async function startOpenSearch(): Promise<Server> {
  return start("opensearch", undefined, {});
}

async function connect(url: string): Promise<Server> {
  const key = process.env.ELASTIC_API_KEY;
  const response = await fetch(new URL("/_cat/nodes?h=version", url), {
    headers: key ? { authorization: `ApiKey ${key}` } : {},
  });
  if (!response.ok) throw new Error(`${external}: ${response.status} ${await response.text()}`);
  const refuse = () => Promise.reject(new Error(`${external} names a server that is not ours to interrupt`));
  const version = (await response.text()).trim().split("\n")[0] ?? "";
  return { url, version, interrupt: refuse, resume: refuse, stop: async () => {} };
}

async function start(
  product: Distribution["product"],
  version: string | undefined,
  options: StartOptions,
): Promise<Server> {
  const distribution = distributions.find(
    (each) => each.product === product && each.version === (version ?? each.version),
  );
  if (distribution === undefined) throw new Error(`No ${product} ${version} is known here`);
  const java = javaFor(distribution);
  if (java === undefined || missing(distribution))
    throw new Error(`${product} ${distribution.version} ${missing(distribution)}`);
  const home = homeOf(distribution);
  const prefix = product === "elasticsearch" ? "ES" : "OPENSEARCH";
  const seed = options.joins && clusters.get(options.joins);

  removeAbandoned();
  const folder = mkdtempSync(join(cacheFolder(), `node-${process.pid}-`));
  chmodSync(folder, 0o755);
  cpSync(join(home, "config"), join(folder, "config"), { recursive: true });
  for (const name of ["data", "logs", "tmp"]) mkdirSync(join(folder, name));
  const jvmOptions = join(folder, "config", "jvm.options");
  // These lines write into the distribution's own folder, where the server may not.
  const lines = readFileSync(jvmOptions, "utf8").split("\n");
  writeFileSync(jvmOptions, lines.filter((line) => !/gc\*|ErrorFile|HeapDumpPath/.test(line)).join("\n"));
  const settings: Record<string, unknown> = {
    "node.name": seed ? "second" : "first",
    "network.host": "127.0.0.1",
    "http.port": 0,
    "transport.port": 0,
    "node.portsfile": true,
    "path.data": join(folder, "data"),
    "path.logs": join(folder, "logs"),
    "cluster.routing.allocation.disk.threshold_enabled": false,
    ...(seed
      ? { "discovery.seed_hosts": [seed], "node.roles": ["data"] }
      : { "discovery.seed_hosts": [], "cluster.initial_master_nodes": ["first"] }),
    ...(product === "elasticsearch" && { "xpack.security.enabled": options.secure === true }),
    ...(options.secure && secure(join(folder, "config"))),
    ...options.settings,
  };
  if (runsAsRoot) {
    for (const name of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]) {
      chownSync(join(folder, name), unprivileged.uid ?? -1, unprivileged.gid ?? -1);
    }
  }

  const logFile = join(folder, "output.log");
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();

  const interrupt = async (): Promise<void> => {
    const group = child?.pid;
    child?.stdin?.end();
    await ended;
    child = undefined;
    // Its data must be let go of before anyone else may have it.
    for (let waited = 0; group !== undefined && isAlive(-group) && waited < 5000; waited += 20) await sleep(20);
  };

  const resume = async (): Promise<void> => {
    for (const name of ["http", "transport"]) rmSync(join(folder, "logs", `${name}.ports`), { force: true });
    const log = openSync(logFile, "a");
    // The shell kills its whole group when our end of the pipe closes: no server outlives us, however we end.
    const script = '{ "$@" </dev/null; kill -KILL 0; } & cat >/dev/null; kill -KILL 0';
    writeFileSync(join(folder, "config", `${product}.yml`), JSON.stringify(settings));
    const started = spawn("bash", ["-c", script, "bash", "bash", join(home, "bin", product)], {
      ...unprivileged,
      detached: true,
      cwd: folder,
      stdio: ["pipe", log, log],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        [`${prefix}_JAVA_HOME`]: java,
        [`${prefix}_JAVA_OPTS`]: `-Xms${options.heap ?? "512m"} -Xmx${options.heap ?? "512m"}`,
        [`${prefix}_PATH_CONF`]: join(folder, "config"),
        [`${prefix}_TMPDIR`]: join(folder, "tmp"),
      },
    });
    child = started;
    ended = new Promise((resolve) => started.once("exit", () => resolve()));
    started.stdin?.on("error", () => {});
    try {
      await ready(started);
    } catch (error) {
      const output = readFileSync(logFile, "utf8").trim().split("\n").slice(-15).join("\n");
      await interrupt();
      throw new Error(`${product} ${distribution.version} ${(error as Error).message}:\n${output}`);
    }
  };

  const ready = async (started: ChildProcess): Promise<void> => {
    const deadline = Date.now() + secondsToStart * 1000;
    const scheme = options.secure ? "https" : "http";
    while (started.exitCode === null && started.signalCode === null) {
      if (Date.now() > deadline) throw new Error(`did not start in ${secondsToStart} seconds`);
      const http = port("http");
      if (http && (await answers(`${scheme}://127.0.0.1:${http}`))) {
        // Fixed from now on: a resumed server must be found where it was.
        settings["http.port"] = http;
        settings["transport.port"] = port("transport");
        return;
      }
      await sleep(50);
    }
    throw new Error("ended at once");
  };

  const port = (name: "http" | "transport"): string | undefined => {
    const file = join(folder, "logs", `${name}.ports`);
    return existsSync(file) ? /127\.0\.0\.1:(\d+)/.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  };

  const stop = async (): Promise<void> => {
    await interrupt();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    await resume();
  } catch (error) {
    await stop();
    throw error;
  }
  const server: Server = {
    url: `${options.secure ? "https" : "http"}://127.0.0.1:${port("http")}`,
    version: distribution.version,
    ...(options.secure && { login, certificate: join(folder, "config", "http.crt") }),
    interrupt,
    resume,
    stop,
  };
  clusters.set(server, `127.0.0.1:${port("transport")}`);
  return server;
}

/** Removes what tests left that were killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(cacheFolder())) {
    const owner = /^node-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** Makes the certificate and the login, and returns the settings that use them. */
function secure(config: string): Record<string, unknown> {
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ringfence test"].concat(
      ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
      ["-keyout", join(config, "http.key"), "-out", join(config, "http.crt")],
    ),
    { stdio: "ignore" },
  );
  writeFileSync(join(config, "users"), `${login.username}:${hashedPassword}\n`);
  writeFileSync(join(config, "users_roles"), `superuser:${login.username}\n`);
  return {
    "xpack.security.http.ssl.enabled": true,
    "xpack.security.http.ssl.key": "http.key",
    "xpack.security.http.ssl.certificate": "http.crt",
    "xpack.security.authc.api_key.enabled": true,
    // Bearer tokens are not part of the basic licence.
    "xpack.license.self_generated.type": "trial",
  };
}

/** Whether the server has a cluster to speak for; before that it answers 503 or nothing. */
async function answers(url: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
  const health = `${url}/_cluster/health?timeout=1s`;
  if (url.startsWith("http:")) {
    const response = await fetch(health).catch(() => undefined);
    await response?.arrayBuffer();
    return response?.status === 200;
  }
  return new Promise((resolve) => {
    request(health, { rejectUnauthorized: false, headers: { authorization } }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode === 200));
    })
      .once("error", () => resolve(false))
      .end();
  });
}

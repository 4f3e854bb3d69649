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
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, type Reachable } from "./ask.ts";
import { cacheFolder, type Distribution, distributions, homeOf, javaFor, missing, runsAsRoot } from "./distribution.ts";

export interface Server extends Reachable {
  readonly version: string;
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
  /** Slow to start and then as fast as it can be, which pays where it has to count millions of documents. */
  readonly lasting?: boolean;
}

/** What the users file of a secure server says: the password is hashed as the server's own tool does it. */
const login = { username: "ringfence", password: "ringfence-test" };
const hashedPassword = "$2a$10$JCK7VsIcTqWftCvhOJ4sbuTabiTFtPOTVzIxj9UW/dWvfUsKtCwRK";

/** `nobody` on every Linux we know; the server refuses to run as root. */
const unprivileged = runsAsRoot ? { uid: 65534, gid: 65534 } : {};

const secondsToStart = 120;
const clusters = new WeakMap<Server, string>();

/** The distributions that can be started here, and why the others cannot. */
export function startable(): { present: readonly Distribution[]; absent: readonly string[] } {
  const present = distributions.filter((distribution) => missing(distribution) === undefined);
  const absent = distributions
    .filter((distribution) => !present.includes(distribution))
    .map((distribution) => `${distribution.product} ${distribution.version}: ${missing(distribution)}`);
  return { present, absent };
}

export async function startServer(distribution: Distribution, options: StartOptions = {}): Promise<Server> {
  const { product } = distribution;
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
        [`${prefix}_JAVA_OPTS`]: [
          `-Xms${options.heap ?? "512m"}`,
          `-Xmx${options.heap ?? "512m"}`,
          ...(options.lasting ? [] : ["-XX:TieredStopAtLevel=1"]),
        ].join(" "),
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
    while (started.exitCode === null && started.signalCode === null) {
      if (Date.now() > deadline) throw new Error(`did not start in ${secondsToStart} seconds`);
      const http = port("http");
      if (http && (await answers(http))) {
        // Fixed from now on: a resumed server must be found where it was.
        settings["http.port"] = http;
        settings["transport.port"] = port("transport");
        return;
      }
      await sleep(50);
    }
    throw new Error("ended at once");
  };

  const address = (http: string | undefined): Reachable => ({
    url: `${options.secure ? "https" : "http"}://127.0.0.1:${http}`,
    environment: options.secure
      ? {
          ELASTIC_USERNAME: login.username,
          ELASTIC_PASSWORD: login.password,
          ELASTIC_CA_FILE: join(folder, "config", "http.crt"),
        }
      : {},
  });

  /** Whether it has a cluster to speak for; before that it answers 503 or nothing. */
  const answers = async (http: string): Promise<boolean> => {
    const answer = await ask(address(http), "GET", "/_cluster/health?timeout=1s").catch(() => null);
    return answer?.status === 200;
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
    ...address(port("http")),
    version: distribution.version,
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

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

/**
 * A server that Maven's default repository carries as its `integ-test-zip`: the real thing, less its own JDK and
 * most modules. 8.7.1 is the newest here whose `GET /` answers; 9.x is published without a checksum, so ours decides.
 */
export interface Distribution {
  readonly product: "elasticsearch" | "opensearch";
  readonly version: string;
  /** The oldest and the newest JDK that start it. */
  readonly java: readonly [oldest: number, newest: number];
  readonly sha256: string;
}

export const distributions: readonly Distribution[] = [
  {
    product: "elasticsearch",
    version: "8.7.1",
    java: [17, 23],
    sha256: "b04ed46176cd43d6f717aa69c9864bd8af4ac9c35bc3294b0cbeacdb42c5168f",
  },
  {
    product: "elasticsearch",
    version: "8.19.21",
    java: [17, 25],
    sha256: "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a",
  },
  {
    product: "elasticsearch",
    version: "9.2.0",
    java: [21, 25],
    sha256: "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b",
  },
  {
    product: "opensearch",
    version: "2.11.0",
    java: [17, 23],
    sha256: "7101a793cc129476dfd4125ddefa1e1a7397c1f71f95e7fa5fd9fd7da958b70c",
  },
];

const unpackAndCopy = ["copy", "unpack"].map(
  (goal) => `org.apache.maven.plugins:maven-dependency-plugin:3.8.1:${goal}`,
);

const pluginSource = fileURLToPath(new URL("java/SecurityIndexAnalysis.java", import.meta.url));

export const runsAsRoot = process.getuid?.() === 0;

/** Where unpacked servers and their data live. As root never below a home: the server, which refuses root, must get in. */
export function cacheFolder(): string {
  const base = runsAsRoot ? tmpdir() : (process.env.XDG_CACHE_HOME ?? tmpdir());
  const folder = join(base, "ringfence-elasticsearch");
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (statSync(folder).uid !== (process.getuid?.() ?? statSync(folder).uid)) {
    throw new Error(`${folder} belongs to someone else: nothing in it can be trusted`);
  }
  return folder;
}

export function homeOf(distribution: Distribution): string {
  const content = createHash("sha256").update(distribution.sha256).update(readFileSync(pluginSource)).digest("hex");
  return join(cacheFolder(), `${distribution.product}-${distribution.version}-${content.slice(0, 8)}`);
}

/** Obtains and unpacks the distribution through Maven unless it is there already. */
export async function fetchDistribution(distribution: Distribution): Promise<"present" | "fetched"> {
  if (existsSync(homeOf(distribution))) return "present";
  const { product, version } = distribution;
  const folder = mkdtempSync(join(cacheFolder(), "fetch-"));
  try {
    const artifact = `org.${product}.distribution.integ-test-zip:${product}:${version}:zip`;
    try {
      execFileSync("mvn", ["-B", "-q", ...unpackAndCopy, `-Dartifact=${artifact}`, "-DoutputDirectory=out"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: string; stdout?: Buffer; stderr?: Buffer };
      if (code === "ENOENT") throw new Error("mvn is not installed");
      throw new Error(`mvn could not obtain ${artifact}:\n${stdout}${stderr}`);
    }
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(folder, "out", `${product}-${version}.zip`)), hash);
    const sha256 = hash.digest("hex");
    if (sha256 !== distribution.sha256) throw new Error(`${artifact} has the wrong checksum: ${sha256}`);
    if (product === "elasticsearch")
      addSecurityIndexAnalysis(join(folder, "out", `${product}-${version}`), distribution);
    renameSync(join(folder, "out", `${product}-${version}`), homeOf(distribution));
    return "fetched";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles java/SecurityIndexAnalysis.java against the server and adds it as a plugin. */
function addSecurityIndexAnalysis(home: string, { version, java }: Distribution): void {
  const jdk = javaFor({ java });
  if (jdk === undefined) throw new Error(needed({ java }));
  const plugin = join(home, "plugins", "security-index-analysis");
  const classes = join(home, "..", "classes");
  mkdirSync(plugin);
  const libraries = join(home, "lib", "*");
  execFileSync(join(jdk, "bin", "javac"), ["--release", `${java[0]}`, "-cp", libraries, "-d", classes, pluginSource]);
  execFileSync(join(jdk, "bin", "jar"), ["--create", "--file", join(plugin, "plugin.jar"), "-C", classes, "."]);
  const descriptor = {
    name: "security-index-analysis",
    description: "What the index for API keys needs",
    version: "1",
    classname: "SecurityIndexAnalysis",
    "java.version": java[0],
    "elasticsearch.version": version,
  };
  const lines = Object.entries(descriptor).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(plugin, "plugin-descriptor.properties"), lines.join(""));
}

/** The home of the oldest installed JDK that starts the distribution. */
export function javaFor(distribution: Pick<Distribution, "java">): string | undefined {
  const homes = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "java"))
    .filter((file) => existsSync(file))
    .map((file) => dirname(dirname(realpathSync(file))))
    .flatMap((home) => readdirSync(dirname(home)).map((sibling) => join(dirname(home), sibling)));
  return [process.env.JAVA_HOME, ...homes]
    .filter((home) => home !== undefined)
    .map((home) => ({ home, version: javaVersion(home) }))
    .filter(({ version }) => version >= distribution.java[0] && version <= distribution.java[1])
    .sort((a, b) => a.version - b.version)[0]?.home;
}

function javaVersion(home: string): number {
  const release = join(home, "release");
  if (!existsSync(join(home, "bin", "javac")) || !existsSync(release)) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, "utf8"))?.[1] ?? 0);
}

function needed({ java: [oldest, newest] }: Pick<Distribution, "java">): string {
  return `needs a JDK from ${oldest} to ${newest} beside the java on the PATH or at JAVA_HOME`;
}

/** Why the distribution cannot be started here, or undefined if it can. */
export function missing(distribution: Distribution): string | undefined {
  if (javaFor(distribution) === undefined) return needed(distribution);
  return existsSync(homeOf(distribution)) ? undefined : "not fetched, run node test/elasticsearch/fetch.ts";
}

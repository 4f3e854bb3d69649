import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { lineAt, payload } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-live-"));
afterAll(() => rmSync(folder, { recursive: true }));
const MAIN = fileURLToPath(new URL("../../cmd/main.ts", import.meta.url));

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

interface Document {
  "@timestamp": string;
  destination: { port: number };
  observer: { name: string; ip?: string[] };
  log: { source?: { address: string }; file?: { path: string } };
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, "parse", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
  return {
    soon,
    documents: () => out.split("\n").flatMap((line) => (line ? [JSON.parse(line) as Document] : [])),
    errors: () => errors,
    port: (transport: string) =>
      soon(() => {
        const found = new RegExp(`listening at ${transport} \\S+ port (\\d+)`).exec(errors);
        expect(found).not.toBeNull();
        return Number(found?.[1]);
      }),
    /** Ctrl-C; resolves to the exit status. */
    interrupt: async () => {
      child.kill("SIGINT");
      const [status, signal] = await once(child, "exit");
      return { status, signal };
    },
    exit: () => once(child, "exit").then(([status]) => status as number),
  };
}

const line = (port: number) => lineAt(Date.UTC(2026, 9, 5), port);

// Windows knows no signal that another program could send in place of Ctrl-C.
describe.skipIf(process.platform === "win32")("ringfence parse, live", () => {
  it("--follow prints records as they come, over a rotation, until Ctrl-C", async () => {
    const file = join(folder, "fw.log");
    writeFileSync(file, line(1));
    const run = start("--follow", "--from-start", file);
    await run.soon(() => expect(run.documents()).toHaveLength(1));
    appendFileSync(file, line(2));
    await run.soon(() => expect(run.documents()).toHaveLength(2));
    renameSync(file, `${file}.1`);
    writeFileSync(file, line(3));
    await run.soon(() => expect(run.documents().map(({ destination }) => destination.port)).toEqual([1, 2, 3]));
    expect(await run.interrupt()).toEqual({ status: 0, signal: null });
    expect(run.errors()).toContain("was rotated: reading the new file");
    expect(run.errors()).toMatch(/fw\.log: pfsense: 3 lines, 3 records/);
  });

  it("--listen receives over UDP and TCP; nameless lines are the sender's", async () => {
    const run = start("--listen", "udp://127.0.0.1:0", "--listen", "tcp://127.0.0.1:0", "--tz", "UTC");
    const [udp, tcp] = [await run.port("udp"), await run.port("tcp")];
    const socket = createSocket("udp4");
    socket.send(`<134>Oct  5 10:00:00 filterlog[7]: ${payload(5060)}`, udp, "127.0.0.1", () => socket.close());
    const stream = connect(tcp, "127.0.0.1");
    stream.end(`${line(5061).length} ${line(5061)}`);
    await run.soon(() => expect(run.documents()).toHaveLength(2));
    const [first, second] = run.documents().sort((a, b) => a.destination.port - b.destination.port);
    expect(first).toMatchObject({
      observer: { name: "127.0.0.1", ip: ["127.0.0.1"] },
      log: { source: { address: "127.0.0.1" } },
    });
    expect(second).toMatchObject({ observer: { name: "fw", ip: ["127.0.0.1"] } });
    expect(await run.interrupt()).toEqual({ status: 0, signal: null });
    expect(run.errors()).toMatch(/2 messages from 1 sender\n/);
  });

  it("follows and listens at once, and ends as one", async () => {
    const file = join(folder, "both.log");
    writeFileSync(file, "");
    // From its start, since the listener may be ready before it is known where the file ends.
    const run = start("--follow", "--from-start", file, "--listen", "tcp://127.0.0.1:0");
    const port = await run.port("tcp");
    appendFileSync(file, line(1));
    await run.soon(() => expect(run.documents()).toHaveLength(1));
    connect(port, "127.0.0.1").end(line(2));
    await run.soon(() => expect(run.documents()).toHaveLength(2));
    expect((await run.interrupt()).status).toBe(0);
  });

  it("says what is wrong with the flags, or with an address", async () => {
    expect(await start("--from-start", "x").exit()).toBe(2);
    expect(await start().exit()).toBe(2);
    expect(await start("--follow", folder).exit()).toBe(2);
    const unknown = start("--listen", "http://127.0.0.1:1");
    expect(await unknown.exit()).toBe(2);
    expect(unknown.errors()).toContain("no address to listen at");
  });
});

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { InputError } from "../../ingest/errors.ts";
import { readListenAddress } from "../../ingest/live/listen-address.ts";
import { LiveSenders } from "../../ingest/live/live-senders.ts";
import { SyslogListener } from "../../ingest/live/syslog-listener.ts";
import { selfSigned } from "./certificate.ts";
import { lineAt } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-listen-"));
afterAll(() => rmSync(folder, { recursive: true }));

const line = (port: number) => lineAt(Date.UTC(2026, 9, 5), port);
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

function newListener(options = {}): SyslogListener {
  const listener = new SyslogListener(options);
  opened.push(listener);
  return listener;
}

function connection(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  opened.push({ close: () => socket.destroy() });
  socket.on("error", () => undefined);
  return once(socket, "connect").then(() => socket);
}

/** Reads in the background: what came, by sender. */
function collect(listener: SyslogListener): Map<string, string> {
  const texts = new Map<string, string>();
  void (async () => {
    for await (const batches of listener.batches()) {
      for (const { sender, bytes } of batches) {
        texts.set(sender, (texts.get(sender) ?? "") + Buffer.from(bytes).toString());
      }
    }
  })();
  return texts;
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 10 });

describe("SyslogListener", () => {
  it("receives datagrams", async () => {
    const listener = newListener();
    const port = await listener.listen(readListenAddress("udp://127.0.0.1:0"));
    const texts = collect(listener);
    const socket = createSocket("udp4");
    opened.push(socket);
    socket.send("<134>without an end", port, "127.0.0.1");
    socket.send("<134>with one\n", port, "127.0.0.1");
    await soon(() => expect(texts.get("127.0.0.1")).toBe("<134>without an end\n<134>with one\n"));
    expect(listener.counts).toEqual({ messages: 2, dropped: 0, tooLong: 0, refused: 0, broken: 0 });
  });

  it("receives both framings over TCP, each connection in its own", async () => {
    const listener = newListener();
    const port = await listener.listen(readListenAddress("tcp://127.0.0.1:0"));
    const texts = collect(listener);
    const [lines, counted] = [await connection(port), await connection(port)];
    lines.write("<134>a\n<134>b\r\n<134>wit");
    counted.write("6 <134>c6 <134>d");
    lines.end("hout an end");
    await soon(() => expect(listener.counts.messages).toBe(5));
    const all = (texts.get("127.0.0.1") ?? "").split("\n").sort();
    expect(all).toEqual(["", "<134>a", "<134>b\r", "<134>c", "<134>d", "<134>without an end"]);
  });

  it("receives over TLS, and refuses what is none", async () => {
    const { cert, key } = selfSigned("localhost");
    writeFileSync(join(folder, "fw.pem"), cert);
    writeFileSync(join(folder, "fw.key"), key);
    const listener = newListener();
    const settings = `cert=${join(folder, "fw.pem")}&key=${join(folder, "fw.key")}`;
    const port = await listener.listen(readListenAddress(`tls://127.0.0.1:0?${settings}`));
    const texts = collect(listener);
    const socket = connectTls({ port, host: "127.0.0.1", servername: "localhost", ca: cert });
    opened.push({ close: () => socket.destroy() });
    await once(socket, "secureConnect");
    socket.write("16 <134>one message<134>another\n");
    await soon(() => expect(texts.get("127.0.0.1")).toBe("<134>one message\n<134>another\n"));
    const plain = await connection(port);
    plain.write("<134>not encrypted\n");
    await soon(() => expect(listener.counts.refused).toBe(1));
  });

  it("accepts only known senders where a certificate authority is given", async () => {
    const server = selfSigned("localhost");
    const known = selfSigned("firewall");
    for (const [name, text] of Object.entries({ cert: server.cert, key: server.key, ca: known.cert }))
      writeFileSync(join(folder, name), text);
    const files = ["cert", "key", "ca"].map((name) => `${name}=${join(folder, name)}`).join("&");
    const listener = newListener();
    const port = await listener.listen(readListenAddress(`tls://127.0.0.1:0?${files}`));
    const texts = collect(listener);
    const send = (credentials: object, text: string) => {
      const socket = connectTls({ port, host: "127.0.0.1", servername: "localhost", ca: server.cert, ...credentials });
      opened.push({ close: () => socket.destroy() });
      socket.on("error", () => undefined);
      socket.once("secureConnect", () => socket.write(text));
    };
    send({}, "<134>stranger\n");
    await soon(() => expect(listener.counts.refused).toBe(1));
    send(known, "<134>known\n");
    await soon(() => expect(texts.get("127.0.0.1")).toBe("<134>known\n"));
  });

  it("drops datagrams where the buffer is full, and counts them", async () => {
    const listener = newListener({ bufferBytes: 1000 });
    const port = await listener.listen(readListenAddress("udp://127.0.0.1:0"));
    const socket = createSocket("udp4");
    opened.push(socket);
    for (let i = 0; i < 50; i++) {
      socket.send(`<134>${String(i).padStart(94, ".")}\n`, port, "127.0.0.1");
      await new Promise((resume) => setImmediate(resume));
    }
    await soon(() => expect(listener.counts.messages + listener.counts.dropped).toBe(50));
    expect(listener.counts.messages).toBe(10);
    const texts = collect(listener);
    await soon(() => expect((texts.get("127.0.0.1") ?? "").length).toBe(1000));
  });

  it("holds TCP senders back instead, and loses nothing", async () => {
    const listener = newListener({ bufferBytes: 100_000 });
    const port = await listener.listen(readListenAddress("tcp://127.0.0.1:0"));
    const socket = await connection(port);
    const count = 200_000;
    let sent = false;
    socket.write(Buffer.from(Array.from({ length: count }, (_, i) => `<134>${i} ${".".repeat(90)}\n`).join("")), () => {
      sent = true;
    });
    await new Promise((resume) => setTimeout(resume, 300));
    expect(listener.counts.messages).toBeLessThan(20_000);
    expect(sent).toBe(false);
    let received = 0;
    void (async () => {
      for await (const batches of listener.batches()) {
        for (const { bytes } of batches) for (const byte of bytes) if (byte === 10) received++;
      }
    })();
    await soon(() => expect(received).toBe(count));
    expect(listener.counts).toMatchObject({ messages: count, dropped: 0 });
  });

  it("refuses connections beyond its limit, and messages beyond theirs", async () => {
    const listener = newListener({ maxConnections: 1 });
    const port = await listener.listen(readListenAddress("tcp://127.0.0.1:0"));
    const texts = collect(listener);
    const socket = await connection(port);
    socket.write("<134>first\n");
    await soon(() => expect(listener.counts.messages).toBe(1));
    void connection(port).catch(() => undefined);
    await soon(() => expect(listener.counts.refused).toBe(1));
    socket.write(`${"x".repeat(200_000)}\n<134>second\n`);
    await soon(() => expect(texts.get("127.0.0.1")).toBe("<134>first\n<134>second\n"));
    expect(listener.counts.tooLong).toBe(1);
  });

  it("ends what has arrived, and does not read half a message", async () => {
    const listener = newListener();
    const port = await listener.listen(readListenAddress("tcp://127.0.0.1:0"));
    const socket = await connection(port);
    socket.write("<134>whole\n<134>hal");
    await soon(() => expect(listener.counts.messages).toBe(1));
    listener.close();
    const rest: string[] = [];
    for await (const batches of listener.batches())
      rest.push(...batches.map(({ bytes }) => Buffer.from(bytes).toString()));
    expect(rest).toEqual(["<134>whole\n"]);
  });

  it("says where it cannot listen", async () => {
    const listener = newListener();
    const port = await listener.listen(readListenAddress("tcp://127.0.0.1:0"));
    const second = newListener().listen(readListenAddress(`tcp://127.0.0.1:${port}`));
    await expect(second).rejects.toThrow(/cannot listen there \(EADDRINUSE\)/);
    const elsewhere = newListener().listen(readListenAddress("udp://192.0.2.1:5514"));
    await expect(elsewhere).rejects.toBeInstanceOf(InputError);
  });
});

describe("--listen addresses", () => {
  it("have a transport, perhaps a host and a port", () => {
    expect(readListenAddress("udp://0.0.0.0:5514")).toMatchObject({ transport: "udp", host: "0.0.0.0", port: 5514 });
    expect(readListenAddress("TCP://[::1]")).toMatchObject({ transport: "tcp", host: "::1", port: 601 });
    expect(readListenAddress("udp://:1514/")).toMatchObject({ host: "0.0.0.0", port: 1514 });
  });

  it.each(["5514", "http://x:1", "udp://x:99999", "tcp://x:1?cert=a", "tls://x:1", "tls://x:1?cert=none&key=none"])(
    "%s is refused",
    (text) => expect(() => readListenAddress(text)).toThrow(InputError),
  );
});

describe("LiveSenders", () => {
  const options = { zone: "UTC", only: null, sinceMs: null, untilMs: null };
  const input = { name: "syslog", path: null, modifiedMs: 0, sizeBytes: null, named: true, once: true };
  const fortigate =
    'date=2026-10-05 time=10:00:00 devname="fgt" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=203.0.113.9 srcport=5080 dstip=192.168.10.5 dstport=5060 proto=17 action="deny" policyid=0\n';

  it("tells each sender's format by its first lines, and tries the others on what comes later", () => {
    const seen: string[] = [];
    const senders = new LiveSenders(
      input,
      0,
      options,
      (sender) => (_, format) => void seen.push(`${sender} ${format.id}`),
    );
    senders.push("192.0.2.1", Buffer.from("<38>1 2026-10-05T10:00:00Z fw sshd 1 - - hello\n"));
    senders.push("192.0.2.2", Buffer.from(`<189>${fortigate}`));
    senders.push("192.0.2.1", Buffer.from(line(5060)));
    senders.push("192.0.2.2", Buffer.from(line(5061)));
    senders.rest();
    const report = senders.end();
    expect(seen.sort()).toEqual(["192.0.2.1 pfsense", "192.0.2.2 fortigate", "192.0.2.2 pfsense"]);
    expect(report.lines).toMatchObject({ read: 4, parsed: 3, foreign: 1, malformed: 0 });
    expect(senders.count).toBe(2);
  });

  it("forgets the silent ones where there are too many, but none of their lines", () => {
    const senders = new LiveSenders(input, 0, options, () => () => undefined, 10);
    for (let i = 0; i < 100; i++) senders.push(`192.0.2.${i}`, Buffer.from(line(5060) + line(5061)));
    expect(senders.end().lines).toMatchObject({ read: 200, parsed: 200 });
  });
});

/**
 * Syslog over UDP, TCP and TLS as an input. TCP senders are held back while the reader is slow; UDP cannot be, so what
 * finds the buffer full is dropped and counted, and so is what the operating system dropped before, where it says so.
 */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import { LF } from "../bytes.ts";
import { InputError } from "../errors.ts";
import { type Batch, ByteQueue } from "./byte-queue.ts";
import { kernelDrops } from "./kernel-drops.ts";
import type { ListenAddress } from "./listen-address.ts";
import { SyslogFraming } from "./syslog-framing.ts";

const BUFFER_BYTES = 32 << 20;
const MAX_CONNECTIONS = 1024;
const HANDSHAKE_MS = 10_000;
/** Given to the reader at once, so that the sockets are looked at again soon. */
const SLICE_BYTES = 16_384;
/** When so many datagrams came in one turn, there are more: they are fetched before any is parsed. */
const BUSY_DATAGRAMS = 16;
/** Asked of the operating system for each UDP socket. */
const KERNEL_BUFFER_BYTES = 8 << 20;

export interface ListenerCounts {
  messages: number;
  /** Datagrams that found the buffer full, here or in the operating system. */
  dropped: number;
  tooLong: number;
  /** Connections beyond the limit, or whose TLS handshake failed. */
  refused: number;
  /** Connections that broke off. */
  broken: number;
}

export class SyslogListener {
  readonly #counts: ListenerCounts = { messages: 0, dropped: 0, tooLong: 0, refused: 0, broken: 0 };
  readonly #queue: ByteQueue;
  readonly #servers: (Server | UdpSocket)[] = [];
  readonly #connections = new Set<Socket>();
  readonly #maxConnections: number;
  readonly #udpPorts: number[] = [];
  #kernelDrops = 0;
  #datagrams = 0;

  constructor({ bufferBytes = BUFFER_BYTES, maxConnections = MAX_CONNECTIONS } = {}) {
    this.#maxConnections = maxConnections;
    this.#queue = new ByteQueue(bufferBytes, () => {
      for (const connection of this.#connections) connection.resume();
    });
  }

  /** Up to now. */
  get counts(): ListenerCounts {
    if (this.#servers.length > 0 && this.#udpPorts.length > 0) this.#kernelDrops = kernelDrops(this.#udpPorts);
    return { ...this.#counts, dropped: this.#counts.dropped + this.#kernelDrops };
  }

  /** Resolves to the port when it listens; rejects with InputError where it cannot. */
  async listen(address: ListenAddress): Promise<number> {
    try {
      return await (address.transport === "udp" ? this.#listenUdp(address) : this.#listenTcp(address));
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
      const hint =
        code === "EACCES"
          ? "ports below 1024 need special rights: take another, such as 5514"
          : code === "EADDRINUSE"
            ? "another program listens there"
            : null;
      throw new InputError("unreadable", `--listen ${address.text}: cannot listen there (${code})`, hint);
    }
  }

  /** Lines by sender, as they come; ends after `close`. */
  async *batches(): AsyncGenerator<Batch[]> {
    for (;;) {
      let seen: number;
      do {
        seen = this.#datagrams;
        await nextTurn();
      } while (this.#datagrams - seen >= BUSY_DATAGRAMS && !this.#queue.isHalfFull);
      const batches = await this.#queue.take(SLICE_BYTES);
      if (!batches) return;
      yield batches;
    }
  }

  /** Stops listening; what has arrived can still be read. */
  close(): void {
    // The system forgets a socket's drops with the socket.
    void this.counts;
    for (const server of this.#servers.splice(0)) server.close();
    for (const connection of this.#connections) connection.destroy();
    this.#queue.close();
  }

  #listenUdp({ host, port }: ListenAddress): Promise<number> {
    const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4" });
    this.#servers.push(socket);
    socket.on("message", (message, { address }) => {
      this.#datagrams++;
      const ended = message.at(-1) === LF ? message : Buffer.concat([message, Uint8Array.of(LF)]);
      if (this.#queue.add({ sender: plainAddress(address), bytes: ended })) this.#counts.messages++;
      else this.#counts.dropped++;
    });
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(port, host, () => {
        socket.off("error", reject);
        socket.on("error", () => this.#counts.broken++);
        try {
          socket.setRecvBufferSize(KERNEL_BUFFER_BYTES);
        } catch {
          // The system's limit is smaller: its own default stays.
        }
        const bound = socket.address().port;
        this.#udpPorts.push(bound);
        resolve(bound);
      });
    });
  }

  #listenTcp({ host, port, tls }: ListenAddress): Promise<number> {
    const accept = (connection: Socket) => this.#accept(connection);
    const server = tls
      ? createTlsServer(
          {
            cert: tls.cert,
            key: tls.key,
            handshakeTimeout: HANDSHAKE_MS,
            ...(tls.ca ? { ca: tls.ca, requestCert: true, rejectUnauthorized: true } : {}),
          },
          accept,
        )
      : createServer(accept);
    server.maxConnections = this.#maxConnections;
    server.on("drop", () => this.#counts.refused++);
    server.on("tlsClientError", () => this.#counts.refused++);
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        server.on("error", () => this.#counts.broken++);
        const bound = server.address();
        resolve(bound !== null && typeof bound === "object" ? bound.port : port);
      });
    });
  }

  #accept(connection: Socket): void {
    const sender = plainAddress(connection.remoteAddress ?? "");
    const framing = new SyslogFraming();
    const take = (bytes: Uint8Array) => {
      this.#counts.messages += framing.messages;
      this.#counts.tooLong += framing.tooLong;
      framing.messages = 0;
      framing.tooLong = 0;
      if (bytes.length > 0) this.#queue.add({ sender, bytes }, true);
      if (this.#queue.isHalfFull) connection.pause();
    };
    this.#connections.add(connection);
    connection.setKeepAlive(true);
    connection.on("data", (chunk: Buffer) => take(framing.push(chunk)));
    connection.on("error", () => this.#counts.broken++);
    // A message that is broken off elsewhere than at the sender's own end is half a message: it is not read.
    connection.on("end", () => take(framing.end()));
    connection.on("close", () => this.#connections.delete(connection));
  }
}

/** IPv4 addresses as such, also where an IPv6 socket hears them. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

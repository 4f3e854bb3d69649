/** Stands before a server and counts the bytes that pass, as they are on the wire. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CountingProxy {
  url: string;
  reset(): void;
  /** Since the last reset. */
  bytes(): { sent: number; received: number };
  stop(): Promise<void>;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  let sent = 0;
  let received = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on("data", (chunk: Buffer) => {
      sent += chunk.length;
    });
    far.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reset: () => {
      sent = received = 0;
    },
    bytes: () => ({ sent, received }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

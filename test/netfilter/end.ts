/** One end of the lab's traffic, in the network namespace that it is started in: obeys the orders on standard input. */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Order, Outcome, Report } from "./orders.ts";

/** Audio comes every 20 ms; faster, so that tests do not take as long as calls. */
const BETWEEN_PACKETS_MS = 2;
/** Links of a lab take no time; a busy machine does. */
const ARRIVAL_MS = 500;
const CONNECT_TIMEOUT_MS = 800;

interface Open {
  socket: Socket;
  count: number;
  heard: RemoteInfo | null;
}

const sockets = new Map<string, Promise<Open>>();

function openAt(address: string, port: number): Promise<Open> {
  const key = `${address} ${port}`;
  const known = sockets.get(key) ?? bound(address, port);
  sockets.set(key, known);
  return known;
}

function bound(address: string, port: number): Promise<Open> {
  return new Promise((resolve, reject) => {
    const open: Open = { socket: createSocket(address.includes(":") ? "udp6" : "udp4"), count: 0, heard: null };
    open.socket.on("message", (_, from) => {
      open.count++;
      open.heard = from;
    });
    open.socket.on("error", reject);
    open.socket.bind(port, address, () => resolve(open));
  });
}

async function send({ socket }: Open, to: string, port: number, packets: number, payload: string): Promise<void> {
  for (let i = 0; i < packets; i++) {
    if (i > 0) await pause(BETWEEN_PACKETS_MS);
    // What the firewall refuses comes back as an error of the socket; whether it arrived is counted at the other end.
    await new Promise<void>((resolve) => socket.send(payload, port, to, () => resolve()));
  }
}

function attempt(address: string, to: string, toPort: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port: toPort, localAddress: address });
    const fail = (outcome: Outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => fail("silent"));
    socket.on("error", () => fail("refused"));
    // Stays open, as connections do that a rule is meant to end.
    socket.once("connect", () => {
      socket.setTimeout(0);
      resolve("connected");
    });
  });
}

function listening(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => socket.destroy()));
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve() : reject(error)));
    server.listen(port, address, () => resolve());
  });
}

async function obey(order: Order): Promise<Report> {
  if (order.do === "listen") await listening(order.address, order.port);
  if (order.do === "connect") return { outcome: await attempt(order.address, order.to, order.toPort) };
  if (order.do === "listen") return { count: 0 };
  const open = await openAt(order.address, order.port);
  if (order.do === "send") await send(open, order.to, order.toPort, order.packets, order.payload);
  if (order.do === "answer" && open.heard !== null)
    await send(open, open.heard.address, open.heard.port, order.packets, order.payload);
  if (order.do !== "count") return { count: 0 };
  for (const endMs = performance.now() + ARRIVAL_MS; open.count < order.expected && performance.now() < endMs; )
    await pause(BETWEEN_PACKETS_MS);
  const { count } = open;
  open.count = 0;
  return { count };
}

for await (const line of createInterface({ input: process.stdin })) {
  const report = await obey(JSON.parse(line) as Order).catch((error: Error): Report => ({ error: error.message }));
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
process.exit(0);

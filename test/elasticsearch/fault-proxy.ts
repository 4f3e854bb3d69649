/** Stands before a real server and answers in its place where a test wants a fault that a healthy server does not show. */
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface Asked {
  method: string;
  /** Without its query. */
  path: string;
  body: string;
  /** Of all requests, from 1. */
  number: number;
}

/** "drop": closes the connection; null: the real server answers. */
export type Fault =
  | "drop"
  | { status: number; body: object; product?: boolean }
  /** Changes the real server's answer. */
  | { change: (answer: Record<string, unknown>) => object }
  | null;

export interface FaultProxy {
  url: string;
  stop(): Promise<void>;
}

export async function faultProxy(
  target: string,
  faultOf: (asked: Asked) => Fault | Promise<Fault>,
): Promise<FaultProxy> {
  let number = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const body = (incoming.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
    const path = (incoming.url ?? "").split("?")[0] as string;
    const fault = await faultOf({ method: incoming.method ?? "", path, body, number: ++number });
    if (fault === "drop") incoming.socket.destroy();
    else if (fault && "status" in fault) answer(outgoing, fault.status, fault.body, fault.product ?? true);
    else forward(fault?.change ?? null);

    function forward(change: ((answer: Record<string, unknown>) => object) | null): void {
      const { host: _, "accept-encoding": __, "transfer-encoding": ___, ...headers } = incoming.headers;
      const asked = request(
        new URL(incoming.url ?? "/", target),
        { method: incoming.method, headers },
        async (real) => {
          let text = "";
          for await (const chunk of real) text += chunk;
          const changed = change && text !== "" ? JSON.stringify(change(JSON.parse(text))) : text;
          const { "content-length": ____, "transfer-encoding": _____, ...kept } = real.headers;
          outgoing.writeHead(real.statusCode ?? 500, kept).end(changed);
        },
      );
      asked.once("error", () => incoming.socket.destroy());
      asked.end(bytes);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(outgoing: ServerResponse, status: number, body: object, product: boolean): void {
  const type = "application/vnd.elasticsearch+json;compatible-with=8";
  const headers = { "content-type": type, ...(product ? { "x-elastic-product": "Elasticsearch" } : {}) };
  outgoing.writeHead(status, headers).end(JSON.stringify(body));
}

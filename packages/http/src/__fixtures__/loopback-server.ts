import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

import { onTestFinished } from 'vitest';

interface SeenRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The name that the client asked for in the TLS handshake. */
  readonly servername: string | false | null | undefined;
}

/** Answers the request number `index`, counted from 0. */
export type Answer = (
  response: http.ServerResponse,
  request: SeenRequest,
  index: number,
) => void | Promise<void>;

export interface LoopbackServer {
  readonly origin: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  /** Connections that were opened so far. */
  readonly connections: number;
  /** Resolves when this many requests have arrived. */
  arrived(count: number): Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Starts a server on 127.0.0.1 that is closed when the test ends. */
export async function startServer(
  answer: Answer,
  certificate?: Certificate,
): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const waiting = new Set<() => void>();
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const { servername } = request.socket as TLSSocket;
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString(), servername };
      requests.push(seen);
      for (const check of waiting) check();
      void answer(response, seen, requests.length - 1);
    });
  };
  const server =
    certificate === undefined
      ? http.createServer(listener)
      : https.createServer({ ...certificate }, listener);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    arrived: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (requests.length >= count) resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

export function sendJson(
  response: http.ServerResponse,
  body: unknown,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';

import { onTestFinished } from 'vitest';

import type { Certificate } from './loopback-server.ts';

export interface TestProxy {
  readonly port: number;
  /** `CONNECT host:port` or `GET http://…`, with the proxy's credentials behind it when given. */
  readonly seen: string[];
  readonly openSockets: number;
}

/**
 * A proxy on which every name leads to one local port. With `status` it refuses every request by it, and
 * with status 0 it never answers.
 */
export async function startProxy(
  targetPort: number,
  status = 200,
  certificate?: Certificate,
): Promise<TestProxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const note = ({ method, url, headers }: http.IncomingMessage): void => {
    const credentials = headers['proxy-authorization'];
    seen.push([method, url, credentials].filter((part) => part !== undefined).join(' '));
  };
  const listener: http.RequestListener = (request, response) => {
    note(request);
    if (status !== 200) {
      response.writeHead(status).end(JSON.stringify({ headers: request.headers }));
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const options = { host: '127.0.0.1', port: targetPort, path: pathname + search };
    const onward = http.request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  };
  const server =
    certificate === undefined
      ? http.createServer(listener)
      : https.createServer({ ...certificate }, listener);
  server.on('connect', (request, socket: Socket) => {
    note(request);
    if (status === 0) return void socket.on('end', () => socket.end()).resume();
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 2\r\n\r\nno`);
      return;
    }
    const onward = net.connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    get openSockets() {
      return sockets.size;
    },
  };
}

import { createServer, type Server } from 'node:http';

/** A server on 127.0.0.1 and its address. */
export interface LocalServer {
  readonly server: Server;
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens on a port of 127.0.0.1; 0 is any free one. */
export async function startLocalServer(port: number): Promise<LocalServer> {
  // Longer than a client idles, so that no request meets a connection that is just closing.
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { server, origin: `http://127.0.0.1:${address.port}`, close: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { type FaultKind, type FaultPlan, FaultSchedule } from './faults.ts';
import { answer } from './http/answer.ts';
import type { Reply } from './http/reply.ts';
import { sampleCompany } from './samples/sample-company.ts';
import type { ConfluenceSite } from './site/confluence-site.ts';

export interface SandboxOptions {
  /** @default sampleCompany() */
  readonly site?: ConfluenceSite;
  /** @default 0, any free port */
  readonly port?: number;
  /** Time that passes before each answer, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  readonly credentials?: { readonly username: string; readonly token: string };
  /** @default none */
  readonly faults?: FaultPlan;
}

/** A request that arrived, also one that a fault answered. */
export interface RecordedRequest {
  /** Counted from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The status sent; 0 when the connection was broken instead. */
  readonly status: number;
  /** Whether it carried an `Authorization` header, good or bad. */
  readonly hasAuthorization: boolean;
}

export interface ConfluenceSandbox {
  /** `http://127.0.0.1:PORT/wiki`, what a user would configure as base URL. */
  readonly url: string;
  readonly username: string;
  readonly token: string;
  /** Change it at any time; the next answer shows it. */
  readonly site: ConfluenceSite;
  readonly requests: readonly RecordedRequest[];
  /** Replace it at any time. */
  faults: FaultPlan;
  close(): Promise<void>;
}

/** Starts a Confluence Cloud look-alike on 127.0.0.1. */
export async function startConfluenceSandbox(
  options: SandboxOptions = {},
): Promise<ConfluenceSandbox> {
  const site = options.site ?? sampleCompany();
  const { username, token } = options.credentials ?? {
    username: site.account.email,
    token: 'sandbox-token',
  };
  // Longer than a client idles, so that no request meets a connection that is just closing.
  const server = createServer({ keepAliveTimeout: 60_000 });
  const url = await listen(server, options.port ?? 0);
  const requests: RecordedRequest[] = [];
  const close = (): Promise<void> => stop(server);
  const sandbox = { url, username, token, site, requests, faults: options.faults ?? [], close };
  const schedule = new FaultSchedule();
  let count = 0;
  server.on('request', (incoming, outgoing) => {
    const number = ++count;
    const faults = schedule.due(sandbox.faults, { number, url: incoming.url ?? '/' });
    const work = serve(
      { sandbox, number, faults, latencyMs: options.latencyMs ?? 0 },
      incoming,
      outgoing,
    );
    work.catch((error: unknown) => outgoing.destroy(new Error('No answer', { cause: error })));
  });
  return sandbox;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}/wiki`;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

interface Turn {
  readonly sandbox: ConfluenceSandbox & { readonly requests: RecordedRequest[] };
  readonly number: number;
  readonly faults: readonly FaultKind[];
  readonly latencyMs: number;
}

async function serve(
  { sandbox, number, faults, latencyMs }: Turn,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { site, url: baseUrl, username, token } = sandbox;
  const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', baseUrl);
  const { authorization } = incoming.headers;
  const expected = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
  const isAuthorized = authorization === expected;
  const reply = answer({ site, baseUrl, path, query, isAuthorized, faults });
  const isReset = faults.some((fault) => fault.kind === 'reset');
  sandbox.requests.push({
    number,
    method: incoming.method ?? 'GET',
    path,
    query,
    status: isReset ? 0 : reply.status,
    hasAuthorization: authorization !== undefined,
  });
  const slow = faults.find((fault) => fault.kind === 'slow');
  const waitMs = latencyMs + (slow?.ms ?? 0);
  if (waitMs > 0) await delay(waitMs);
  if (isReset) incoming.socket.resetAndDestroy();
  else send(outgoing, reply, faults);
}

function send(outgoing: ServerResponse, reply: Reply, faults: readonly FaultKind[]): void {
  const bytes = Buffer.from(reply.body);
  const isNearLimit = faults.some((fault) => fault.kind === 'near-limit');
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    'content-length': String(bytes.length),
    ...(isNearLimit ? { 'x-ratelimit-nearlimit': 'true' } : {}),
  });
  if (faults.some((fault) => fault.kind === 'truncated-body')) {
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
  } else {
    outgoing.end(bytes);
  }
}

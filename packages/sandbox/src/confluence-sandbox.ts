import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { type FaultKind, type FaultPlan, FaultSchedule } from './faults.ts';
import { ApiError } from './http/api-error.ts';
import { answerReply, errorReply, faultReply, type Reply } from './http/reply.ts';
import { findRoute } from './http/route.ts';
import type { Tampering } from './http/tampering.ts';
import { cloudId } from './resources/tenant.ts';
import { routes } from './routes.ts';
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

interface Exchange {
  readonly sandbox: ConfluenceSandbox;
  readonly url: URL;
  readonly isAuthorized: boolean;
  readonly due: readonly FaultKind[];
}

/** Starts a Confluence Cloud look-alike on 127.0.0.1. */
export async function startConfluenceSandbox(
  options: SandboxOptions = {},
): Promise<ConfluenceSandbox> {
  const { site = sampleCompany(), port = 0, latencyMs = 0, faults = [] } = options;
  const { username, token } = options.credentials ?? {
    username: site.account.email,
    token: 'sandbox-token',
  };
  const requests: RecordedRequest[] = [];
  const schedule = new FaultSchedule();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => outgoing.destroy(toError(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wiki`;
  const sandbox: ConfluenceSandbox = {
    url,
    username,
    token,
    site,
    requests,
    faults,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  const expected = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
  let count = 0;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    count += 1;
    const number = count;
    const target = incoming.url ?? '/';
    const due = schedule.due(sandbox.faults, { number, url: target });
    const isAuthorized = incoming.headers.authorization === expected;
    const reply = answer({ sandbox, url: new URL(target, url), isAuthorized, due });
    const slow = due.find((fault) => fault.kind === 'slow');
    await delay(latencyMs + (slow?.ms ?? 0));
    const isReset = due.some((fault) => fault.kind === 'reset');
    const { pathname: path, searchParams: query } = new URL(target, url);
    requests.push({
      number,
      method: incoming.method ?? 'GET',
      path,
      query,
      status: isReset ? 0 : reply.status,
      hasAuthorization: incoming.headers.authorization !== undefined,
    });
    if (isReset) incoming.socket.resetAndDestroy();
    else send(outgoing, reply, due);
  }

  return sandbox;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function answer(exchange: Exchange): Reply {
  const { url, due } = exchange;
  const replaced = due.map(faultReply).find((reply) => reply !== undefined);
  if (replaced !== undefined) return replaced;
  try {
    return answerRequest(exchange);
  } catch (error) {
    if (error instanceof ApiError) return errorReply(url.pathname, error);
    throw error;
  }
}

function answerRequest({ sandbox, url, isAuthorized, due }: Exchange): Reply {
  const path = url.pathname.replace(`/ex/confluence/${cloudId}`, '');
  const query = url.searchParams;
  const found = findRoute(routes, path);
  const isRevoked = due.some((fault) => fault.kind === 'revoked-token');
  if (!found?.route.isPublic && (!isAuthorized || isRevoked)) throw refusal(path);
  if (found === undefined) throw new ApiError(404, 'NOT_FOUND', 'Not Found');
  const expired = due.find((fault) => fault.kind === 'expired-cursor');
  if (expired && query.has('cursor')) {
    const title = 'The cursor has expired; start the list again.';
    throw new ApiError(expired.status, 'INVALID_REQUEST_PARAMETER', title);
  }
  const { route, params } = found;
  const { site, url: baseUrl } = sandbox;
  const tampering: Tampering = Object.assign(
    {},
    ...due.filter((fault) => fault.kind === 'listing'),
  );
  return answerReply(route.answer({ path, query, params, baseUrl, site, tampering }));
}

/** Cloud does not say "wrong token": v2 knows no page for a stranger, v1 lets nobody in. */
function refusal(path: string): ApiError {
  return path.startsWith('/wiki/rest/')
    ? new ApiError(403, 'FORBIDDEN', 'caller cannot access Confluence')
    : new ApiError(404, 'NOT_FOUND', 'Not Found');
}

function send(outgoing: ServerResponse, reply: Reply, due: readonly FaultKind[]): void {
  const bytes = Buffer.from(reply.body);
  const isNearLimit = due.some((fault) => fault.kind === 'near-limit');
  const headers = {
    ...reply.headers,
    'content-length': String(bytes.length),
    ...(isNearLimit ? { 'x-ratelimit-nearlimit': 'true' } : {}),
  };
  outgoing.writeHead(reply.status, headers);
  if (due.some((fault) => fault.kind === 'truncated-body')) {
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
  } else {
    outgoing.end(bytes);
  }
}

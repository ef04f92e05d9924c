import { text } from 'node:stream/consumers';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ConfluenceSandbox } from '@context-sync/sandbox';
import { onTestFinished } from 'vitest';

/** A request as it arrived. */
interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

interface Refusal {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a host does with a request before the service sees it; `undefined` lets it through. */
export type Rule = (request: {
  /** Below the wiki, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}) => Refusal | undefined;

export interface Gatekeeper {
  readonly origin: string;
  readonly requests: SeenRequest[];
  /** Replace it at any time. */
  rule: Rule;
  /** In place of what everybody may know; `undefined`: as the sandbox answers. */
  answerPublic: Refusal | undefined;
}

const isPublic = /^\/_edge\//;

/**
 * A host in front of a sandbox that knows credentials of every kind: what its rule lets through, the
 * sandbox answers as to its own user.
 */
export async function startGatekeeper(sandbox: ConfluenceSandbox, rule: Rule): Promise<Gatekeeper> {
  const requests: SeenRequest[] = [];
  const pair = Buffer.from(`${sandbox.username}:${sandbox.token}`).toString('base64');
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://127.0.0.1');
    const path = pathname.replace(/^((\/ex\/confluence\/[^/]+)?\/wiki|\/confluence(?=\/))/, '');
    const refusal = isPublic.test(pathname)
      ? keeper.answerPublic
      : keeper.rule({ path, query, headers });
    const posted = await text(request);
    const asked = { method, ...(method === 'POST' ? { body: posted } : {}) };
    const answer = refusal ?? (await pass(new URL(url, sandbox.url), { ...asked, pair }));
    requests.push({ method, url, headers, status: answer.status });
    send(response, answer);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const keeper: Gatekeeper = { origin, requests, rule, answerPublic: undefined };
  return keeper;
}

async function pass(
  url: URL,
  { pair, ...asked }: { pair: string; method: string; body?: string },
): Promise<Refusal> {
  const headers = { authorization: `Basic ${pair}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { ...asked, headers });
  const body = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, body: isJson ? (JSON.parse(body) as object) : body };
}

function send(response: ServerResponse, { status, body, headers = {} }: Refusal): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Refusals as they come: the words of Cloud as others measured them. */
export const refusals = {
  v2Stranger: { status: 404, body: { errors: [{ status: 404, title: 'Not Found' }] } },
  serverStranger: {
    status: 401,
    body: '<html>HTTP Status 401</html>',
    headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
  },
  noServerSpace: { status: 404, body: { statusCode: 404, message: 'No space with key : ENG' } },
  v1Stranger: { status: 403, body: { message: 'caller cannot access Confluence' } },
  scope: { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
  gatewayStranger: { status: 401, body: { code: 401, message: 'Unauthorized' } },
  scopedTokenAtSite: { status: 401, body: '<html>Unauthorized (401)</html>' },
  loginPage: { status: 200, body: '<html><title>Log in</title></html>' },
  anonymous: { status: 200, body: { type: 'anonymous', displayName: 'Anonymous' } },
  noPermission: { status: 403, body: { message: 'The user may not view this space.' } },
  spaceGone: {
    status: 404,
    body: { errors: [{ status: 404, title: 'Cannot find a space with id [9]' }] },
  },
} as const satisfies Readonly<Record<string, Refusal>>;

/** What v1 and v2 of Cloud tell whom they do not know. */
export const cloudStranger: Rule = ({ path }) =>
  path.startsWith('/rest/') ? refusals.v1Stranger : refusals.v2Stranger;

/** Refuses who cannot say this header with this value, as the deployment does. */
export function wants(name: string, value: string, stranger: Rule = cloudStranger): Rule {
  return (request) => (request.headers[name] === value ? undefined : stranger(request));
}

/** The gateway: refuses who cannot say the header, then what the scopes do not allow. */
export function wantsScopes(
  { name, value, lacks }: { name: string; value: string; lacks: readonly RegExp[] },
): Rule {
  return ({ path, headers }) => {
    if (headers[name] !== value) return refusals.gatewayStranger;
    return lacks.some((route) => route.test(path)) ? refusals.scope : undefined;
  };
}

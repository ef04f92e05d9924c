import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Scope } from '@context-sync/core';
import { onTestFinished } from 'vitest';

import { configSchema } from '../config.ts';
import { ConfluenceConnector } from '../connector.ts';
import { makeContext } from './harness.ts';

/** An answer: a JSON body, or with a status and headers of its own. */
export interface OddAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface OddServer {
  readonly connector: ConfluenceConnector;
  readonly scope: Scope;
  /** Paths with their queries, in order. */
  readonly requests: string[];
}

/** A service that answers as the real one should not, and a connector to it. */
export async function startOddServer(
  answer: (url: URL) => OddAnswer,
  fields: object = {},
): Promise<OddServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    requests.push(`${url.pathname}${decodeURIComponent(url.search)}`);
    const { status = 200, headers = {}, body } = answer(url);
    const isHtml = typeof body === 'string';
    response.writeHead(status, {
      'content-type': isHtml ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(isHtml ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const auth = { username: 'ada@example.com', token: 'env:TOKEN' };
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = configSchema.parse({ baseUrl, auth, spaces: ['ENG'], ...fields });
  return {
    connector: new ConfluenceConnector(config, makeContext('token')),
    scope: { id: '9', slug: 'ENG', title: 'Engineering', kind: 'space', data: { key: 'ENG' } },
    requests,
  };
}

/** A page as v2 lists it. */
export function pageRow(id: string, fields: object = {}): object {
  const version = { number: 1, createdAt: '2026-01-05T09:00:00.000Z' };
  const body = { storage: { representation: 'storage', value: '<p>Text</p>' } };
  return { id, status: 'current', title: `Page ${id}`, spaceId: '9', version, body, ...fields };
}

/** What is otherwise than in a row that nothing is wrong with. */
type RowFields = { readonly spaceId?: string } & Readonly<Record<string, unknown>>;

/** The same as Data Center lists it. */
function serverRow(id: string, { spaceId = '9', ...fields }: RowFields = {}): object {
  const version = { number: 1, when: '2026-01-05T09:00:00.000Z' };
  return { ...pageRow(id), type: 'page', space: { id: spaceId }, version, ...fields };
}

/** Answers the list of pages with these rows, that of the spaces with theirs, every other one with none. */
export function withPages(rows: readonly unknown[], more: object = {}): (url: URL) => OddAnswer {
  return ({ pathname, searchParams }) => {
    const isPages = pathname.endsWith('/pages') || searchParams.get('type') === 'page';
    if (isPages) return { body: { results: rows, ...more } };
    const isSpaces = pathname.endsWith('/space');
    return { body: { results: isSpaces ? [{ id: 9, key: 'ENG', name: 'Engineering' }] : [] } };
  };
}

/** Odd servers of a deployment, and the rows of its lists. */
export function oddServersOf(isCloud: boolean): {
  readonly startOddServer: typeof startOddServer;
  readonly pageRow: (id: string, fields?: RowFields) => object;
} {
  if (isCloud) return { startOddServer, pageRow };
  return {
    startOddServer: (answer, fields) =>
      startOddServer(answer, { deployment: 'data-center', ...fields }),
    pageRow: serverRow,
  };
}

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

/** Answers the list of pages with these rows, every other list with none. */
export function withPages(rows: readonly unknown[], more: object = {}): (url: URL) => OddAnswer {
  return ({ pathname }) => ({
    body: pathname.endsWith('/pages') ? { results: rows, ...more } : { results: [] },
  });
}

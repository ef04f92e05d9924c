import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ConfluenceSandbox } from '@context-sync/sandbox';
import { onTestFinished } from 'vitest';

/** Every form in which a credential may be written down. */
export function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const forms = [
    secret,
    encoded,
    encoded.replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams({ q: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
  return [...new Set(forms)];
}

export interface EchoingHost {
  readonly url: string;
  /** What the other host got: addresses and headers. */
  readonly strayed: string[];
  /** From now on every list is refused, each time in another way, with the credentials in the words. */
  isHostile: boolean;
}

type Reply = { status: number; body: string; headers?: Record<string, string> };

/** A service that quotes the credentials of a request in its refusals, and redirects to another host. */
export async function startEchoingHost(
  sandbox: ConfluenceSandbox,
  secrets: readonly string[],
): Promise<EchoingHost> {
  const strayed: string[] = [];
  const other = await listen((request, response) => {
    strayed.push(`${request.url} ${JSON.stringify(request.headers)}`);
    reply(response, { status: 401, body: JSON.stringify({ message: 'Who are you?' }) });
  });
  const echoes = secrets.flatMap(formsOf);
  const pair = Buffer.from(`${sandbox.username}:${sandbox.token}`).toString('base64');
  let turn = 0;
  const origin = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', sandbox.url);
    const isList = url.pathname.includes('/api/v2/');
    if (host.isHostile && isList) {
      turn += 1;
      const echo = echoes[turn % echoes.length] ?? '';
      return reply(response, hostileReply(turn, echo, other));
    }
    const answer = await fetch(url, { headers: { authorization: `Basic ${pair}` } });
    return reply(response, { status: answer.status, body: await answer.text() });
  });
  const host: EchoingHost = { url: `${origin}/wiki`, strayed, isHostile: false };
  return host;
}

/** Refusals that quote, in the order in which they come. */
function hostileReply(turn: number, echo: string, other: string): Reply {
  const padding = 'x'.repeat((turn * 37) % 300);
  const title = `${padding} refused ${echo} and ${JSON.stringify({ echo })}`;
  const body = JSON.stringify({ errors: [{ title }], message: title });
  const replies: readonly Reply[] = [
    { status: 400, body },
    { status: 302, body: '', headers: { location: `${other}/elsewhere?next=1` } },
    { status: 403, body },
    { status: 503, body, headers: { 'retry-after': '0' } },
    { status: 200, body: `<html>${echo}</html>`, headers: { 'content-type': 'text/html' } },
    { status: 404, body },
    { status: 200, body: `{"results": [${JSON.stringify(echo)}` },
    { status: 401, body },
  ];
  return replies[turn % replies.length] ?? { status: 500, body };
}

function reply(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

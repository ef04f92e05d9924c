import { ConnectorError } from '@context-sync/core';

import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';

// Enough for any error report; the rest of a larger one is not worth waiting for.
const MAX_ERROR_BYTES = 256 * 1024;

/** Reads an answer as JSON; `undefined` for the statuses that have no body. */
export async function readJson(exchange: Exchange, maxBytes: number): Promise<unknown> {
  const text = await readText(exchange, maxBytes);
  if (exchange.status === 204 || exchange.status === 304) return undefined;
  if (isHtml(exchange, text)) throw toLoginPageFailure(exchange);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message quotes the text, which is not ours to show.
    const message = `${exchange.request} answered ${exchange.status} with a body that is not complete JSON.`;
    const hint = 'Run the same command again; if it stays, check the base URL and the proxy.';
    const error = new ConnectorError('transient', message, { hint, status: exchange.status });
    throw new AttemptFailure(error, 'if-idempotent');
  }
}

/** Reads the body of a refusal: JSON, else its text; `undefined` when it breaks or is too large. */
export async function readErrorBody(exchange: Exchange): Promise<unknown> {
  let text: string;
  try {
    text = await readText(exchange, MAX_ERROR_BYTES);
  } catch (error) {
    if (ConnectorError.is(error)) throw error;
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: many servers and proxies explain themselves in plain text or HTML.
    return text;
  }
}

/** Reads what is left of a body that nobody needs, so that its connection can be used again. */
export async function discard(exchange: Exchange): Promise<void> {
  await readErrorBody(exchange);
  exchange.finish();
}

async function readText(exchange: Exchange, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of exchange.chunks()) {
    size += chunk.byteLength;
    if (size > maxBytes) throw toTooLargeFailure(exchange, maxBytes);
    chunks.push(chunk);
  }
  // TextDecoder drops a byte order mark, which JSON.parse does not take.
  return new TextDecoder().decode(Buffer.concat(chunks, size));
}

// A session that is gone shows as a login page with status 200 (Confluence Data Center behind SSO).
// The type alone proves nothing: some servers call their JSON text/html.
function isHtml(exchange: Exchange, text: string): boolean {
  const start = text.trimStart().slice(0, 1);
  if (start === '<') return true;
  const type = exchange.headers['content-type'] ?? '';
  return /^\s*(text\/html|application\/xhtml\+xml)/i.test(type) && start !== '{' && start !== '[';
}

function toLoginPageFailure(exchange: Exchange): AttemptFailure {
  const where = exchange.foreign ? ` after a redirect to ${exchange.url.host}` : '';
  const message = `${exchange.request} answered ${exchange.status} with a web page${where}, most likely a login page, in place of data.`;
  const hint =
    'Check the credentials and the base URL; behind single sign-on the API may need a token of its own.';
  const error = new ConnectorError('auth', message, { hint, status: exchange.status });
  return new AttemptFailure(error, 'never');
}

function toTooLargeFailure(exchange: Exchange, maxBytes: number): AttemptFailure {
  const message = `${exchange.request} answered with more than ${maxBytes} bytes.`;
  const hint = 'Raise limits.maxResponseBytes if this answer is to be trusted.';
  const error = new ConnectorError('too_large', message, { hint, status: exchange.status });
  return new AttemptFailure(error, 'never');
}

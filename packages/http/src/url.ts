import { ConnectorError, type HttpRequest } from '@context-sync/core';

/** Reads a base URL; throws `config` when requests cannot be built on it. */
export function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? 'it is not a URL' : findProblem(url);
  if (url !== undefined && problem === undefined) return url;
  // The text itself may hold a password, so it is not quoted.
  throw new ConnectorError('config', `The base URL cannot be used: ${problem}.`, {
    hint: 'Write it like https://example.atlassian.net/wiki, with nothing behind the path.',
  });
}

function findProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it is not http or https';
  if (url.username !== '' || url.password !== '') return 'it holds a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'it holds a query or a fragment';
  return undefined;
}

// What `new URL` would read as something else than a piece of this path: a query, a fragment, a
// backslash (a slash to it), control characters (dropped by it), and steps to a parent folder.
// oxlint-disable-next-line no-control-regex
const UNSAFE_PATH = /[?#\\\u0000-\u001f]|(^|\/)(\.|%2e){1,2}(\/|$)/i;

/**
 * Appends path and query to the base URL. By string rules, because `new URL(path, base)` drops the
 * base's own path (`/wiki`, `/ex/confluence/<id>/wiki`).
 */
export function buildUrl(base: URL, request: Pick<HttpRequest, 'path' | 'query'>): URL {
  if (!request.path.startsWith('/') || UNSAFE_PATH.test(request.path)) {
    const message = 'A request path must start with "/" and hold no query, fragment or ".." step.';
    throw new ConnectorError('bug', message);
  }
  const query = toQuery(request.query);
  const prefix = base.origin + base.pathname.replace(/\/+$/, '');
  return new URL(prefix + request.path + (query === '' ? '' : `?${query}`));
}

function toQuery(query: HttpRequest['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value])
      parameters.append(name, String(item));
  }
  // A space as `+` is form encoding; not every server reads it in a query.
  return parameters.toString().replaceAll('+', '%20');
}

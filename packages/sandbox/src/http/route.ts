import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Tampering } from './tampering.ts';

/** A request that passed the credentials, as handlers see it. */
export interface ApiRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The `{…}` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
  /** The site's address with `/wiki`. */
  readonly baseUrl: string;
  readonly site: ConfluenceSite;
  readonly tampering: Tampering;
}

export interface ApiAnswer {
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint. Paths are those of the vendor's reference, `{id}` stands for one part. */
export interface Route {
  readonly path: string;
  /** Answers without credentials. */
  readonly isPublic?: boolean;
  readonly answer: (request: ApiRequest) => ApiAnswer;
}

/** The route for a path with its parameters, or `undefined`. */
export function findRoute(
  routes: readonly Route[],
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    const params = matchParts(route.path.split('/'), parts);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = decodeURIComponent(part);
    else if (expected !== part) return undefined;
  }
  return params;
}

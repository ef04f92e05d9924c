import type { Tampering } from '../faults/tampering.ts';
import type { V1Dialect } from '../resources/v1-dialect.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Viewer } from '../site/viewer.ts';
import type { SearchLimits } from './search-limits.ts';

/** A request that passed the credentials, as handlers see it. */
export interface ApiRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The `{…}` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
  /** The site's address with `/wiki`. */
  readonly baseUrl: string;
  readonly site: ConfluenceSite;
  /** Whoever asks, and what they may see. */
  readonly viewer: Viewer;
  readonly tampering: Tampering;
  /** What was posted, read as JSON; `undefined` when nothing was. */
  readonly posted: unknown;
  readonly searchLimits: SearchLimits;
  /** The address of the media server. */
  readonly mediaUrl: string;
  /** How v1 speaks here. */
  readonly dialect: V1Dialect;
}

export interface ApiAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint. Paths are those of the vendor's reference, `{id}` stands for one part. */
export interface Route {
  /** @default 'GET' */
  readonly method?: 'POST';
  readonly path: string;
  /** Answers without credentials. */
  readonly isPublic?: boolean;
  /** A token with scopes needs one of these. */
  readonly scopes: readonly string[];
  readonly answer: (request: ApiRequest) => ApiAnswer;
}

/** The route for a path with its parameters, or `undefined`. */
export function findRoute<AnyRoute extends Pick<Route, 'method' | 'path'>>(
  routes: readonly AnyRoute[],
  method: string,
  path: string,
): { route: AnyRoute; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    if ((route.method === 'POST') !== (method === 'POST')) continue;
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
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = decodePart(part);
    else if (expected !== part) return undefined;
  }
  return params;
}

/** A `%` that stands for nothing is left as it is. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

import type { FaultKind } from '../faults.ts';
import { cloudId } from '../resources/tenant.ts';
import { routes } from '../routes.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { Viewer } from '../site/viewer.ts';
import { ApiError } from './api-error.ts';
import { answerReply, errorReply, type Reply, replacement } from './reply.ts';
import { findRoute } from './route.ts';
import type { SearchLimits } from './search-limits.ts';
import type { Tampering } from './tampering.ts';

/** A request with all that decides its answer. */
export interface Incoming {
  readonly site: ConfluenceSite;
  readonly baseUrl: string;
  readonly mediaUrl: string;
  readonly searchLimits: SearchLimits;
  readonly method: string;
  readonly posted: unknown;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The credentials are the right ones. */
  readonly isAuthorized: boolean;
  readonly faults: readonly FaultKind[];
}

/** Gives what Confluence would send back, unless a fault sends something else. */
export function answer(incoming: Incoming): Reply {
  const replaced = replacement(incoming.faults);
  if (replaced !== undefined) return replaced;
  try {
    return answerHealthy(incoming);
  } catch (error) {
    if (error instanceof ApiError) return errorReply(incoming.path, error);
    throw error;
  }
}

function answerHealthy({ path: raw, ...incoming }: Incoming): Reply {
  const { faults, query, site } = incoming;
  const path = raw.replace(`/ex/confluence/${cloudId}/`, '/');
  const found = findRoute(routes, incoming.method, path);
  const isRevoked = faults.some((fault) => fault.kind === 'revoked-token');
  const isTrusted = incoming.isAuthorized && !isRevoked;
  if (!found?.route.isPublic && !isTrusted) throw refusal(path);
  if (found === undefined) throw new ApiError(404, 'NOT_FOUND', 'Not Found');
  const expired = faults.find((fault) => fault.kind === 'expired-cursor');
  if (expired && query.has('cursor')) {
    const title = 'The cursor has expired; start the list again.';
    throw new ApiError(expired.status, 'INVALID_REQUEST_PARAMETER', title);
  }
  const listing = faults.filter((fault) => fault.kind === 'listing');
  const tampering: Tampering = Object.assign({}, ...listing);
  const { route, params } = found;
  const viewer = new Viewer(site);
  return answerReply(route.answer({ ...incoming, path, params, viewer, tampering }));
}

/** Cloud does not say "wrong token": v2 knows no page for a stranger, v1 lets nobody in. */
function refusal(path: string): ApiError {
  return path.startsWith('/wiki/rest/')
    ? new ApiError(403, 'FORBIDDEN', 'caller cannot access Confluence')
    : new ApiError(404, 'NOT_FOUND', 'Not Found');
}

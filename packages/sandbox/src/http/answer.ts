import { admit, strangerError } from '../access/admission.ts';
import type { Principal } from '../access/principal.ts';
import { replacement } from '../faults/fault-reply.ts';
import type { FaultKind } from '../faults/fault.ts';
import type { Tampering } from '../faults/tampering.ts';
import { cloudDialect } from '../resources/cloud-dialect.ts';
import { cloudId } from '../resources/tenant.ts';
import { routes } from '../routes.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { Viewer } from '../site/viewer.ts';
import { ApiError } from './api-error.ts';
import { Refusal } from './refusal.ts';
import { answerReply, errorReply, type Reply } from './reply.ts';
import { findRoute } from './route.ts';
import type { SearchLimits } from './search-limits.ts';

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
  /** Whose credentials it carries; `undefined` for a stranger. */
  readonly principal: Principal | undefined;
  readonly faults: readonly FaultKind[];
}

/** Gives what Confluence would send back, unless a fault sends something else. */
export function answer(incoming: Incoming): Reply {
  const replaced = replacement(incoming);
  if (replaced !== undefined) return replaced;
  try {
    return answerHealthy(incoming);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    if (error instanceof ApiError) return errorReply(incoming.path, error);
    throw error;
  }
}

const gatewayPrefix = `/ex/confluence/${cloudId}/`;

function answerHealthy({ path: raw, ...incoming }: Incoming): Reply {
  const { faults, query, site, method } = incoming;
  const host = raw.startsWith(gatewayPrefix) ? 'gateway' : 'site';
  const path = raw.replace(gatewayPrefix, '/');
  const found = findRoute(routes, method, path);
  const isPublic = found?.route.isPublic ?? false;
  const isRevoked = faults.some((fault) => fault.kind === 'revoked-token');
  if (isRevoked && !isPublic) throw strangerError(path);
  const asked = { host, path, route: found?.route } as const;
  const principal = isPublic ? undefined : admit(incoming.principal, asked);
  if (found === undefined) throw new ApiError(404, 'NOT_FOUND', 'Not Found');
  const expired = faults.find((fault) => fault.kind === 'expired-cursor');
  if (expired && query.has('cursor')) {
    const title = 'The cursor has expired; start the list again.';
    throw new ApiError(expired.status, 'INVALID_REQUEST_PARAMETER', title);
  }
  const listing = faults.filter((fault) => fault.kind === 'listing');
  const tampering: Tampering = Object.assign({}, ...listing);
  const { route, params } = found;
  const viewer = new Viewer(site, principal);
  const dialect = cloudDialect;
  return answerReply(route.answer({ ...incoming, path, params, viewer, tampering, dialect }));
}

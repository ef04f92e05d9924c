import { hostsOf, type Principal } from '../access/principal.ts';
import { replacement } from '../faults/fault-reply.ts';
import type { FaultKind } from '../faults/fault.ts';
import type { Tampering } from '../faults/tampering.ts';
import { htmlHeaders, htmlPage } from '../http/html.ts';
import {
  missingScopeReply,
  Refusal,
  scopedTokenReply,
  unauthorizedReply,
} from '../http/refusal.ts';
import { answerReply, type Reply, streamReply } from '../http/reply.ts';
import { findRoute } from '../http/route.ts';
import { isTokenGood } from '../media/media-link.ts';
import { cloudId } from '../resources/tenant.ts';
import type { Arrived } from '../service/sandbox-service.ts';
import { readChunks, sizeOf } from '../site/attachment.ts';
import { issueRoutes } from './rest/issue-routes.ts';
import { JiraError, jiraErrorReply } from './rest/jira-error.ts';
import type { JiraLimits } from './rest/jira-request.ts';
import type { JiraRoute } from './rest/jira-route.ts';
import { searchRoutes } from './rest/search-routes.ts';
import { siteRoutes } from './rest/site-routes.ts';
import type { JiraSite } from './site/jira-site.ts';

/** Every endpoint; the first that fits answers. */
export const jiraRoutes: readonly JiraRoute[] = [
  ...siteRoutes,
  ...searchRoutes,
  ...issueRoutes,
  {
    path: '/_edge/tenant_info',
    isPublic: true,
    scopes: [],
    answer: () => ({ body: { cloudId } }),
  },
];

/** A request to Jira with all that decides its answer. */
export interface JiraArrived extends Arrived {
  readonly site: JiraSite;
  readonly baseUrl: string;
  readonly mediaUrl: string;
  readonly limits: JiraLimits;
}

/** Gives what Jira Cloud would send back, unless a fault sends something else. */
export function answerJira(arrived: JiraArrived): Reply {
  const replaced = replacement(arrived);
  if (replaced !== undefined) return replaced;
  try {
    return answerHealthy(arrived);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    if (error instanceof JiraError) return jiraErrorReply(error);
    throw error;
  }
}

const gatewayPrefix = `/ex/jira/${cloudId}/`;

function answerHealthy({ path: raw, ...arrived }: JiraArrived): Reply {
  const { faults, method, query, posted } = arrived;
  const isGateway = raw.startsWith(gatewayPrefix);
  const path = raw.replace(gatewayPrefix, '/');
  const found = findRoute(jiraRoutes, method, path);
  const isPublic = found?.route.isPublic ?? false;
  const isRevoked = faults.some(({ kind }) => kind === 'revoked-token');
  const principal = isPublic
    ? undefined
    : admit(isRevoked ? undefined : arrived.principal, isGateway, found?.route);
  if (found === undefined) throw new JiraError(404, 'dead link');
  refuseToken(faults, { query, posted });
  const listing = faults.filter((fault) => fault.kind === 'listing');
  const tampering: Tampering = Object.assign({}, ...listing);
  const { route, params } = found;
  const stranger: Principal = { credential: { kind: 'bearer', token: '' } };
  return answerReply(
    route.answer({ ...arrived, path, params, tampering, principal: principal ?? stranger }),
  );
}

/** Jira lets strangers in to what is public, and says 401 to the rest. */
function admit(
  principal: Principal | undefined,
  isGateway: boolean,
  route: JiraRoute | undefined,
): Principal {
  const isHere = principal && hostsOf(principal).includes(isGateway ? 'gateway' : 'site');
  if (isGateway && isHere !== true) throw new Refusal(unauthorizedReply());
  if (principal === undefined) throw new Refusal(strangerReply());
  if (isHere !== true) throw new Refusal(scopedTokenReply());
  const { scopes } = principal;
  if (scopes !== undefined && route?.scopes.some((scope) => scopes.includes(scope)) !== true) {
    throw new Refusal(missingScopeReply());
  }
  return principal;
}

function strangerReply(): Reply {
  const message = 'Client must be authenticated to access this resource.';
  return {
    status: 401,
    headers: { ...htmlHeaders, 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    body: htmlPage('Unauthorized (401)', message),
  };
}

function refuseToken(
  faults: readonly FaultKind[],
  { query, posted }: Pick<Arrived, 'query' | 'posted'>,
): void {
  const isExpired = faults.some(({ kind }) => kind === 'expired-cursor');
  const hasToken =
    query.has('nextPageToken') ||
    (typeof posted === 'object' && posted !== null && 'nextPageToken' in posted);
  if (isExpired && hasToken) {
    throw new JiraError(400, 'The provided next page token is invalid or expired.');
  }
}

/** What the media server sends: the bytes of a file for whoever has a good token. */
export function answerJiraMedia(arrived: JiraArrived): Reply {
  const { site, path, query } = arrived;
  const replaced = replacement(arrived);
  if (replaced !== undefined) return replaced;
  const fileId = /^\/file\/([^/]+)\/binary$/.exec(path)?.[1] ?? '';
  const files = site.issues.all().flatMap((issue) => issue.files);
  const file = files.find((each) => each.fileId === fileId);
  if (file === undefined) {
    return { status: 404, headers: htmlHeaders, body: htmlPage('Not Found', 'Not Found') };
  }
  const isGood = isTokenGood(fileId, query.get('token') ?? '', site.clock.now());
  const { content, mediaType } = file;
  return isGood
    ? streamReply(mediaType, { length: sizeOf(content), read: () => readChunks(content) })
    : { status: 403, headers: htmlHeaders, body: htmlPage('Forbidden', 'Forbidden') };
}

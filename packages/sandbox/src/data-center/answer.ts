import { replacement } from '../faults/fault-reply.ts';
import type { FaultKind } from '../faults/fault.ts';
import type { Tampering } from '../faults/tampering.ts';
import type { Incoming } from '../http/answer.ts';
import { ApiError } from '../http/api-error.ts';
import { Refusal } from '../http/refusal.ts';
import { answerReply, type Reply } from '../http/reply.ts';
import { findRoute } from '../http/route.ts';
import { Viewer } from '../site/viewer.ts';
import { childRoutes } from './child-routes.ts';
import { contentRoutes } from './content-routes.ts';
import { dataCenterDialect } from './dialect.ts';
import { downloadRoutes } from './download-routes.ts';
import { usernameOf } from './people.ts';
import { errorReply, strangerReply } from './refusals.ts';
import type {
  DataCenterOptions,
  DataCenterRequest,
  DataCenterRoute,
  ReplyRoute,
} from './request.ts';
import { searchRoutes } from './search-routes.ts';
import { serverRoutes } from './server-routes.ts';
import { spaceRoutes } from './space-routes.ts';
import { userRoutes } from './user-routes.ts';

const answered: readonly DataCenterRoute[] = [
  // Before the contents, where `search` would be taken for an id.
  ...searchRoutes,
  ...contentRoutes,
  ...childRoutes,
  ...spaceRoutes,
  ...userRoutes,
  ...serverRoutes,
];

const routes: readonly ReplyRoute[] = [
  ...answered.map(({ answer: toAnswer, ...route }) => ({
    ...route,
    reply: (request: DataCenterRequest) => answerReply(toAnswer(request)),
  })),
  ...downloadRoutes,
];

/** What came, with what only this deployment looks at. */
export interface DataCenterIncoming extends Incoming {
  readonly server: Required<DataCenterOptions>;
  readonly carried: { readonly authorization: boolean; readonly cookie: boolean };
}

/** The limits stand in every answer. https://confluence.atlassian.com/doc/adjusting-your-code-for-rate-limiting-992679004.html */
const limitHeaders = {
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '99',
  'x-ratelimit-fillrate': '50',
  'x-ratelimit-interval-seconds': '1',
};

/** Gives what Confluence Data Center would send back, unless a fault sends something else. */
export function answerDataCenter(incoming: DataCenterIncoming): Reply {
  const faults = incoming.faults.map(withOwnForm);
  const replaced = replacement({ ...incoming, faults });
  if (replaced !== undefined) return replaced;
  try {
    return answerHealthy(incoming);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    if (error instanceof ApiError) return errorReply(error);
    throw error;
  }
}

/** The faults that are left to do to an answer: the headers of this deployment are in it already. */
export function withoutWords(faults: readonly FaultKind[]): readonly FaultKind[] {
  return faults.filter(({ kind }) => kind !== 'near-limit');
}

function withOwnForm(fault: FaultKind): FaultKind {
  return fault.kind === 'rate-limit' ? { forms: ['data-center'], ...fault } : fault;
}

function answerHealthy({ path: raw, ...incoming }: DataCenterIncoming): Reply {
  const { server, carried, faults, site, method } = incoming;
  const { contextPath } = server;
  if (!raw.startsWith(`${contextPath}/`)) throw new ApiError(404, 'NOT_FOUND', 'Not Found');
  const path = raw.slice(contextPath.length);
  const found = findRoute(routes, method, path);
  const isRevoked = faults.some((fault) => fault.kind === 'revoked-token');
  const principal = isRevoked ? undefined : incoming.principal;
  if (principal === undefined && found?.route.isPublic !== true) {
    throw new Refusal(strangerReply(carried, { contextPath, path: raw }));
  }
  if (found === undefined) throw new ApiError(404, 'NOT_FOUND', `null for uri: ${path}`);
  const listing = faults.filter((fault) => fault.kind === 'listing');
  const tampering: Tampering = Object.assign({}, ...listing);
  const { route, params } = found;
  const viewer = new Viewer(site, principal);
  const dialect = dataCenterDialect;
  const reply = route.reply({ ...incoming, path, params, viewer, tampering, dialect });
  const isNear = faults.some(({ kind }) => kind === 'near-limit');
  const limits = { ...limitHeaders, ...(isNear ? { 'x-ratelimit-remaining': '9' } : {}) };
  const signedIn = { 'x-ausername': usernameOf(viewer.user), 'x-seraph-loginreason': 'OK' };
  const headers = {
    ...(principal === undefined ? {} : { ...signedIn, ...limits }),
    'x-confluence-request-time': String(Date.parse(site.clock.now())),
    ...reply.headers,
  };
  return { ...reply, headers };
}

import { replacement } from '../../faults/fault-reply.ts';
import type { FaultKind } from '../../faults/fault.ts';
import type { Tampering } from '../../faults/tampering.ts';
import { htmlHeaders, htmlPage } from '../../http/html.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Reply } from '../../http/reply.ts';
import { findRoute } from '../../http/route.ts';
import type { JiraArrived } from '../jira-answer.ts';
import { JiraError, jiraErrorReply } from '../rest/jira-error.ts';
import { type ServerRoute, serverRoutes } from './server-routes.ts';

/** A request to Jira Data Center, which lies at some path of its host. */
export interface ServerArrived extends JiraArrived {
  /** e.g. `/jira`; the root when empty. */
  readonly contextPath: string;
}

/** Gives what Jira Data Center would send back, unless a fault sends something else. */
export function answerServer(arrived: ServerArrived): Reply {
  const faults = arrived.faults.map(withOwnForm);
  const replaced = replacement({ ...arrived, faults });
  if (replaced !== undefined) return replaced;
  try {
    return answerHealthy(arrived);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    if (error instanceof JiraError) return jiraErrorReply(error);
    throw error;
  }
}

function withOwnForm(fault: FaultKind): FaultKind {
  return fault.kind === 'rate-limit' ? { forms: ['data-center'], ...fault } : fault;
}

function answerHealthy({ path: raw, contextPath, ...arrived }: ServerArrived): Reply {
  const { faults, method } = arrived;
  if (!raw.startsWith(`${contextPath}/`)) throw notFound(raw);
  const path = raw.slice(contextPath.length);
  const found: { route: ServerRoute; params: Record<string, string> } | undefined = findRoute(
    serverRoutes,
    method,
    path,
  );
  const isRevoked = faults.some(({ kind }) => kind === 'revoked-token');
  const principal = isRevoked ? undefined : arrived.principal;
  if (principal === undefined && found?.route.isPublic !== true) throw new Refusal(stranger());
  if (found === undefined) throw notFound(raw);
  const listing = faults.filter((fault) => fault.kind === 'listing');
  const tampering: Tampering = Object.assign({}, ...listing);
  const asker = principal ?? { credential: { kind: 'bearer' as const, token: '' } };
  return found.route.reply({ ...arrived, path, params: found.params, tampering, principal: asker });
}

/** Tomcat's own page, as for every address that Jira does not know. */
function notFound(path: string): Refusal {
  const body = htmlPage('Oops, you’ve found a dead link.', path);
  return new Refusal({ status: 404, headers: htmlHeaders, body });
}

/** https://confluence.atlassian.com/adminjiraserver/ : who is not let in gets a page, not JSON. */
function stranger(): Reply {
  return {
    status: 401,
    headers: {
      ...htmlHeaders,
      'www-authenticate': 'OAuth realm="https%3A%2F%2Fjira.example"',
      'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
    },
    body: htmlPage('Unauthorized (401)', 'Encountered a "401 - Unauthorized" error.'),
  };
}

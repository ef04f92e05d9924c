import {
  type CallContext,
  type Check,
  type CheckReport,
  ConnectorError,
  type HttpClient,
  type Scope,
} from '@context-sync/core';

import { checkArchived } from './archived-check.ts';
import { checkCredentials, type Claim, toFailedCheck, toKnown } from './check.ts';
import type { JiraClient } from './client.ts';
import type { JiraConfig } from './config.ts';
import { mapAhead } from './map-ahead.ts';
import { asQuestion, parallelReads } from './requests.ts';
import { SearchPage } from './schema.ts';
import { checkTokenScopes } from './scope-check.ts';
import { listScopes, mendQuery, toSelection } from './scopes.ts';
import { toUnreadable } from './unreadable.ts';

/** What a thorough check asks with. */
export interface Asker {
  readonly client: JiraClient;
  readonly http: HttpClient;
  readonly config: JiraConfig;
  /** The user's name for the source. */
  readonly source: string;
}

/** Proves the credentials, and looks for what else could keep a sync from reading. */
export async function checkThoroughly(
  asker: Asker,
  claim: Claim,
  call: CallContext,
): Promise<CheckReport> {
  const { client, http } = asker;
  const { viaGateway, method, isServer = false } = claim.access;
  const report = await checkCredentials(client, claim, call);
  const canHaveScopes = !isServer && (viaGateway || method === 'bearer');
  const scopes = canHaveScopes ? await checkTokenScopes(http, report, call) : [];
  const checks = [...report.checks, ...scopes];
  if (report.identity === undefined) return { checks };
  const isBlocked = scopes.some(({ status }) => status !== 'passed');
  const rest = isBlocked ? [blockedProjects] : await checkSelection(asker, { isServer }, call);
  return { ...report, checks: [...checks, ...rest] };
}

const blockedProjects: Check = {
  id: 'projects',
  status: 'skipped',
  message: 'Not looked at, because the token lacks the scope to do so.',
};

/** Of each project and query that the config selects: whether it can be asked, and finds anything. */
async function checkSelection(
  asker: Asker,
  { isServer }: { readonly isServer: boolean },
  call: CallContext,
): Promise<Check[]> {
  const { client, http, config, source } = asker;
  const found: Scope[] = [];
  const missing: string[] = [];
  try {
    for await (const event of listScopes(client, { config, source }, call)) {
      if (event.type === 'scope') found.push(event.scope);
      // Why it is not there the engine tells, as far as Jira says so to everybody.
      if (event.type === 'unavailable') missing.push(event.slug);
    }
  } catch (error) {
    return [toFailedCheck('projects', toKnown(error))];
  }
  const checks: Check[] = [];
  const ask = (scope: Scope): Promise<Check> => checkQuery(http, scope, { isServer }, call);
  for await (const check of mapAhead(found, parallelReads, ask)) checks.push(check);
  const archived = isServer ? [] : await checkArchived(http, missing, call);
  return [...(config.projects === 'all' ? summarize(checks) : checks), ...archived];
}

/** A line for each of hundreds of projects would bury the ones that matter. */
function summarize(checks: readonly Check[]): Check[] {
  const isPlain = ({ status, fix }: Check): boolean => status === 'passed' && fix === undefined;
  const count = checks.filter(isPlain).length;
  const message = `${count} of ${checks.length} show issues.`;
  return [
    { id: 'projects', status: 'passed', message },
    ...checks.filter((each) => !isPlain(each)),
  ];
}

async function checkQuery(
  http: HttpClient,
  scope: Scope,
  { isServer }: { readonly isServer: boolean },
  call: CallContext,
): Promise<Check> {
  const { jql } = toSelection(scope);
  const id = `${scope.kind} ${scope.slug}`;
  const path = isServer ? '/rest/api/2/search' : '/rest/api/3/search/jql';
  const request = asQuestion({ path, body: { jql, maxResults: 1, fields: ['id'] } });
  try {
    const page = SearchPage.safeParse((await http.json(request, call)).body);
    if (!page.success) throw toUnreadable('a search');
    if (page.data.issues.length > 0) return { id, status: 'passed', message: scope.title };
    return {
      id,
      status: 'passed',
      message: `The query finds no issue: ${jql}.`,
      fix: `If there are some, ask for permission to view them, or correct ${mendQuery(scope)} in the config.`,
    };
  } catch (error) {
    const known = toKnown(error);
    if (known.code !== 'config') return toFailedCheck(id, known);
    const hint = `Try it in the search of Jira, then correct ${mendQuery(scope)} in the config.`;
    return toFailedCheck(id, new ConnectorError('config', known.message, { hint }));
  }
}

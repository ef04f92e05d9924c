import {
  type CallContext,
  type Check,
  type CheckReport,
  type ConnectorError,
  type HttpClient,
  type Scope,
} from '@context-sync/core';

import { checkCredentials, type Claim, toFailedCheck, toKnown } from './check.ts';
import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig } from './config.ts';
import type { ContentFilter } from './content-filter.ts';
import { mapAhead } from './map-ahead.ts';
import { checkTokenScopes } from './scope-check.ts';
import { listScopes, toSpace } from './spaces.ts';

/** Spaces that are asked at once. */
const parallelSpaces = 4;

/** The search does not need to find anything. */
const anySearch = { path: '/rest/api/content/search', query: { cql: 'type=page', limit: 1 } };

/** What a thorough check asks with. */
export interface Asker {
  readonly client: ConfluenceClient;
  readonly http: HttpClient;
  readonly config: ConfluenceConfig;
  readonly filter: ContentFilter;
  /** The user's name for the source. */
  readonly source: string;
}

/** Proves the credentials, and looks for what else could keep a sync from reading. */
export async function checkThoroughly(
  { client, http, config, source, filter }: Asker,
  claim: Claim,
  call: CallContext,
): Promise<CheckReport> {
  const { viaGateway, method, isServer = false } = claim.access;
  const report = await checkCredentials(client, claim, call);
  const [credentials] = report.checks;
  // What lacks the scope of the account may still have others; nothing else is worth asking.
  const mayGoOn = report.identity !== undefined || credentials?.error?.status === 401;
  const canHaveScopes = viaGateway || (method === 'bearer' && !isServer);
  const isProven = report.identity !== undefined;
  const scopes = canHaveScopes && mayGoOn ? await checkTokenScopes(http, { isProven }, call) : [];
  if (!isProven) return { checks: [...report.checks, ...scopes] };
  const selection = filter.isActive ? [await checkFilter(filter, call)] : [];
  const lacksSearch = scopes.some(({ id }) => id === 'scope search:confluence');
  const search = lacksSearch ? [] : [await checkSearch(http, { isServer }, call)];
  const isBlocked = scopes.some(({ id, status }) => status !== 'passed' && blocking.has(id));
  const spaces = isBlocked ? [blockedSpaces] : await checkSpaces(client, { config, source }, call);
  return { ...report, checks: [...report.checks, ...scopes, ...search, ...selection, ...spaces] };
}

/** Without these scopes every space would only say the same again. */
const blocking: ReadonlySet<string> = new Set([
  'scope read:space:confluence',
  'scope read:page:confluence',
]);

const blockedSpaces: Check = {
  id: 'spaces',
  status: 'skipped',
  message: 'Not looked at, because the token lacks the scope to do so.',
};

/** Whether the search answers: a sync does without it, more slowly or with less. */
async function checkSearch(
  http: HttpClient,
  { isServer }: { isServer: boolean },
  call: CallContext,
): Promise<Check> {
  const id = 'search';
  try {
    await http.json(anySearch, call);
    return { id, status: 'passed' };
  } catch (error) {
    const known = toKnown(error);
    const check = toFailedCheck(id, known);
    if (check.status !== 'failed') return check;
    const otherwise = isServer
      ? 'labels, comments and attachments stay as they are in the mirror'
      : 'folders, labels and comments are read another way, which takes more requests';
    const message = `The search is refused, so ${otherwise}. ${known.message}`;
    const { error: _, ...rest } = check;
    return { ...rest, status: 'skipped', message };
  }
}

/** Whether what `include` and `exclude` ask for can be asked. */
async function checkFilter(filter: ContentFilter, call: CallContext): Promise<Check> {
  const id = 'include and exclude';
  try {
    await filter.prove(call);
    return { id, status: 'passed' };
  } catch (error) {
    return toFailedCheck(id, toKnown(error));
  }
}

/** Of each space that the config selects: whether it is there and lists its pages. */
async function checkSpaces(
  client: ConfluenceClient,
  { config, source }: Pick<Asker, 'config' | 'source'>,
  call: CallContext,
): Promise<Check[]> {
  const found: Scope[] = [];
  const checks: Check[] = [];
  try {
    for await (const event of listScopes(client, { config, source }, call)) {
      // Of one that is not there the engine tells, as of every scope.
      if (event.type === 'scope') found.push(event.scope);
    }
  } catch (error) {
    return [toFailedCheck('spaces', toKnown(error))];
  }
  const ask = (scope: Scope): Promise<Check> => checkSpace(client, scope, call);
  for await (const check of mapAhead(found, parallelSpaces, ask)) checks.push(check);
  return config.spaces === 'all' ? summarize(checks) : checks;
}

/** A line for each of hundreds of spaces would bury the ones that matter. */
function summarize(checks: readonly Check[]): Check[] {
  const isPlain = ({ status, fix }: Check): boolean => status === 'passed' && fix === undefined;
  const count = checks.filter(isPlain).length;
  const message = `${count} of ${checks.length} list their pages.`;
  return [{ id: 'spaces', status: 'passed', message }, ...checks.filter((each) => !isPlain(each))];
}

async function checkSpace(
  client: ConfluenceClient,
  scope: Scope,
  call: CallContext,
): Promise<Check> {
  const { id: spaceId, key, homepageId } = toSpace(scope);
  const id = `space ${key}`;
  const request = { kind: 'page', statuses: ['current'], withBodies: false, limit: 1 } as const;
  try {
    const page = await client.listContents({ ...request, spaceId, cursor: undefined }, call);
    const isEmpty = page.rows.length === 0 && page.cursor === undefined;
    if (!isEmpty || homepageId === undefined) return { id, status: 'passed', message: scope.title };
    return {
      id,
      status: 'passed',
      message: `${scope.title}; it has a homepage, but shows this account no page.`,
      fix: `If it has pages, ask an administrator of the space ${key} for permission to view them.`,
    };
  } catch (error) {
    return toSpaceCheck(id, key, toKnown(error));
  }
}

const hiddenCodes: ReadonlySet<string> = new Set(['permission', 'scope_gone', 'not_found']);

function toSpaceCheck(id: string, key: string, error: ConnectorError): Check {
  if (!hiddenCodes.has(error.code)) return toFailedCheck(id, error);
  const message = `The space ${key} is there, but this account may not list its pages. ${error.message}`;
  const fix = `Ask an administrator of the space ${key} for permission to view it, or take the key out of "spaces".`;
  return { ...toFailedCheck(id, error, message), fix };
}

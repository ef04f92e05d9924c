import {
  type CallContext,
  ConnectorError,
  type Known,
  type Scope,
  type SyncRequest,
} from '@context-sync/core';

import type { JiraClient } from './client.ts';
import { defaultJql, type JiraConfig } from './config.ts';
import type { JiraCursor, ScopeSyncEvent } from './cursor.ts';
import type { FieldTable } from './field-table.ts';
import { type IssueContext, textOptions, toEvents } from './issue-events.ts';
import { both, inKeyOrder, updatedSince, updatedUntil } from './jql.ts';
import { mapAhead, toBatches } from './map-ahead.ts';
import { type PeopleNames, readPeople } from './people.ts';
import { readIssues } from './read-issues.ts';
import { maxIssues, parallelReads } from './requests.ts';
import { mendQuery, type Selection, toSelection } from './scopes.ts';
import { revisionOf } from './to-document.ts';

/** What the scopes of a run share. */
export interface ScopeReaders {
  readonly client: JiraClient;
  readonly config: JiraConfig;
  readonly names: PeopleNames;
  /** Which scopes this run has. */
  readonly listedScopes: () => string;
  /** The fields of the site, read once. */
  readonly readTable: (call: CallContext) => Promise<FieldTable>;
}

const minuteMs = 60_000;

/**
 * How far a run looks back behind the start of the last one: the index learns of a change some time
 * after it took place. A run that lists all ids looks far enough to mend what a slow index hid.
 */
const lookBackMs = { usual: 10 * minuteMs, reconcile: 2 * 24 * 60 * minuteMs };

/** One pass over a scope. */
interface Pass {
  readonly context: IssueContext;
  readonly selection: Selection;
  readonly known: Known;
  readonly reconcile: boolean;
  /** What the cursor holds in any case. */
  readonly made: Pick<JiraCursor, 'jql' | 'fields' | 'scopes'>;
  readonly call: CallContext;
}

/**
 * Reads one project or query: all its issues, or those that changed since the last run. All are read
 * when nothing else is certain: in the first run, and when query, fields or options are others.
 */
export async function* syncScope(
  readers: ScopeReaders,
  request: SyncRequest<JiraCursor>,
  call: CallContext,
): AsyncGenerator<ScopeSyncEvent> {
  const { config, readTable, listedScopes } = readers;
  const { cursor = {}, known, scope, reconcile } = request;
  const table = await readTable(call);
  const selection = toSelection(scope);
  const made = { jql: selection.jql, fields: table.print, scopes: listedScopes() };
  const pass: Pass = { context: { ...readers, table }, selection, known, reconcile, made, call };
  const isSame =
    cursor.jql === made.jql && cursor.fields === made.fields && cursor.scopes === made.scopes;
  const hasAll = cursor.all === undefined && cursor.since !== undefined && known.count() > 0;
  try {
    const next =
      isSame && hasAll && cursor.since !== undefined
        ? yield* readChanges(pass, { ...cursor, since: cursor.since })
        : yield* readAll(pass, isSame ? cursor : {});
    if (config.projects === undefined && config.jql === undefined) yield defaultQuery;
    yield { type: 'checkpoint', cursor: next };
    yield* readPeople(readers, { known, again: reconcile }, call);
  } catch (error) {
    throw toScopeFailure(error, scope);
  }
}

const defaultQuery: ScopeSyncEvent = {
  type: 'warning',
  code: 'default-query',
  message: `The config names neither "projects" nor "jql" (JIRA_JQL_QUERY), so only your open issues are mirrored: ${defaultJql}.`,
};

/** All issues that changed until the bound, in the order of their ids, so that a later run can go on. */
async function* readAll(
  pass: Pass,
  cursor: JiraCursor,
): AsyncGenerator<ScopeSyncEvent, JiraCursor> {
  const { context, selection, made, call } = pass;
  const { client, config } = context;
  const bound = cursor.all?.bound ?? boundOf(client);
  const until = bound === undefined ? '' : updatedUntil(Date.parse(bound));
  const found = await collectIds(client, both(selection.jql, until), call);
  const ids = config.maxIssues === 0 ? found : found.slice(0, config.maxIssues);
  const isCut = ids.length < found.length;
  if (found.length === 0) yield emptyWarning(selection);
  const { after } = cursor.all ?? {};
  const done = after === undefined ? [] : ids.filter((id) => Number(id) <= Number(after));
  yield { type: 'listing', state: 'begin', kinds: ['issue'] };
  yield { type: 'progress', total: ids.length };
  yield* toSeen(done);
  for await (const { batch, events } of readBatches(pass, ids.slice(done.length))) {
    yield* events;
    const last = batch.at(-1);
    if (bound === undefined || last === undefined) continue;
    yield { type: 'checkpoint', cursor: { ...made, all: { bound, after: last } } };
  }
  yield { type: 'listing', state: 'complete', kinds: ['issue'], authoritative: !isCut };
  // What was left out may change without being asked for, so a cut list is read again.
  return { ...made, ...(bound === undefined || isCut ? {} : { since: bound }) };
}

async function* readChanges(
  pass: Pass,
  cursor: JiraCursor & { readonly since: string },
): AsyncGenerator<ScopeSyncEvent, JiraCursor> {
  const { context, selection, known, reconcile, made, call } = pass;
  const { client } = context;
  const from = Date.parse(cursor.since) - lookBackMs[reconcile ? 'reconcile' : 'usual'];
  const changed = await collectIds(client, both(selection.jql, updatedSince(from)), call);
  for await (const { events } of readBatches(pass, changed)) {
    yield* events;
    yield { type: 'checkpoint', cursor };
  }
  // An issue leaves a query without a trace in it, so its ids are listed each time.
  if (reconcile || selection.projectId === undefined) {
    yield { type: 'listing', state: 'begin', kinds: ['issue'] };
    const all = await collectIds(client, selection.jql, call);
    if (all.length === 0) yield emptyWarning(selection);
    yield* toSeen(all);
    const read = new Set(changed);
    const missed = all.filter((id) => !read.has(id) && known.revision(id) === undefined);
    for await (const { events } of readBatches(pass, missed)) yield* events;
    yield { type: 'listing', state: 'complete', kinds: ['issue'] };
  }
  return { ...made, since: client.startedAt ?? cursor.since };
}

/** A little later than now, because the clock of the answers knows seconds only. */
function boundOf({ startedAt }: JiraClient): string | undefined {
  if (startedAt === undefined) return undefined;
  return new Date(Date.parse(startedAt) + 1000).toISOString();
}

/** All ids that a condition finds, the lowest first. */
async function collectIds(
  client: JiraClient,
  condition: string,
  call: CallContext,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of client.searchIds(inKeyOrder(condition), call)) ids.push(...page);
  return ids.toSorted((left, right) => Number(left) - Number(right));
}

const idsPerEvent = 500;

function toSeen(ids: readonly string[]): ScopeSyncEvent[] {
  return toBatches(ids, idsPerEvent).map((batch) => ({ type: 'seen', ids: batch }));
}

/** Reads issues a hundred at a time, several requests at once, in order. */
async function* readBatches(
  pass: Pass,
  ids: readonly string[],
): AsyncGenerator<{ batch: readonly string[]; events: AsyncGenerator<ScopeSyncEvent> }> {
  const { context, call } = pass;
  const { client, config, table } = context;
  const withHistory = config.history;
  const read = async (batch: string[]) => ({
    batch,
    answer: await readIssues(client, { ids: batch, fields: table.ids, withHistory }, call),
  });
  const batches = toBatches(ids, maxIssues);
  for await (const { batch, answer } of mapAhead(batches, parallelReads, read)) {
    yield { batch, events: toBatchEvents(pass, new Set(batch), answer) };
  }
}

async function* toBatchEvents(
  { context, selection, known, call }: Pass,
  asked: ReadonlySet<string>,
  { issues, failures }: Awaited<ReturnType<typeof readIssues>>,
): AsyncGenerator<ScopeSyncEvent> {
  const options = textOptions(context);
  for (const { id, error } of failures) yield { type: 'failure', id, error };
  for (const issue of issues) {
    const { id, fields } = issue;
    if (!asked.has(id)) continue;
    const { projectId } = selection;
    if (projectId !== undefined && fields.project.id !== projectId) {
      // The index does not know yet that it was moved.
      yield { type: 'delete', id, reason: 'moved-out' };
    } else if (known.revision(id) === revisionOf(issue, options)) {
      yield { type: 'seen', ids: [id] };
    } else {
      yield* toEvents(issue, context, call);
    }
  }
}

function emptyWarning({ jql }: Selection): ScopeSyncEvent {
  const message = `The query finds no issue: ${jql}. There is none, or this account may not view them.`;
  return { type: 'warning', code: 'no-issues', message };
}

/** A project that went since the projects were listed is no mistake in the config. */
function toScopeFailure(error: unknown, scope: Scope): unknown {
  if (!ConnectorError.is(error) || error.code !== 'config') return error;
  const { projectId } = toSelection(scope);
  const isGone =
    projectId !== undefined &&
    error.message.includes(`'${projectId}' does not exist for the field 'project'`);
  if (!isGone) {
    return new ConnectorError('config', error.message, {
      hint: `Try it in the search of Jira ("Filters", "Advanced issue search"), then correct ${mendQuery(scope)} in the config.`,
    });
  }
  return new ConnectorError('scope_gone', 'Jira does not show this project any more.', {
    hint: 'It was archived or deleted, or this account may not view it any more: ask for access, or take its key out of "projects". What is mirrored of it stays.',
  });
}

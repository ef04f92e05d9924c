import type { CallContext, FetchEvent } from '@context-sync/core';

import { type IssueContext, toEvents } from './issue-events.ts';
import { both } from './jql.ts';
import { toBatches } from './map-ahead.ts';
import { readIssues } from './read-issues.ts';
import { maxIssues } from './requests.ts';
import type { IssueRow } from './schema.ts';
import type { Selection } from './scopes.ts';
import { issueIdOf } from './site-urls.ts';

/** Where issues may lie: the scope that was asked for, and the others of the config. */
export interface Places {
  readonly asked: Selection;
  readonly readOthers: () => Promise<readonly Selection[]>;
}

/**
 * Reads single documents and says of each whether it belongs into the mirror. No word on an id means
 * that the service knows nothing of it, or shows nothing.
 */
export async function* fetchIssues(
  context: IssueContext,
  { ids, places }: { readonly ids: readonly string[]; readonly places: Places },
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  const wanted = new Map<string, string[]>();
  for (const id of ids) {
    const issueId = issueIdOf(id);
    if (issueId !== undefined) wanted.set(issueId, [...(wanted.get(issueId) ?? []), id]);
  }
  const { client, config, table } = context;
  for (const batch of toBatches([...wanted.keys()], maxIssues)) {
    const request = { ids: batch, fields: table.ids, withHistory: config.history };
    const { issues, failures } = await readIssues(client, request, call);
    for (const { id, error } of failures) {
      for (const each of wanted.get(id) ?? []) yield { type: 'failure', id: each, error };
    }
    const scopes = await findPlaces(context, issues, places, call);
    for (const issue of issues) {
      const asked = wanted.get(issue.id) ?? [];
      const scope = scopes.get(issue.id);
      if (scope === undefined) {
        for (const id of asked) yield { type: 'delete', id, reason: 'moved-out' };
      } else {
        yield* tell(issue, { asked, scope, context }, call);
      }
    }
  }
}

/** What was asked for of an issue: all of it, or single parts. */
async function* tell(
  issue: IssueRow,
  {
    asked,
    scope,
    context,
  }: { readonly asked: readonly string[]; readonly scope: string; readonly context: IssueContext },
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  const isWhole = asked.includes(issue.id);
  const missing = new Set(asked);
  for await (const event of toEvents(issue, context, call)) {
    if (event.type === 'upsert' && (isWhole || missing.has(event.document.id))) {
      missing.delete(event.document.id);
      yield { ...event, scope };
    }
    if (event.type === 'parts' && isWhole) yield event;
  }
  for (const id of missing) yield { type: 'delete', id, reason: 'deleted' };
}

/** The scope that each issue lies in, by issue id; archived ones lie in none. */
async function findPlaces(
  context: IssueContext,
  issues: readonly IssueRow[],
  { asked, readOthers }: Places,
  call: CallContext,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let open = issues.filter(({ fields }) => !fields.archiveddate);
  const look = async (selection: Selection): Promise<void> => {
    const inside = await findInside(context, open, selection, call);
    for (const { id } of open) if (inside.has(id)) found.set(id, selection.scopeId);
    open = open.filter(({ id }) => !inside.has(id));
  };
  if (open.length > 0) await look(asked);
  if (open.length === 0) return found;
  for (const selection of await readOthers()) {
    if (open.length > 0 && selection.scopeId !== asked.scopeId) await look(selection);
  }
  return found;
}

/** Which of the issues a scope holds. Of a whole project the issue itself tells. */
async function findInside(
  { client }: IssueContext,
  issues: readonly IssueRow[],
  { projectId, isWholeProject, jql }: Selection,
  call: CallContext,
): Promise<ReadonlySet<string>> {
  const candidates = issues
    .filter(({ fields }) => projectId === undefined || fields.project.id === projectId)
    .map(({ id }) => id);
  if (isWholeProject || candidates.length === 0) return new Set(candidates);
  const inside = new Set<string>();
  const question = both(jql, `id in (${candidates.join(', ')})`);
  for await (const page of client.searchIds(question, call)) {
    for (const id of page) inside.add(id);
  }
  return inside;
}

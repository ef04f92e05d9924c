import { type CallContext, ConnectorError, type DocumentId } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import { toBatches } from './map-ahead.ts';
import { maxIssues } from './requests.ts';
import { RowId } from './schema.ts';
import { issueIdOf, toIssueKey } from './site-urls.ts';

/**
 * The ids of issues that are named by their keys, also by one that an issue had before it was moved.
 * One request for each key, since an answer tells the present key alone.
 */
export async function findIssueIds(
  client: JiraClient,
  names: readonly string[],
  call: CallContext,
): Promise<Map<string, DocumentId>> {
  const found = new Map<string, DocumentId>();
  for (const name of names) {
    const key = toIssueKey(name);
    if (key === undefined) continue;
    const request = { ids: [key], fields: ['summary'], withHistory: false };
    const { rows } = await client.readIssues(request, call);
    const id = RowId.safeParse(rows[0]).data?.id;
    if (id !== undefined) found.set(name, id);
  }
  return found;
}

/**
 * Ids of all issues below one, level by level: children of an epic, and subtasks.
 *
 * @throws ConnectorError `not_found` when Jira knows no such issue
 */
export async function* listIssuesBelow(
  client: JiraClient,
  id: DocumentId,
  call: CallContext,
): AsyncGenerator<DocumentId[]> {
  if (issueIdOf(id) !== id) throw new ConnectorError('not_found', `${id} is no issue.`);
  const seen = new Set([id]);
  for (let level = [id]; level.length > 0;) {
    const below: string[] = [];
    for (const parents of toBatches(level, maxIssues)) {
      for await (const page of findChildren(client, parents, call)) {
        const fresh = page.filter((each) => !seen.has(each));
        for (const each of fresh) seen.add(each);
        below.push(...fresh);
        yield fresh;
      }
    }
    level = below;
  }
}

/** Nobody wrote this query, so what Jira refuses in it is an issue that is not there. */
async function* findChildren(
  client: JiraClient,
  parents: readonly string[],
  call: CallContext,
): AsyncGenerator<readonly string[]> {
  try {
    yield* client.searchChildren(parents, call);
  } catch (error) {
    if (!ConnectorError.is(error) || error.code !== 'config') throw error;
    throw new ConnectorError('not_found', error.message);
  }
}

import type { CallContext } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import type { JiraConfig } from './config.ts';
import type { HistoryEntry, IssueRow, RemoteLink, Worklog } from './schema.ts';

/** What an issue has besides its fields. Empty where the options leave it out. */
export interface IssueExtras {
  readonly worklogs: readonly Worklog[];
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  readonly remoteLinks: readonly RemoteLink[];
}

/** Reads what the options ask for; with a request only where the issue itself does not hold all. */
export async function readExtras(
  client: JiraClient,
  config: Pick<JiraConfig, 'worklogs' | 'history' | 'remoteLinks'>,
  issue: IssueRow,
  call: CallContext,
): Promise<IssueExtras> {
  return {
    worklogs: config.worklogs ? await readWorklogs(client, issue, call) : [],
    history: config.history ? await readHistory(client, issue, call) : [],
    remoteLinks: config.remoteLinks ? await client.readRemoteLinks(issue.id, call) : [],
  };
}

async function readWorklogs(
  client: JiraClient,
  { id, fields: { worklog } }: IssueRow,
  call: CallContext,
): Promise<Worklog[]> {
  if (worklog && worklog.worklogs.length >= worklog.total) return worklog.worklogs;
  return client.readWorklogs(id, call);
}

/** The issue holds its last 40 changes: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
async function readHistory(
  client: JiraClient,
  { id, changelog }: IssueRow,
  call: CallContext,
): Promise<HistoryEntry[]> {
  const { histories = [], total } = changelog ?? {};
  const isWhole = total !== undefined && total !== null && histories.length >= total;
  const entries = isWhole ? histories : await client.readHistory(id, call);
  return entries.toSorted((left, right) => Number(left.id) - Number(right.id));
}

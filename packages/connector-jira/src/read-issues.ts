import { type CallContext, ConnectorError, type ErrorShape } from '@context-sync/core';

import type { IssueRequest, JiraClient } from './client.ts';
import { IssueRow, RowId } from './schema.ts';
import { toUnreadable } from './unreadable.ts';

/** Issues that were read, and those that could not be. What is in neither is gone or hidden. */
export interface ReadIssues {
  readonly issues: readonly IssueRow[];
  readonly failures: readonly { readonly id: string; readonly error: ErrorShape }[];
}

/**
 * Reads issues by their ids, at most 100. An answer that is too heavy is asked for in halves, so that
 * one huge issue fails alone: https://github.com/onyx-dot-app/onyx bisects for the same reason.
 *
 * @throws ConnectorError when the service does not answer
 */
export async function readIssues(
  client: JiraClient,
  request: IssueRequest,
  call: CallContext,
): Promise<ReadIssues> {
  const { ids } = request;
  try {
    const { rows, failures } = await client.readIssues(request, call);
    const read = rows.map((row) => readRow(row));
    return {
      issues: read.flatMap((each) => ('key' in each ? [each] : [])),
      failures: [...failures, ...read.flatMap((each) => ('error' in each ? [each] : []))],
    };
  } catch (error) {
    if (!isTooHeavy(error)) throw error;
    const [id] = ids;
    if (id === undefined || ids.length === 1) {
      const { code, message } = error;
      return { issues: [], failures: id === undefined ? [] : [{ id, error: { code, message } }] };
    }
    const half = Math.ceil(ids.length / 2);
    const [first, second] = [
      await readIssues(client, { ...request, ids: ids.slice(0, half) }, call),
      await readIssues(client, { ...request, ids: ids.slice(half) }, call),
    ];
    return {
      issues: [...first.issues, ...second.issues],
      failures: [...first.failures, ...second.failures],
    };
  }
}

function isTooHeavy(error: unknown): error is ConnectorError {
  return ConnectorError.is(error) && error.code === 'too_large';
}

/** @throws ConnectorError when not even the id can be read: then nobody knows what is missing */
function readRow(row: unknown): IssueRow | ReadIssues['failures'][number] {
  const issue = IssueRow.safeParse(row);
  if (issue.success) return issue.data;
  const id = RowId.safeParse(row).data?.id;
  if (id === undefined) throw toUnreadable('an issue');
  const { code, message } = toUnreadable(`the issue ${id}`);
  return { id, error: { code, message } };
}

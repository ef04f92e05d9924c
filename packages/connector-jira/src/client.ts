import type { CallContext, ErrorShape } from '@context-sync/core';

import type { Comment, Field, HistoryEntry, Project, RemoteLink, User, Worklog } from './schema.ts';

/** Which fields of issues are read, by id. */
export interface IssueRequest {
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  /** With their last changes. */
  readonly withHistory: boolean;
}

/** What a bulk request gave: issues that are not there or hidden are in neither list. */
export interface IssueBatch {
  /** In the shape of the API, not read yet. */
  readonly rows: readonly unknown[];
  readonly failures: readonly { readonly id: string; readonly error: ErrorShape }[];
}

/** A file by what both deployments know it by. */
export interface FileRequest {
  readonly id: string;
  readonly fileName: string;
}

/** What can be asked of Jira, Cloud or Data Center. */
export interface JiraClient {
  /** The moment of the first answer by the service's clock, or `undefined` when it told none. */
  readonly startedAt: string | undefined;
  currentUser(call: CallContext): Promise<User>;
  /** All projects that the account sees and that are not archived, or those with the keys. */
  readProjects(keys: readonly string[] | undefined, call: CallContext): Promise<Project[]>;
  readFields(call: CallContext): Promise<Field[]>;
  /** Ids of the issues that a query finds, each once, in the order of the query. */
  searchIds(jql: string, call: CallContext): AsyncGenerator<readonly string[]>;
  /** Ids of the issues right below these, at most 100: subtasks, and what lies in an epic. */
  searchChildren(parents: readonly string[], call: CallContext): AsyncGenerator<readonly string[]>;
  /** At most 100 issues, by id or key. */
  readIssues(request: IssueRequest, call: CallContext): Promise<IssueBatch>;
  /** @throws ConnectorError `not_found` when the issue is gone or hidden */
  readComments(issueId: string, call: CallContext): Promise<Comment[]>;
  /** @throws ConnectorError `not_found` when the issue is gone or hidden */
  readWorklogs(issueId: string, call: CallContext): Promise<Worklog[]>;
  /** @throws ConnectorError `not_found` when the issue is gone or hidden */
  readHistory(issueId: string, call: CallContext): Promise<HistoryEntry[]>;
  /** @throws ConnectorError `not_found` when the issue is gone or hidden */
  readRemoteLinks(issueId: string, call: CallContext): Promise<RemoteLink[]>;
  /** The people with these ids, at most 100; those that the service knows. */
  readUsers(ids: readonly string[], call: CallContext): Promise<User[]>;
  download(file: FileRequest, call: CallContext): Promise<ReadableStream<Uint8Array>>;
}

import {
  type CallContext,
  ConnectorError,
  type HttpClient,
  type HttpRequest,
} from '@context-sync/core';
import { z } from 'zod';

import { AnswerReader } from './answer-reader.ts';
import type { FileRequest, IssueBatch, IssueRequest, JiraClient } from './client.ts';
import { inKeyOrder } from './jql.ts';
import { toBatches } from './map-ahead.ts';
import { asQuestion, maxComments, maxIds, maxProjects, maxUsers } from './requests.ts';
import {
  BulkAnswer,
  type Comment,
  CommentPage,
  Field,
  HistoryEntry,
  OffsetPage,
  Project,
  RemoteLink,
  SearchPage,
  User,
  type Worklog,
  WorklogPage,
} from './schema.ts';
import { walkOffsets } from './walk-offsets.ts';
import { type TokenPage, walkTokens } from './walk-tokens.ts';

const api = '/rest/api/3';

/** Account ids are at most 128 characters: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/ */
const accountIdForm = /^[0-9A-Za-z:_-]{1,128}$/;

function issuePath(id: string, name: string): string {
  return `${api}/issue/${encodeURIComponent(id)}/${name}`;
}

/** The endpoints of Cloud in use: https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
export class CloudClient implements JiraClient {
  readonly #http: HttpClient;
  readonly #answers: AnswerReader;

  constructor(http: HttpClient) {
    this.#http = http;
    this.#answers = new AnswerReader(http);
  }

  get startedAt(): string | undefined {
    return this.#answers.startedAt;
  }

  currentUser(call: CallContext): Promise<User> {
    return this.#answers.read('the account', User, { path: `${api}/myself` }, call);
  }

  async readProjects(keys: readonly string[] | undefined, call: CallContext): Promise<Project[]> {
    const batches = keys === undefined ? [undefined] : toBatches(keys, maxProjects.keys);
    const projects: Project[] = [];
    for (const batch of batches) {
      const query = { keys: batch, status: 'live', orderBy: 'key' };
      const request = { path: `${api}/project/search`, query };
      projects.push(...(await this.#values('the projects', Project, request, call)));
    }
    return projects;
  }

  readFields(call: CallContext): Promise<Field[]> {
    return this.#answers.read('the fields', z.array(Field), { path: `${api}/field` }, call);
  }

  /** A POST, since a query may be longer than an address. */
  searchIds(jql: string, call: CallContext): AsyncGenerator<readonly string[]> {
    return walkTokens((token) => this.#search(jql, token, call));
  }

  searchChildren(parents: readonly string[], call: CallContext): AsyncGenerator<readonly string[]> {
    return this.searchIds(inKeyOrder(`parent in (${parents.join(', ')})`), call);
  }

  async readIssues(
    { ids, fields, withHistory }: IssueRequest,
    call: CallContext,
  ): Promise<IssueBatch> {
    const body = {
      issueIdsOrKeys: [...ids],
      fields: [...fields],
      ...(withHistory ? { expand: ['changelog'] } : {}),
    };
    const request = asQuestion({ path: `${api}/issue/bulkfetch`, body });
    const { issues, issueErrors } = await this.#answers.read('issues', BulkAnswer, request, call);
    const failures = (issueErrors ?? []).map(({ id, errorMessage }) => {
      const why = errorMessage ?? 'It did not say why.';
      const message = `Jira could not give the issue ${id}. ${why}`;
      return { id, error: { code: 'transient' as const, message } };
    });
    return { rows: issues, failures };
  }

  readComments(issueId: string, call: CallContext): Promise<Comment[]> {
    return walkOffsets(`the comments of ${issueId}`, async (startAt) => {
      const query = { startAt, maxResults: maxComments, orderBy: 'created' };
      const request = { path: issuePath(issueId, 'comment'), query };
      const page = await this.#answers.read('comments', CommentPage, request, call);
      return { rows: page.comments, total: page.total };
    });
  }

  readWorklogs(issueId: string, call: CallContext): Promise<Worklog[]> {
    return walkOffsets(`the work log of ${issueId}`, async (startAt) => {
      const request = { path: issuePath(issueId, 'worklog'), query: { startAt } };
      const page = await this.#answers.read('a work log', WorklogPage, request, call);
      return { rows: page.worklogs, total: page.total };
    });
  }

  readHistory(issueId: string, call: CallContext): Promise<HistoryEntry[]> {
    const request = { path: issuePath(issueId, 'changelog') };
    return this.#values(`the history of ${issueId}`, HistoryEntry, request, call);
  }

  readRemoteLinks(issueId: string, call: CallContext): Promise<RemoteLink[]> {
    const request = { path: issuePath(issueId, 'remotelink') };
    return this.#answers.read('remote links', z.array(RemoteLink), request, call);
  }

  async readUsers(ids: readonly string[], call: CallContext): Promise<User[]> {
    const known = ids.filter((id) => accountIdForm.test(id));
    if (known.length === 0) return [];
    const query = { accountId: known, maxResults: maxUsers };
    return this.#values('the people', User, { path: `${api}/user/bulk`, query }, call);
  }

  async download({ id }: FileRequest, call: CallContext): Promise<ReadableStream<Uint8Array>> {
    const path = `${api}/attachment/content/${encodeURIComponent(id)}`;
    const { body } = await this.#http.stream({ path }, call);
    return body;
  }

  async #search(jql: string, token: string | undefined, call: CallContext): Promise<TokenPage> {
    const next = token === undefined ? {} : { nextPageToken: token };
    const body = { jql, maxResults: maxIds, fields: ['id'], ...next };
    const request = asQuestion({ path: `${api}/search/jql`, body });
    try {
      const page = await this.#answers.read('a search', SearchPage, request, call);
      return { ids: page.issues.map(({ id }) => id), token: page.nextPageToken || undefined };
    } catch (error) {
      throw token === undefined ? error : toTokenRefusal(error);
    }
  }

  /** All rows of a list that is walked by `startAt`. */
  #values<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    request: HttpRequest,
    call: CallContext,
  ): Promise<z.output<Schema>[]> {
    const Page = OffsetPage.extend({ values: z.array(schema) });
    return walkOffsets(name, async (startAt) => {
      const query = { maxResults: maxProjects.page, ...request.query, startAt };
      const page = await this.#answers.read(name, Page, { ...request, query }, call);
      const { values: rows, isLast, total } = page;
      return { rows, ...(isLast ? { isLast } : {}), total: total ?? undefined };
    });
  }
}

/**
 * The same query was answered without the token, so a 400 is about the token: it lasts 7 days, and
 * the scope is read anew.
 */
function toTokenRefusal(error: unknown): unknown {
  if (!ConnectorError.is(error) || error.status !== 400) return error;
  const message = `Jira no longer takes the place in a search that it gave. ${error.message}`;
  return new ConnectorError('cursor_invalid', message, {
    hint: 'Run the same command again. Nothing was removed.',
  });
}

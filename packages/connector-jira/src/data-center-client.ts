import { type CallContext, ConnectorError, type HttpClient } from '@context-sync/core';
import { z } from 'zod';

import { AnswerReader } from './answer-reader.ts';
import type { FileRequest, IssueBatch, IssueRequest, JiraClient } from './client.ts';
import { EpicParents } from './epic-parents.ts';
import { inKeyOrder } from './jql.ts';
import { mapAhead, toBatches } from './map-ahead.ts';
import { asQuestion, maxIssues, maxServerIds, parallelReads } from './requests.ts';
import {
  type Comment,
  CommentPage,
  Field,
  type HistoryEntry,
  IssueChangelog,
  IssueKey,
  Project,
  RemoteLink,
  User,
  type Worklog,
  WorklogPage,
} from './schema.ts';
import { encode } from './site-urls.ts';
import { walkOffsets } from './walk-offsets.ts';
import { walkSearch } from './walk-search.ts';

const api = '/rest/api/2';

function issuePath(id: string, name = ''): string {
  return `${api}/issue/${encode(id)}${name}`;
}

/** What a search asks for besides its query. */
interface Asked<Row extends z.ZodType> {
  readonly fields: readonly string[];
  readonly expand?: readonly string[];
  readonly maxResults: number;
  /** What a row is believed to be. */
  readonly row: Row;
  /** The query names issues that may be gone, which is no error then; a user's query is checked. */
  readonly mayMiss?: boolean;
}

/**
 * The endpoints of Data Center and Server in use, version 2:
 * https://developer.atlassian.com/server/jira/platform/rest/v10003/
 */
export class DataCenterClient implements JiraClient {
  readonly #http: HttpClient;
  readonly #answers: AnswerReader;
  readonly #epics = new EpicParents((keys, call) => this.#findIds(keys, call));

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

  /** One answer holds all of them; the archived are left out. */
  async readProjects(keys: readonly string[] | undefined, call: CallContext): Promise<Project[]> {
    const request = { path: `${api}/project` };
    const all = await this.#answers.read('the projects', z.array(Project), request, call);
    const wanted = keys && new Set(keys.map((key) => key.toUpperCase()));
    return all.filter(({ key }) => wanted === undefined || wanted.has(key.toUpperCase()));
  }

  async readFields(call: CallContext): Promise<Field[]> {
    const request = { path: `${api}/field` };
    const fields = await this.#answers.read('the fields', z.array(Field), request, call);
    this.#epics.noteFields(fields);
    return fields;
  }

  searchIds(jql: string, call: CallContext): AsyncGenerator<readonly string[]> {
    return this.#searchIds(jql, { mayMiss: false }, call);
  }

  searchChildren(parents: readonly string[], call: CallContext): AsyncGenerator<readonly string[]> {
    return this.#searchIds(inKeyOrder(this.#epics.below(parents)), { mayMiss: true }, call);
  }

  /** By a search, since there is no request for many issues. */
  async readIssues(
    { ids, fields, withHistory }: IssueRequest,
    call: CallContext,
  ): Promise<IssueBatch> {
    const asked = {
      fields: [...fields, ...this.#epics.fields],
      ...(withHistory ? { expand: ['changelog'] } : {}),
      maxResults: maxIssues,
    };
    const jql = inKeyOrder(`id in (${ids.join(', ')})`);
    const rows = await this.#searchAll(jql, { ...asked, row: z.unknown(), mayMiss: true }, call);
    return { rows: await this.#epics.fillIn(rows, call), failures: [] };
  }

  readComments(issueId: string, call: CallContext): Promise<Comment[]> {
    return walkOffsets(`the comments of ${issueId}`, async (startAt) => {
      const request = { path: issuePath(issueId, '/comment'), query: { startAt } };
      const page = await this.#answers.read('comments', CommentPage, request, call);
      return { rows: page.comments, total: page.total };
    });
  }

  readWorklogs(issueId: string, call: CallContext): Promise<Worklog[]> {
    return walkOffsets(`the work log of ${issueId}`, async (startAt) => {
      const request = { path: issuePath(issueId, '/worklog'), query: { startAt } };
      const page = await this.#answers.read('a work log', WorklogPage, request, call);
      return { rows: page.worklogs, total: page.total };
    });
  }

  async readHistory(issueId: string, call: CallContext): Promise<HistoryEntry[]> {
    const request = { path: issuePath(issueId), query: { fields: 'id', expand: 'changelog' } };
    const { changelog } = await this.#answers.read('a history', IssueChangelog, request, call);
    return changelog.histories;
  }

  readRemoteLinks(issueId: string, call: CallContext): Promise<RemoteLink[]> {
    const request = { path: issuePath(issueId, '/remotelink') };
    return this.#answers.read('remote links', z.array(RemoteLink), request, call);
  }

  /** One by one, by the names that people are mentioned by: there is no question about many. */
  async readUsers(ids: readonly string[], call: CallContext): Promise<User[]> {
    const users: User[] = [];
    const found = mapAhead(ids, parallelReads, (username) => this.#findUser(username, call));
    for await (const user of found) if (user !== undefined) users.push(user);
    return users;
  }

  async download(
    { id, fileName }: FileRequest,
    call: CallContext,
  ): Promise<ReadableStream<Uint8Array>> {
    const path = `/secure/attachment/${encode(id)}/${encode(fileName)}`;
    const { body } = await this.#http.stream({ path }, call);
    return body;
  }

  async #findUser(username: string, call: CallContext): Promise<User | undefined> {
    try {
      const request = { path: `${api}/user`, query: { username } };
      return await this.#answers.read('a person', User, request, call);
    } catch (error) {
      if (ConnectorError.is(error) && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  async #findIds(keys: readonly string[], call: CallContext): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const batch of toBatches(keys, maxIssues)) {
      const jql = `key in (${batch.map((key) => `"${key}"`).join(', ')})`;
      const asked = { fields: ['id'], maxResults: maxIssues, row: IssueKey, mayMiss: true };
      for (const { id, key } of await this.#searchAll(jql, asked, call)) found.set(key, id);
    }
    return found;
  }

  #searchIds(
    jql: string,
    { mayMiss }: { readonly mayMiss: boolean },
    call: CallContext,
  ): AsyncGenerator<readonly string[]> {
    return walkSearch(async (startAt) => {
      const asked = { fields: ['id'], maxResults: maxServerIds, row: IssueKey, mayMiss, startAt };
      const { issues, total } = await this.#search(jql, asked, call);
      return { ids: issues.map(({ id }) => id), total };
    });
  }

  #searchAll<Row extends z.ZodType>(
    jql: string,
    asked: Asked<Row>,
    call: CallContext,
  ): Promise<z.output<Row>[]> {
    return walkOffsets('a search', async (startAt) => {
      const { issues: rows, total } = await this.#search(jql, { ...asked, startAt }, call);
      return { rows, total };
    });
  }

  #search<Row extends z.ZodType>(
    jql: string,
    {
      fields,
      expand = [],
      maxResults,
      row,
      mayMiss = false,
      startAt,
    }: Asked<Row> & { readonly startAt: number },
    call: CallContext,
  ): Promise<{ readonly issues: z.output<Row>[]; readonly total: number }> {
    const body = {
      jql,
      startAt,
      maxResults,
      fields: [...fields],
      expand: [...expand],
      ...(mayMiss ? { validateQuery: false } : {}),
    };
    const request = asQuestion({ path: `${api}/search`, body });
    const Page = z.object({ issues: z.array(row), total: z.number() });
    return this.#answers.read('a search', Page, request, call);
  }
}

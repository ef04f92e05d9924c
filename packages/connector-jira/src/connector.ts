import { createHash } from 'node:crypto';

import {
  BaseConnector,
  type CallContext,
  type CheckOptions,
  type CheckReport,
  type ConnectorContext,
  type DocumentId,
  type FetchEvent,
  type HttpClient,
  type JsonObject,
  type Scope,
  type ScopeEvent,
  type ScopesOptions,
  type SyncEvent,
  type SyncRequest,
} from '@context-sync/core';

import { checkCredentials } from './check.ts';
import type { JiraClient } from './client.ts';
import { CloudClient } from './cloud-client.ts';
import type { JiraConfig } from './config.ts';
import { connectHttp, toAccess } from './connect-http.ts';
import type { JiraCursor } from './cursor.ts';
import { DataCenterClient } from './data-center-client.ts';
import { isServer } from './deployment.ts';
import { fetchIssues } from './fetch-issues.ts';
import { type FieldTable, makeFieldTable } from './field-table.ts';
import { findIssueIds, listIssuesBelow } from './find-issues.ts';
import { PeopleNames } from './people.ts';
import { listScopes, type Selection, toSelection } from './scopes.ts';
import { keyInUrl } from './site-urls.ts';
import { type ScopeReaders, syncScope } from './sync-scope.ts';
import { checkThoroughly } from './thorough-check.ts';

/** Ids of thousands of projects would not fit into a cursor. */
function toDigest(ids: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 16);
}

/** Reads the issues of Jira projects, or those that a query finds. */
export class JiraConnector extends BaseConnector<JiraConfig, JiraCursor> {
  readonly #client: JiraClient;
  readonly #http: HttpClient;
  readonly #readers: ScopeReaders;
  #listed = '';
  #table: Promise<FieldTable> | undefined;
  #selections: Promise<readonly Selection[]> | undefined;

  constructor(config: JiraConfig, context: ConnectorContext) {
    super(config, context);
    const http = connectHttp(config, context);
    this.#http = http;
    const client = isServer(config) ? new DataCenterClient(http) : new CloudClient(http);
    this.#client = client;
    const names = new PeopleNames();
    this.#readers = {
      client,
      config,
      names,
      listedScopes: () => this.#listed,
      readTable: (call) => this.#readTable(call),
    };
  }

  override check(call: CallContext, { thorough = false }: CheckOptions = {}): Promise<CheckReport> {
    const { config, context } = this;
    const { baseUrl: siteUrl, auth } = config;
    const claim = { siteUrl, username: auth.username, access: toAccess(config) };
    const client = this.#client;
    const asker = { client, http: this.#http, config, source: context.source };
    return thorough ? checkThoroughly(asker, claim, call) : checkCredentials(client, claim, call);
  }

  override scopes(
    call: CallContext,
    { all = false }: ScopesOptions = {},
  ): AsyncIterable<ScopeEvent> {
    const everything = { ...this.config, projects: 'all', jql: undefined } as const;
    const { source } = this.context;
    return all
      ? listScopes(this.#client, { config: everything, source }, call)
      : this.#selectScopes(call);
  }

  override sync(
    request: SyncRequest<JiraCursor>,
    call: CallContext,
  ): AsyncIterable<SyncEvent<JiraCursor>> {
    return syncScope(this.#readers, request, call);
  }

  async *fetch(
    ids: readonly DocumentId[],
    scope: Scope,
    call: CallContext,
  ): AsyncGenerator<FetchEvent> {
    const { client, config, names } = this.#readers;
    const context = { client, config, names, table: await this.#readTable(call) };
    const places = {
      asked: toSelection(scope),
      readOthers: () => this.#selectedPlaces(call),
    };
    yield* fetchIssues(context, { ids, places }, call);
  }

  async *descendants(id: DocumentId, call: CallContext): AsyncGenerator<readonly DocumentId[]> {
    // The fields tell what an epic holds.
    await this.#readTable(call);
    yield* listIssuesBelow(this.#client, id, call);
  }

  /** An address holds the key of an issue; only Jira knows the id. */
  resolveUrl(url: URL): DocumentId | undefined {
    return keyInUrl(this.config.baseUrl, url.href);
  }

  findIds(names: readonly string[], call: CallContext): Promise<ReadonlyMap<string, DocumentId>> {
    return findIssueIds(this.#client, names, call);
  }

  describe(): JsonObject {
    const { baseUrl, projects, jql } = this.config;
    const keys = projects === 'all' ? 'all' : projects?.map(({ key }) => key);
    return {
      baseUrl,
      ...(keys === undefined ? {} : { projects: keys }),
      ...(jql === undefined ? {} : { jql: jql.query }),
    };
  }

  async *#selectScopes(call: CallContext): AsyncGenerator<ScopeEvent> {
    const { config, context } = this;
    const ids: string[] = [];
    for await (const event of listScopes(this.#client, { config, source: context.source }, call)) {
      if (event.type === 'scope') ids.push(event.scope.id);
      if (event.type === 'complete') this.#listed = toDigest(ids.toSorted());
      yield event;
    }
  }

  /** Asked for once in a run; one that failed says nothing to the next who asks. */
  #readTable(call: CallContext): Promise<FieldTable> {
    this.#table ??= this.#client
      .readFields(call)
      .then((fields) => makeFieldTable(fields, this.config))
      .catch((error: unknown) => {
        this.#table = undefined;
        throw error;
      });
    return this.#table;
  }

  /** Asked for once in a run, and only when an issue lies elsewhere than expected. */
  #selectedPlaces(call: CallContext): Promise<readonly Selection[]> {
    this.#selections ??= this.#readSelections(call).catch((error: unknown) => {
      this.#selections = undefined;
      throw error;
    });
    return this.#selections;
  }

  async #readSelections(call: CallContext): Promise<Selection[]> {
    const selections: Selection[] = [];
    for await (const event of this.scopes(call)) {
      if (event.type === 'scope') selections.push(toSelection(event.scope));
    }
    return selections;
  }
}

import {
  BaseConnector,
  type CallContext,
  type CheckReport,
  type ConnectorContext,
  ConnectorError,
  type DocumentId,
  type FetchEvent,
  type JsonObject,
  type Scope,
  type ScopeEvent,
  type ScopesOptions,
  type SyncEvent,
  type SyncRequest,
} from '@context-sync/core';

import { checkCredentials } from './check.ts';
import { ConfluenceClient, limits } from './client.ts';
import { type ConfluenceConfig, isReference } from './config.ts';
import type { ConfluenceCursor } from './cursor.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { explainRefusal, readRateLimit } from './refusals.ts';
import { resolveSiteUrl } from './site-urls.ts';
import { listScopes, type Space, toSpace } from './spaces.ts';
import { syncSpace } from './sync-space.ts';

/** Reads the pages and blog posts of Confluence Cloud spaces. */
export class ConfluenceConnector extends BaseConnector<ConfluenceConfig, ConfluenceCursor> {
  readonly #client: ConfluenceClient;
  #spaces: Promise<ReadonlyMap<string, Space>> | undefined;

  constructor(config: ConfluenceConfig, context: ConnectorContext) {
    super(config, context);
    this.#client = new ConfluenceClient(
      context.http.client({
        baseUrl: config.baseUrl,
        authenticate: () => this.#authenticate(),
        limits,
        rateLimit: (response) => readRateLimit(response, context.clock.now()),
        explain: explainRefusal,
      }),
    );
  }

  override check(call: CallContext): Promise<CheckReport> {
    const { baseUrl: wikiUrl, auth } = this.config;
    return checkCredentials(this.#client, { wikiUrl, username: auth.username }, call);
  }

  override scopes(
    call: CallContext,
    { all = false }: ScopesOptions = {},
  ): AsyncIterable<ScopeEvent> {
    const everything = { spaces: 'all', personalSpaces: true, includeArchived: true } as const;
    const config = all ? { ...this.config, ...everything } : this.config;
    return listScopes(this.#client, { config, source: this.context.source }, call);
  }

  override sync(
    request: SyncRequest<ConfluenceCursor>,
    call: CallContext,
  ): AsyncIterable<SyncEvent<ConfluenceCursor>> {
    return syncSpace(this.#client, this.config, request, call);
  }

  fetch(ids: readonly DocumentId[], scope: Scope, call: CallContext): AsyncIterable<FetchEvent> {
    const { baseUrl: wikiUrl, includeArchived, blogPosts } = this.config;
    const findSpace = async (id: string): Promise<Space | undefined> =>
      id === scope.id ? toSpace(scope) : (await this.#selectedSpaces(call)).get(id);
    const selection = { wikiUrl, includeArchived, blogPosts, findSpace };
    return fetchDocuments(this.#client, { ids, selection }, call);
  }

  resolveUrl(url: URL): DocumentId | undefined {
    return resolveSiteUrl(this.config.baseUrl, url);
  }

  describe(): JsonObject {
    const { baseUrl, spaces } = this.config;
    return { baseUrl, spaces };
  }

  async #authenticate(): Promise<Readonly<Record<string, string>>> {
    const { secrets } = this.context;
    const { username } = this.config.auth;
    const token = await secrets.get('auth.token');
    const name = isReference(username) ? await secrets.get('auth.username') : username;
    if (token === undefined || name === undefined) {
      throw new ConnectorError('auth', 'There is no API token, or no account that it belongs to.', {
        hint: 'Set auth.username, and auth.token to a reference like env:CONFLUENCE_API_TOKEN.',
      });
    }
    const pair = Buffer.from(`${name}:${token}`);
    return { authorization: `Basic ${pair.toString('base64')}` };
  }

  /** Asked for once in a run, and only when a document lies in another space than expected. */
  #selectedSpaces(call: CallContext): Promise<ReadonlyMap<string, Space>> {
    this.#spaces ??= this.#readSpaces(call);
    return this.#spaces;
  }

  async #readSpaces(call: CallContext): Promise<ReadonlyMap<string, Space>> {
    const spaces = new Map<string, Space>();
    for await (const event of this.scopes(call)) {
      if (event.type === 'scope') spaces.set(event.scope.id, toSpace(event.scope));
    }
    return spaces;
  }
}

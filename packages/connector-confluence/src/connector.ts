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
import { ConfluenceClient, limits } from './client.ts';
import type { ConfluenceConfig } from './config.ts';
import { connectHttp, toAccess } from './connect-http.ts';
import type { ConfluenceCursor } from './cursor.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { explainRefusal, readRateLimit } from './refusals.ts';
import { signRequest } from './signing.ts';
import { resolveSiteUrl } from './site-urls.ts';
import { listScopes, type Space, toSpace } from './spaces.ts';
import { syncSpace } from './sync-space.ts';
import { checkThoroughly } from './thorough-check.ts';

/** Reads the pages and blog posts of Confluence Cloud spaces. */
export class ConfluenceConnector extends BaseConnector<ConfluenceConfig, ConfluenceCursor> {
  readonly #client: ConfluenceClient;
  readonly #http: HttpClient;
  #spaces: Promise<ReadonlyMap<string, Space>> | undefined;

  constructor(config: ConfluenceConfig, context: ConnectorContext) {
    super(config, context);
    const access = toAccess(config);
    this.#http = connectHttp(config, context, {
      authenticate: () => signRequest(config, context.secrets),
      limits,
      rateLimit: (response) => readRateLimit(response, context.clock.now()),
      explain: (answer) => explainRefusal(answer, access),
    });
    this.#client = new ConfluenceClient(this.#http);
  }

  override check(call: CallContext, { thorough = false }: CheckOptions = {}): Promise<CheckReport> {
    const { baseUrl: wikiUrl, auth } = this.config;
    const claim = { wikiUrl, username: auth.username, access: toAccess(this.config) };
    const asker = { client: this.#client, http: this.#http, config: this.config };
    return thorough
      ? checkThoroughly(asker, claim, call)
      : checkCredentials(this.#client, claim, call);
  }

  override scopes(
    call: CallContext,
    { all = false }: ScopesOptions = {},
  ): AsyncIterable<ScopeEvent> {
    const everything = { spaces: 'all', personalSpaces: true, includeArchived: true } as const;
    return listScopes(this.#client, all ? { ...this.config, ...everything } : this.config, call);
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

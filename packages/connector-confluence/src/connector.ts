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
  type PartsAnswer,
  type PartsRequest,
  type Scope,
  type ScopeEvent,
  type ScopesOptions,
  type SyncEvent,
  type SyncRequest,
} from '@context-sync/core';

import { checkCredentials } from './check.ts';
import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig } from './config.ts';
import { connectHttp, makeClient, toAccess } from './connect-http.ts';
import { ContentFilter } from './content-filter.ts';
import type { ConfluenceCursor } from './cursor.ts';
import { listDescendants } from './descendants.ts';
import { EmptySelection } from './empty-selection.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { fetchParts } from './fetch-parts.ts';
import { isUnwanted, partKinds } from './part-kinds.ts';
import { readPartsOfContents } from './parts-of-contents.ts';
import { PeopleNames } from './people.ts';
import { readRateLimit } from './rate-limit.ts';
import { explainRefusal } from './refusals.ts';
import { limits } from './requests.ts';
import { signRequest } from './signing.ts';
import { SiteLists } from './site-lists.ts';
import { resolveSiteUrl } from './site-urls.ts';
import { SpaceGroups } from './space-groups.ts';
import { listScopes, type Space, toSpace } from './spaces.ts';
import { type SpaceReaders, syncSpace } from './sync-space.ts';
import { checkThoroughly } from './thorough-check.ts';

/** Reads the pages and blog posts of Confluence spaces, on Cloud and Data Center. */
export class ConfluenceConnector extends BaseConnector<ConfluenceConfig, ConfluenceCursor> {
  readonly #client: ConfluenceClient;
  readonly #readers: SpaceReaders;
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
    const client = makeClient(config, this.#http);
    const groups = new SpaceGroups(client);
    const filter = new ContentFilter(config, { client, groups });
    this.#client = client;
    const siteLists = new SiteLists(client);
    const names = new PeopleNames(client);
    const emptySelection = new EmptySelection();
    this.#readers = { client, config, groups, filter, siteLists, names, emptySelection };
  }

  override check(call: CallContext, { thorough = false }: CheckOptions = {}): Promise<CheckReport> {
    const { baseUrl: wikiUrl, auth } = this.config;
    const claim = { wikiUrl, username: auth.username, access: toAccess(this.config) };
    const { source } = this.context;
    const { client, filter } = this.#readers;
    const asker = { client, filter, http: this.#http, config: this.config, source };
    return thorough
      ? checkThoroughly(asker, claim, call)
      : checkCredentials(this.#client, claim, call);
  }

  override scopes(
    call: CallContext,
    { all = false }: ScopesOptions = {},
  ): AsyncIterable<ScopeEvent> {
    const everything = { spaces: 'all', personalSpaces: true, includeArchived: true } as const;
    const config = { ...this.config, ...everything };
    return all
      ? listScopes(this.#client, { config, source: this.context.source }, call)
      : this.#selectScopes(call);
  }

  override sync(
    request: SyncRequest<ConfluenceCursor>,
    call: CallContext,
  ): AsyncIterable<SyncEvent<ConfluenceCursor>> {
    return syncSpace(this.#readers, request, call);
  }

  async *fetch(
    ids: readonly DocumentId[],
    scope: Scope,
    call: CallContext,
  ): AsyncGenerator<FetchEvent> {
    const { baseUrl: wikiUrl, includeArchived, blogPosts } = this.config;
    const findSpace = async (id: string): Promise<Space | undefined> =>
      id === scope.id ? toSpace(scope) : (await this.#selectedSpaces(call)).get(id);
    const { filter } = this.#readers;
    const selection = { wikiUrl, includeArchived, blogPosts, filter, findSpace };
    yield* fetchDocuments(this.#client, { ids, selection }, call);
    for (const id of ids) {
      if (isUnwanted(id, this.config)) yield { type: 'delete', id, reason: 'moved-out' };
    }
    const place = { wikiUrl, space: toSpace(scope) };
    yield* fetchParts(this.#client, { ids, kinds: partKinds(this.config), place }, call);
  }

  fetchParts(request: PartsRequest, call: CallContext): AsyncIterable<PartsAnswer> {
    const { client, names } = this.#readers;
    const { baseUrl: wikiUrl } = this.config;
    const readers = { client, names, wikiUrl, kinds: partKinds(this.config) };
    return readPartsOfContents(readers, request, call);
  }

  descendants(id: DocumentId, call: CallContext): AsyncIterable<readonly DocumentId[]> {
    return listDescendants(this.#client, id, call);
  }

  resolveUrl(url: URL): DocumentId | undefined {
    return resolveSiteUrl(this.config.baseUrl, url);
  }

  describe(): JsonObject {
    const { baseUrl, spaces } = this.config;
    return { baseUrl, spaces };
  }

  async *#selectScopes(call: CallContext): AsyncGenerator<ScopeEvent> {
    const selected = { config: this.config, source: this.context.source };
    const spaces: Space[] = [];
    for await (const event of listScopes(this.#client, selected, call)) {
      if (event.type === 'scope') spaces.push(toSpace(event.scope));
      if (event.type === 'complete') this.#readers.groups.select(spaces);
      yield event;
    }
  }

  /** Asked for once in a run, and only when a document lies in another space than expected. */
  #selectedSpaces(call: CallContext): Promise<ReadonlyMap<string, Space>> {
    this.#spaces ??= this.#readSpaces(call).catch((error: unknown) => {
      // One that failed says nothing to the next document.
      this.#spaces = undefined;
      throw error;
    });
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

import type { CheckOptions, CheckReport } from './check.ts';
import type { CallContext, ConnectorContext } from './context.ts';
import type { DocumentId } from './document.ts';
import type { FetchEvent, PartsAnswer, SyncEvent } from './events.ts';
import type { Json, JsonObject } from './json.ts';
import type { PartsRequest, Scope, ScopeEvent, ScopesOptions, SyncRequest } from './scope.ts';

/**
 * Reads one service for the engine. It yields what it finds and never touches the disk.
 *
 * One instance serves all scopes of a run, several at once, so what they share is read once.
 */
export interface Connector<Cursor extends Json = Json> {
  /**
   * Proves the credentials and tells server and account. Failures are checks, not exceptions. Every
   * run asks for it, so it costs one request; with `thorough` as many as it takes to tell what else
   * could go wrong and how to mend it.
   */
  check(call: CallContext, options?: CheckOptions): Promise<CheckReport>;

  /**
   * Lists the scopes that the config selects, in config order, and ends with `complete`. With `all`:
   * every scope the account may see, for a user who is choosing.
   */
  scopes(call: CallContext, options?: ScopesOptions): AsyncIterable<ScopeEvent>;

  /**
   * Yields what changed in one scope, or everything. The iterator is pulled no faster than its events
   * are stored. Throw a `ConnectorError` when the scope cannot go on; yield `failure` when one
   * document cannot. A listing that ends early for any reason must throw, never just end.
   */
  sync(request: SyncRequest<Cursor>, call: CallContext): AsyncIterable<SyncEvent<Cursor>>;

  /**
   * Reads single documents, for retries, for one page by id, and to prove that a missing one is gone.
   * Ids the service does not know get no event; one bad id never fails the call.
   */
  fetch?(ids: readonly DocumentId[], scope: Scope, call: CallContext): AsyncIterable<FetchEvent>;

  /**
   * Reads what belongs to documents that were just read and is listed apart from them: labels, sections,
   * attachments, names of people; for `sync --only`. What is not told stays as it is.
   */
  fetchParts?(request: PartsRequest, call: CallContext): AsyncIterable<PartsAnswer>;

  /**
   * Ids of everything below a document, at any depth, in pages; for `sync --only` with descendants.
   * Throws `not_found` when the document is not there.
   */
  descendants?(id: DocumentId, call: CallContext): AsyncIterable<readonly DocumentId[]>;

  /**
   * The document that an absolute URL means, or `undefined`: its id, or a name that `findIds` knows.
   * Pure and offline.
   */
  resolveUrl?(url: URL): DocumentId | undefined;

  /**
   * The ids of documents that people name otherwise, e.g. by a key that may change; for `sync --only`.
   * Names that the service does not know, and ids, are left out.
   */
  findIds?(names: readonly string[], call: CallContext): Promise<ReadonlyMap<string, DocumentId>>;

  /** Facts for `status`, stored when a sync ends: base URL, selected spaces, query. No secrets. */
  describe?(): JsonObject;

  /** Ends what the connector holds open. Called once, also after a failure. */
  close?(): Promise<void>;
}

/** The class that connectors extend. */
export abstract class BaseConnector<
  Config = unknown,
  Cursor extends Json = Json,
> implements Connector<Cursor> {
  readonly config: Config;
  readonly context: ConnectorContext;

  constructor(config: Config, context: ConnectorContext) {
    this.config = config;
    this.context = context;
  }

  abstract check(call: CallContext, options?: CheckOptions): Promise<CheckReport>;
  abstract scopes(call: CallContext, options?: ScopesOptions): AsyncIterable<ScopeEvent>;
  abstract sync(request: SyncRequest<Cursor>, call: CallContext): AsyncIterable<SyncEvent<Cursor>>;
}

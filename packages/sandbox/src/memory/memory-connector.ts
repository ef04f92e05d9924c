import {
  BaseConnector,
  type CallContext,
  type Capabilities,
  type CheckReport,
  type ConnectorDefinition,
  ConnectorError,
  type Content,
  defineConnector,
  type FetchEvent,
  type Json,
  type Scope,
  type ScopeEvent,
  type ScopesOptions,
  type SourceDocument,
  type SyncEvent,
  type SyncRequest,
} from '@context-sync/core';

import { bodyStream } from './body-stream.ts';
import type { MemoryDocument, MemoryWorld } from './memory-world.ts';

/** Config of a source that mirrors a {@link MemoryWorld}. */
export interface MemoryConfig {
  /** Slugs, in order; all scopes when absent. */
  readonly scopes?: readonly string[];
  /** Put before each body: a setting that changes what is rendered. */
  readonly prefix?: string;
}

export interface MemoryConnectorOptions {
  readonly stable?: boolean;
  readonly renderVersion?: number;
  /** Documents between two checkpoints. @default 10 */
  readonly checkpointEvery?: number;
  /** Without `fetch`, missing documents cannot be confirmed. @default true */
  readonly fetch?: boolean;
  /** Without it, nobody knows what lies below a document. @default true */
  readonly descendants?: boolean;
  /** Names of people come before the documents, not after them. @default false */
  readonly arePeopleFirst?: boolean;
  /** Kinds that are listed; nothing is said of the others. @default all */
  readonly kinds?: readonly string[];
}

/** A connector definition that reads the world as it is at each call. */
export function memoryConnector(
  world: MemoryWorld,
  options: MemoryConnectorOptions = {},
): ConnectorDefinition<MemoryConfig> {
  const capabilities: Capabilities = {
    incremental: 'none',
    deletes: 'listing',
    listing: { ids: 'cheap', stable: options.stable ?? false },
    hierarchy: true,
    ...(options.fetch === false ? {} : { fetch: true }),
  };
  class MemoryConnector extends BaseMemoryConnector {
    override readonly world = world;
    override readonly checkpointEvery = options.checkpointEvery ?? 10;
    override readonly arePeopleFirst = options.arePeopleFirst ?? false;
    override readonly kinds = options.kinds;
  }
  class FetchingConnector extends MemoryConnector {
    async *fetch(ids: readonly string[], scope: Scope): AsyncGenerator<FetchEvent> {
      for (const id of ids) yield* this.answer(id, scope);
    }
    descendants = options.descendants === false ? undefined : (id: string) => readBelow(world, id);
  }
  return defineConnector<MemoryConfig, Json>({
    contract: '1.0',
    type: 'memory',
    configSchema: {
      '~standard': {
        version: 1,
        vendor: 'context-sync',
        validate: (value) => ({ value: value as MemoryConfig }),
      },
    },
    capabilities,
    cursorVersion: 1,
    renderVersion: options.renderVersion ?? 1,
    configEffects: { scopes: 'scope', prefix: 'render' },
    kinds: { post: { folder: 'blog' }, comment: { heading: 'Comments' } },
    connector: options.fetch === false ? MemoryConnector : FetchingConnector,
  });
}

/** Ids of everything below a document, a page of them for each document above. */
async function* readBelow(world: MemoryWorld, id: string): AsyncGenerator<readonly string[]> {
  if (!world.documents.has(id)) throw new ConnectorError('not_found', 'It is not there.');
  const all = [...world.documents.values()];
  const open = [id];
  for (let above = open.pop(); above !== undefined; above = open.pop()) {
    const below = all.filter(({ parent }) => parent === above).map((document) => document.id);
    open.push(...below);
    yield below;
  }
}

abstract class BaseMemoryConnector extends BaseConnector<MemoryConfig> {
  abstract readonly world: MemoryWorld;
  abstract readonly checkpointEvery: number;
  abstract readonly arePeopleFirst: boolean;
  abstract readonly kinds: readonly string[] | undefined;

  override async check(): Promise<CheckReport> {
    if (this.world.isAllowed) {
      return {
        identity: { id: this.world.identity, label: this.world.identity },
        checks: [{ id: 'credentials', status: 'passed' }],
      };
    }
    return {
      checks: [
        {
          id: 'credentials',
          status: 'failed',
          message: 'The token was refused.',
          fix: 'Make a new token.',
        },
      ],
    };
  }

  override async *scopes(
    _call: CallContext,
    { all = false }: ScopesOptions = {},
  ): AsyncGenerator<ScopeEvent> {
    const named = all ? undefined : this.config.scopes;
    for (const slug of named ?? [...this.world.scopes.keys()].toSorted()) {
      const scope = this.world.scopes.get(slug);
      if (scope !== undefined) yield { type: 'scope', scope: { ...scope, kind: 'space' } };
      else
        yield {
          type: 'unavailable',
          slug,
          error: { code: 'config', message: `There is no scope ${slug}.` },
        };
    }
    yield { type: 'complete' };
  }

  override async *sync(request: SyncRequest, call: CallContext): AsyncGenerator<SyncEvent> {
    const kinds = this.kinds === undefined ? {} : { kinds: this.kinds };
    if (this.arePeopleFirst) yield this.people();
    yield { type: 'listing', state: 'begin', ...kinds };
    let count = 0;
    for (const document of this.world.listed(request.scope.slug)) {
      if (this.kinds?.includes(document.kind) === false) continue;
      call.signal.throwIfAborted();
      count += 1;
      const fault = this.world.faults.find(({ after }) => after === count);
      if (fault?.what.type === 'throw')
        throw new ConnectorError(fault.what.code, 'The service failed in the middle of a listing.');
      if (fault?.what.type === 'fail-part') {
        yield {
          type: 'failure',
          error: { code: 'transient', message: 'A part of the listing could not be read.' },
        };
        continue;
      }
      if (fault?.what.type === 'end-early') return;
      yield { type: 'upsert', document: this.toDocument(document) };
      if (count % this.checkpointEvery === 0) yield { type: 'checkpoint', cursor: { count } };
    }
    yield { type: 'listing', state: 'complete', ...kinds };
    if (!this.arePeopleFirst) yield this.people();
    yield { type: 'checkpoint', cursor: { count } };
  }

  resolveUrl(url: URL): string | undefined {
    return url.host === 'memory.example'
      ? decodeURIComponent(url.pathname.slice('/open/'.length)) || undefined
      : undefined;
  }

  people(): SyncEvent {
    return { type: 'people', people: [...this.world.people].map(([id, name]) => ({ id, name })) };
  }

  /** What `fetch` says of one id; nothing for one that is unknown or hidden. */
  *answer(id: string, scope: Scope): Generator<FetchEvent> {
    const document = this.world.documents.get(id);
    if (document === undefined || document.state === 'hidden') return;
    if (document.state === 'forbidden') yield { type: 'delete', id, reason: 'no-access' };
    else if (document.state === 'trashed') yield { type: 'delete', id, reason: 'trashed' };
    else if (document.state === 'unclear')
      yield { type: 'failure', id, error: { code: 'transient', message: 'Ask again later.' } };
    else if (!this.world.isThere(document)) return;
    else if (this.isSelected(document))
      yield { type: 'upsert', document: this.toDocument(document), ...homeOf(document, scope) };
    else yield { type: 'delete', id, reason: 'moved-out' };
  }

  isSelected({ scopes }: MemoryDocument): boolean {
    const selected = this.config.scopes ?? [...this.world.scopes.keys()];
    return [...scopes].some((slug) => selected.includes(slug));
  }

  toDocument(document: MemoryDocument): SourceDocument {
    const { id, kind, title, placement, parent, labels, updatedAt, alias, order, author } =
      document;
    const isAttachment = placement === 'attachment';
    return {
      id,
      kind,
      title,
      placement,
      revision: `r${document.revision}${document.isDownloaded ? ' with bytes' : ''}`,
      parent: parent ?? null,
      order: order ?? null,
      url: `https://memory.example/doc/${encodeURIComponent(id)}`,
      aliases: [alias],
      labels,
      author: author === undefined ? null : { id: author, name: author },
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt,
      ...(isAttachment
        ? { metadata: { size: Buffer.byteLength(document.body), mediaType: 'text/plain' } }
        : { metadata: document.metadata }),
      content: async () => this.contentOf(document),
    };
  }

  contentOf({ id, body, properties, isDownloaded }: MemoryDocument): Content {
    if (this.world.unreadable.has(id))
      throw new ConnectorError('permanent', 'This document cannot be read.');
    const content = {
      markdown: `${this.config.prefix ?? ''}${body}`,
      ...(properties === undefined ? {} : { metadata: properties }),
    };
    if (!isDownloaded) return content;
    const bytes = { size: Buffer.byteLength(body), open: async () => this.open(id, body) };
    return { ...content, bytes };
  }

  open(id: string, body: string): ReadableStream<Uint8Array> {
    const how = this.world.brokenStreams.get(id);
    if (how === 'missing') throw new ConnectorError('not_found', 'The bytes are not there.');
    this.world.downloads.push(id);
    return bodyStream(Buffer.from(how === 'short' ? body.slice(1) : body), how);
  }
}

function homeOf(document: MemoryDocument, scope: Scope): { scope?: string } {
  const [first] = document.scopes;
  return document.scopes.has(scope.slug) || first === undefined ? {} : { scope: `scope-${first}` };
}

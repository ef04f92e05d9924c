import type { JsonObject } from '@context-sync/core';

/** A document of the simulated service. */
export interface MemoryDocument {
  readonly id: string;
  kind: string;
  title: string;
  body: string;
  /** Rises with each edit of the title or body, not with a move. */
  revision: number;
  parent: string | undefined;
  /** Slugs of the scopes that list it. */
  scopes: Set<string>;
  placement: 'file' | 'section' | 'attachment';
  /** Of an attachment: its body is what it holds, and can be downloaded. */
  isDownloaded: boolean;
  labels: string[];
  /** Id of a person. */
  author: string | undefined;
  /** Of the header. */
  metadata: JsonObject;
  /** Front matter that the text tells. */
  properties: JsonObject | undefined;
  updatedAt: string;
  order: number | undefined;
  state: 'current' | 'trashed' | 'hidden' | 'forbidden' | 'unclear';
  readonly alias: string;
}

/** A place where the service misbehaves, in the next run only unless it says otherwise. */
export interface MemoryFault {
  /** After this many events of a listing, counted over the run. */
  readonly after: number;
  readonly what:
    | { readonly type: 'throw'; readonly code: 'transient' | 'auth' | 'permission' | 'permanent' }
    | { readonly type: 'fail-part' }
    | { readonly type: 'end-early' };
}

/** How a stream of bytes goes wrong. */
export type BrokenStream = 'short' | 'endless' | 'fails' | 'missing' | 'hangs';

const start = Date.parse('2026-01-01T00:00:00Z');

/**
 * A service in memory: what the engine's tests and benchmarks mirror. Time passes by one minute with
 * each change, so that equal histories give equal worlds.
 */
export class MemoryWorld {
  readonly documents = new Map<string, MemoryDocument>();
  readonly scopes = new Map<string, { id: string; slug: string; title: string }>();
  readonly people = new Map<string, string>();
  /** Ids whose content cannot be read. */
  readonly unreadable = new Set<string>();
  /** Attachments whose stream ends early, goes on for ever or breaks. */
  readonly brokenStreams = new Map<string, BrokenStream>();
  /** Attachments whose stream was opened, in order. */
  readonly downloads: string[] = [];
  faults: MemoryFault[] = [];
  /** Whether the credentials are accepted. */
  isAllowed = true;
  identity = 'memory/tester';
  /** Gives the order in which a listing yields its documents. */
  shuffle: <Item>(items: readonly Item[]) => readonly Item[] = (items) => items;
  /** Of what was purged: the same id never means another text with the same revision. */
  readonly #lastRevisions = new Map<string, number>();
  #ticks = 0;

  addScope(slug: string, title: string = slug): void {
    this.scopes.set(slug, { id: `scope-${slug}`, slug, title });
  }

  /** Gives a scope another slug; it stays the same scope. */
  renameScope(slug: string, name: string): void {
    const scope = this.scopes.get(slug);
    if (scope === undefined) throw new Error(`There is no scope ${slug}.`);
    this.scopes.delete(slug);
    this.scopes.set(name, { ...scope, slug: name });
    for (const { scopes } of this.documents.values()) if (scopes.delete(slug)) scopes.add(name);
  }

  add(
    document: { id: string; title: string; scope: string } & Partial<MemoryDocument>,
  ): MemoryDocument {
    const { scope, ...given } = document;
    const added: MemoryDocument = {
      kind: 'page',
      body: '',
      revision: (this.#lastRevisions.get(document.id) ?? 0) + 1,
      parent: undefined,
      scopes: new Set([scope]),
      placement: 'file',
      isDownloaded: false,
      labels: [],
      author: undefined,
      metadata: {},
      properties: undefined,
      order: undefined,
      state: 'current',
      alias: `key-${document.id}`,
      updatedAt: this.#tick(),
      ...given,
    };
    this.documents.set(added.id, added);
    return added;
  }

  edit(id: string, body: string): void {
    this.#change(id, (document) => {
      document.body = body;
      document.revision += 1;
    });
  }

  rename(id: string, title: string): void {
    this.#change(id, (document) => {
      document.title = title;
      document.revision += 1;
    });
  }

  /** A move bumps no revision, as on Confluence. */
  move(id: string, parent: string | undefined): void {
    const document = this.documents.get(id);
    if (document !== undefined) document.parent = parent;
  }

  moveToScope(id: string, scope: string): void {
    const document = this.documents.get(id);
    if (document !== undefined) document.scopes = new Set([scope]);
  }

  trash(id: string): void {
    this.#setState(id, 'trashed');
  }

  /** Takes the document from the account's sight: absent and unknown, as if it never was. */
  hide(id: string): void {
    this.#setState(id, 'hidden');
  }

  /** Takes away the account's right to read it, which the service says when asked. */
  lose(id: string): void {
    this.#setState(id, 'forbidden');
  }

  /** It is not listed, and asked about it the service does not say whether it is gone. */
  makeUnclear(id: string): void {
    this.#setState(id, 'unclear');
  }

  restore(id: string): void {
    this.#setState(id, 'current');
  }

  purge(id: string): void {
    const document = this.documents.get(id);
    if (document !== undefined) this.#lastRevisions.set(id, document.revision);
    this.documents.delete(id);
  }

  /** The documents that a scope lists, in the order of this world. */
  listed(scope: string): readonly MemoryDocument[] {
    const all = [...this.documents.values()];
    return this.shuffle(
      all.filter((document) => document.scopes.has(scope) && this.isThere(document)),
    );
  }

  /** What lies in the trash, or was never there, shows no sections and attachments either. */
  isThere(document: MemoryDocument): boolean {
    const seen = new Set<MemoryDocument>();
    let at: MemoryDocument | undefined = document;
    while (at?.state === 'current' && at.placement !== 'file' && !seen.has(at)) {
      seen.add(at);
      at = this.documents.get(at.parent ?? '');
    }
    return at?.state === 'current' && at.placement === 'file';
  }

  #setState(id: string, state: MemoryDocument['state']): void {
    const document = this.documents.get(id);
    if (document !== undefined) document.state = state;
  }

  #change(id: string, change: (document: MemoryDocument) => void): void {
    const document = this.documents.get(id);
    if (document === undefined) return;
    change(document);
    document.updatedAt = this.#tick();
  }

  #tick(): string {
    this.#ticks += 1;
    return new Date(start + this.#ticks * 60_000).toISOString().replace('.000Z', 'Z');
  }
}

import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig, FilterOptions } from './config.ts';
import { isOneOf } from './cql.ts';
import { toBatches } from './map-ahead.ts';
import { isClosedWay } from './other-way.ts';
import { maxHits, maxTypes } from './requests.ts';
import { type ContentRow, RowId } from './schema.ts';
import { resolveSiteUrl, splitDocumentId } from './site-urls.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Space } from './spaces.ts';
import { toTitlePattern } from './title-pattern.ts';

/** Without `expand` a search gives up to 1000 rows: https://confluence.atlassian.com/confkb/1032258424.html */
const maxBareHits = 1000;

const types = 'type in (page, blogpost)';

/** Tells of a page or post whether it is wanted. */
export type IsWanted = (row: Pick<ContentRow, 'id' | 'title' | 'status' | 'spaceId'>) => boolean;

/** Rows that a clause of a search finds. */
type FindRows = (clause: string) => Promise<readonly unknown[]>;

/**
 * The part of the config that picks pages and posts: by label, by what they lie under, by title, and
 * by any question to the search. Titles are compared here; the rest the search index answers, which
 * lags about a minute behind.
 */
export class ContentFilter {
  readonly #config: Pick<ConfluenceConfig, 'baseUrl' | 'include' | 'exclude'>;
  readonly #client: ConfluenceClient;
  readonly #groups: SpaceGroups;
  readonly #fitsTitles: IsWanted;
  /** Ids of archived spaces. */
  readonly #archived = new Set<string>();
  /** Ids of the spaces that were last read by the same selection. */
  readonly #settled = new Set<string>();
  #proof: Promise<void> | undefined;

  constructor(
    config: Pick<ConfluenceConfig, 'baseUrl' | 'include' | 'exclude'>,
    readers: { readonly client: ConfluenceClient; readonly groups: SpaceGroups },
  ) {
    this.#config = config;
    this.#client = readers.client;
    this.#groups = readers.groups;
    this.#fitsTitles = toTitleTest(config);
  }

  /** False when everything is wanted. */
  get isActive(): boolean {
    const { include, exclude } = this.#config;
    return [include, exclude].some((options) => Object.keys(options).length > 0);
  }

  /** The selection, for the cursor; `undefined` when `include` asks the search index nothing. */
  get print(): string | undefined {
    const { include, exclude } = this.#config;
    return this.#clauses(include).length === 0 ? undefined : JSON.stringify([include, exclude]);
  }

  /** Notes what a space is like, and by which selection it was read before. */
  note({ id, isArchived }: Space, before: string | undefined): void {
    if (isArchived) this.#archived.add(id);
    if (this.print !== undefined && this.print === before) this.#settled.add(id);
  }

  /**
   * Whether only the index says that something is not wanted which it found wanted before: it may have
   * forgotten it.
   */
  isDoubtful(row: ContentRow): boolean {
    return this.#settled.has(row.spaceId) && this.#fitsTitles(row);
  }

  /** Asks each question for a single row. Throws what keeps the filter from being applied. */
  async prove(call: CallContext): Promise<void> {
    await this.#decide(async (clause) => {
      const request = { cql: `${types} and ${clause}`, expand: [], limit: 1 };
      return (await this.#client.searchOnce(request, call)).rows;
    }, call);
  }

  /** Decides for the pages and posts of a space. */
  forSpace(space: Space, call: CallContext): Promise<IsWanted> {
    const find: FindRows = (clause) => {
      const cql = `${types} and ${clause}`;
      return this.#groups.search(space, { cql, expand: [], limit: maxBareHits }, call);
    };
    return this.#decide(find, call);
  }

  /** Decides for these pages and posts, wherever they are. */
  forIds(ids: readonly string[], call: CallContext): Promise<IsWanted> {
    const find: FindRows = async (clause) => {
      const found: unknown[] = [];
      for (const batch of toBatches(ids, maxHits)) {
        const cql = `${types} and ${isOneOf('id', batch)} and ${clause}`;
        const search = this.#client.search({ cql, expand: [], limit: maxHits }, call);
        for await (const rows of search) found.push(...rows);
      }
      return found;
    };
    return this.#decide(find, call);
  }

  async #decide(find: FindRows, call: CallContext): Promise<IsWanted> {
    const { include, exclude } = this.#config;
    await this.#proveAncestors(call);
    const ask = async (clauses: readonly string[], joint: string): Promise<Set<string>> =>
      clauses.length === 0 ? new Set() : this.#ask(`(${clauses.join(joint)})`, find, call);
    const [including, excluding] = [this.#clauses(include), this.#clauses(exclude)];
    const included = await ask(including, ' and ');
    const excluded = await ask(excluding, ' or ');
    return (row) =>
      (including.length === 0 || included.has(row.id)) &&
      !excluded.has(row.id) &&
      // The search knows nothing archived: whether it should be left out cannot be told.
      (excluding.length === 0 || !this.#isArchived(row)) &&
      this.#fitsTitles(row);
  }

  #isArchived({ status, spaceId }: Pick<ContentRow, 'status' | 'spaceId'>): boolean {
    return status === 'archived' || this.#archived.has(spaceId);
  }

  async #ask(clause: string, find: FindRows, call: CallContext): Promise<Set<string>> {
    try {
      const rows = await find(clause);
      return new Set(rows.flatMap((row) => RowId.safeParse(row).data?.id ?? []));
    } catch (error) {
      if (!ConnectorError.is(error)) throw error;
      // Going on without would mirror, or let go of, what the user decided about.
      if (error.status === 400) throw badSearch(clause, error);
      if (await isClosedWay(this.#client, error, call)) throw noSearch(error);
      throw error;
    }
  }

  #clauses({ labels, ancestors, cql }: FilterOptions): string[] {
    const ids = ancestors?.map((ancestor) => this.#contentId(ancestor));
    return [
      ...(labels === undefined ? [] : [isOneOf('label', labels)]),
      ...(ids === undefined ? [] : [`(${isOneOf('ancestor', ids)} or ${isOneOf('id', ids)})`]),
      ...(cql === undefined ? [] : [`(${cql})`]),
    ];
  }

  /** To the search, what is not there looks like something that nothing lies under. */
  #proveAncestors(call: CallContext): Promise<void> {
    const { include, exclude } = this.#config;
    const given = [...(include.ancestors ?? []), ...(exclude.ancestors ?? [])];
    if (given.length === 0) return Promise.resolve();
    this.#proof ??= this.#askForAncestors(given, call);
    const proof = this.#proof;
    proof.catch(() => (this.#proof = undefined));
    return proof;
  }

  async #askForAncestors(given: readonly string[], call: CallContext): Promise<void> {
    for (const batch of toBatches(given, maxTypes)) {
      const ids = batch.map((ancestor) => this.#contentId(ancestor));
      try {
        const unknown = new Set(await this.#client.findUnknown(ids, call));
        const named = batch.find((_, index) => unknown.has(ids[index] ?? ''));
        if (named !== undefined) throw noAncestor(named);
      } catch (error) {
        // Without the scope for this question it stays open.
        if (!(await isClosedWay(this.#client, error, call))) throw error;
      }
    }
  }

  #contentId(ancestor: string): string {
    if (/^\d+$/.test(ancestor)) return ancestor;
    const id = URL.canParse(ancestor)
      ? resolveSiteUrl(this.#config.baseUrl, new URL(ancestor))
      : undefined;
    if (id !== undefined) return splitDocumentId(id).id;
    throw new ConnectorError('config', `"${ancestor}" is no page of ${this.#config.baseUrl}.`, {
      hint: 'Write the id of a page or folder, or its address with the id in it, in "ancestors".',
    });
  }
}

function toTitleTest({
  include,
  exclude,
}: Pick<ConfluenceConfig, 'include' | 'exclude'>): IsWanted {
  const wanted = include.titles?.map(toTitlePattern);
  const unwanted = exclude.titles?.map(toTitlePattern) ?? [];
  return ({ title }) =>
    (wanted === undefined || wanted.some((fits) => fits(title))) &&
    !unwanted.some((fits) => fits(title));
}

function badSearch(clause: string, { message }: ConnectorError): ConnectorError {
  const what = 'Confluence refused the search that "include" and "exclude" ask for.';
  return new ConnectorError('config', `${what} ${message}`, {
    hint: `Correct include and exclude; the search that was refused holds: ${clause}`,
  });
}

function noSearch({ message }: ConnectorError): ConnectorError {
  const what =
    '"include" and "exclude" by label, ancestor or CQL need the search, which is refused.';
  return new ConnectorError('permission', `${what} ${message}`, {
    hint: 'Give the token the scope search:confluence too, or select by titles alone. Nothing was removed.',
  });
}

function noAncestor(ancestor: string): ConnectorError {
  const message = `"ancestors" names ${ancestor}, which this account does not see: it was removed, or the account may not view it.`;
  return new ConnectorError('config', message, {
    hint: 'Correct "ancestors" in the config, or take it out. Until then nothing is removed.',
  });
}

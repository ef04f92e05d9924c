import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig, FilterOptions } from './config.ts';
import { isOneOf } from './cql.ts';
import { toBatches } from './map-ahead.ts';
import { maxHits } from './requests.ts';
import { type ContentRow, RowId } from './schema.ts';
import { resolveSiteUrl } from './site-urls.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Space } from './spaces.ts';

/** Without `expand` a search gives up to 1000 rows: https://confluence.atlassian.com/confkb/1032258424.html */
const maxBareHits = 1000;

const types = 'type in (page, blogpost)';

/** Tells of a page or post whether it is wanted. */
export type IsWanted = (row: Pick<ContentRow, 'id' | 'title'>) => boolean;

/**
 * The part of the config that picks pages and posts: by label, by what they lie under, by title, and
 * by any question to the search. Titles are compared here; the rest the search index answers, which
 * lags about a minute behind.
 */
export class ContentFilter {
  readonly #config: Pick<ConfluenceConfig, 'baseUrl' | 'include' | 'exclude'>;
  readonly #client: ConfluenceClient;
  readonly #groups: SpaceGroups;

  constructor(
    config: Pick<ConfluenceConfig, 'baseUrl' | 'include' | 'exclude'>,
    readers: { readonly client: ConfluenceClient; readonly groups: SpaceGroups },
  ) {
    this.#config = config;
    this.#client = readers.client;
    this.#groups = readers.groups;
  }

  /** False when everything is wanted. */
  get isActive(): boolean {
    const { include, exclude } = this.#config;
    return [include, exclude].some((options) => Object.keys(options).length > 0);
  }

  /** Decides for the pages and posts of a space. */
  forSpace(space: Space, call: CallContext): Promise<IsWanted> {
    return this.#decide(async (clause) => {
      const cql = `${types} and ${clause}`;
      return this.#groups.search(space, { cql, expand: [], limit: maxBareHits }, call);
    });
  }

  /** Decides for these pages and posts, wherever they are. */
  forIds(ids: readonly string[], call: CallContext): Promise<IsWanted> {
    return this.#decide(async (clause) => {
      const found: unknown[] = [];
      for (const batch of toBatches(ids, maxHits)) {
        const cql = `${types} and ${isOneOf('id', batch)} and ${clause}`;
        const search = this.#client.search({ cql, expand: [], limit: maxHits }, call);
        for await (const rows of search) found.push(...rows);
      }
      return found;
    });
  }

  async #decide(search: (clause: string) => Promise<readonly unknown[]>): Promise<IsWanted> {
    const { include, exclude } = this.#config;
    const ask = async (clauses: readonly string[], joint: string): Promise<Set<string>> =>
      clauses.length === 0 ? new Set() : this.#ask(`(${clauses.join(joint)})`, search);
    const wanted = this.#clauses(include);
    const included = await ask(wanted, ' and ');
    const excluded = await ask(this.#clauses(exclude), ' or ');
    return ({ id, title }) =>
      (wanted.length === 0 || included.has(id)) &&
      !excluded.has(id) &&
      (include.titles === undefined || matchesAny(title, include.titles)) &&
      !(exclude.titles !== undefined && matchesAny(title, exclude.titles));
  }

  async #ask(
    clause: string,
    search: (clause: string) => Promise<readonly unknown[]>,
  ): Promise<Set<string>> {
    try {
      const rows = await search(clause);
      return new Set(rows.flatMap((row) => RowId.safeParse(row).data?.id ?? []));
    } catch (error) {
      if (!ConnectorError.is(error) || error.status !== 400) throw error;
      // Going on without would mirror, or let go of, what the user decided about.
      throw new ConnectorError(
        'config',
        `Confluence refused the search that "include" and "exclude" ask for. ${error.message}`,
        { hint: 'Correct include and exclude; the search that was refused holds: ' + clause },
      );
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

  #contentId(ancestor: string): string {
    if (/^\d+$/.test(ancestor)) return ancestor;
    const id = URL.canParse(ancestor)
      ? resolveSiteUrl(this.#config.baseUrl, new URL(ancestor))
      : undefined;
    if (id !== undefined) return id.slice(id.indexOf(':') + 1);
    throw new ConnectorError('config', `"${ancestor}" is no page of ${this.#config.baseUrl}.`, {
      hint: 'Write the id of a page, or its address with the id in it, in "ancestors".',
    });
  }
}

function matchesAny(title: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => toExpression(pattern).test(title.normalize('NFC').trim()));
}

/** `*` stands for any text, `?` for one character; case makes no difference. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .normalize('NFC')
    .trim()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu');
}

import type { CallContext } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isOneOf } from './cql.ts';
import type { SearchRequest } from './requests.ts';
import type { Space } from './spaces.ts';

/** Spaces searched together, so that many quiet spaces cost one request. */
const spacesPerSearch = 50;

/**
 * Searches the spaces of a run in groups. Each search is made once: the spaces of a group share its
 * answer, in which each has to find its own rows.
 */
export class SpaceGroups {
  readonly #client: ConfluenceClient;
  readonly #searches = new Map<string, Promise<readonly unknown[] | undefined>>();
  /** In the order of the config. */
  #keys: readonly string[] = [];

  constructor(client: ConfluenceClient) {
    this.#client = client;
  }

  /** Tells which spaces this run reads. */
  select(spaces: readonly Space[]): void {
    this.#keys = spaces.map(({ key }) => key);
  }

  /** How many spaces this run reads. */
  get count(): number {
    return this.#keys.length;
  }

  /** The rows of the group that a space is in, for a clause such as `type=comment`. */
  async search(
    { key }: Space,
    { cql, ...request }: SearchRequest,
    call: CallContext,
  ): Promise<readonly unknown[]> {
    const question = toQuestion(cql, this.#groupOf(key));
    const rows = await this.#once(question, () =>
      this.#readAll({ ...request, cql: question }, call),
    );
    return rows ?? [];
  }

  /**
   * The same when there are so few that one answer holds them all; `undefined` when there are more, or
   * when a space is alone in its group.
   */
  async searchFew(
    { key }: Space,
    { cql, ...request }: SearchRequest,
    call: CallContext,
  ): Promise<readonly unknown[] | undefined> {
    const group = this.#groupOf(key);
    if (group.length === 1) return undefined;
    const question = toQuestion(cql, group);
    return this.#once(`few: ${question}`, async () => {
      const { rows, cursor } = await this.#client.searchOnce({ ...request, cql: question }, call);
      return cursor === undefined ? rows : undefined;
    });
  }

  #once(
    name: string,
    read: () => Promise<readonly unknown[] | undefined>,
  ): Promise<readonly unknown[] | undefined> {
    const known = this.#searches.get(name);
    if (known !== undefined) return known;
    const search = read();
    this.#searches.set(name, search);
    // One that failed says nothing to the next space, or the next try.
    search.catch(() => this.#searches.delete(name));
    return search;
  }

  #groupOf(key: string): readonly string[] {
    const at = Math.max(this.#keys.indexOf(key), 0);
    const start = at - (at % spacesPerSearch);
    const group = this.#keys.slice(start, start + spacesPerSearch);
    return group.includes(key) ? group : [key];
  }

  async #readAll(request: SearchRequest, call: CallContext): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for await (const rows of this.#client.search(request, call)) found.push(...rows);
    return found;
  }
}

function toQuestion(cql: string, keys: readonly string[]): string {
  return `${cql} and ${isOneOf('space', keys)} order by created`;
}

import type { CallContext } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isClosedWay } from './other-way.ts';
import { walkList } from './paging.ts';
import type { Part, PartKind } from './parts.ts';
import { maxRows, type PartList } from './requests.ts';

/** A list of the whole site that is longer than this many pages is left unread. */
const mostPages = 400;

/** Why the lists were not read: the service refuses them, or they are too long. */
export type Unread = 'refused' | 'too-long';

/** A row, and what it says; `undefined` when it cannot be read. */
export interface ListedPart {
  readonly row: unknown;
  readonly part: Part | undefined;
}

/**
 * The lists of v2 that hold the comments and attachments of the whole site. They know no spaces, so
 * they are only read when the search is refused, once for all spaces of a run.
 */
export class SiteLists {
  readonly #client: ConfluenceClient;
  readonly #reads = new Map<string, Promise<readonly ListedPart[] | Unread>>();

  constructor(client: ConfluenceClient) {
    this.#client = client;
  }

  /**
   * All parts of a kind, or those that changed since; what is answered comes before the answers.
   */
  async read(
    kind: PartKind,
    since: string | undefined,
    call: CallContext,
  ): Promise<readonly ListedPart[] | Unread> {
    const key = `${kind.name} ${since ?? ''}`;
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const read = this.#readLists(kind, since, call);
    this.#reads.set(key, read);
    // One that failed says nothing to the next space, or the next try.
    read.catch(() => this.#reads.delete(key));
    return read;
  }

  async #readLists(
    kind: PartKind,
    since: string | undefined,
    call: CallContext,
  ): Promise<readonly ListedPart[] | Unread> {
    const parts: ListedPart[] = [];
    try {
      for (const list of kind.lists) {
        const found = await this.#readList(kind, list, since, call);
        if (typeof found === 'string') return found;
        parts.push(...found);
      }
    } catch (error) {
      if (!(await isClosedWay(this.#client, error, call))) throw error;
      return 'refused';
    }
    // By id: an answer is younger than what it answers, which may have been edited since.
    const idOf = ({ part }: ListedPart): string => (part && kind.contentId(part.id)) ?? '';
    return parts.toSorted((a, b) => compareNumbers(idOf(a), idOf(b)));
  }

  async #readList(
    kind: PartKind,
    list: PartList,
    since: string | undefined,
    call: CallContext,
  ): Promise<ListedPart[] | Unread> {
    const parts: ListedPart[] = [];
    let pages = 0;
    const walk = walkList(`the ${list} of the site`, (cursor) =>
      this.#client.listParts({ list, limit: maxRows, cursor }, call),
    );
    for await (const rows of walk) {
      pages += 1;
      if (pages > mostPages) return 'too-long';
      const read = rows.map((row) => ({ row, part: kind.fromRow(list, row, this.#client) }));
      parts.push(...read);
      const oldest = read.at(-1)?.part?.changedAt;
      if (since !== undefined && oldest !== undefined && oldest < since) break;
    }
    return parts;
  }
}

/** Ids may have more digits than a number holds exactly. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || Number(a > b) - Number(a < b);
}

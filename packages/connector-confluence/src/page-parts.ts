import type { CallContext } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { walkList } from './paging.ts';
import type { Part, PartKind } from './parts.ts';
import { type PartList, maxRows } from './requests.ts';
import { RowId } from './schema.ts';

/** A list of what lies under one page or comment. */
interface OpenList {
  readonly list: PartList;
  readonly of: { readonly kind: 'page' | 'footer-comment' | 'inline-comment'; readonly id: string };
}

/**
 * Reads the parts of one page, replies included. For archived pages, which the search does not know:
 * each costs a request for each list, and one for each comment.
 */
export async function* readPartsOfPage(
  client: ConfluenceClient,
  { kind, page }: { kind: PartKind; page: string },
  call: CallContext,
): AsyncGenerator<Part | undefined> {
  const open: OpenList[] = kind.lists.map((list) => ({ list, of: { kind: 'page', id: page } }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { list, of } = next;
    const walk = walkList(`the ${list} of ${of.kind} ${of.id}`, (cursor) =>
      client.listParts({ list, of, limit: maxRows, cursor }, call),
    );
    for await (const rows of walk) {
      for (const row of rows) {
        yield kind.fromRow(list, row, client);
        const { data } = RowId.safeParse(row);
        if (data !== undefined && list !== 'attachments') {
          const answered = list === 'inline-comments' ? 'inline-comment' : 'footer-comment';
          open.push({ list, of: { kind: answered, id: data.id } });
        }
      }
    }
  }
}

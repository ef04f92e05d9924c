import type { CallContext, DocumentId } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { walkList } from './paging.ts';
import { maxDepth } from './requests.ts';
import { DescendantRow } from './schema.ts';
import { documentId, isNodeKind, splitDocumentId } from './site-urls.ts';

/**
 * Ids of everything below a page or folder. One list reaches ten levels down; what is deeper is asked
 * of those at its end.
 */
export async function* listDescendants(
  client: ConfluenceClient,
  id: DocumentId,
  call: CallContext,
): AsyncGenerator<DocumentId[]> {
  const open = [id];
  const seen = new Set(open);
  for (let above = open.pop(); above !== undefined; above = open.pop()) {
    const { prefix, id: contentId } = splitDocumentId(above);
    const of = { kind: isNodeKind(prefix) ? prefix : ('page' as const), id: contentId };
    const walk = walkList(`what lies below ${above}`, (cursor) =>
      client.listDescendants({ of, cursor }, call),
    );
    for await (const rows of walk) {
      const below = rows.flatMap((row) => DescendantRow.safeParse(row).data ?? []);
      const fresh = below.map((row) => ({ id: documentId(row.type, row.id), depth: row.depth }));
      const found = fresh.filter((row) => !seen.has(row.id));
      for (const row of found) {
        seen.add(row.id);
        if (row.depth >= maxDepth) open.push(row.id);
      }
      yield found.map((row) => row.id);
    }
  }
}

import type { CallContext, DeleteEvent, DocumentId, FetchEvent } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ContentFilter, IsWanted } from './content-filter.ts';
import { noText, withText } from './content-listing.ts';
import { readByIds } from './content-reader.ts';
import { toBatches } from './map-ahead.ts';
import { findNode, toNodeDocument } from './nodes.ts';
import { type ContentKind, maxRows } from './requests.ts';
import type { ContentRow } from './schema.ts';
import type { Space } from './spaces.ts';

/** What of the config decides whether a document belongs into the mirror. */
export interface Selection {
  readonly wikiUrl: string;
  readonly includeArchived: boolean;
  readonly blogPosts: boolean;
  readonly filter: ContentFilter;
  /** A selected space by its id. */
  readonly findSpace: (id: string) => Promise<Space | undefined>;
}

/** Every status in which a content may be found; only `draft` and `historical` are left out. */
const allStatuses: Readonly<Record<ContentKind, readonly string[]>> = {
  page: ['current', 'archived', 'trashed', 'deleted'],
  blogpost: ['current', 'trashed', 'deleted'],
};

const goneReasons: Readonly<Record<string, DeleteEvent['reason']>> = {
  trashed: 'trashed',
  deleted: 'deleted',
};

/** Content ids are numbers of 64 bits. */
const contentId = /^\d{1,18}$/;

/**
 * Reads single documents and says of each whether it belongs into the mirror. No word on an id means
 * that the service knows nothing of it: purged, hidden, or never there.
 */
export async function* fetchDocuments(
  client: ConfluenceClient,
  { ids, selection }: { ids: readonly DocumentId[]; selection: Selection },
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  for (const batch of toBatches(
    ids.filter((id) => contentId.test(id)),
    maxRows,
  )) {
    let missing = batch;
    for (const kind of ['page', 'blogpost'] as const) {
      if (missing.length === 0) break;
      const request = { kind, ids: missing, statuses: allStatuses[kind], withBodies: true };
      const rows = await readByIds(client, request, call);
      const found = new Set(rows.map(({ id }) => id));
      const isWanted = await selection.filter.forIds([...found], call);
      for (const row of rows) yield* judge(kind, row, { ...selection, isWanted });
      missing = missing.filter((id) => !found.has(id));
    }
  }
  for (const id of ids) yield* fetchNode(client, { id, selection }, call);
}

async function* judge(
  kind: ContentKind,
  row: ContentRow,
  selection: Selection & { isWanted: IsWanted },
): AsyncGenerator<FetchEvent> {
  const { wikiUrl, includeArchived, blogPosts, filter, isWanted, findSpace } = selection;
  const { id, status, spaceId } = row;
  const gone = goneReasons[status];
  const isOfNoKind =
    (status === 'archived' && !includeArchived) || (kind === 'blogpost' && !blogPosts);
  const isExcluded = isOfNoKind || !isWanted(row);
  // Without a word on it, it counts in the guard against many deletions.
  if (gone === undefined && !isOfNoKind && isExcluded && filter.isDoubtful(row)) return;
  const space = gone === undefined && !isExcluded ? await findSpace(spaceId) : undefined;
  if (space === undefined) {
    yield { type: 'delete', id, reason: gone ?? 'moved-out' };
    return;
  }
  const document = withText(kind, row, { wikiUrl, space });
  if (document === undefined) yield { type: 'failure', id, error: noText(id) };
  else yield { type: 'upsert', document, scope: space.id };
}

async function* fetchNode(
  client: ConfluenceClient,
  { id, selection }: { id: DocumentId; selection: Selection },
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  const node = await findNode(client, id, call);
  if (node === undefined) return;
  // The search lists folders in their current state only, so an archived one counts as moved out.
  const gone = goneReasons[node.status] ?? (node.status === 'archived' ? 'moved-out' : undefined);
  const space = await selection.findSpace(node.spaceId ?? '');
  if (gone !== undefined || space === undefined) {
    yield { type: 'delete', id, reason: gone ?? 'moved-out' };
  } else {
    const { wikiUrl } = selection;
    yield { type: 'upsert', document: toNodeDocument(node, { wikiUrl, space }), scope: space.id };
  }
}

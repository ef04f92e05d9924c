import type { CallContext, DocumentId, SyncRequest } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig } from './config.ts';
import { listContents } from './content-listing.ts';
import type { ConfluenceCursor, SpaceEvent } from './cursor.ts';
import { listNodes } from './nodes.ts';
import type { ContentRow } from './schema.ts';
import { documentId, isNodeKind } from './site-urls.ts';
import { toSpace } from './spaces.ts';

/**
 * Reads one space: its pages, its blog posts, and the folders that pages lie in, each in a listing of
 * its own. Texts come with the list when nothing is known yet, otherwise by id for what changed.
 */
export async function* syncSpace(
  client: ConfluenceClient,
  config: ConfluenceConfig,
  request: SyncRequest<ConfluenceCursor>,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const { mode, cursor, known } = request;
  const place = { wikiUrl: config.baseUrl, space: toSpace(request.scope) };
  const withBodies = known.count() === 0 || (mode === 'full' && cursor === undefined);
  const listing = { place, known, withBodies, maxPages: config.maxPages };
  const parents = new Set<DocumentId>();
  const onRow = ({ parentId, parentType }: ContentRow): void => {
    if (parentId && parentType && isNodeKind(parentType)) {
      parents.add(documentId(parentType, parentId));
    }
  };
  const statuses = config.includeArchived ? ['current', 'archived'] : ['current'];
  yield* listContents(client, { ...listing, kind: 'page', statuses, onRow }, call);
  if (config.blogPosts) {
    yield* listContents(client, { ...listing, kind: 'blogpost', statuses: ['current'] }, call);
  } else {
    // Posts mirrored before the option was switched off are not wanted any more.
    yield { type: 'listing', state: 'begin', kinds: ['blogpost'] };
    yield { type: 'listing', state: 'complete', kinds: ['blogpost'] };
  }
  yield* listNodes(client, { place, parents }, call);
  yield { type: 'checkpoint', cursor: {} };
}

import type { DocumentId } from '@context-sync/core';

import type { ContentKind, ContentReference } from './requests.ts';
import type { ContentRow } from './schema.ts';
import { documentId, isNodeKind } from './site-urls.ts';
import type { Space } from './spaces.ts';
import { revisionOf } from './to-document.ts';

/** What the listings of a space tell about what has to be read beside the texts. */
export class SpaceInventory {
  readonly #space: Space;
  readonly #since: string | undefined;
  /** Pages and posts. */
  readonly listed = new Set<DocumentId>();
  /** Those of them that the search does not know: archived ones, and all of an archived space. */
  readonly archived: ContentReference[] = [];
  /** Those of the archived that are new or have a new version. */
  readonly changedArchived: ContentReference[] = [];
  /** Folders and the like that pages lie in. */
  readonly parents = new Set<DocumentId>();
  /**
   * Something is new here that is older than the last run: it was restored, moved here, or made
   * visible. Then its comments and attachments are older too, and no search for changes finds them.
   */
  hasReturned = false;
  /** False when there may be pages and posts that were not listed. */
  isWhole = true;

  constructor(space: Space, since: string | undefined) {
    this.#space = space;
    this.#since = since;
  }

  note(kind: ContentKind, row: ContentRow, before: string | undefined): void {
    const { id, parentId, parentType } = row;
    this.listed.add(id);
    const isArchived = row.status === 'archived' || this.#space.isArchived;
    if (isArchived) this.archived.push({ kind, id });
    if (parentId && parentType && isNodeKind(parentType)) {
      this.parents.add(documentId(parentType, parentId));
    }
    if (before === revisionOf(row, this.#space)) return;
    if (isArchived) this.changedArchived.push({ kind, id });
    const isNew = before === undefined || !before.endsWith(`@${this.#space.key}`);
    const changedAt = row.version.createdAt;
    if (isNew && this.#since !== undefined && (changedAt ?? '') < this.#since) {
      this.hasReturned = true;
    }
  }
}

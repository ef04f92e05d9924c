import type { CallContext, DocumentId, SourceDocument } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { PartList } from './requests.ts';
import type { Place } from './to-document.ts';

/** What lies under pages and posts and is listed apart from them: one comment, one attachment. */
export interface Part {
  readonly id: DocumentId;
  /** What it lies under: a page, a post, or for a reply or a file in a comment, that comment. */
  readonly holder: DocumentId;
  /** Absent where the service does not tell. */
  readonly spaceId?: string;
  /** When it last changed, for lists that have the newest first. */
  readonly changedAt: string | undefined;
  /** The row does not tell all; what `find` gives does. */
  readonly isPartial?: boolean;
  toDocument(place: Place): SourceDocument;
}

/** One way in which parts are found: what to ask, and how to read the answers. */
export interface PartKind {
  /** The kinds of documents that it makes. */
  readonly kinds: readonly string[];
  /** For messages, e.g. `comments`. */
  readonly name: string;
  /** Its type in the search index. */
  readonly type: string;
  readonly expand: readonly string[];
  /** Most rows of one answer of the search. */
  readonly limit: number;
  /** The lists of v2 that hold the same. */
  readonly lists: readonly PartList[];
  /** Reads a row of the search; `undefined` when it is none or cannot be read. */
  fromHit(row: unknown, client: ConfluenceClient): Part | undefined;
  /** Reads a row of a list. */
  fromRow(list: PartList, row: unknown, client: ConfluenceClient): Part | undefined;
  /** Reads one by its document id; `undefined` for ids of other documents, and when it is gone. */
  find(id: DocumentId, client: ConfluenceClient, call: CallContext): Promise<FoundPart | undefined>;
  /** The content id in a document id of one of the kinds, or `undefined`. */
  contentId(id: DocumentId): string | undefined;
}

/** A part that was asked for by its id. */
export interface FoundPart {
  readonly part: Part;
  /** Still there, or in the trash. */
  readonly status: 'current' | 'trashed';
}

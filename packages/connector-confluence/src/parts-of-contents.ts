import type { CallContext, PartsAnswer, PartsRequest } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { readLabelsOf } from './labels.ts';
import { readPartsOfPage } from './page-parts.ts';
import type { PartKind } from './parts.ts';
import { type PeopleNames, readPeople } from './people.ts';
import { contentPath, type ContentReference } from './requests.ts';
import { toSpace } from './spaces.ts';

/** What the parts of single pages and posts are read with. */
export interface PartReaders {
  readonly client: ConfluenceClient;
  readonly names: PeopleNames;
  /** The kinds that are wanted. */
  readonly kinds: readonly PartKind[];
  readonly wikiUrl: string;
}

/**
 * Reads labels, comments and attachments of single pages and posts, from lists that know of what was
 * written a moment ago, and the names of new people.
 */
export async function* readPartsOfContents(
  { client, names, kinds, wikiUrl }: PartReaders,
  { scope, documents, known }: PartsRequest,
  call: CallContext,
): AsyncGenerator<PartsAnswer> {
  const place = { wikiUrl, space: toSpace(scope) };
  const contents = documents.filter(isContent);
  yield* readLabelsOf(client, { space: place.space, contents }, call);
  for (const content of contents) {
    for (const kind of kinds) {
      for await (const part of readPartsOfPage(client, { kind, content }, call)) {
        if (part !== undefined) yield { type: 'upsert', document: part.toDocument(place) };
        else yield unreadable(kind, content);
      }
    }
  }
  yield* readPeople({ client, names }, { known, again: false }, call);
}

function isContent(document: {
  readonly kind: string;
  readonly id: string;
}): document is ContentReference {
  return document.kind in contentPath;
}

function unreadable({ name }: PartKind, { id }: ContentReference): PartsAnswer {
  const message = `One of the ${name} of ${id} cannot be read: its container or version is missing.`;
  return { type: 'warning', code: 'row-unreadable', message };
}

import type { CallContext, Content, SourceDocument } from '@context-sync/core';
import { adfToMarkdown, storageToMarkdown } from '@context-sync/markdown';

import type { Body } from './body-format.ts';
import { bodyReferences } from './references.ts';
import type { ContentKind } from './requests.ts';
import type { ContentRow } from './schema.ts';
import {
  blogPostKey,
  displayUrl,
  documentId,
  encode,
  idUrl,
  isNodeKind,
  pageKey,
  webUrl,
} from './site-urls.ts';
import type { Space } from './spaces.ts';

/** Where a document lives. */
export interface Place {
  /** `https://acme.atlassian.net/wiki` */
  readonly wikiUrl: string;
  readonly space: Space;
}

/**
 * Equal for equal content. The text alone does not decide what a link in it means: one without a
 * space means the space that the page is in, and neither a move nor a new key makes a version.
 */
export function revisionOf(row: Pick<ContentRow, 'version'>, { key }: Space): string {
  return `${row.version.number}@${key}`;
}

/** A page or blog post, with its content as given. */
export function toDocument(
  kind: ContentKind,
  row: ContentRow,
  place: Place,
  content: (call: CallContext) => Promise<Content>,
): SourceDocument {
  const { id, title, version, createdAt } = row;
  return {
    id,
    kind,
    title,
    revision: revisionOf(row, place.space),
    parent: parentOf(row),
    order: row.position ?? null,
    url: webUrl(place.wikiUrl, row._links?.webui, id),
    aliases: aliasesOf(kind, row, place),
    createdAt: createdAt ?? null,
    updatedAt: version.createdAt ?? null,
    // The name comes with the people of the space.
    author: row.authorId ? { id: row.authorId, name: row.authorId } : null,
    metadata: metadataOf(row, place.space),
    content,
  };
}

function parentOf({ parentId, parentType }: ContentRow): string | null {
  if (parentId === null || parentId === undefined) return null;
  const kind = parentType ?? 'page';
  return kind === 'page' || isNodeKind(kind) ? documentId(kind, parentId) : null;
}

function aliasesOf(kind: ContentKind, { id, title }: ContentRow, place: Place): string[] {
  const { wikiUrl, space } = place;
  const spaceUrl = `${wikiUrl}/spaces/${encode(space.key)}`;
  const byId = idUrl(wikiUrl, id);
  if (kind === 'blogpost') return [blogPostKey(space.key, title), byId];
  const home =
    space.homepageId === id
      ? [spaceUrl, `${spaceUrl}/overview`, `${wikiUrl}/display/${encode(space.key)}`]
      : [];
  return [
    pageKey(space.key, title),
    byId,
    `${spaceUrl}/pages/${id}`,
    displayUrl(wikiUrl, space.key, title),
    ...home,
  ];
}

function metadataOf(row: ContentRow, space: Space): NonNullable<SourceDocument['metadata']> {
  const { status, subtype, version } = row;
  return {
    space: space.key,
    version: version.number,
    ...(status === 'current' ? {} : { status }),
    ...(subtype ? { subtype } : {}),
  };
}

/** The Markdown of a body. */
export function toContent(id: string, body: Body, place: Place): Content {
  const references = bodyReferences(id, place);
  return body.format === 'adf'
    ? adfToMarkdown(body.document, references)
    : storageToMarkdown(body.text, references);
}

import type { Content, DocumentHeader, Placement } from '@context-sync/core';

import { nameOfAttachment } from '../mirror/attachment-name.ts';
import { nameOfSlug, nameOfTitle } from '../mirror/file-name.ts';
import type { Blob } from './blobs.ts';
import type { ItemRow, StoredHeader } from './items.ts';

/** A document as it comes out of the gate: clean, and checked against the contract. */
export interface IncomingDocument extends DocumentHeader {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly placement: Placement;
  readonly revision: string;
  /** Absent: the stored content still holds. */
  readonly content?: Content;
  /** What an attachment holds; read together with its content. */
  readonly blob?: Blob;
}

/** The header of a document as the columns of its row. */
export interface HeaderColumns {
  readonly parent: string | null;
  readonly slug: string | null;
  readonly position: number | null;
  readonly url: string | null;
  readonly updatedAt: string | null;
  readonly header: string;
  readonly aliases: readonly string[];
  readonly labels: readonly string[];
  readonly base: string;
}

/** The header to store: fields left out keep their value, `null` and `[]` empty them. */
export function toColumns(
  given: DocumentHeader & Pick<IncomingDocument, 'title' | 'placement'>,
  before: ItemRow | undefined,
): HeaderColumns {
  const old = before === undefined ? {} : readHeader(before);
  const slug = given.slug === undefined ? (before?.slug ?? null) : given.slug;
  const aliases = given.aliases ?? old.aliases ?? [];
  const labels = given.labels ?? old.labels ?? [];
  const stored: StoredHeader = {
    aliases,
    createdAt: given.createdAt === undefined ? (old.createdAt ?? null) : given.createdAt,
    author: given.author === undefined ? (old.author ?? null) : given.author,
    labels,
    metadata: given.metadata ?? old.metadata ?? {},
    permissions: given.permissions === undefined ? (old.permissions ?? null) : given.permissions,
  };
  return {
    parent: given.parent === undefined ? (before?.parent ?? null) : given.parent,
    slug,
    position: given.order === undefined ? (before?.position ?? null) : given.order,
    url: given.url === undefined ? (before?.url ?? null) : given.url,
    updatedAt: given.updatedAt === undefined ? (before?.updated_at ?? null) : given.updatedAt,
    header: JSON.stringify(stored),
    aliases,
    labels,
    base: baseOf(given, slug),
  };
}

function baseOf(
  { title, placement }: Pick<IncomingDocument, 'title' | 'placement'>,
  slug: string | null,
): string {
  if (placement === 'attachment') return nameOfAttachment(title);
  return slug === null ? nameOfTitle(title) : nameOfSlug(slug);
}

/** What of a stored header differs from the one that arrived. */
export interface HeaderChange {
  readonly any: boolean;
  /** It is found by other names. */
  readonly names: boolean;
  /** Others may show it differently. */
  readonly visible: boolean;
  /** It may lie elsewhere. */
  readonly moved: boolean;
}

export function compareHeader(
  before: ItemRow,
  document: IncomingDocument,
  columns: HeaderColumns,
): HeaderChange {
  const hasHeader = before.header === columns.header;
  const names =
    before.url !== columns.url ||
    (!hasHeader && JSON.stringify(readHeader(before).aliases) !== JSON.stringify(columns.aliases));
  const moved =
    before.parent !== columns.parent ||
    before.base !== columns.base ||
    before.kind !== document.kind ||
    before.placement !== document.placement;
  const visible =
    names || moved || before.title !== document.title || before.position !== columns.position;
  const any =
    visible ||
    !hasHeader ||
    before.updated_at !== columns.updatedAt ||
    before.slug !== columns.slug;
  return { any, names, visible, moved };
}

function readHeader({ header }: ItemRow): StoredHeader {
  return JSON.parse(header) as StoredHeader;
}

import type { Bytes, DocumentId, SourceDocument } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { AttachmentOptions } from './config.ts';
import { Downloads } from './downloads.ts';
import type { FoundPart, Part, PartKind } from './parts.ts';
import { maxHits, type PartList } from './requests.ts';
import { AttachmentHit, AttachmentRow } from './schema.ts';
import { documentId, encode, fileKey } from './site-urls.ts';
import type { Place } from './to-document.ts';

/** An attachment from either interface. */
interface Attachment {
  readonly id: string;
  readonly fileName: string;
  /** Content id of the page, post or comment that it is attached to. */
  readonly container: string;
  readonly holder: DocumentId;
  readonly version: number;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly mediaType: string | undefined;
  readonly size: number | undefined;
  readonly comment: string | undefined;
  /** By which ADF names the file of this version; Data Center has none. */
  readonly fileId: string | undefined;
}

const attachmentId = /^att\d+$/;

/** The attachments of pages and posts: listed always, downloaded as the options say. */
export function attachmentsOf(options: AttachmentOptions): PartKind {
  const downloads = new Downloads();
  const toPart = (
    attachment: Attachment,
    spaceId: string | undefined,
    client: ConfluenceClient,
  ): Part => ({
    id: attachment.id,
    holder: attachment.holder,
    ...(spaceId === undefined ? {} : { spaceId }),
    changedAt: attachment.updatedAt,
    toDocument: (place) =>
      toDocument(attachment, place, isDownloaded(attachment, options), (call) =>
        downloads.open(client, { ...attachment, holder: attachment.container }, call),
      ),
  });
  return {
    kinds: ['attachment'],
    name: 'attachments',
    type: 'attachment',
    expand: ['space', 'container', 'version', 'history', 'extensions', 'metadata'],
    limit: maxHits,
    lists: ['attachments'],
    fromHit: (row, client) => {
      const { data: hit } = AttachmentHit.safeParse(row);
      const attachment = hit && fromHit(hit);
      return attachment && toPart(attachment, hit.space?.id, client);
    },
    fromRow: (_list: PartList, row, client) => {
      const { data } = AttachmentRow.safeParse(row);
      const attachment = data && fromRow(data);
      return attachment && toPart(attachment, undefined, client);
    },
    find: async (id, client, call): Promise<FoundPart | undefined> => {
      if (!attachmentId.test(id)) return undefined;
      const row = await client.getAttachment(id, call);
      const attachment = fromRow(row);
      if (attachment === undefined) return undefined;
      const status = row.status === 'trashed' ? 'trashed' : 'current';
      return { part: toPart(attachment, undefined, client), status };
    },
    contentId: (id) => (attachmentId.test(id) ? id.slice('att'.length) : undefined),
  };
}

function fromHit(hit: AttachmentHit): Attachment | undefined {
  const { container, extensions, metadata, history, version } = hit;
  if (!container) return undefined;
  return {
    id: hit.id,
    fileName: hit.title,
    container: container.id,
    holder:
      container.type === 'comment' ? documentId('footer-comment', container.id) : container.id,
    version: version.number,
    createdAt: history?.createdDate ?? undefined,
    updatedAt: version.when ?? undefined,
    mediaType: extensions?.mediaType ?? metadata?.mediaType ?? undefined,
    size: extensions?.fileSize ?? undefined,
    comment: extensions?.comment ?? undefined,
    fileId: extensions?.fileId ?? undefined,
  };
}

function fromRow(row: AttachmentRow): Attachment | undefined {
  const container = row.pageId ?? row.blogPostId;
  if (!container) return undefined;
  return {
    id: row.id,
    fileName: row.title,
    container,
    holder: container,
    version: row.version.number,
    createdAt: row.createdAt ?? undefined,
    updatedAt: row.version.createdAt ?? undefined,
    mediaType: row.mediaType ?? undefined,
    size: row.fileSize ?? undefined,
    comment: row.comment ?? undefined,
    fileId: row.fileId ?? undefined,
  };
}

function toDocument(
  attachment: Attachment,
  { wikiUrl }: Place,
  isWanted: boolean,
  open: Bytes['open'],
): SourceDocument {
  const { id, fileId, fileName, container, holder, version, createdAt, updatedAt, size } =
    attachment;
  const bytes = { ...(size === undefined ? {} : { size }), open };
  return {
    id,
    kind: 'attachment',
    placement: 'attachment',
    title: fileName,
    // Whether the bytes are wanted is part of it, so that changing the options reads them.
    revision: isWanted ? `${version}+bytes` : String(version),
    parent: holder,
    url: `${wikiUrl}/download/attachments/${encode(container)}/${encode(fileName)}`,
    aliases: [`${container}/${fileName}`, ...(fileId === undefined ? [] : [fileKey(fileId)])],
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    metadata: metadataOf(attachment),
    content: { markdown: '', ...(isWanted ? { bytes } : {}) },
  };
}

function metadataOf({
  version,
  size,
  mediaType,
  comment,
}: Attachment): NonNullable<SourceDocument['metadata']> {
  return {
    version,
    ...(size === undefined ? {} : { size }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(comment ? { comment } : {}),
  };
}

function isDownloaded({ size, mediaType }: Attachment, options: AttachmentOptions): boolean {
  const { download, maxBytes, types } = options;
  // Of an unknown size nobody knows whether it is too large.
  if (!download || size === undefined || size > maxBytes) return false;
  return types.some((pattern) => matchesType(mediaType ?? '', pattern));
}

/** `image/*` stands for every kind of image, `*` for everything. */
function matchesType(mediaType: string, pattern: string): boolean {
  const type = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const wanted = pattern.toLowerCase();
  if (wanted === '*' || wanted === '*/*') return true;
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

import type { SourceDocument } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import type { AttachmentOptions } from './config.ts';
import { fileKey } from './references.ts';
import type { Attachment } from './schema.ts';
import { documentId, encode } from './site-urls.ts';
import { toUtc } from './times.ts';

/** An attachment of an issue: listed always, downloaded as the options say. */
export function toAttachmentDocument(
  attachment: Attachment,
  issueId: string,
  context: {
    readonly client: JiraClient;
    readonly siteUrl: string;
    readonly options: AttachmentOptions;
  },
): SourceDocument {
  const { id, filename, author, created, size, mimeType } = attachment;
  const { client, siteUrl, options } = context;
  const isWanted = isDownloaded(attachment, options);
  const bytes = {
    ...(size === null || size === undefined ? {} : { size }),
    open: client.download.bind(client, { id, fileName: filename }),
  };
  return {
    id: documentId.attachment(issueId, id),
    kind: 'attachment',
    placement: 'attachment',
    title: filename,
    // A file never changes; whether its bytes are wanted does.
    revision: isWanted ? '1+bytes' : '1',
    parent: issueId,
    url: `${siteUrl}/secure/attachment/${encode(id)}/${encode(filename)}`,
    aliases: [fileKey(issueId, filename)],
    createdAt: toUtc(created) ?? null,
    updatedAt: toUtc(created) ?? null,
    author: author ?? null,
    metadata: {
      ...(size === null || size === undefined ? {} : { size }),
      ...(mimeType ? { mediaType: mimeType } : {}),
    },
    content: { markdown: '', ...(isWanted ? { bytes } : {}) },
  };
}

function isDownloaded({ size, mimeType }: Attachment, options: AttachmentOptions): boolean {
  const { download, maxBytes, types } = options;
  // Of an unknown size nobody knows whether it is too large.
  if (!download || size === null || size === undefined || size > maxBytes) return false;
  return types.some((pattern) => matchesType(mimeType ?? '', pattern));
}

/** `image/*` stands for every kind of image, `*` for everything. */
function matchesType(mediaType: string, pattern: string): boolean {
  const type = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const wanted = pattern.toLowerCase();
  if (wanted === '*' || wanted === '*/*') return true;
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

import type { ApiRequest } from '../http/route.ts';
import { type Attachment, sizeOf } from '../site/attachment.ts';
import { partVersionJson } from './content-json.ts';
import { containerJson } from './part-list.ts';

/** Where a person opens it, below `/wiki`. */
export function attachmentWebui({ id, containerId, title }: Attachment): string {
  const preview = `/${containerId}/${id.replace('att', '')}/${title}`;
  return `/pages/viewpageattachments.action?pageId=${containerId}&preview=${encodeURIComponent(preview)}`;
}

/** The address of Data Center. Cloud still gives it out, but refuses API tokens there. */
export function oldDownloadLink({ containerId, title, version }: Attachment): string {
  const query = new URLSearchParams({
    version: String(version.number),
    modificationDate: String(Date.parse(version.createdAt)),
    cacheVersion: '1',
    api: 'v2',
  });
  return `/download/attachments/${containerId}/${encodeURIComponent(title)}?${query.toString()}`;
}

/** The address that takes API tokens, as v1 names it. */
export function downloadLink({ id, containerId }: Attachment): string {
  return `/rest/api/content/${containerId}/child/attachment/${id}/download`;
}

export function mediaDescription(mediaType: string): string {
  const [, subtype = ''] = mediaType.split('/');
  return mediaType.startsWith('image/') ? `${subtype.toUpperCase()} Image` : 'File';
}

/** An attachment as v2 gives it. */
export function attachmentJson(request: ApiRequest, attachment: Attachment): object {
  const webui = attachmentWebui(attachment);
  const download = oldDownloadLink(attachment);
  return {
    id: attachment.id,
    status: attachment.status,
    title: attachment.title,
    createdAt: attachment.createdAt,
    ...containerJson(request, attachment),
    mediaType: attachment.mediaType,
    mediaTypeDescription: mediaDescription(attachment.mediaType),
    comment: attachment.comment,
    fileId: attachment.fileId,
    fileSize: sizeOf(attachment.content),
    webuiLink: webui,
    downloadLink: download,
    version: partVersionJson(attachment.version),
    _links: { webui, download },
  };
}

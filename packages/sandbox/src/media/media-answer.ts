import { replacement } from '../faults/fault-reply.ts';
import type { FaultKind } from '../faults/fault.ts';
import { type Reply, streamReply } from '../http/reply.ts';
import { readChunks, sizeOf } from '../site/attachment.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { isTokenGood } from './media-link.ts';

function refusal(status: number, title: string): Reply {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error: { code: title, title, href: '' } }) };
}

interface Asked {
  readonly site: ConfluenceSite;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly mediaUrl: string;
  readonly faults: readonly FaultKind[];
}

/** What the media server sends: the bytes of a file for whoever has a good token, and no name asked. */
export function answerMedia(asked: Asked): Reply {
  const { site, path, query } = asked;
  const replaced = replacement(asked);
  if (replaced !== undefined) return replaced;
  const fileId = /^\/file\/([^/]+)\/binary$/.exec(path)?.[1];
  const attachment = fileId === undefined ? undefined : site.attachments.findFile(fileId);
  if (fileId === undefined || attachment === undefined) return refusal(404, 'NotFound');
  if (!isTokenGood(fileId, query.get('token') ?? '', site.clock.now())) {
    return refusal(403, 'JwtAuthoriser:AuthorisationError');
  }
  const { content, mediaType } = attachment;
  return streamReply(mediaType, { length: sizeOf(content), read: () => readChunks(content) });
}

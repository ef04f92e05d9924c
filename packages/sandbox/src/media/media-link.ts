import { createHmac } from 'node:crypto';

import type { Attachment } from '../site/attachment.ts';

/** How long a link to a file holds, by the site's clock. */
const lifetimeMs = 15 * 60_000;
const key = 'sandbox-media';

function sign(fileId: string, expires: string): string {
  return createHmac('sha256', key).update(`${fileId}.${expires}`).digest('base64url');
}

/** A link to the bytes of one version that anyone may follow until it expires. */
export function makeMediaLink(
  mediaUrl: string,
  attachment: Pick<Attachment, 'fileId' | 'title'>,
  now: string,
): string {
  const { fileId, title } = attachment;
  const expires = String(Date.parse(now) + lifetimeMs);
  const query = new URLSearchParams({
    token: `${expires}.${sign(fileId, expires)}`,
    client: 'sandbox',
    dl: 'true',
    name: title,
  });
  return `${mediaUrl}/file/${fileId}/binary?${query.toString()}`;
}

/** Tells whether a token was made for this file and still holds. */
export function isTokenGood(fileId: string, token: string, now: string): boolean {
  const [expires = '', signature] = token.split('.');
  return signature === sign(fileId, expires) && Date.parse(now) <= Number(expires);
}

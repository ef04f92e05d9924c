import { ApiError, notFound } from '../http/api-error.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import { makeMediaLink } from '../media/media-link.ts';
import type { Attachment } from '../site/attachment.ts';

const scopes = ['readonly:content.attachment:confluence', 'read:attachment:confluence'];

function requireVersion({ params, query, site, viewer }: ApiRequest): Attachment {
  const id = params['attachmentId'] ?? '';
  const attachment = site.attachments.find(id);
  const number = Number(query.get('version') ?? attachment?.version.number);
  const version = site.attachments.findVersion(id, number);
  const isThere =
    attachment?.containerId === params['id'] &&
    attachment?.status === 'current' &&
    viewer.seesPart(attachment);
  if (!isThere || version === undefined) throw notFound('attachment', id);
  return version;
}

function redirect(request: ApiRequest): ApiAnswer {
  const { site, mediaUrl } = request;
  const location = makeMediaLink(mediaUrl, requireVersion(request), site.clock.now());
  return { status: 302, headers: { location }, body: {} };
}

/**
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content---attachments/
 * The address of before is gone for API tokens, though v2 still gives it out:
 * https://developer.atlassian.com/cloud/confluence/changelog/#CHANGE-2735
 */
export const downloadRoutes: readonly Route[] = [
  {
    path: '/wiki/rest/api/content/{id}/child/attachment/{attachmentId}/download',
    scopes,
    answer: redirect,
  },
  {
    path: '/wiki/download/attachments/{id}/{name}',
    scopes,
    answer: () => {
      throw new ApiError(401, 'UNAUTHORIZED', 'Unauthorized');
    },
  },
];

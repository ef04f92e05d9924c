import { ApiError } from '../http/api-error.ts';
import { streamReply } from '../http/reply.ts';
import { readChunks, sizeOf } from '../site/attachment.ts';
import type { ReplyRoute } from './request.ts';

/** The bytes themselves, by the name that the file has now; an older version by its number. */
export const downloadRoutes: readonly ReplyRoute[] = [
  {
    path: '/download/attachments/{id}/{name}',
    reply: ({ site, viewer, params, query }) => {
      const now = site.attachments
        .of(params['id'] ?? '')
        .find(({ title, status }) => title === params['name'] && status === 'current');
      const number = Number(query.get('version') ?? now?.version.number);
      const file = now && site.attachments.findVersion(now.id, number);
      if (now === undefined || file === undefined || !viewer.seesPart(now)) {
        throw new ApiError(404, 'NOT_FOUND', 'Page Not Found');
      }
      const { content, mediaType } = file;
      return streamReply(mediaType, { length: sizeOf(content), read: () => readChunks(content) });
    },
  },
];

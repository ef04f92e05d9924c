import { z } from 'zod';

import type { ApiRequest, Route } from '../http/route.ts';
import { readPosted } from './posted-json.ts';

const scopes = ['read:content.metadata:confluence'];

const wanted = z.object({ contentIds: z.array(z.union([z.string(), z.number()])).max(100) });

/** The type of an id in the words of v2; `null` for what is not there or hidden. */
function typeOf({ site, viewer }: ApiRequest, id: string): string | null {
  const content = site.contents.find(id);
  if (content !== undefined) return viewer.sees(content) ? content.kind : null;
  const comment = site.comments.find(id);
  if (comment !== undefined) return viewer.seesPart(comment) ? `${comment.location}-comment` : null;
  const attachment = site.attachments.find(id.startsWith('att') ? id : `att${id}`);
  return attachment !== undefined && viewer.seesPart(attachment) ? 'attachment' : null;
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-content/ */
export const contentTypeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/wiki/api/v2/content/convert-ids-to-types',
    scopes,
    answer: (request) => {
      const ids = readPosted(request, wanted).contentIds.map(String);
      const results = Object.fromEntries(ids.map((id) => [id, typeOf(request, id)]));
      return { body: { results } };
    },
  },
];

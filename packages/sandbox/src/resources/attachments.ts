import { withForeignRow } from '../faults/tampering.ts';
import { notFound } from '../http/api-error.ts';
import { answerList } from '../http/paging.ts';
import { wordsParameter } from '../http/query.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import type { Attachment } from '../site/attachment.ts';
import { attachmentJson } from './attachment-json.ts';
import { withBase } from './links.ts';
import { partOrder, requireContainer } from './part-list.ts';

const scopes = ['read:attachment:confluence'];

const statuses = ['current', 'archived', 'trashed'] as const;
const defaultLimit = 50;

function answerAttachments(request: ApiRequest, all: readonly Attachment[]): ApiAnswer {
  const { query, viewer } = request;
  const listed = new Set<string>(wordsParameter(query, 'status', statuses, ['current']));
  const mediaType = query.get('mediaType');
  const name = query.get('filename');
  const selected = all.filter(
    (attachment) =>
      listed.has(attachment.status) &&
      (mediaType === null || attachment.mediaType === mediaType) &&
      (name === null || attachment.title === name) &&
      viewer.seesPart(attachment),
  );
  const rows = withForeignRow(request.tampering, selected, () => request.site.attachments.all());
  const toJson = (attachment: Attachment): object => attachmentJson(request, attachment);
  return answerList(request, rows, partOrder(request), toJson, defaultLimit);
}

function answerOf(request: ApiRequest, kind: 'page' | 'blogpost'): ApiAnswer {
  const { id } = requireContainer(request, kind);
  return answerAttachments(request, request.site.attachments.of(id));
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-attachment/ */
export const attachmentRoutes: readonly Route[] = [
  {
    path: '/wiki/api/v2/attachments',
    scopes,
    answer: (request) => answerAttachments(request, request.site.attachments.all()),
  },
  {
    path: '/wiki/api/v2/attachments/{id}',
    scopes,
    answer: (request) => {
      const { params, site, viewer } = request;
      const id = `att${(params['id'] ?? '').replace(/^att/, '')}`;
      const attachment = site.attachments.find(id);
      if (attachment === undefined || !viewer.seesPart(attachment)) {
        throw notFound('attachment', id);
      }
      return { body: withBase(attachmentJson(request, attachment), request) };
    },
  },
  {
    path: '/wiki/api/v2/pages/{id}/attachments',
    scopes,
    answer: (request) => answerOf(request, 'page'),
  },
  {
    path: '/wiki/api/v2/blogposts/{id}/attachments',
    scopes,
    answer: (request) => answerOf(request, 'blogpost'),
  },
];

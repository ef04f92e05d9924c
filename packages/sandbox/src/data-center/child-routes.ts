import { listParameter } from '../http/query.ts';
import type { ApiAnswer } from '../http/route.ts';
import { labelsV1Json } from '../resources/labels.ts';
import { withBase } from '../resources/links.ts';
import { childrenOf } from '../resources/v1-children.ts';
import { restrictionJson } from '../resources/v1-restriction-json.ts';
import type { Comment } from '../site/comment.ts';
import type { Content } from '../site/content.ts';
import { answerItems, requireHolder, requireItem } from './content-routes.ts';
import { pagesUnder } from './contents.ts';
import type { DataCenterRequest, DataCenterRoute } from './request.ts';

/** Without a depth only what begins a thread; `resolved` is a location of its own. */
function answerComments(request: DataCenterRequest): ApiAnswer {
  const { query, site } = request;
  const item = requireItem(request);
  const isAll = query.get('depth') === 'all' && item.kind !== 'comment';
  const found = isAll
    ? site.comments.of(item.id)
    : (childrenOf.comment(request, item.id) as readonly Comment[]);
  const wanted = new Set(query.has('location') ? listParameter(query, 'location') : []);
  const placeOf = (comment: Comment): string =>
    site.comments.statusOf(comment) === 'resolved' ? 'resolved' : comment.location;
  const rows = found.filter((comment) => wanted.size === 0 || wanted.has(placeOf(comment)));
  return answerItems(request, rows);
}

function answerAttachments(request: DataCenterRequest): ApiAnswer {
  const { query } = request;
  const name = query.get('filename');
  const mediaType = query.get('mediaType');
  const rows = childrenOf
    .attachment(request, requireHolder(request).id)
    .filter(
      (row) =>
        row.kind === 'attachment' &&
        (name === null || row.title === name) &&
        (mediaType === null || row.mediaType === mediaType),
    );
  return answerItems(request, rows, 50);
}

function below({ site }: DataCenterRequest, id: string): readonly Content[] {
  const under = (above: string): readonly Content[] =>
    pagesUnder(site, above).flatMap((page) => [page, ...under(page.id)]);
  return under(id);
}

function answerLabels(request: DataCenterRequest): ApiAnswer {
  const { query, baseUrl, path, server } = request;
  const prefix = query.get('prefix');
  const labels = requireHolder(request).labels.filter(
    (label) => prefix === null || label.prefix === prefix,
  );
  const limit = Math.min(Number(query.get('limit') ?? 200), 200);
  const links = { self: baseUrl + path, base: baseUrl, context: server.contextPath };
  const list = labelsV1Json(labels, Number(query.get('start') ?? 0), limit);
  return { body: { ...list, _links: links } };
}

function answerRestrictions(request: DataCenterRequest): ApiAnswer {
  const item = requireItem(request);
  const parts = ['user', 'group'] as const;
  const read = restrictionJson(request, item, 'read', parts);
  const update = restrictionJson(request, item, 'update', parts);
  return { body: withBase({ read, update }, request) };
}

/** What hangs on a page or post. */
export const childRoutes: readonly DataCenterRoute[] = [
  { path: '/rest/api/content/{id}/child/comment', answer: answerComments },
  { path: '/rest/api/content/{id}/child/attachment', answer: answerAttachments },
  {
    path: '/rest/api/content/{id}/child/page',
    answer: (request) => {
      const { id } = requireItem(request);
      return answerItems(request, pagesUnder(request.site, id));
    },
  },
  {
    path: '/rest/api/content/{id}/descendant/page',
    answer: (request) => answerItems(request, below(request, requireItem(request).id)),
  },
  { path: '/rest/api/content/{id}/label', answer: answerLabels },
  { path: '/rest/api/content/{id}/restriction/byOperation', answer: answerRestrictions },
];

import { withForeignRow } from '../faults/tampering.ts';
import { notFound } from '../http/api-error.ts';
import { answerList } from '../http/paging.ts';
import { wordsParameter } from '../http/query.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import type { Comment } from '../site/comment.ts';
import { commentJson } from './comment-json.ts';
import { partVersionJson } from './content-json.ts';
import { bodyFormat } from './content-list.ts';
import { withBase } from './links.ts';
import { containerJson, partOrder, requireContainer } from './part-list.ts';

const scopes = ['read:comment:confluence'];

type Location = Comment['location'];

const resolutions = ['open', 'reopened', 'resolved', 'dangling'] as const;

/** Lists comments that may be seen; children alone do not name their page. */
function answerComments(
  request: ApiRequest,
  comments: readonly Comment[],
  isChildren = false,
): ApiAnswer {
  const format = bodyFormat(request);
  const rows = withForeignRow(request.tampering, comments, () => request.site.comments.all());
  const seen = rows.filter((comment) => request.viewer.seesPart(comment));
  return answerList(request, seen, partOrder(request), (comment) => ({
    ...commentJson(request, comment, format),
    ...(isChildren ? {} : containerJson(request, comment)),
  }));
}

function requireComment({ params, site, viewer }: ApiRequest, location: Location): Comment {
  const id = params['id'] ?? '';
  const comment = site.comments.find(id);
  if (comment?.location !== location || !viewer.seesPart(comment)) {
    throw notFound(`${location} comment`, id);
  }
  return comment;
}

/** The comments that begin a thread on one page or blog post. */
function answerRoots(
  request: ApiRequest,
  kind: 'page' | 'blogpost',
  location: Location,
): ApiAnswer {
  const { site, query } = request;
  const wanted = new Set(wordsParameter(query, 'resolution-status', resolutions, resolutions));
  const roots = site.comments
    .of(requireContainer(request, kind).id)
    .filter((comment) => comment.location === location && comment.parentId === null)
    .filter((comment) => location === 'footer' || wanted.has(site.comments.statusOf(comment)));
  return answerComments(request, roots);
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-comment/ */
function routesOf(location: Location): readonly Route[] {
  const name = `${location}-comments`;
  const list = `/wiki/api/v2/${name}`;
  return [
    {
      path: list,
      scopes,
      answer: (request) => {
        const all = request.site.comments.all();
        return answerComments(
          request,
          all.filter((comment) => comment.location === location),
        );
      },
    },
    {
      path: `${list}/{id}`,
      scopes,
      answer: (request) => {
        const comment = requireComment(request, location);
        const json = commentJson(request, comment, bodyFormat(request));
        return { body: withBase({ ...json, ...containerJson(request, comment) }, request) };
      },
    },
    {
      path: `${list}/{id}/versions/{version}`,
      scopes,
      answer: (request) => {
        const comment = requireComment(request, location);
        const number = Number(request.params['version']);
        const version = request.site.comments.versionOf(comment.id, number);
        if (version === undefined) throw notFound(`version of ${location} comment`, comment.id);
        return { body: partVersionJson(version) };
      },
    },
    {
      path: `${list}/{id}/children`,
      scopes,
      answer: (request) => {
        const { id } = requireComment(request, location);
        return answerComments(request, request.site.comments.repliesTo(id), true);
      },
    },
    {
      path: `/wiki/api/v2/pages/{id}/${name}`,
      scopes,
      answer: (request) => answerRoots(request, 'page', location),
    },
    {
      path: `/wiki/api/v2/blogposts/{id}/${name}`,
      scopes,
      answer: (request) => answerRoots(request, 'blogpost', location),
    },
  ];
}

export const commentRoutes: readonly Route[] = [...routesOf('footer'), ...routesOf('inline')];

import { answerList } from '../http/paging.ts';
import type { ApiRequest, Route } from '../http/route.ts';
import type { Space } from '../site/content.ts';
import { blogPostJson } from './content-json.ts';
import {
  bodyFormat,
  contentOrder,
  requireContent,
  requireSpace,
  selectContents,
} from './content-list.ts';
import { withBase } from './links.ts';

const scopes = ['read:page:confluence'];

function listBlogPosts(request: ApiRequest, space?: Space): ReturnType<Route['answer']> {
  const format = bodyFormat(request);
  const posts = selectContents(request, 'blogpost', space);
  return answerList(request, posts, contentOrder(request, 'blogpost'), (post) =>
    blogPostJson(request, post, format),
  );
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-blog-post/ */
export const blogPostRoutes: readonly Route[] = [
  { path: '/wiki/api/v2/blogposts', scopes, answer: (request) => listBlogPosts(request) },
  {
    path: '/wiki/api/v2/spaces/{id}/blogposts',
    scopes,
    answer: (request) => listBlogPosts(request, requireSpace(request)),
  },
  {
    path: '/wiki/api/v2/blogposts/{id}',
    scopes,
    answer: (request) => {
      const post = requireContent(request, 'blogpost');
      const json = blogPostJson(request, post, bodyFormat(request));
      return { body: withBase(json, request) };
    },
  },
];

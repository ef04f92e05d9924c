import { invalidParameter, notFound } from '../http/api-error.ts';
import type { Order } from '../http/paging.ts';
import type { ApiRequest } from '../http/route.ts';
import type { Attachment } from '../site/attachment.ts';
import type { Comment } from '../site/comment.ts';
import type { Content } from '../site/content.ts';
import { requireContent } from './content-list.ts';

const sortValues: Readonly<Record<string, (part: Comment | Attachment) => string | number>> = {
  id: () => 0,
  'created-date': (part) => part.createdAt,
  'modified-date': (part) => part.version.createdAt,
};

/** The order that `sort` asks for in lists of comments and attachments. */
export function partOrder({ query }: ApiRequest): Order<Comment | Attachment> {
  const sort = query.get('sort');
  const valueOf = sortValues[(sort ?? 'id').replace(/^-/, '')];
  if (valueOf === undefined || sort === 'id' || sort === '-id') {
    throw invalidParameter('sort', sort ?? '');
  }
  const isDescending = sort?.startsWith('-') ?? false;
  return { keyOf: (part) => [valueOf(part), part.id], isDescending };
}

/** The page or blog post by the `{id}` of the route; what is in the trash shows no parts. */
export function requireContainer(request: ApiRequest, kind: 'page' | 'blogpost'): Content {
  const content = requireContent(request, kind);
  if (content.status === 'trashed') throw notFound(kind, content.id);
  return content;
}

/** `pageId` or `blogPostId`. */
export function containerJson({ site }: ApiRequest, part: Comment | Attachment): object {
  const { kind } = site.contents.get(part.containerId);
  return { [kind === 'blogpost' ? 'blogPostId' : 'pageId']: part.containerId };
}

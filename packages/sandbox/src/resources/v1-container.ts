import { contentOf } from '../cql/fields.ts';
import { notFound } from '../http/api-error.ts';
import type { ApiRequest } from '../http/route.ts';
import type { Content } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';

/** The page or blog post that a comment or attachment belongs to; a content itself. */
export function requireContentOf({ site }: ApiRequest, item: Searchable): Content {
  const content = contentOf(item, site);
  if (content === undefined) throw notFound('content', item.id);
  return content;
}

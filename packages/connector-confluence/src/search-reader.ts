import type { HttpRequest } from '@context-sync/core';

import { type BodyFormat, expandBody } from './body-format.ts';
import { makeShrinkingReader } from './heavy-answers.ts';
import type { ListPage } from './paging.ts';
import type { SearchRequest } from './requests.ts';

/** Makes what reads the pages of a search, which both deployments have at the same place. */
export function makeSearchReader(
  { cql, expand, limit: most }: SearchRequest,
  format: BodyFormat,
  readList: (request: HttpRequest, cursor: string | undefined) => Promise<ListPage>,
): (cursor: string | undefined) => Promise<ListPage> {
  const names = expandBody(expand, format);
  const expansions = names.length === 0 ? undefined : names.join(',');
  return makeShrinkingReader({
    most,
    read: (limit, cursor) => {
      const query = { cql, expand: expansions, limit };
      return readList({ path: '/rest/api/content/search', query }, cursor);
    },
  });
}

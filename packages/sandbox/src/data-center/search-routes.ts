import { contentOf } from '../cql/fields.ts';
import { sortRows } from '../http/paging.ts';
import type { ApiAnswer } from '../http/route.ts';
import { expandOf, searchIndex, searchRow } from '../resources/search.ts';
import { v1Json } from '../resources/v1-json.ts';
import type { Searchable } from '../site/search-index.ts';
import { isKnown } from './contents.ts';
import type { DataCenterRequest, DataCenterRoute } from './request.ts';
import { answerWindow } from './window.ts';

const types = ['space', 'user', 'page', 'blogpost', 'comment', 'attachment'];

function find(request: DataCenterRequest): readonly Searchable[] {
  const { timeZone } = request.server;
  const { found, order } = searchIndex(request, { timeZone, types });
  const known = found.filter((item) => {
    const content = contentOf(item, request.site);
    return content !== undefined && isKnown(content);
  });
  return sortRows(known, order);
}

function answerContentSearch(request: DataCenterRequest): ApiAnswer {
  const expand = expandOf(request);
  return answerWindow(request, find(request), {
    toJson: (item) => v1Json(request, item, expand),
  });
}

function answerSearch(request: DataCenterRequest): ApiAnswer {
  const found = find(request);
  const cqlQuery = request.query.get('cql');
  return answerWindow(request, found, {
    toJson: (item) => searchRow(request, item),
    extra: { totalSize: found.length, cqlQuery, searchDuration: 12 },
  });
}

/** The search by CQL: with `start`, and dates in the time zone of the server. */
export const searchRoutes: readonly DataCenterRoute[] = [
  { path: '/rest/api/content/search', answer: answerContentSearch },
  { path: '/rest/api/search', answer: answerSearch },
];

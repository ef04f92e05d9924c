import { withForeignRow } from '../faults/tampering.ts';
import { invalidParameter } from '../http/api-error.ts';
import { answerList, type Order } from '../http/paging.ts';
import { idsParameter, listParameter, wordsParameter } from '../http/query.ts';
import type { ApiRequest, Route } from '../http/route.ts';
import type { Space } from '../site/content.ts';
import { requireSpace } from './content-list.ts';
import { withBase } from './links.ts';

const scopes = ['read:space:confluence'];

const spaceTypes = ['global', 'personal', 'collaboration', 'knowledge_base'] as const;

const sortValues: Readonly<Record<string, (space: Space) => string | number>> = {
  id: () => 0,
  key: (space) => space.key.toLowerCase(),
  name: (space) => space.name.toLowerCase(),
};

function spaceOrder({ query }: ApiRequest): Order<Space> {
  const sort = query.get('sort') ?? 'id';
  const valueOf = sortValues[sort.replace(/^-/, '')];
  if (valueOf === undefined) throw invalidParameter('sort', sort);
  return { keyOf: (space) => [valueOf(space), space.id], isDescending: sort.startsWith('-') };
}

function selectSpaces({ query, site, viewer, tampering }: ApiRequest): readonly Space[] {
  const ids = idsParameter(query, 'ids', 250);
  const keys = query.has('keys')
    ? new Set(listParameter(query, 'keys').map((key) => key.toLowerCase()))
    : undefined;
  const types = new Set<string>(wordsParameter(query, 'type', spaceTypes, spaceTypes));
  const statuses = ['current', 'archived'] as const;
  const listed = new Set<string>(wordsParameter(query, 'status', statuses, statuses));
  const seen = site.spaces.all().filter((space) => viewer.seesSpace(space));
  const selected = seen.filter(
    (space) =>
      (ids === undefined || ids.has(space.id)) &&
      (keys === undefined || keys.has(space.key.toLowerCase())) &&
      types.has(space.type) &&
      listed.has(space.status),
  );
  return withForeignRow(tampering, selected, () => seen);
}

function spaceJson(space: Space, descriptionFormat: string | null): object {
  const { id, key, name, type, status, authorId, createdAt, homepageId, description } = space;
  const value = { value: description, representation: 'plain' };
  return {
    id,
    key,
    name,
    type,
    status,
    authorId,
    createdAt,
    ...(homepageId === null ? {} : { homepageId }),
    currentActiveAlias: key,
    description: descriptionFormat === 'plain' ? { plain: value } : null,
    icon: null,
    _links: { webui: `/spaces/${key}` },
  };
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space/ */
export const spaceRoutes: readonly Route[] = [
  {
    path: '/wiki/api/v2/spaces',
    scopes,
    answer: (request) =>
      answerList(request, selectSpaces(request), spaceOrder(request), (space) =>
        spaceJson(space, request.query.get('description-format')),
      ),
  },
  {
    path: '/wiki/api/v2/spaces/{id}',
    scopes,
    answer: (request) => {
      const json = spaceJson(requireSpace(request), request.query.get('description-format'));
      return { body: withBase(json, request) };
    },
  },
];

import { withForeignRow } from '../faults/tampering.ts';
import { ApiError } from '../http/api-error.ts';
import { listParameter } from '../http/query.ts';
import type { ApiAnswer } from '../http/route.ts';
import { withBase } from '../resources/links.ts';
import { expandOf } from '../resources/search.ts';
import { spaceV1Json } from '../resources/v1-expansions.ts';
import { v1Json } from '../resources/v1-json.ts';
import type { Space } from '../site/content.ts';
import { answerItems, contentsOf } from './content-routes.ts';
import type { DataCenterRequest, DataCenterRoute } from './request.ts';
import { answerWindow } from './window.ts';

/** Only administrators may ask for permissions; for others the whole answer breaks (CONFSERVER-99908). */
function spaceJson(request: DataCenterRequest, space: Space): object {
  const expand = new Set(expandOf(request));
  const { site, viewer } = request;
  if (expand.has('permissions'))
    throw new ApiError(500, 'SERVER_ERROR', 'java.lang.NullPointerException');
  const home = space.homepageId === null ? undefined : site.contents.find(space.homepageId);
  const isShown = expand.has('homepage') && home !== undefined && viewer.sees(home);
  const plain = { value: space.description, representation: 'plain', embeddedContent: [] };
  return {
    ...spaceV1Json(request, space),
    ...(isShown ? { homepage: v1Json(request, home, []) } : {}),
    ...(expand.has('description.plain') ? { description: { plain } } : {}),
  };
}

function answerSpaces(request: DataCenterRequest): ApiAnswer {
  const { query, site, viewer, tampering } = request;
  const named = (name: string): ReadonlySet<string> | undefined =>
    query.has(name)
      ? new Set(listParameter(query, name).map((each) => each.toLowerCase()))
      : undefined;
  const keys = named('spaceKey');
  const ids = named('spaceId');
  const isPersonal = query.has('type') ? query.get('type') === 'personal' : undefined;
  const status = query.get('status');
  const seen = site.spaces.all().filter((space) => viewer.seesSpace(space));
  const rows = seen.filter(
    ({ key, id, type, ...space }) =>
      (keys === undefined || keys.has(key.toLowerCase())) &&
      (ids === undefined || ids.has(id)) &&
      (isPersonal === undefined || (type === 'personal') === isPersonal) &&
      (status === null || space.status === status.toLowerCase()),
  );
  const all = withForeignRow(tampering, rows, () => seen);
  return answerWindow(request, all, { toJson: (space) => spaceJson(request, space) });
}

function requireSpace({ params, site, viewer }: DataCenterRequest): Space {
  const key = params['key'] ?? '';
  const space = site.spaces.find(key);
  if (space === undefined || !viewer.seesSpace(space)) {
    throw new ApiError(404, 'NOT_FOUND', `No space with key : ${key}`);
  }
  return space;
}

export const spaceRoutes: readonly DataCenterRoute[] = [
  { path: '/rest/api/space', answer: answerSpaces },
  {
    path: '/rest/api/space/{key}',
    answer: (request) => ({ body: withBase(spaceJson(request, requireSpace(request)), request) }),
  },
  ...(['page', 'blogpost'] as const).map((kind) => ({
    path: `/rest/api/space/{key}/content/${kind}`,
    answer: (request: DataCenterRequest) => {
      const { key, homepageId } = requireSpace(request);
      const all = contentsOf(request, { spaceKey: key, kind });
      const isRoot = request.query.get('depth') === 'root' && kind === 'page';
      return answerItems(
        request,
        isRoot ? all.filter(({ id, parentId }) => id === homepageId || parentId === null) : all,
      );
    },
  })),
];

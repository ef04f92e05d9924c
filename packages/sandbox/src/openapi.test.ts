import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from './__fixtures__/discussed-site.ts';
import { type ClientAnswer, get, nextOf, post } from './__fixtures__/sandbox-client.ts';
import { describeWithShared, readShared } from './__fixtures__/shared-folder.ts';
import type { Route } from './http/route.ts';
import { type ConfluenceSandbox, sampleCompany, startConfluenceSandbox } from './index.ts';
import { routes } from './routes.ts';

const v2File = 'openapi/atlassian-cloud-confluence-v2/confluence-cloud-v2.json';
const v1File = 'openapi/atlassian-cloud-v1-and-software/confluence-cloud-v1.json';
const formats = 'int32 int64 float double binary byte password uri-template date-time'.split(' ');

/**
 * Where the service answers otherwise than its own specification. Each is in a recorded answer of
 * ../shared/api-confluence or in ../shared/README.md; the sandbox follows the service.
 */
const knownDifferences: readonly { field: RegExp; why: string }[] = [
  { field: /\/(parentId|parentType)$/, why: 'null at the root and in the trash' },
  { field: /\/(description|icon)$/, why: 'null when there is none' },
  { field: /^\/createdAt$/, why: 'epoch milliseconds in folders' },
  { field: /\/personalSpaceId$/, why: 'null when there is none' },
  { field: /^\/results\/7$/, why: 'null for an id that is not there, as the text beside it says' },
];

interface Specification {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { 'x-atlassian-oauth2-scopes'?: readonly { scopes: string[] }[] }>>
    >
  >;
}

function unnamed(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** For each method and path the scopes of which a token needs one. */
function scopesOf(
  { paths }: Specification,
  prefix: string,
): (readonly [key: string, scopes: string[]])[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-atlassian-oauth2-scopes': alternatives = [] }]) => {
      const scopes = alternatives.flatMap((alternative) => alternative.scopes);
      return [`${method} ${unnamed(prefix + path)}`, scopes] as const;
    }),
  );
}

function differences(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? [])
    .filter(({ instancePath }) => !knownDifferences.some(({ field }) => field.test(instancePath)))
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describeWithShared('answers fit the specification', [v2File, v1File], () => {
  const ajv = new Ajv({ strict: false, logger: false, unicodeRegExp: false, allErrors: true });
  for (const format of formats) ajv.addFormat(format, true);
  const site = sampleCompany();
  const spaceId = site.spaces.get('ENG').id;
  const pageId = site.idOf('ENG', 'Ride service');
  const postId = site.idOf('ENG', 'Firmware 2.4 is out');
  const folderId = site.idOf('ENG', 'Projects');
  const trashedId = site.contents.all().find(({ status }) => status === 'trashed')?.id;
  let sandbox: ConfluenceSandbox;

  beforeAll(async () => {
    ajv.addSchema(readShared(v2File) as object, 'v2');
    ajv.addSchema(readShared(v1File) as object, 'v1');
    sandbox = await startConfluenceSandbox({ site });
  });
  afterAll(() => sandbox.close());

  function validate(
    spec: 'v1' | 'v2',
    route: string,
    answer: ClientAnswer,
    method: 'get' | 'post' = 'get',
  ): void {
    const pointer = route
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replaceAll(/[{}]/g, encodeURIComponent);
    const $ref = `${spec}#/paths/${pointer}/${method}/responses/200/content/application~1json/schema`;
    const check = ajv.compile({ $ref });
    check(answer.body);
    expect(differences(check.errors)).toEqual([]);
  }

  it.each([
    ['/spaces', '/spaces'],
    ['/spaces', '/spaces?limit=1&description-format=plain'],
    ['/spaces/{id}', `/spaces/${spaceId}`],
    ['/spaces/{id}/pages', `/spaces/${spaceId}/pages?limit=3`],
    ['/spaces/{id}/pages', `/spaces/${spaceId}/pages?limit=250&body-format=storage`],
    ['/spaces/{id}/blogposts', `/spaces/${spaceId}/blogposts?body-format=storage`],
    ['/pages', '/pages?status=current&status=archived&status=trashed&limit=250'],
    ['/pages', '/pages?body-format=atlas_doc_format&sort=-modified-date'],
    ['/pages/{id}', `/pages/${pageId}?body-format=storage`],
    ['/pages/{id}', `/pages/${trashedId}`],
    ['/blogposts', '/blogposts?limit=2'],
    ['/blogposts/{id}', `/blogposts/${postId}?body-format=storage`],
    ['/folders/{id}', `/folders/${folderId}`],
    ['/pages/{id}/direct-children', `/pages/${pageId}/direct-children?limit=1`],
  ])('v2 %s as %s', async (route, path) => {
    const answer = await get(sandbox, `/api/v2${path}`);

    expect(answer.status).toBe(200);
    validate('v2', route, answer);
  });

  it.each([
    ['/user/current', '/user/current'],
    ['/search', '/search?cql=type=page&limit=2'],
    [
      '/content/search',
      '/content/search?cql=type=folder and space="ENG"&expand=ancestors,version,space',
    ],
    ['/content/search', '/content/search?cql=type=blogpost&expand=body.storage&limit=1'],
  ])('v1 %s as %s', async (route, path) => {
    const answer = await get(sandbox, `/rest/api${path}`);

    expect(answer.status).toBe(200);
    validate('v1', `/wiki/rest/api${route}`, answer);
  });

  describe('of comments, attachments, labels and people', () => {
    const { site: discussed, ids } = makeDiscussedSite();
    const nodes = (['whiteboard', 'database', 'embed'] as const).map((kind) =>
      discussed.addPage({ space: 'A', title: kind, kind, parent: ids.page }),
    );
    discussed.addPage({ space: 'A', title: 'Live', subtype: 'live' });
    discussed.comments.reply(ids.inline, { body: '' });
    discussed.comments.addFooter({ on: ids.post, body: '' });
    discussed.comments.resolve(ids.inline);
    let own: ConfluenceSandbox;
    beforeAll(async () => {
      own = await startConfluenceSandbox({ site: discussed });
    });
    afterAll(() => own.close());

    it.each([
      ['/footer-comments', '/footer-comments?body-format=storage&sort=-modified-date'],
      ['/footer-comments/{comment-id}', `/footer-comments/${ids.reply}?body-format=storage`],
      [
        '/footer-comments/{id}/versions/{version-number}',
        `/footer-comments/${ids.footer}/versions/1`,
      ],
      ['/footer-comments/{id}/children', `/footer-comments/${ids.footer}/children`],
      ['/inline-comments', '/inline-comments?limit=1'],
      ['/inline-comments/{comment-id}', `/inline-comments/${ids.inline}`],
      ['/inline-comments/{id}/children', `/inline-comments/${ids.inline}/children`],
      ['/pages/{id}/footer-comments', `/pages/${ids.page}/footer-comments?body-format=storage`],
      ['/pages/{id}/inline-comments', `/pages/${ids.page}/inline-comments`],
      ['/blogposts/{id}/footer-comments', `/blogposts/${ids.post}/footer-comments`],
      ['/pages/{id}/labels', `/pages/${ids.page}/labels`],
      ['/attachments', '/attachments?limit=1'],
      ['/attachments/{id}', `/attachments/${ids.file}`],
      ['/pages/{id}/attachments', `/pages/${ids.page}/attachments`],
      ['/blogposts/{id}/attachments', `/blogposts/${ids.post}/attachments`],
      ['/pages/{id}/descendants', `/pages/${ids.home}/descendants`],
      ['/whiteboards/{id}', `/whiteboards/${nodes[0]}`],
      ['/databases/{id}', `/databases/${nodes[1]}`],
      ['/embeds/{id}', `/embeds/${nodes[2]}`],
      ['/pages', '/pages?subtype=live'],
    ])('v2 %s as %s', async (route, path) => {
      const answer = await get(own, `/api/v2${path}`);

      expect([answer.status, answer.body['results']]).not.toEqual([200, []]);
      validate('v2', route, answer);
    });

    it.each([
      ['/users-bulk', { accountIds: [ids.user] }],
      ['/content/convert-ids-to-types', { contentIds: [ids.page, '7'] }],
    ])('v2 %s', async (route, json) => {
      validate('v2', route, await post(own, `/api/v2${route}`, json), 'post');
    });

    it.each([
      'version,container,space,ancestors,history,history.lastUpdated,extensions,metadata.labels',
      'extensions.inlineProperties,extensions.resolution,body.storage',
      'restrictions.read.restrictions.user,restrictions.read.restrictions.group',
      'children.page,children.comment,children.attachment',
    ])('v1 with %s', async (expand) => {
      const route = '/wiki/rest/api/content/search';
      const answer = await get(own, `/rest/api/content/search?cql=space=A&expand=${expand}`);

      expect(answer.status).toBe(200);
      validate('v1', route, answer);
    });

    it('v1 restrictions and search rows', async () => {
      const route = '/wiki/rest/api/content/{id}/restriction/byOperation';
      const path = `/rest/api/content/${ids.page}/restriction/byOperation`;

      validate('v1', route, await get(own, path));
      validate('v1', '/wiki/rest/api/search', await get(own, '/rest/api/search?cql=space=A'));
    });
  });

  const keyOf = ({ method, path }: Route): string =>
    `${method?.toLowerCase() ?? 'get'} ${unnamed(path)}`;

  it('asks for the scopes that the specification names', () => {
    const named = new Map([
      ...scopesOf(readShared(v2File) as Specification, '/wiki/api/v2'),
      ...scopesOf(readShared(v1File) as Specification, ''),
    ]);
    const specified = routes.filter((route) => named.has(keyOf(route)));

    expect(specified.length).toBeGreaterThan(30);
    for (const route of specified) {
      expect([route.path, [...route.scopes]]).toEqual([route.path, named.get(keyOf(route))]);
    }
  });

  it('also on the second page of a list', async () => {
    const first = await get(sandbox, '/api/v2/pages?limit=2&body-format=storage');

    validate('v2', '/pages', await get(sandbox, nextOf(first) ?? ''));
  });

  it('and the specification refuses a wrong answer', async () => {
    const answer = await get(sandbox, `/api/v2/pages/${pageId}`);

    expect(() => validate('v2', '/pages/{id}', { ...answer, body: { id: 7 } })).toThrow('/id');
  });
});

import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { type ClientAnswer, get, nextOf } from './__fixtures__/sandbox-client.ts';
import { describeWithShared, readShared } from './__fixtures__/shared-folder.ts';
import { type ConfluenceSandbox, sampleCompany, startConfluenceSandbox } from './index.ts';

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
];

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

  function validate(spec: 'v1' | 'v2', route: string, answer: ClientAnswer): void {
    const pointer = route
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replaceAll(/[{}]/g, encodeURIComponent);
    const $ref = `${spec}#/paths/${pointer}/get/responses/200/content/application~1json/schema`;
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

  it('also on the second page of a list', async () => {
    const first = await get(sandbox, '/api/v2/pages?limit=2&body-format=storage');

    validate('v2', '/pages', await get(sandbox, nextOf(first) ?? ''));
  });

  it('and the specification refuses a wrong answer', async () => {
    const answer = await get(sandbox, `/api/v2/pages/${pageId}`);

    expect(() => validate('v2', '/pages/{id}', { ...answer, body: { id: 7 } })).toThrow('/id');
  });
});

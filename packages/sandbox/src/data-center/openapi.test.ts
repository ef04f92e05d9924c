import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask } from '../__fixtures__/data-center-client.ts';
import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { describeWithShared, readShared } from '../__fixtures__/shared-folder.ts';
import { type ConfluenceSandbox, startConfluenceSandbox } from '../index.ts';
import { userKeyOf } from './people.ts';

const file = 'openapi/atlassian-dc/confluence-dc-10.0.3.json';
const formats = ['int32', 'int64', 'date-time', 'uri'];

/** The specification takes any answer that has none of its fields, so each must have some. */
const allExpansions = [
  'space,history,version,ancestors,container',
  'body.storage,metadata.labels,extensions.resolution,extensions.inlineProperties',
  'restrictions.read.restrictions.user,restrictions.read.restrictions.group',
  'history.lastUpdated,children.page,children.comment,children.attachment',
].join(',');

describeWithShared('answers of a Data Center fit the specification', [file], () => {
  const ajv = new Ajv({ strict: false, logger: false, unicodeRegExp: false, allErrors: true });
  for (const format of formats) ajv.addFormat(format, true);
  const { site, ids } = makeDiscussedSite();
  site.comments.resolve(ids.inline);
  let sandbox: ConfluenceSandbox;

  beforeAll(async () => {
    ajv.addSchema(readShared(file) as object, 'dc');
    sandbox = await startConfluenceSandbox({ deployment: 'data-center', site });
  });
  afterAll(() => sandbox.close());

  function differences(route: string, body: unknown): string[] {
    const pointer = route.replaceAll('/', '~1').replaceAll(/[{}]/g, encodeURIComponent);
    const $ref = `dc#/paths/${pointer}/get/responses/200/content/application~1json/schema`;
    const check = ajv.compile({ $ref });
    check(body);
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  const key = userKeyOf(ids.user);

  it.each([
    ['/content', '/content?spaceKey=A&type=page&limit=1'],
    ['/content', `/content?spaceKey=A&type=blogpost&expand=${allExpansions}`],
    ['/content', `/content?ids=${ids.page},${ids.post}&expand=${allExpansions}`],
    ['/content/{id}', `/content/${ids.page}`],
    ['/content/{id}', `/content/${ids.inline}?expand=${allExpansions}`],
    ['/content/{id}', `/content/${ids.file}?expand=${allExpansions}`],
    ['/content/{id}/child/{type}', `/content/${ids.home}/child/page?expand=${allExpansions}`],
    ['/content/{id}/child/comment', `/content/${ids.page}/child/comment?depth=all`],
    ['/content/{id}/descendant/{type}', `/content/${ids.home}/descendant/page`],
    ['/content/{id}/label', `/content/${ids.page}/label`],
    ['/content/{id}/restriction/byOperation', `/content/${ids.page}/restriction/byOperation`],
    ['/content/search', `/content/search?cql=space=A&expand=${allExpansions}`],
    ['/search', '/search?cql=space=A'],
    ['/space', '/space?expand=homepage,description.plain'],
    ['/space/{spaceKey}', '/space/A?expand=homepage'],
    ['/space/{spaceKey}/content/{type}', `/space/A/content/page?expand=${allExpansions}`],
    ['/user', `/user?key=${key}`],
    ['/user/current', '/user/current'],
    ['/server-information', '/server-information'],
  ])('%s as %s', async (route, path) => {
    const answer = await ask(sandbox, `/rest/api${path}`);

    expect([answer.status, answer.body['results']]).not.toEqual([200, []]);
    expect(answer.status).toBe(200);
    expect(differences(`/rest/api${route}`, answer.body)).toEqual([]);
  });

  it('and the specification refuses a wrong answer', () => {
    expect(differences('/rest/api/content/{id}', { id: 7 })).toEqual(['/id must be string']);
  });
});

import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { authorization } from '../__fixtures__/sandbox-client.ts';
import { describeWithShared, readShared } from '../__fixtures__/shared-folder.ts';
import { type JiraSandbox, startJiraSandbox } from '../index.ts';
import { smallJira } from './__fixtures__/small-jira.ts';
import { jiraRoutes } from './jira-answer.ts';

const file = 'openapi/atlassian-cloud-jira-v3/jira-cloud-platform-v3.json';
const serverFile = 'openapi/atlassian-dc/jira-dc-10.3.24.json';
const formats = 'int32 int64 float double binary byte password uri uri-template date-time date';

/**
 * Where the service answers otherwise than its own specification; each is in a recorded answer of
 * ../shared/api-jira, and the sandbox follows the service.
 */
const knownDifferences: readonly { field: RegExp; why: string }[] = [
  { field: /\/items\/\d+\/(from|to)$/, why: 'null when the old or new value has no id' },
];

interface Specification {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { 'x-atlassian-oauth2-scopes'?: readonly { state: string; scopes: string[] }[] }
        >
      >
    >
  >;
}

/** Of an issue, or of one in a list. */
const fieldValue = /^(\/issues\/\d+)?\/fields\/[^/]+$/;

interface ServerSpecification {
  readonly paths: Readonly<
    Record<string, { readonly get: { readonly responses: Readonly<Record<string, unknown>> } }>
  >;
}

function differences(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? [])
    .filter(({ instancePath }) => !knownDifferences.some(({ field }) => field.test(instancePath)))
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describeWithShared('answers of Jira fit the specification', [file], () => {
  const ajv = new Ajv({ strict: false, logger: false, unicodeRegExp: false, allErrors: true });
  for (const format of formats.split(' ')) ajv.addFormat(format, true);
  const { site, ids } = smallJira();
  let sandbox: JiraSandbox;

  beforeAll(async () => {
    ajv.addSchema(readShared(file) as object, 'v3');
    sandbox = await startJiraSandbox({ site });
  });
  afterAll(() => sandbox.close());

  async function ask(path: string, posted?: object): Promise<{ status: number; body: unknown }> {
    const headers = { ...authorization(sandbox), 'content-type': 'application/json' };
    const init =
      posted === undefined
        ? { headers }
        : { method: 'POST', headers, body: JSON.stringify(posted) };
    const answer = await fetch(`${sandbox.url}/rest/api/3${path}`, init);
    return { status: answer.status, body: await answer.json() };
  }

  function validate(route: string, body: unknown, method = 'get'): void {
    const pointer = `/rest/api/3${route}`
      .replaceAll('/', '~1')
      .replaceAll(/[{}]/g, encodeURIComponent);
    const $ref = `v3#/paths/${pointer}/${method}/responses/200/content/application~1json/schema`;
    const check = ajv.compile({ $ref });
    check(body);
    expect(differences(check.errors)).toEqual([]);
  }

  it.each([
    ['/myself', '/myself'],
    ['/serverInfo', '/serverInfo'],
    ['/field', '/field'],
    ['/project/search', '/project/search?keys=OPS&maxResults=1'],
    ['/user/bulk', `/user/bulk?accountId=${site.account.accountId}`],
    ['/search/jql', '/search/jql?jql=project%3DOPS&maxResults=2'],
    ['/search/jql', '/search/jql?jql=project%3DOPS&fields=*all&expand=changelog'],
    ['/issue/{issueIdOrKey}', `/issue/${ids.main}`],
    ['/issue/{issueIdOrKey}/comment', `/issue/${ids.main}/comment`],
    ['/issue/{issueIdOrKey}/worklog', `/issue/${ids.main}/worklog`],
    ['/issue/{issueIdOrKey}/changelog', `/issue/${ids.main}/changelog`],
  ])('%s as %s', async (route, path) => {
    const { status, body } = await ask(path);

    expect(status).toBe(200);
    validate(route, body);
  });

  it('bulkfetch', async () => {
    const { body } = await ask('/issue/bulkfetch', {
      issueIdsOrKeys: [ids.main],
      fields: ['*all'],
    });

    validate('/issue/bulkfetch', body, 'post');
  });

  it('asks for the scopes that the specification names', () => {
    const { paths } = readShared(file) as Specification;
    const unnamed = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '{}');
    const named = new Map(Object.entries(paths).map(([path, methods]) => [unnamed(path), methods]));
    for (const { path, method = 'GET', scopes } of jiraRoutes) {
      const specified = named.get(unnamed(path))?.[method.toLowerCase()];
      const all = specified?.['x-atlassian-oauth2-scopes'] ?? [];
      const current = all.filter(({ state }) => state === 'Current').flatMap((each) => each.scopes);
      if (current.length > 0) expect([path, ...scopes]).toEqual([path, ...current]);
    }
  });

  it('and the specification refuses a wrong answer', () => {
    expect(() => validate('/myself', { accountId: 7 })).toThrow('/accountId');
  });
});

describeWithShared('answers of Jira Data Center fit its specification', [serverFile], () => {
  const ajv = new Ajv({ strict: false, logger: false, unicodeRegExp: false, allErrors: true });
  for (const format of formats.split(' ')) ajv.addFormat(format, true);
  const { site, ids } = smallJira();
  let sandbox: JiraSandbox;

  beforeAll(async () => {
    ajv.addSchema(readShared(serverFile) as object, 'v2');
    sandbox = await startJiraSandbox({ site, deployment: 'data-center', contextPath: '/jira' });
  });
  afterAll(() => sandbox.close());

  it.each([
    ['/myself', '/myself'],
    ['/serverInfo', '/serverInfo'],
    ['/field', '/field'],
    ['/project', '/project'],
    ['/user', '/user?username=ada'],
    ['/search', '/search?jql=project%3DOPS&fields=*all&expand=changelog'],
    ['/issue/{issueIdOrKey}', `/issue/${ids.main}?expand=changelog`],
    ['/issue/{issueIdOrKey}/comment', `/issue/${ids.main}/comment`],
    ['/issue/{issueIdOrKey}/worklog', `/issue/${ids.main}/worklog`],
    ['/issue/{issueIdOrKey}/remotelink', `/issue/${ids.main}/remotelink`],
  ])('%s as %s', async (route, path) => {
    const answer = await fetch(`${sandbox.url}/rest/api/2${path}`, {
      headers: authorization(sandbox),
    });
    const body = await answer.json();

    expect(answer.status).toBe(200);
    const pointer = `/api/2${route}`.replaceAll('/', '~1').replaceAll(/[{}]/g, encodeURIComponent);
    const { responses } = (readShared(serverFile) as ServerSpecification).paths[`/api/2${route}`]
      ?.get ?? { responses: {} };
    const status = Object.keys(responses).find((each) => /^(200|default)$/.test(each)) ?? '200';
    const $ref = `v2#/paths/${pointer}/get/responses/${status}/content/application~1json/schema`;
    const check = ajv.compile({ $ref });
    // The specification, made from code, gives of a list one of its items, and of any value an object.
    for (const item of [body].flat()) {
      check(item);
      const errors = check.errors?.filter(({ instancePath }) => !fieldValue.test(instancePath));
      expect(differences(errors)).toEqual([]);
    }
  });

  it('and hold wiki markup, names for people, and no ids of Cloud', async () => {
    const answer = await fetch(`${sandbox.url}/rest/api/2/issue/${ids.main}`, {
      headers: authorization(sandbox),
    });
    const { fields } = (await answer.json()) as { fields: Record<string, unknown> };

    expect(fields['description']).toBe('A dock says how many bikes it holds.');
    expect(fields['reporter']).toMatchObject({ name: 'ada', displayName: 'Ada' });
    expect(JSON.stringify(fields)).not.toMatch(/accountId|rest\/api\/3/);
  });
});

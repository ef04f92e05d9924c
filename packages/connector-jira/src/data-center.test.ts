import type { Adf } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { collect, Mirror, readScopes, textOf, type World } from './__fixtures__/harness.ts';
import { configSchema } from './config.ts';

const [, dataCenter] = deployments;

function startServer(options: Parameters<(typeof deployments)[number]['startWorld']>[0] = {}) {
  if (dataCenter === undefined) throw new Error('There is no Data Center.');
  return dataCenter.startWorld(options);
}

/** A body in the markup that Data Center keeps. */
function wiki(text: string): Adf {
  return { type: 'doc', version: 1, content: [{ type: 'wikiMarkup', text }] };
}

async function mirrorOf(world: World, config: object = {}): Promise<Mirror> {
  const mirror = new Mirror();
  await mirror.sync(world, world.connect(config));
  return mirror;
}

describe('the bodies of Data Center', () => {
  it('are read as wiki markup: descriptions, long fields, comments and work logs', async () => {
    const world = await startServer();
    const { site } = world;
    site.addUser({ name: 'Mei Lin', email: 'mei@example.com' });
    const id = site.addIssue({
      project: 'OPS',
      description: wiki(
        'h2. Cause\n\n*Salt*, says [~mei]; see OPS-1 and !dock.png!\n\n||a||b||\n|1|2|',
      ),
      custom: { customfield_10031: wiki('* one\n* two') },
    });
    site.files.add(id, { name: 'dock.png', content: 'png', mediaType: 'image/png' });
    const comment = site.comments.add(id, { body: wiki('{code:sh}\nls -l\n{code}') });
    site.worklogs.add(id, 3600, 'Looked at it');

    const mirror = await mirrorOf(world, { worklogs: true });

    const { markdown } = await textOf(mirror.documents.get(id), world);
    expect(markdown).toContain('## Cause\n\n**Salt**, says [](ctx:user/mei)');
    expect(markdown).toContain(`](ctx:att/${id}%2Fdock.png`);
    expect(markdown).toContain('| a | b |');
    expect(markdown).toContain('## Acceptance criteria\n\n- one\n- two');
    expect(markdown).toMatch(/^- .*: 60m\n\n {2}Looked at it$/m);
    const said = await textOf(mirror.documents.get(`comment:${id}:${comment}`), world);
    expect(said.markdown).toBe('```sh\nls -l\n```\n');
  });

  it('come with every comment and change in the search itself', async () => {
    const world = await startServer();
    const id = world.site.addIssue({ project: 'OPS' });
    for (let index = 0; index < 45; index += 1) {
      world.site.comments.add(id, { body: `No ${index}` });
      world.site.edit(id, { summary: `Title ${index}` });
    }

    const mirror = await mirrorOf(world, { history: true });

    expect(mirror.documents.size).toBe(46);
    const { markdown } = await textOf(mirror.documents.get(id), world);
    expect(markdown.match(/→ Title/g)).toHaveLength(45);
    expect(world.takeRequests().filter((path) => path.includes('/issue/'))).toEqual([]);
  });
});

describe('an issue of Data Center', () => {
  it('lies below its epic, which it names by key', async () => {
    const world = await startServer();
    const epic = world.site.addIssue({ project: 'WEB', type: 'Epic' });
    const stories = ['A', 'B'].map((summary) =>
      world.site.addIssue({ project: 'OPS', type: 'Story', summary, parentId: epic }),
    );
    const subtask = world.site.addIssue({ project: 'OPS', parentId: stories[0] ?? '' });

    const mirror = await mirrorOf(world);

    expect(mirror.documents.get(stories[0] ?? '')?.parent).toBe(epic);
    expect(mirror.documents.get(stories[1] ?? '')?.parent).toBe(epic);
    expect(mirror.documents.get(subtask)?.parent).toBe(stories[0]);
  });

  it('that is gone is no error, however it is asked for', async () => {
    const world = await startServer();
    const [first = '', second = ''] = [1, 2].map(() => world.site.addIssue({ project: 'OPS' }));
    const connector = world.connect();
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    world.site.delete(second);

    const events = await collect(connector.fetch([first, second, '4711'], scope, world.call));

    expect(
      events.map((event) => (event.type === 'upsert' ? event.document.id : event.type)),
    ).toEqual(['parts', first]);
  });

  it('brings the bytes of its files', async () => {
    const world = await startServer();
    const id = world.site.addIssue({ project: 'OPS' });
    const name = 'a b+ü.txt';
    const file = world.site.files.add(id, { name, content: 'bytes', mediaType: 'text/plain' });
    const mirror = await mirrorOf(world, { attachments: { download: true } });

    const { bytes } = await textOf(mirror.documents.get(`attachment:${id}:${file}`), world);
    const stream = await bytes?.open(world.call);

    expect(await new Response(stream).text()).toBe('bytes');
  });

  it('has the names of people who are only mentioned', async () => {
    const world = await startServer();
    world.site.addUser({ name: 'Mei Lin', email: 'mei.lin@example.com' });
    world.site.addIssue({ project: 'OPS', description: wiki('Ask [~mei.lin] or [~gone].') });
    const connector = world.connect();
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    const known = { revision: () => undefined, count: () => 0, people: () => ['mei.lin', 'gone'] };
    const request = { scope, mode: 'full' as const, reconcile: true, known };

    const events = await collect(connector.sync(request, world.call));

    expect(events.filter(({ type }) => type === 'people').at(-1)).toEqual({
      type: 'people',
      people: [{ id: 'mei.lin', name: 'Mei Lin' }],
    });
  });
});

describe('Data Center', () => {
  it('checks the query of a user, also one that begins with keys', async () => {
    const world = await startServer();
    world.site.addIssue({ project: 'OPS' });
    const connector = world.connect({ projects: undefined, jql: 'key in (OPS-1, TYPO-9)' });

    await expect(new Mirror().sync(world, connector)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('TYPO-9'),
    });
  });

  it('may give fewer rows than were asked for', async () => {
    const world = await startServer({ limits: { rows: 30 } });
    for (let index = 0; index < 130; index += 1) world.site.addIssue({ project: 'OPS' });

    const mirror = await mirrorOf(world);

    expect(mirror.documents.size).toBe(130);
  });

  it('takes a personal access token alone', async () => {
    const world = await startServer();
    world.site.addIssue({ project: 'OPS' });

    const mirror = await mirrorOf(world, { auth: { token: 'env:TOKEN' } });

    expect(mirror.documents.size).toBe(1);
  });

  it.each([
    [{}, 'user name and password'],
    [{ auth: { token: 'env:TOKEN' } }, 'personal access token'],
  ])('that refuses %j is told with what helps there', async (config, words) => {
    const world = await startServer();

    const { checks } = await world.connect(config, { token: 'wrong' }).check(world.call);

    expect(checks).toMatchObject([{ status: 'failed', error: { code: 'auth' } }]);
    expect(checks[0]?.message).toContain(words);
    expect(checks[0]?.fix).not.toContain('id.atlassian.com');
  });

  it('shows issues of projects alone that are not archived', async () => {
    const world = await startServer();
    world.site.addIssue({ project: 'OPS' });
    world.site.archiveProject('WEB');

    const scopes = await readScopes(world.connect({ projects: 'all' }), world);

    expect(scopes.map(({ slug }) => slug)).toEqual(['OPS']);
  });
});

describe('the deployment', () => {
  const auth = { token: 'env:TOKEN' };
  const read = (fields: object) => configSchema.safeParse({ auth, ...fields });

  it.each([
    ['https://acme.atlassian.net', {}, 'cloud', 'https://acme.atlassian.net'],
    [
      'https://acme.atlassian.net/jira/software/projects/A/boards/1',
      {},
      'cloud',
      'https://acme.atlassian.net',
    ],
    ['https://jira.acme.com', {}, 'data-center', 'https://jira.acme.com'],
    ['https://acme.com/jira/browse/OPS-1', {}, 'data-center', 'https://acme.com/jira'],
    ['https://acme.com/jira/', {}, 'data-center', 'https://acme.com/jira'],
    ['https://tickets.acme.com', { deployment: 'cloud' }, 'cloud', 'https://tickets.acme.com'],
    ['http://127.0.0.1:8080', {}, 'cloud', 'http://127.0.0.1:8080'],
  ])('of %s with %j is %s', (baseUrl, fields, deployment, address) => {
    expect(read({ baseUrl, ...fields }).data).toMatchObject({ deployment, baseUrl: address });
  });

  it.each([
    [{ baseUrl: 'https://acme.atlassian.net', deployment: 'data-center' }, 'deployment'],
    [{ baseUrl: 'https://acme.com/jira', deployment: 'cloud' }, 'baseUrl'],
    [{ baseUrl: 'https://acme.com', deployment: 'data-center', gateway: true }, 'gateway'],
  ])('of %j does not fit, at %s', (fields, path) => {
    expect(read(fields).error?.issues).toMatchObject([{ path: [path] }]);
  });
});

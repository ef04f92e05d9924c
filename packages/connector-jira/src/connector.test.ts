import { adf } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { Mirror, readScopes, textOf } from './__fixtures__/harness.ts';

describe.each(deployments)('on $name', ({ startWorld, isCloud }) => {
  describe('a project', () => {
    it('comes with its issues, and what belongs to them', async () => {
      const world = await startWorld();
      const { site } = world;
      const mei = site.addUser({ name: 'Mei', email: 'mei@example.com' });
      const epic = site.addIssue({ project: 'OPS', type: 'Epic', summary: 'Docks' });
      const id = site.addIssue({
        project: 'OPS',
        type: 'Story',
        summary: 'Docks *report*',
        description: adf('A dock says how many bikes it holds.'),
        assigneeId: mei,
        labels: ['docks'],
        components: ['Firmware'],
        fixVersions: ['2.5'],
        dueDate: '2026-02-01',
        parentId: epic,
        custom: {
          customfield_10016: 3,
          customfield_10020: [{ id: 1, name: 'Sprint 7', state: 'active' }],
          customfield_10031: adf('It reports each minute.'),
        },
      });
      const other = site.addIssue({ project: 'WEB', type: 'Bug', summary: 'Dock 7 is silent' });
      site.link(id, other);
      const comment = site.comments.add(id, { body: 'Which docks?', by: mei, isPublic: false });
      const file = site.files.add(id, { name: 'dock.txt', content: 'ok', mediaType: 'text/plain' });
      const mirror = new Mirror();

      await mirror.sync(world, world.connect());

      const issue = mirror.documents.get(id);
      expect(issue).toMatchObject({
        kind: 'issue',
        title: 'OPS-2: Docks *report*',
        slug: 'OPS-2',
        parent: epic,
        labels: ['docks'],
        author: { name: 'Ada Okafor' },
        metadata: {
          key: 'OPS-2',
          status: 'To Do',
          statusCategory: 'To Do',
          priority: 'Medium',
          components: ['Firmware'],
          fixVersions: ['2.5'],
          due: '2026-02-01',
          sprint: ['Sprint 7'],
          storyPoints: 3,
        },
      });
      const { markdown, metadata } = await textOf(issue, world);
      expect(markdown).toMatch(/^A dock says how many bikes it holds\.\n/);
      expect(markdown).toContain('## Acceptance criteria\n\nIt reports each minute.');
      expect(markdown).toContain(`- blocks [](ctx:doc/${other}?`);
      expect(markdown).toContain(`- Parent: [](ctx:doc/${epic}?`);
      expect(metadata?.['assignee']).toContain('ctx:user/');
      expect((await textOf(mirror.documents.get(epic), world)).markdown).toContain(
        `[](ctx:children/${epic}?heading=Child%20issues)`,
      );
      expect(mirror.documents.get(`comment:${id}:${comment}`)).toMatchObject({
        // Data Center does not tell.
        title: isCloud ? 'internal' : '',
        author: { name: 'Mei' },
        parent: id,
      });
      expect(mirror.documents.get(`attachment:${id}:${file}`)).toMatchObject({
        title: 'dock.txt',
        metadata: { size: 2, mediaType: 'text/plain' },
      });
      expect(mirror.people.get(isCloud ? mei : 'mei')).toBe('Mei');
    });

    it('is complete with more issues than one page of ids or one bulk request holds', async () => {
      const world = await startWorld({ limits: isCloud ? { ids: 70 } : { rows: 70 } });
      for (let index = 0; index < 230; index += 1) world.site.addIssue({ project: 'OPS' });
      const mirror = new Mirror();

      await mirror.sync(world, world.connect({ projects: 'all' }));

      expect(mirror.documents.size).toBe(230);
      const searches = world.takeRequests().filter((path) => /(search\/jql|2\/search)$/.test(path));
      // Data Center reads issues by the search too: 3 batches of 100, of which it gives 70 at once.
      expect(searches).toHaveLength(isCloud ? 5 : 5 + 5);
    });

    it('has every comment of an issue, though the issue holds 20', async () => {
      const world = await startWorld();
      const id = world.site.addIssue({ project: 'OPS' });
      for (let index = 0; index < 45; index += 1)
        world.site.comments.add(id, { body: `No ${index}` });
      const mirror = new Mirror();

      await mirror.sync(world, world.connect());

      expect(mirror.documents.size).toBe(46);
    });
  });

  describe('the scopes', () => {
    it('are the projects in config order, then the query, and all by key', async () => {
      const world = await startWorld();
      const slugs = async (config: object): Promise<string[]> =>
        (await readScopes(world.connect(config), world)).map(({ slug }) => slug);

      expect(await slugs({ projects: ['web', 'OPS'] })).toEqual(['WEB', 'OPS']);
      expect(await slugs({ projects: 'all', jql: 'status = Done' })).toEqual([
        'OPS',
        'WEB',
        'query',
      ]);
      expect(await slugs({ projects: undefined })).toEqual(['mine']);
    });
  });
});

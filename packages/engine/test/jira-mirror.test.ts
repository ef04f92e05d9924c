import { adf, JiraSite, type JiraSandbox, startJiraSandbox } from '@context-sync/sandbox';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { JiraMirror } from './jira-mirror.ts';

const hour = 3_600_000;
let site: JiraSite;
let sandbox: JiraSandbox;
let mirror: JiraMirror;

beforeEach(async () => {
  site = new JiraSite();
  site.addProject({ key: 'OPS', name: 'Operations' });
  site.addProject({ key: 'WEB', name: 'Web site' });
  sandbox = await startJiraSandbox({ site });
  mirror = new JiraMirror(sandbox);
  onTestFinished(async () => {
    mirror.remove();
    await sandbox.close();
  });
});

describe('a mirror of Jira', () => {
  it('is one file for each issue, flat, with links that lead to files', async () => {
    const mei = site.addUser({ name: 'Mei' });
    const epic = site.addIssue({ project: 'OPS', type: 'Epic', summary: 'Docks' });
    const story = site.addIssue({
      project: 'OPS',
      type: 'Story',
      summary: 'Docks report',
      description: adf('They say it.'),
      parentId: epic,
      assigneeId: mei,
    });
    const bug = site.addIssue({ project: 'WEB', type: 'Bug', summary: 'Silence' });
    site.link(story, bug);
    site.comments.add(story, { body: 'Which?', by: mei });
    site.files.add(story, { name: 'dock.txt', content: 'ok' });

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'ok', failed: 0 });
    const tree = mirror.tree();
    expect(Object.keys(tree)).toEqual(
      expect.arrayContaining(['jira/OPS/OPS-1.md', 'jira/OPS/OPS-2.md', 'jira/WEB/WEB-1.md']),
    );
    const text = tree['jira/OPS/OPS-2.md'] ?? '';
    expect(text).toContain('# OPS-2: Docks report');
    expect(text).toContain('assignee: "@Mei"');
    expect(text).toContain('- blocks [WEB-1: Silence](../WEB/WEB-1.md)');
    expect(text).toContain('- Parent: [OPS-1: Docks](OPS-1.md)');
    expect(text).toMatch(/## Comments\n\n### Mei · .*\n\nWhich\?/);
    expect(text).toContain('dock.txt');
    expect(tree['jira/OPS/OPS-1.md']).toContain('- [OPS-2: Docks report](OPS-2.md)');
    site.transition(epic, 'Done');
    site.transition(story, 'In Progress');
    site.addIssue({ project: 'OPS' });
    await mirror.sync();
    expect(mirror.tree()['jira/OPS/README.md']).toMatch(/## To Do[^]+## In Progress[^]+## Done/);
  });

  it('follows what happens to an issue with each plain run, a move and a deleted comment too', async () => {
    const id = site.addIssue({ project: 'OPS', summary: 'Old' });
    const comment = site.comments.add(id, { body: 'First.' });
    site.comments.add(id, { body: 'Second.' });
    await mirror.sync();
    site.clock.advance(hour);
    site.edit(id, { summary: 'New' });
    site.transition(id, 'Done');
    site.comments.delete(comment);
    site.move(id, 'WEB');

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok' });

    const tree = mirror.tree();
    expect(Object.keys(tree)).not.toContain('jira/OPS/OPS-1.md');
    expect(tree['jira/WEB/WEB-1.md']).toContain('# WEB-1: New');
    expect(tree['jira/WEB/WEB-1.md']).toContain('status: "Done"');
    expect(tree['jira/WEB/WEB-1.md']).toContain('Second.');
    expect(tree['jira/WEB/WEB-1.md']).not.toContain('First.');
  });

  it('loses what is deleted or hidden with a reconcile, and touches nothing when nothing changed', async () => {
    const [gone, hidden, stays] = ['a', 'b', 'c'].map((summary) =>
      site.addIssue({ project: 'OPS', summary }),
    );
    await mirror.sync();
    site.delete(gone ?? '');
    site.restrict(hidden ?? '');

    expect(await mirror.sync({ reconcile: true })).toMatchObject({ deleted: 2 });

    expect(Object.keys(mirror.tree()).filter((path) => /OPS-\d/.test(path))).toEqual([
      'jira/OPS/OPS-3.md',
    ]);
    site.clock.advance(72 * hour);
    expect(await mirror.sync({ reconcile: true })).toMatchObject({
      created: 0,
      updated: 0,
      deleted: 0,
    });
    expect(stays).toBeDefined();
  });

  it('lets go of what a query finds no more, with a plain run', async () => {
    const { accountId } = site.account;
    const done = site.addIssue({ project: 'OPS', assigneeId: accountId });
    site.addIssue({ project: 'WEB', assigneeId: accountId });
    mirror.config = { projects: undefined, jql: 'resolution = Unresolved ORDER BY updated' };
    await mirror.sync();
    site.transition(done, 'Done');

    await mirror.sync();

    const files = Object.keys(mirror.tree()).filter((path) => path.startsWith('jira/query/'));
    expect(files).toEqual(['jira/query/README.md', 'jira/query/WEB-1.md']);
  });

  it('keeps everything of a project that is archived', async () => {
    site.addIssue({ project: 'OPS' });
    await mirror.sync();
    site.archiveProject('OPS');

    await mirror.sync({ reconcile: true });

    expect(Object.keys(mirror.tree())).toContain('jira/OPS/OPS-1.md');
  });

  it('downloads attachments when it is told to', async () => {
    const id = site.addIssue({ project: 'OPS' });
    site.files.add(id, { name: 'dock.txt', content: 'ok' });
    mirror.config = { attachments: { download: true } };

    await mirror.sync();

    expect(mirror.tree()['jira/OPS/OPS-1.assets/dock.txt']).toBe('ok');
    expect(sandbox.requests.find(({ host }) => host === 'media')?.hasAuthorization).toBe(false);
  });
});

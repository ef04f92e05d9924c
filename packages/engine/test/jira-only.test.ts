import { JiraSite, type JiraSandbox, startJiraSandbox } from '@context-sync/sandbox';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { JiraMirror } from './jira-mirror.ts';

const deployments = [
  ['Cloud', {}],
  ['Data Center', { deployment: 'data-center', contextPath: '/jira' }],
] as const;

describe.each(deployments)('on %s', (_, deployment) => {
  let site: JiraSite;
  let sandbox: JiraSandbox;
  let mirror: JiraMirror;
  let issue: string;

  beforeEach(async () => {
    site = new JiraSite();
    site.addProject({ key: 'OPS', name: 'Operations' });
    site.addProject({ key: 'WEB', name: 'Web site' });
    issue = site.addIssue({ project: 'OPS', summary: 'Old' });
    sandbox = await startJiraSandbox({ site, ...deployment });
    mirror = new JiraMirror(sandbox);
    onTestFinished(async () => {
      mirror.remove();
      await sandbox.close();
    });
  });

  function issueFiles(): string[] {
    return Object.keys(mirror.tree()).filter((path) => /[A-Z]+-\d+\.md$/.test(path));
  }

  /** Each way in which a person names the issue `OPS-1`. */
  function names(): string[] {
    const { url } = sandbox;
    return [
      'OPS-1',
      issue,
      `${url}/browse/OPS-1`,
      `${url}/projects/OPS/issues/OPS-1`,
      `${url}/jira/software/projects/OPS/boards/1?selectedIssue=OPS-1`,
    ];
  }

  describe('sync --only of an issue', () => {
    it('reads one that is not mirrored yet, whole, however it is named, and no other', async () => {
      site.comments.add(issue, { body: 'Why?' });
      site.files.add(issue, { name: 'log.txt', content: 'It broke.' });
      site.addIssue({ project: 'OPS' });
      for (const name of [...names(), 'ops-1']) {
        const fresh = new JiraMirror(sandbox, { attachments: { download: true } });
        onTestFinished(() => fresh.remove());

        expect(await fresh.sync({ only: [name] }), name).toMatchObject({
          outcome: 'ok',
          failed: 0,
        });

        const tree = fresh.tree();
        expect(tree['jira/OPS/OPS-1.md']).toContain('Why?');
        expect(tree['jira/OPS/OPS-1.assets/log.txt']).toBe('It broke.');
        expect(Object.keys(tree)).not.toContain('jira/OPS/OPS-2.md');
      }
    });

    it('reads a mirrored one anew, with what was added and taken away', async () => {
      const gone = site.comments.add(issue, { body: 'Gone.' });
      await mirror.sync();
      site.comments.delete(gone);
      for (const [index, name] of names().entries()) {
        site.edit(issue, { summary: `New ${index}` });
        site.comments.add(issue, { body: `Comment ${index}.` });

        await mirror.sync({ only: [name] });

        const text = mirror.tree()['jira/OPS/OPS-1.md'];
        expect(text).toContain(`# OPS-1: New ${index}`);
        expect(text).toContain(`Comment ${index}.`);
        expect(text).not.toContain('Gone.');
      }
    });

    it('reads one once that is named twice', async () => {
      expect(await mirror.sync({ only: names() })).toMatchObject({ outcome: 'ok', created: 1 });
    });

    it('finds one that lies in another project, and by the key that it had there', async () => {
      site.move(issue, 'WEB');

      expect(await mirror.sync({ only: ['OPS-1'] })).toMatchObject({ outcome: 'ok', created: 1 });
      expect(issueFiles()).toEqual(['jira/WEB/WEB-1.md']);
    });

    it.each(['OPS-99', '99999', 'nonsense'])(
      'says that there is no %s, and removes nothing',
      async (name) => {
        await mirror.sync();

        const summary = await mirror.sync({ only: [name], withDescendants: true });

        expect(summary).toMatchObject({ failed: 1 });
        expect(JSON.stringify(summary)).toContain(`has no document ${name}`);
        expect(issueFiles()).toEqual(['jira/OPS/OPS-1.md']);
      },
    );

    it('says of one that the config does not select that it is elsewhere', async () => {
      const summary = await mirror.sync({ only: ['OPS-1'] }, { projects: ['WEB'] });

      expect(JSON.stringify(summary)).toContain('is not in what the config selects');
    });

    it('says no of an address of another site', async () => {
      const only = ['https://other.atlassian.net/browse/OPS-1'];
      await expect(mirror.sync({ only })).rejects.toMatchObject({ code: 'usage' });
    });

    it('takes with it what lies below, at any depth', async () => {
      const epic = site.addIssue({ project: 'OPS', type: 'Epic' });
      const story = site.addIssue({ project: 'WEB', type: 'Story', parentId: epic });
      site.addIssue({ project: 'WEB', parentId: story });
      const address = `${sandbox.url}/browse/OPS-2`;

      await mirror.sync({ only: [address] });
      expect(issueFiles()).toEqual(['jira/OPS/OPS-2.md']);
      await mirror.sync({ only: [address], withDescendants: true });

      expect(issueFiles()).toEqual(['jira/OPS/OPS-2.md', 'jira/WEB/WEB-1.md', 'jira/WEB/WEB-2.md']);
    });
  });
});

import { createCloudClient } from 'jira.js/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type JiraSandbox, startJiraSandbox } from '../index.ts';
import { smallJira } from './__fixtures__/small-jira.ts';

/** jira.js checks every answer against its own schemas and throws when one does not fit. */
describe('an independent client', () => {
  const { site, ids } = smallJira();
  let sandbox: JiraSandbox;
  let client: ReturnType<typeof createCloudClient>;

  beforeAll(async () => {
    sandbox = await startJiraSandbox({ site });
    const auth = { type: 'basic' as const, email: sandbox.username, apiToken: sandbox.token };
    client = createCloudClient({ host: sandbox.url, auth });
  });
  afterAll(() => sandbox.close());

  it('knows who and where it is', async () => {
    expect(await client.myself.getCurrentUser()).toMatchObject({ displayName: 'Ada' });
    expect(await client.serverInfo.getServerInfo()).toMatchObject({ deploymentType: 'Cloud' });
  });

  it('reads projects and fields', async () => {
    const { values } = await client.projects.searchProjects({ keys: ['OPS'] });
    const fields = await client.issueFields.getFields();

    expect(values?.map(({ name }) => name)).toEqual(['Operations']);
    expect(fields.map(({ name }) => name)).toContain('Acceptance criteria');
  });

  it('reads all issues of a project through the tokens', async () => {
    const keys: (string | undefined)[] = [];
    let nextPageToken: string | undefined;
    do {
      const page = await client.issueSearch.searchAndReconsileIssuesUsingJql({
        jql: 'project = OPS ORDER BY key ASC',
        maxResults: 3,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      });
      keys.push(...(page.issues ?? []).map(({ key }) => key));
      nextPageToken = page.nextPageToken ?? undefined;
    } while (nextPageToken !== undefined);

    expect(keys).toEqual(['OPS-1', 'OPS-2', 'OPS-3', 'OPS-4']);
  });

  it('reads issues with all that belongs to them', async () => {
    const { issues } = await client.issues.bulkFetchIssues({
      issueIdsOrKeys: [ids.main, 'OPS-4', '1'],
      fields: ['*all'],
      expand: ['changelog'],
    });
    const issueIdOrKey = ids.main;
    const comments = await client.issueComments.getComments({ issueIdOrKey });
    const worklogs = await client.issueWorklogs.getIssueWorklog({ issueIdOrKey });
    const links = await client.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey });
    const changes = await client.issues.getChangeLogs({ issueIdOrKey });

    expect(issues?.map(({ key }) => key)).toEqual(['OPS-2', 'OPS-4']);
    expect(comments.comments?.map(({ id }) => id)).toContain(ids.comment);
    expect(worklogs.worklogs?.map(({ timeSpentSeconds }) => timeSpentSeconds)).toEqual([3600]);
    expect(links).toMatchObject([{ relationship: 'mentioned in' }]);
    expect(changes.values?.map(({ items }) => items?.[0]?.field)).toEqual(['status']);
  });
});

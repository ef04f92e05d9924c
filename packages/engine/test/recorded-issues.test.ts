import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { missingAdfText, recordedIssues, startJiraSandbox } from '@context-sync/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';

import { readFrontMatterField } from '../src/mirror/front-matter.ts';
import { JiraMirror } from './jira-mirror.ts';

const shared = new URL('../../../../shared/', import.meta.url);

describe.each([
  ['jira-issues-markdown', 200],
  ['api-jira', 10],
])('the recorded issues of %s (skipped where ../shared is absent)', (name, atLeast) => {
  const folder = fileURLToPath(new URL(name, shared));

  it.skipIf(!existsSync(folder))(
    'are mirrored in one run, with every text of their descriptions and comments',
    { timeout: 120_000 },
    async () => {
      const site = recordedIssues(folder);
      const sandbox = await startJiraSandbox({ site });
      const mirror = new JiraMirror(sandbox);
      onTestFinished(async () => {
        mirror.remove();
        await sandbox.close();
      });

      expect(await mirror.sync()).toMatchObject({ outcome: 'ok', failed: 0 });

      const issues = site.issues.all();
      expect(issues.length).toBeGreaterThan(atLeast);
      const files = new Map(
        Object.values(mirror.tree()).map((text) => [readFrontMatterField(text, 'id'), text]),
      );
      const lost = issues.flatMap(({ id, key, description, comments }) => {
        const content = [description, ...comments.map(({ body }) => body)];
        const missing = missingAdfText({ content }, files.get(id) ?? '');
        return missing.map((text) => `${key}: ${text}`);
      });
      expect(lost).toEqual([]);
    },
  );
});

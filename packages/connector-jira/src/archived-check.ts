import type { CallContext, Check, HttpClient } from '@context-sync/core';

import { toFailedCheck, toKnown } from './check.ts';
import { toBatches } from './map-ahead.ts';
import { maxProjects } from './requests.ts';
import { OffsetPage, Project } from './schema.ts';
import { toUnreadable } from './unreadable.ts';

/**
 * Which of the projects that no list of live ones shows are archived:
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get
 */
export async function checkArchived(
  http: HttpClient,
  keys: readonly string[],
  call: CallContext,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const batch of toBatches(keys, maxProjects.keys)) {
    const query = { keys: batch, status: 'archived' };
    try {
      const { body } = await http.json({ path: '/rest/api/3/project/search', query }, call);
      const page = OffsetPage.safeParse(body);
      if (!page.success) throw toUnreadable('the archived projects');
      checks.push(...page.data.values.flatMap((row) => toArchived(Project.safeParse(row).data)));
    } catch (error) {
      checks.push(toFailedCheck('archived projects', toKnown(error)));
    }
  }
  return checks;
}

function toArchived(project: Project | undefined): Check[] {
  if (project === undefined) return [];
  const { key, name } = project;
  const message = `The project ${key} (${name}) is archived, so no search shows its issues. What is mirrored of it stays.`;
  const fix = `Ask an administrator to restore it, or take ${key} out of "projects".`;
  const error = { code: 'config', message, hint: fix } as const;
  return [{ id: `project ${key}`, status: 'failed', message, fix, error }];
}

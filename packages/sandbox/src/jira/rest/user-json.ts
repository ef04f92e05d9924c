import { displayNameOf } from '../../site/user.ts';
import type { JiraRequest } from './jira-request.ts';

/** A person as Jira writes them into everything. */
export function userJson(request: JiraRequest, accountId: string): object {
  const { site, baseUrl } = request;
  const user = site.people.find(accountId);
  return {
    self: `${baseUrl}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`,
    accountId,
    accountType: 'atlassian',
    displayName: displayNameOf(user),
    active: user?.status === 'active',
    timeZone: user?.timeZone ?? 'UTC',
    avatarUrls: Object.fromEntries(
      ['16x16', '24x24', '32x32', '48x48'].map((size) => [size, `${baseUrl}/avatar/${size}.png`]),
    ),
  };
}

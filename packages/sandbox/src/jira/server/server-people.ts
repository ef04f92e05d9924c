import { userKeyOf } from '../../data-center/people.ts';
import type { User } from '../../site/user.ts';
import type { JiraSite } from '../site/jira-site.ts';

/** By which people sign in and are mentioned; it stays when they are renamed. */
export function usernameOf({ email, accountId }: User): string {
  const [local = ''] = email.split('@');
  return local === '' ? `user${userKeyOf(accountId).slice(0, 6)}` : local;
}

/** What answers hold beside the name; nothing asks by it. */
export function serverKeyOf({ accountId }: User): string {
  return `JIRAUSER${userKeyOf(accountId).slice(0, 8)}`;
}

export function findByUsername(site: JiraSite, username: string): User | undefined {
  return site.people.all().find((user) => usernameOf(user) === username);
}

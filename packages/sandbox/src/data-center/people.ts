import { createHash } from 'node:crypto';

import type { PersonJson } from '../resources/v1-dialect.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { displayNameOf, type User } from '../site/user.ts';

/** By which Data Center knows an account in storage formats and answers: 32 hexadecimal digits. */
export function userKeyOf(accountId: string): string {
  return createHash('md5').update(accountId).digest('hex');
}

/** By which people sign in. */
export function usernameOf({ email, name }: User): string {
  const [local = ''] = email.split('@');
  return local === '' ? name.toLowerCase().replaceAll(/\s+/g, '.') : local;
}

/** Somebody by key or by name, as the API takes both. */
export function findPerson(
  site: ConfluenceSite,
  { key, username }: { readonly key: string | null; readonly username: string | null },
): User | undefined {
  return site.people
    .all()
    .find((user) =>
      key === null ? usernameOf(user) === username : userKeyOf(user.accountId) === key,
    );
}

export function personJson(user: User, baseUrl: string): PersonJson {
  const userKey = userKeyOf(user.accountId);
  const path = '/images/icons/profilepics/default.svg';
  return {
    type: 'known',
    username: usernameOf(user),
    userKey,
    profilePicture: { path, width: 48, height: 48, isDefault: true },
    displayName: displayNameOf(user),
    _expandable: { status: '' },
    _links: { self: `${baseUrl}/rest/api/user?key=${userKey}` },
  };
}

/** Of somebody who is gone some answers have no more than the key (CONFSERVER-100505). */
export function strangerJson(accountId: string): object {
  return { type: 'unknown', userKey: userKeyOf(accountId) };
}

/** Bodies name people by their keys. */
export function withUserKeys(storage: string): string {
  return storage.replaceAll(
    /ri:account-id="([^"]*)"/g,
    (_, accountId: string) => `ri:userkey="${userKeyOf(accountId)}"`,
  );
}

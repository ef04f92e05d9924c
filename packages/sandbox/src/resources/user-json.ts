import { displayNameOf, type User } from '../site/user.ts';
import type { PersonJson } from './v1-dialect.ts';

const picture = { path: '/wiki/aa-avatar/default', isDefault: true };

/** A person as v1 gives them, in versions and restrictions too. */
export function userV1Json(user: User, baseUrl: string): PersonJson {
  return {
    type: 'known',
    accountId: user.accountId,
    accountType: 'atlassian',
    email: '',
    publicName: displayNameOf(user),
    profilePicture: { ...picture, width: 48, height: 48 },
    displayName: displayNameOf(user),
    isExternalCollaborator: false,
    isGuest: false,
    accountStatus: user.status,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: `${baseUrl}/rest/api/user?accountId=${user.accountId}` },
  };
}

/** A person as v2 gives them. */
export function userJson(user: User): object {
  return {
    displayName: displayNameOf(user),
    timeZone: user.timeZone,
    personalSpaceId: null,
    isExternalCollaborator: false,
    accountStatus: user.status,
    accountId: user.accountId,
    email: user.email,
    accountType: 'atlassian',
    publicName: displayNameOf(user),
    profilePicture: picture,
  };
}

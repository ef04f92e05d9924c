import type { Route } from '../http/route.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/ */
export const currentUserRoutes: readonly Route[] = [
  {
    path: '/wiki/rest/api/user/current',
    answer: ({ site: { account }, baseUrl }) => ({
      body: {
        type: 'known',
        accountId: account.accountId,
        accountType: 'atlassian',
        email: account.email,
        publicName: account.name,
        profilePicture: { path: '/wiki/aa-avatar/default', width: 48, height: 48, isDefault: true },
        displayName: account.name,
        timeZone: 'UTC',
        isExternalCollaborator: false,
        isGuest: false,
        _expandable: { operations: '', personalSpace: '' },
        _links: {
          self: `${baseUrl}/rest/api/user?accountId=${account.accountId}`,
          base: baseUrl,
          context: '/wiki',
        },
      },
    }),
  },
];

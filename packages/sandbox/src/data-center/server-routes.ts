import { Refusal } from '../http/refusal.ts';
import { loginPage } from './refusals.ts';
import type { DataCenterRoute } from './request.ts';

const buildNumber = 9111;

/** How a client tells Data Center from Cloud, and its version. */
export const serverRoutes: readonly DataCenterRoute[] = [
  {
    path: '/rest/applinks/1.0/manifest',
    isPublic: true,
    answer: ({ baseUrl, server: { version } }) => ({
      body: {
        id: '3f1c6a52-8d0e-3b7a-9c55-2f6f0f0c9a01',
        name: 'Confluence',
        typeId: 'confluence',
        version,
        buildNumber,
        applinksVersion: '10.1.2',
        inboundAuthenticationTypes: [],
        outboundAuthenticationTypes: [],
        publicSignup: false,
        url: baseUrl,
      },
    }),
  },
  {
    path: '/rest/api/server-information',
    answer: ({ baseUrl, server: { version } }) => ({
      body: {
        baseUrl,
        version,
        buildNumber,
        marketplaceBuildNumber: buildNumber,
        buildDate: '2025-01-20',
      },
    }),
  },
  {
    path: '/login.action',
    isPublic: true,
    answer: () => {
      throw new Refusal(loginPage);
    },
  },
];

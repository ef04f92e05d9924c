import type { JiraSandboxOptions } from '@context-sync/sandbox';

import { startWorld, type World } from './harness.ts';

/** A kind of Jira that the suite runs over. */
export interface Deployment {
  readonly name: string;
  readonly isCloud: boolean;
  readonly startWorld: (options?: JiraSandboxOptions) => Promise<World>;
}

/** Data Center lies at a path, as it often does, which tells what it is too. */
export const deployments: readonly Deployment[] = [
  { name: 'Cloud', isCloud: true, startWorld },
  {
    name: 'Data Center',
    isCloud: false,
    startWorld: (options) =>
      startWorld({ deployment: 'data-center', contextPath: '/jira', ...options }),
  },
];

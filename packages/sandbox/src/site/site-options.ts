import type { NewUser } from './user.ts';

export interface SiteOptions {
  /** The first moment of the site's clock. @default '2026-01-05T09:00:00.000Z' */
  readonly startsAt?: string;
  /** The person whose credentials the sandbox accepts. */
  readonly account?: NewUser & { readonly accountId: string; readonly email: string };
  /** How long a change stays unknown to CQL, by the site's clock. @default 0 */
  readonly searchLagMs?: number;
}

export const defaultStart = '2026-01-05T09:00:00.000Z';

/** Ada, whose credentials open a sandbox unless another account is given. */
export const defaultAccount: NonNullable<SiteOptions['account']> = {
  accountId: '712020:3f1c6a52-8d0e-4b7a-9c55-2f6f0f0c9a01',
  name: 'Ada Okafor',
  email: 'ada@example.com',
};

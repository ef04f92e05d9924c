/** A person as the site knows them at this moment. */
export interface User {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** IANA name; CQL reads dates in it. */
  readonly timeZone: string;
  readonly status: 'active' | 'inactive';
  /** The API gives neither name nor profile. */
  readonly isHidden: boolean;
  /** Names of groups. */
  readonly groups: readonly string[];
}

export interface NewUser {
  readonly name: string;
  readonly email?: string;
  readonly accountId?: string;
  /** @default 'UTC' */
  readonly timeZone?: string;
  readonly groups?: readonly string[];
}

/** The name as the API writes it. */
export function displayNameOf(user: User | undefined): string {
  if (user === undefined) return '';
  if (user.isHidden) return 'Former user (Deleted)';
  return user.status === 'inactive' ? `${user.name} (Deactivated)` : user.name;
}

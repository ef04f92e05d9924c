import type { LogicalClock } from './logical-clock.ts';
import type { NewUser, User } from './user.ts';

/** The people of a site. */
export class People {
  readonly #clock: LogicalClock;
  readonly #users = new Map<string, User>();

  constructor(clock: LogicalClock) {
    this.#clock = clock;
  }

  all(): readonly User[] {
    return [...this.#users.values()];
  }

  find(accountId: string): User | undefined {
    return this.#users.get(accountId);
  }

  get(accountId: string): User {
    const user = this.find(accountId);
    if (user === undefined) throw new Error(`The site has no user with the id ${accountId}.`);
    return user;
  }

  /** @returns the account id */
  add({ name, email = '', accountId, timeZone = 'UTC', groups = [] }: NewUser): string {
    const number = String(this.#users.size + 1).padStart(12, '0');
    const id = accountId ?? `712020:5b0c7d1e-44aa-4c1b-8f0e-${number}`;
    const state = { status: 'active', isHidden: false } as const;
    this.#users.set(id, { accountId: id, name, email, timeZone, groups, ...state });
    return id;
  }

  rename(accountId: string, name: string): void {
    this.#change(accountId, { name });
  }

  setTimeZone(accountId: string, timeZone: string): void {
    this.#change(accountId, { timeZone });
  }

  setGroups(accountId: string, groups: readonly string[]): void {
    this.#change(accountId, { groups });
  }

  /** The account cannot sign in any more; its name stays, and the API says so behind it. */
  deactivate(accountId: string): void {
    this.#change(accountId, { status: 'inactive' });
  }

  /** Takes the profile from sight: bulk look-ups leave it out. */
  hide(accountId: string): void {
    this.#change(accountId, { isHidden: true });
  }

  #change(accountId: string, change: Partial<User>): void {
    this.#clock.tick();
    this.#users.set(accountId, { ...this.get(accountId), ...change });
  }
}
